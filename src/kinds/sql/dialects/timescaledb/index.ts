import type { Dialect } from '../dialect.ts';
import { postgresql } from '../postgresql/index.ts';

/** TimescaleDB is PostgreSQL with an extension, which keeps the chunks of a hypertable in schemas of its own. */
export const timescaledb: Dialect = {
  ...postgresql,
  label: 'TimescaleDB',
  notes: ['A hypertable is a stream like any table, and a continuous aggregate like any view.', ...postgresql.notes],
};
