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
    "SQLite lets a column hold values of any type, so they come as they are stored, dates and times too. Only blobs are changed, to base64, infinite numbers, to null, and 0 and 1 in boolean columns, to false and true. A column without a declared type, such as a view's expression, counts as text.",
  ],
};
