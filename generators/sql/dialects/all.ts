import type { Dialect } from './dialect.ts';
import { duckdb } from './duckdb.ts';
import { mssql } from './mssql.ts';
import { mariadb, mysql } from './mysql.ts';
import { oracle } from './oracle.ts';
import { postgresql, timescaledb } from './postgresql.ts';
import { snowflake } from './snowflake.ts';
import { sqlite } from './sqlite.ts';

const dialects = { postgresql, timescaledb, mysql, mariadb, sqlite, duckdb, mssql, oracle, snowflake } satisfies Record<
  string,
  Dialect
>;

export type DialectName = keyof typeof dialects;

/** In the order in which they are offered. */
export const dialectNames = Object.keys(dialects) as DialectName[];

export function dialectOf(name: DialectName): Dialect {
  return dialects[name];
}
