import type { ConnectorModel, DeclaredStream } from '../../connector/model.ts';
import type { Dialect, DriverParts } from './dialects/dialect.ts';

/** A saved query. */
export interface QueryStreamModel extends DeclaredStream {
  /** Without a semicolon at its end. */
  readonly query: string;
}

export interface SqlModel extends ConnectorModel {
  readonly kind: 'sql';
  readonly dialect: Dialect;
  /** What is known of it by the answers of a driver; null where it has its own. */
  readonly driver: DriverParts | null;
  /** True where it may be reached through SSH. */
  readonly sshTunnel: boolean;
  /** Beside the tables, which are discovered. */
  readonly streams: readonly QueryStreamModel[];
}
