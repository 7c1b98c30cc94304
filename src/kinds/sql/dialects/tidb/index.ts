import { type Dialect, withPort } from '../dialect.ts';
import { mysql } from '../mysql/index.ts';

/** TiDB speaks MySQL's protocol, and has its catalogue. */
export const tidb: Dialect = {
  ...mysql,
  label: 'TiDB',
  config: withPort(mysql.config, 4000),
};
