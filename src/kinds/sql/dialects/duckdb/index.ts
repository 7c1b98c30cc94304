import { schema } from '../config-keys.ts';
import { type Dialect, inDialect, SEVERAL_SCHEMAS, STANDARD_TEXT } from '../dialect.ts';

/** DuckDB. Mage has neither a connection nor the driver, so the connector brings the one and asks for the other. */
export const duckdb: Dialect = {
  label: 'DuckDB',
  config: [
    { name: 'path', description: 'The database file; it is opened for reading only', required: true, secret: false },
    schema('main'),
  ],
  // The driver makes times with a zone by pytz, but doesn't require it.
  pythonPackages: ['duckdb>=1.1', 'pytz'],
  source: inDialect('duckdb', 'DuckDB'),
  tunnel: null,
  withDriver: null,
  sqlText: STANDARD_TEXT,
  notes: [
    'Tables and views of the schemas are the streams. A file that another process has open for writing can be read as soon as that process has closed it.',
    'Numbers keep all their digits. Dates and times are in ISO 8601 with microseconds, those with a time zone in UTC. `JSON`, `STRUCT`, `MAP`, lists and arrays come as JSON, `BLOB` in base64, NaN and infinite numbers and dates as null, and every other type as the text that DuckDB shows.',
    SEVERAL_SCHEMAS,
  ],
};
