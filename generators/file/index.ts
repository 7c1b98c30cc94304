import { fileKind } from '../../src/kinds/file/kind.ts';
import { ConnectorGenerator } from '../../src/yeoman/shell.ts';

/** `yo mage-connector:file`: a connector of files, or one more stream of the one around the current folder. */
export default class FileGenerator extends ConnectorGenerator {
  kind() {
    return fileKind;
  }
}
