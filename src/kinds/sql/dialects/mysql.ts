import { HOST, PASSWORD, port, user } from './config-keys.ts';
import { type Dialect, withPort } from './dialect.ts';

/** MySQL, MariaDB and what speaks their protocol. Mage has the connection, its SSH tunnel and the driver. */
export const mysql = {
  name: 'mysql',
  templates: 'mysql',
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
  placeholder: '%s',
  discovered: 'self._rows(DISCOVER_QUERY, [])',
  keylessOrder: "f'MD5({quote(column)})'",
  keylessOrderReason: 'A text itself would be sorted by its first kilobyte, whatever its case.',
  page: 'LIMIT %s OFFSET %s',
  pageValues: 'limit, offset',
  sqlText: { backslashEscapes: true, hashComments: true },
  comparesRows: true,
  selectsExpressions: false,
  tunnels: true,
  valuesNeedTypes: true,
  notes: [
    'Tables and views of the database are the streams.',
    'Numbers keep all their digits; `boolean` is `tinyint` in MySQL, which holds other numbers than 0 and 1, so it comes as an integer, and `bit` does too. Dates and times are in ISO 8601, `timestamp` in UTC, and zero dates are null. `json` comes as objects, `time` as text such as `-12:30:00`, a `set` as its members with commas in alphabetical order, binary columns and geometries (in the form in which MySQL stores them) in base64, and every other type as text.',
    'A text bookmark is compared as its column is collated. An `enum`, a `set` and `json` can be no bookmark, since MySQL compares them in another order than it sorts them in.',
  ],
} as const satisfies Dialect;

/** MariaDB. Its JSON columns differ, which the discovery query tells by itself, so that either name reads either server. */
export const mariadb = { ...mysql, name: 'mariadb', label: 'MariaDB' } as const satisfies Dialect;

/** TiDB speaks MySQL's protocol, and has its catalogue. */
export const tidb = {
  ...mysql,
  name: 'tidb',
  label: 'TiDB',
  config: withPort(mysql.config, 4000),
} as const satisfies Dialect;
