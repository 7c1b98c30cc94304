import { type Dialect, withPort } from '../dialect.ts';
import { postgresql } from '../postgresql/index.ts';

/** CockroachDB speaks PostgreSQL's protocol, and has its catalogue and its cursors. */
export const cockroachdb: Dialect = {
  ...postgresql,
  label: 'CockroachDB',
  config: withPort(postgresql.config, 26257),
  notes: [
    'It needs version 22.1 or later, which has cursors. A table without a primary key has the column `rowid` for one.',
    ...postgresql.notes,
  ],
};
