import { DATABASE, HOST, PASSWORD, port, schema, user } from '../config-keys.ts';
import { type Dialect, inDialect, SEVERAL_SCHEMAS, STANDARD_TEXT } from '../dialect.ts';

/** PostgreSQL, and what speaks its protocol and has its catalogue. Mage has the connection and the driver. */
export const postgresql: Dialect = {
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
  source: inDialect('postgresql', 'PostgreSQL'),
  tunnel: inDialect('postgresql', 'PostgreSQLTunnel', 'tunnel'),
  withDriver: null,
  sqlText: STANDARD_TEXT,
  notes: [
    'Tables, partitioned tables, views, materialized views and foreign tables of the schemas are the streams. A partition is read through its table.',
    "Numbers keep all their digits. Dates and times are in ISO 8601, those with a time zone in UTC. `json` and `jsonb` come as JSON, arrays as what PostgreSQL's `to_json` makes of them, `bytea` in base64, NaN and infinite numbers and dates as null, and every other type as the text that PostgreSQL shows.",
    SEVERAL_SCHEMAS,
  ],
};
