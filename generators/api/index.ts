import { commandNamed } from '../../src/commands/commands.ts';
import { Door } from '../../src/yeoman/door.ts';

/** `yo mage-connector:api`: a connector of a REST API, or one more stream of the one around the current folder. */
export default class ApiGenerator extends Door {
  command() {
    return commandNamed('api');
  }
}
