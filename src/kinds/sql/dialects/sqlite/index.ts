import { type Dialect, inDialect, STANDARD_TEXT } from '../dialect.ts';

/** SQLite, whose driver is in Python's standard library. Mage has no connection for it, so the connector brings one. */
export const sqlite: Dialect = {
  label: 'SQLite',
  config: [
    { name: 'path', description: 'The database file; it is opened for reading only', required: true, secret: false },
  ],
  pythonPackages: [],
  source: inDialect('sqlite', 'SQLite'),
  tunnel: null,
  withDriver: null,
  sqlText: { ...STANDARD_TEXT, brackets: true },
  notes: [
    'Tables and views are the streams.',
    "SQLite lets a column hold values of any type. One that isn't of its column's type ends the run, with the table and the column; so does a date that isn't written as SQLite's own functions do (`2024-01-31`, `2024-01-31 23:59:59`). In text columns, and in those without a declared type, such as a view's expression, all values are text. Blobs come in base64, infinite numbers as null.",
  ],
};
