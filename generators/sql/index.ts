import { commandNamed } from '../../src/commands/commands.ts';
import { Door } from '../../src/yeoman/door.ts';

/** `yo mage-connector:sql`: a connector of a SQL database, or one more query of the one around the current folder. */
export default class SqlGenerator extends Door {
  command() {
    return commandNamed('sql');
  }
}
