import { commandNamed } from '../../src/commands/commands.ts';
import { Door } from '../../src/yeoman/door.ts';

/** `yo mage-connector`: asks what to make, and does it. */
export default class AppGenerator extends Door {
  command() {
    return commandNamed('app');
  }
}
