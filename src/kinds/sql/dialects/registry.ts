import { clickhouse } from './clickhouse/index.ts';
import { cockroachdb } from './cockroachdb/index.ts';
import type { Dialect } from './dialect.ts';
import { duckdb } from './duckdb/index.ts';
import { generic } from './generic/index.ts';
import { greenplum } from './greenplum/index.ts';
import { mariadb } from './mariadb/index.ts';
import { mssql } from './mssql/index.ts';
import { mysql } from './mysql/index.ts';
import { oracle } from './oracle/index.ts';
import { postgresql } from './postgresql/index.ts';
import { redshift } from './redshift/index.ts';
import { snowflake } from './snowflake/index.ts';
import { sqlite } from './sqlite/index.ts';
import { tidb } from './tidb/index.ts';
import { timescaledb } from './timescaledb/index.ts';
import { trino } from './trino/index.ts';
import { yugabytedb } from './yugabytedb/index.ts';

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
