import { commandNamed } from '../../src/commands/commands.ts';
import { Door } from '../../src/yeoman/door.ts';

/** `yo mage-connector:check`: says whether a connector is what its answers give. */
export default class CheckGenerator extends Door {
  command() {
    return commandNamed('check');
  }
}
