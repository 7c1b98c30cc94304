import { DATABASE, schema, user } from '../config-keys.ts';
import { type Dialect, inDialect, SEVERAL_SCHEMAS, STANDARD_TEXT } from '../dialect.ts';

/** Snowflake. Mage has the connection and the driver. */
export const snowflake: Dialect = {
  label: 'Snowflake',
  config: [
    {
      name: 'account',
      description: 'The account identifier, such as myorg-account123',
      required: true,
      secret: false,
    },
    DATABASE,
    schema('PUBLIC'),
    { name: 'warehouse', description: 'The warehouse that computes', required: true, secret: false },
    { name: 'role', description: "The role, where it isn't the user's own", required: false, secret: false },
    user('username'),
    { name: 'password', description: "The user's password or token", required: false, secret: true },
    {
      name: 'private_key_file',
      description: 'A file with the private key of the user, in place of a password',
      required: false,
      secret: false,
    },
    {
      name: 'private_key_file_pwd',
      description: 'The passphrase of that file',
      required: false,
      secret: true,
    },
  ],
  pythonPackages: [],
  source: inDialect('snowflake', 'Snowflake'),
  tunnel: null,
  withDriver: null,
  sqlText: STANDARD_TEXT,
  notes: [
    'Tables, views, materialized views and external tables of the schemas are the streams. A name that was not quoted when it was made is in capitals, as in `SALES`.',
    "Snowflake doesn't enforce primary keys and unique constraints: what is declared is believed, up to the 10,000 columns of keys that it shows.",
    'Numbers keep all their digits. Dates and times are in ISO 8601 to the microsecond, those with a time zone in UTC. `VARIANT`, `OBJECT` and `ARRAY` come as JSON, `BINARY` in base64, geometries as well-known text, and NaN and infinite numbers as null.',
    SEVERAL_SCHEMAS,
  ],
};
