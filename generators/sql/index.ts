import { ConnectorGenerator } from '../common/shell.ts';
import { sqlKind } from './kind.ts';

/** `yo mage-connector:sql`: a connector of a database. */
export default class SqlGenerator extends ConnectorGenerator {
  kind() {
    return sqlKind;
  }
}
