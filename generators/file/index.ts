import { ConnectorGenerator } from '../common/shell.ts';
import { fileKind } from './kind.ts';

/** `yo mage-connector:file`: a connector of files, or one more stream of the one around the current folder. */
export default class FileGenerator extends ConnectorGenerator {
  kind() {
    return fileKind;
  }
}
