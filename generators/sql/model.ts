import type { ConnectorModel } from '../common/model/connector.ts';
import type { Dialect } from './dialects/dialect.ts';

export interface SqlModel extends ConnectorModel {
  readonly kind: 'sql';
  readonly dialect: Dialect;
}
