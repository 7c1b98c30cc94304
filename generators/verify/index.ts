import { commandNamed } from '../../src/commands/commands.ts';
import { Door } from '../../src/yeoman/door.ts';

/** `yo mage-connector:verify`: runs a connector as Mage does and says what it finds. */
export default class VerifyGenerator extends Door {
  command() {
    return commandNamed('verify');
  }
}
