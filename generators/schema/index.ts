import { commandNamed } from '../../src/commands/commands.ts';
import { Door } from '../../src/yeoman/door.ts';

/** `yo mage-connector:schema`: writes or refreshes schemas/<stream>.json of a connector. */
export default class SchemaGenerator extends Door {
  command() {
    return commandNamed('schema');
  }
}
