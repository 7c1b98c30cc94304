import type { ConnectorModel } from '../common/model/connector.ts';
import type { Dialect } from './dialects/dialect.ts';

export interface SqlModel extends ConnectorModel {
  readonly kind: 'sql';
  readonly dialect: Dialect;
  /** The configuration keys that no connection can do without. */
  readonly requiredKeys: readonly string[];
  /** Where the database listens unless configured otherwise; undefined where it has no port. */
  readonly defaultPort?: number;
}
