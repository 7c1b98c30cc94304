import type { Dialect } from '../dialect.ts';
import { postgresql } from '../postgresql/index.ts';

/** Greenplum is PostgreSQL over many hosts; before version 7 its catalogue is too old. */
export const greenplum: Dialect = {
  ...postgresql,
  label: 'Greenplum',
  notes: ['It needs version 7 or later, whose catalogue is that of PostgreSQL 12.', ...postgresql.notes],
};
