import type { Dialect } from '../dialect.ts';
import { mysql } from '../mysql/index.ts';

/** MariaDB. Its JSON columns differ, which the discovery query tells by itself, so that either name reads either server. */
export const mariadb: Dialect = {
  ...mysql,
  label: 'MariaDB',
};
