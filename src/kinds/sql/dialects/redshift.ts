import { DATABASE, port, schema, user } from './config-keys.ts';
import type { Dialect } from './dialect.ts';

/** Amazon Redshift. Mage has the connection, which always checks the server's certificate, and the driver. */
export const redshift = {
  name: 'redshift',
  templates: 'redshift',
  label: 'Amazon Redshift',
  config: [
    { name: 'host', description: 'The endpoint of the cluster or workgroup', required: true, secret: false },
    port(5439),
    DATABASE,
    schema('public'),
    user('user'),
    { name: 'password', description: "The user's password", required: true, secret: true },
  ],
  pythonPackages: [],
  placeholder: '%s',
  session: ["SET TimeZone TO 'UTC'"],
  schemas: { default: "'public'", query: 'SELECT nspname FROM pg_namespace' },
  discovered: 'self._columns()',
  keylessOrder: 'expression(column, properties[column])',
  page: 'LIMIT {limit} OFFSET {offset}',
  pageValues: '',
  unlimited: "'ALL'",
  completesStatements: true,
  recordRows: '_streamed',
  comparesRows: false,
  selectsExpressions: true,
  valuesNeedTypes: true,
  notes: [
    "Tables, views (late-binding ones as well) and external tables of the schemas are the streams. The server's certificate is checked with the authorities that the driver brings.",
    "Redshift doesn't enforce primary keys and unique constraints: what is declared is believed.",
    'Numbers keep all their digits. Dates and times are in ISO 8601, those with a time zone in UTC. `super` comes as objects, `varbyte` in hexadecimal, geometries as well-known text, and NaN and infinite numbers as null.',
  ],
} as const satisfies Dialect;
