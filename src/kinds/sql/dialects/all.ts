import { clickhouse } from './clickhouse.ts';
import type { Dialect } from './dialect.ts';
import { duckdb } from './duckdb.ts';
import { generic } from './generic.ts';
import { mssql } from './mssql.ts';
import { mariadb, mysql, tidb } from './mysql.ts';
import { oracle } from './oracle.ts';
import { cockroachdb, greenplum, postgresql, timescaledb, yugabytedb } from './postgresql.ts';
import { redshift } from './redshift.ts';
import { snowflake } from './snowflake.ts';
import { sqlite } from './sqlite.ts';
import { trino } from './trino.ts';

const dialects = {
  ...{ postgresql, mysql, mariadb, sqlite, duckdb },
  ...{ mssql, oracle, snowflake, redshift, clickhouse, trino },
  ...{ timescaledb, cockroachdb, greenplum, yugabytedb, tidb, generic },
} satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;

/** In the order in which they are offered. */
export const dialectNames = Object.keys(dialects) as DialectName[];

export function dialectOf(name: DialectName): Dialect {
  return dialects[name];
}
