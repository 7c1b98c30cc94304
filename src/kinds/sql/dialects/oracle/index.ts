import { HOST, PASSWORD, port, user } from '../config-keys.ts';
import { type Dialect, inDialect, SEVERAL_SCHEMAS, STANDARD_TEXT } from '../dialect.ts';

/** Oracle Database. Mage has the connection and the driver. */
export const oracle: Dialect = {
  label: 'Oracle Database',
  config: [
    HOST,
    port(1521),
    { name: 'service', description: 'The service name of the database', required: true, secret: false },
    {
      name: 'schema',
      description:
        'The schema whose tables and views are the streams, or several with commas; without it, that of the user',
      required: false,
      secret: false,
    },
    user('user'),
    PASSWORD,
    {
      name: 'mode',
      description: "thin, or thick to use Oracle's client, which has to be installed",
      required: false,
      default: 'thin',
      secret: false,
    },
    {
      name: 'protocol',
      description: 'tcp, or tcps for TLS',
      required: false,
      default: 'tcp',
      secret: false,
    },
    {
      name: 'wallet_location',
      description: 'The folder of the wallet with the certificates for TLS, where the system has none that fit',
      required: false,
      secret: false,
    },
    {
      name: 'ssl_server_dn_match',
      description: "off to leave the name in the server's certificate unchecked",
      required: false,
      default: 'on',
      secret: false,
    },
  ],
  pythonPackages: [],
  source: inDialect('oracle', 'Oracle'),
  tunnel: null,
  withDriver: null,
  sqlText: STANDARD_TEXT,
  notes: [
    'Tables, views and materialized views of the schemas are the streams, from version 12.1 on. A name that was not quoted when it was made is in capitals, as in `SALES`.',
    'Numbers keep all their digits. Dates and times are in ISO 8601, those with a time zone in UTC, to the microsecond. `JSON` comes as JSON, `RAW` and `BLOB` in base64, geometries as well-known text, intervals as text, NaN and infinite numbers as null. Columns of `BFILE` and of types that users have defined are left out.',
    'Without a key, rows are sorted by the first thousand characters of large columns, and not by `LONG`.',
    SEVERAL_SCHEMAS,
  ],
};
