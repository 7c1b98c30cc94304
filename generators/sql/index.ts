import { sqlKind } from '../../src/kinds/sql/kind.ts';
import { ConnectorGenerator } from '../../src/yeoman/shell.ts';

/** `yo mage-connector:sql`: a connector of a database. */
export default class SqlGenerator extends ConnectorGenerator {
  kind() {
    return sqlKind;
  }
}
