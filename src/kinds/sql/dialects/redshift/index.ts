import { DATABASE, port, schema, user } from '../config-keys.ts';
import { type Dialect, inDialect, SEVERAL_SCHEMAS, STANDARD_TEXT } from '../dialect.ts';

/** Amazon Redshift. Mage has the connection, which always checks the server's certificate, and the driver. */
export const redshift: Dialect = {
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
  source: inDialect('redshift', 'Redshift'),
  tunnel: null,
  withDriver: null,
  sqlText: STANDARD_TEXT,
  notes: [
    "Tables, views (late-binding ones as well) and external tables of the schemas are the streams. The server's certificate is checked with the authorities that the driver brings.",
    "Redshift doesn't enforce primary keys and unique constraints: what is declared is believed.",
    'Numbers keep all their digits. Dates and times are in ISO 8601, those with a time zone in UTC. `super` comes as JSON, `varbyte` in hexadecimal, geometries as well-known text, and NaN and infinite numbers as null.',
    SEVERAL_SCHEMAS,
  ],
};
