import { apiKind } from '../../src/kinds/api/kind.ts';
import { ConnectorGenerator } from '../../src/yeoman/shell.ts';

/** `yo mage-connector:api`: a connector of a REST API, or one more stream of the one around the current folder. */
export default class ApiGenerator extends ConnectorGenerator {
  kind() {
    return apiKind;
  }
}
