import { schema } from './config-keys.ts';
import type { Dialect } from './dialect.ts';

/** DuckDB. Mage has neither a connection nor the driver, so the connector brings the one and asks for the other. */
export const duckdb = {
  name: 'duckdb',
  templates: 'duckdb',
  label: 'DuckDB',
  config: [
    { name: 'path', description: 'The database file; it is opened for reading only', required: true, secret: false },
    schema('main'),
  ],
  // The driver makes times with a zone by pytz, but doesn't require it.
  pythonPackages: ['duckdb>=1.1', 'pytz'],
  placeholder: '?',
  schemas: { default: "'main'", query: 'SELECT schema_name FROM duckdb_schemas()' },
  discovered: 'self._rows(DISCOVER_QUERY, [self.schemas])',
  keylessOrder: "f'{quote(column)}::VARCHAR'",
  page: 'LIMIT ? OFFSET ?',
  pageValues: 'limit, offset',
  comparesRows: false,
  selectsExpressions: true,
  valuesNeedTypes: true,
  notes: [
    'Tables and views of the schemas are the streams. A file that another process has open for writing can be read as soon as that process has closed it.',
    'Numbers keep all their digits. Dates and times are in ISO 8601 with microseconds, those with a time zone in UTC. `JSON`, `STRUCT` and `MAP` come as objects, lists and arrays as arrays (lists of lists as text), `BLOB` in base64, NaN and infinite numbers and dates as null, and every other type as the text that DuckDB shows.',
  ],
} as const satisfies Dialect;
