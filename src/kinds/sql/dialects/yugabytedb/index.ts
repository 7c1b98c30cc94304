import { type Dialect, withPort } from '../dialect.ts';
import { postgresql } from '../postgresql/index.ts';

/** YugabyteDB is PostgreSQL with a storage of its own. */
export const yugabytedb: Dialect = {
  ...postgresql,
  label: 'YugabyteDB',
  config: withPort(postgresql.config, 5433),
};
