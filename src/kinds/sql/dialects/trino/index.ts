import { schema, user } from '../config-keys.ts';
import { type Dialect, inDialect, SEVERAL_SCHEMAS, STANDARD_TEXT } from '../dialect.ts';

/** Trino. Mage has the driver; its own connection checks no certificate, so the connector brings one. */
export const trino: Dialect = {
  label: 'Trino',
  config: [
    { name: 'host', description: 'The host name or address of the coordinator', required: true, secret: false },
    { name: 'port', description: 'The port of the coordinator', required: false, default: 8080, secret: false },
    { name: 'catalog', description: 'The catalog to read', required: true, secret: false },
    schema('default'),
    user('username'),
    {
      name: 'password',
      description: "The user's password, which goes through TLS only",
      required: false,
      secret: true,
    },
    {
      name: 'ssl',
      description: 'yes to use TLS without a password as well',
      required: false,
      default: 'no',
      secret: false,
    },
    {
      name: 'ssl_ca',
      description: "A file with the certificate authority of the server, where the system doesn't know it",
      required: false,
      secret: false,
    },
    {
      name: 'verify',
      description: "no to take the server's certificate unchecked",
      required: false,
      default: 'yes',
      secret: false,
    },
  ],
  pythonPackages: [],
  source: inDialect('trino', 'Trino'),
  tunnel: null,
  withDriver: null,
  sqlText: STANDARD_TEXT,
  notes: [
    'Tables, views and materialized views of the schemas are the streams. Trino knows of no keys: where rows shall be updated at the destination, choose unique columns of the stream in Mage.',
    'Numbers keep all their digits. Dates and times are in ISO 8601 to the microsecond, those with a time zone in UTC. `json`, `map`, `row` and arrays come as JSON, `varbinary` in base64, NaN and infinite numbers as null, and every other type as text.',
    SEVERAL_SCHEMAS,
  ],
};
