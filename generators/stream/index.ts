import { commandNamed } from '../../src/commands/commands.ts';
import { Door } from '../../src/yeoman/door.ts';

/** `yo mage-connector:stream`: adds a stream to a connector that exists, lists its streams, takes them out and renames them. */
export default class StreamGenerator extends Door {
  command() {
    return commandNamed('stream');
  }
}
