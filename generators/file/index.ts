import { commandNamed } from '../../src/commands/commands.ts';
import { Door } from '../../src/yeoman/door.ts';

/** `yo mage-connector:file`: a connector of files, or one more stream of the one around the current folder. */
export default class FileGenerator extends Door {
  command() {
    return commandNamed('file');
  }
}
