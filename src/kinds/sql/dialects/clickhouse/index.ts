import { HOST, PASSWORD } from '../config-keys.ts';
import { type Dialect, inDialect, STANDARD_TEXT } from '../dialect.ts';

/** ClickHouse. Mage has the driver through another package only, so the connector asks for it, and brings a connection. */
export const clickhouse: Dialect = {
  label: 'ClickHouse',
  config: [
    HOST,
    {
      name: 'port',
      description: "The port of ClickHouse's own protocol, with TLS 9440 for the most part",
      required: false,
      default: 9000,
      secret: false,
    },
    {
      name: 'database',
      description: 'The database whose tables and views are the streams',
      required: false,
      default: 'default',
      secret: false,
    },
    {
      name: 'username',
      description: 'A user who may read them',
      required: false,
      default: 'default',
      secret: false,
    },
    PASSWORD,
    { name: 'secure', description: 'yes to use TLS', required: false, default: 'no', secret: false },
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
  pythonPackages: ['clickhouse-driver>=0.2.6'],
  source: inDialect('clickhouse', 'ClickHouse'),
  tunnel: null,
  withDriver: null,
  sqlText: { ...STANDARD_TEXT, backslashEscapes: true, hashComments: true },
  notes: [
    "Tables, views and materialized views of the database are the streams. ClickHouse's primary keys aren't unique, so they are no keys of the streams: where rows shall be updated at the destination, choose unique columns of the stream in Mage.",
    'Numbers keep all their digits. Dates and times are in ISO 8601 to the microsecond, in UTC. `Map`, `Tuple`, `JSON` and arrays come as JSON, geometries as text, text that is no UTF-8 in base64, NaN and infinite numbers as null, and every other type as text. States of aggregations are left out.',
  ],
};
