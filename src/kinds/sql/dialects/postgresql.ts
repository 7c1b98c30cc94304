import { DATABASE, HOST, PASSWORD, port, schema, user } from './config-keys.ts';
import { type Dialect, withPort } from './dialect.ts';

/** PostgreSQL, and what speaks its protocol and has its catalogue. Mage has the connection and the driver. */
export const postgresql = {
  name: 'postgresql',
  templates: 'postgresql',
  label: 'PostgreSQL',
  config: [
    HOST,
    port(5432),
    DATABASE,
    schema('public'),
    user('username'),
    PASSWORD,
    {
      name: 'sslmode',
      description: 'How TLS is used, such as require or verify-full; without it, where the server offers it',
      required: false,
      secret: false,
    },
    {
      name: 'sslrootcert',
      description: "A file with the certificate authority that verify-full checks the server's certificate against",
      required: false,
      secret: false,
    },
  ],
  pythonPackages: [],
  placeholder: '%s',
  schemas: { default: "'public'", query: 'SELECT nspname FROM pg_namespace' },
  discovered: 'self._rows(DISCOVER_QUERY, [self.schemas])',
  keylessOrder: "f'{quote(column)}::text'",
  page: 'LIMIT %s OFFSET %s',
  pageValues: 'limit, offset',
  comparesRows: true,
  seeksByKey: true,
  tunnels: true,
  selectsExpressions: true,
  valuesNeedTypes: false,
  notes: [
    'Tables, partitioned tables, views, materialized views and foreign tables of the schemas are the streams. A partition is read through its table.',
    "Numbers keep all their digits. Dates and times are in ISO 8601, those with a time zone in UTC. `json` and `jsonb` come as objects, arrays as arrays of what PostgreSQL's `to_json` makes of their elements, `bytea` in base64, NaN and infinite numbers and dates as null, and every other type as the text that PostgreSQL shows. Dates before the year 1 or after 9999, which Python has none for, end the run.",
  ],
} as const satisfies Dialect;

/** TimescaleDB is PostgreSQL with an extension, which keeps the chunks of a hypertable in schemas of its own. */
export const timescaledb = {
  ...postgresql,
  name: 'timescaledb',
  label: 'TimescaleDB',
  notes: ['A hypertable is a stream like any table, and a continuous aggregate like any view.', ...postgresql.notes],
} as const satisfies Dialect;

/** CockroachDB speaks PostgreSQL's protocol, and has its catalogue and its cursors. */
export const cockroachdb = {
  ...postgresql,
  name: 'cockroachdb',
  label: 'CockroachDB',
  config: withPort(postgresql.config, 26257),
  notes: [
    'It needs version 22.1 or later, which has cursors. A table without a primary key has the column `rowid` for one.',
    ...postgresql.notes,
  ],
} as const satisfies Dialect;

/** Greenplum is PostgreSQL over many hosts; before version 7 its catalogue is too old. */
export const greenplum = {
  ...postgresql,
  name: 'greenplum',
  label: 'Greenplum',
  notes: ['It needs version 7 or later, whose catalogue is that of PostgreSQL 12.', ...postgresql.notes],
} as const satisfies Dialect;

/** YugabyteDB is PostgreSQL with a storage of its own. */
export const yugabytedb = {
  ...postgresql,
  name: 'yugabytedb',
  label: 'YugabyteDB',
  config: withPort(postgresql.config, 5433),
} as const satisfies Dialect;
