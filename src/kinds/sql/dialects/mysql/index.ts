import { HOST, PASSWORD, port, user } from '../config-keys.ts';
import { type Dialect, inDialect, STANDARD_TEXT } from '../dialect.ts';

/** MySQL, MariaDB and what speaks their protocol. Mage has the connection, its SSH tunnel and the driver. */
export const mysql: Dialect = {
  label: 'MySQL',
  config: [
    HOST,
    port(3306),
    {
      name: 'database',
      description: 'The database whose tables and views are the streams',
      required: true,
      secret: false,
    },
    user('username'),
    PASSWORD,
    {
      name: 'ssl_ca',
      description:
        "A file with the certificate authority that the server's certificate has to be from; without it, TLS is used where the server offers it, unchecked",
      required: false,
      secret: false,
    },
  ],
  pythonPackages: [],
  source: inDialect('mysql', 'MySQL'),
  tunnel: inDialect('mysql', 'MySQLTunnel', 'tunnel'),
  withDriver: null,
  sqlText: { ...STANDARD_TEXT, backslashEscapes: true, hashComments: true },
  notes: [
    'Tables and views of the database are the streams.',
    'Numbers keep all their digits; `boolean` is `tinyint` in MySQL, which holds other numbers than 0 and 1, so it comes as an integer, and `bit` does too. Dates and times are in ISO 8601, `timestamp` in UTC, and dates of which the year, the month or the day is zero are null. `json` comes as JSON, `time` as text such as `-12:30:00`, a `set` as its members with commas in alphabetical order, binary columns and geometries (in the form in which MySQL stores them) in base64, and every other type as text.',
    'A text bookmark is compared as its column is collated. An `enum`, a `set` and `json` can be no bookmark, since MySQL compares them in another order than it sorts them in.',
  ],
};
