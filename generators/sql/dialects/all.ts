import { clickhouse } from './clickhouse.ts';
import type { Dialect } from './dialect.ts';
import { duckdb } from './duckdb.ts';
import { mssql } from './mssql.ts';
import { mariadb, mysql } from './mysql.ts';
import { oracle } from './oracle.ts';
import { postgresql, timescaledb } from './postgresql.ts';
import { redshift } from './redshift.ts';
import { snowflake } from './snowflake.ts';
import { sqlite } from './sqlite.ts';
import { trino } from './trino.ts';

const dialects = {
  postgresql,
  timescaledb,
  mysql,
  mariadb,
  sqlite,
  duckdb,
  mssql,
  oracle,
  snowflake,
  redshift,
  clickhouse,
  trino,
} satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;

/** In the order in which they are offered. */
export const dialectNames = Object.keys(dialects) as DialectName[];

export function dialectOf(name: DialectName): Dialect {
  return dialects[name];
}
