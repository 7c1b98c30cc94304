import type { ConnectorModel, DeclaredStream } from '../../connector/model.ts';
import type { Dialect } from './dialects/dialect.ts';

/** A saved query. */
export interface QueryStreamModel extends DeclaredStream {
  /** Without a semicolon at its end. */
  readonly query: string;
}

export interface SqlModel extends ConnectorModel {
  readonly kind: 'sql';
  readonly dialect: Dialect;
  /** The configuration keys that no connection can do without. */
  readonly requiredKeys: readonly string[];
  readonly hasPort: boolean;
  /** True where it may be reached through SSH. */
  readonly sshTunnel: boolean;
  /** Where the database listens unless configured otherwise. */
  readonly defaultPort?: number;
  /** Beside the tables, which are discovered. */
  readonly streams: readonly QueryStreamModel[];
}
