import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { generate } from '../support/generate.ts';
import { executeInDuckDb } from './support.ts';

const DRIVERS = fileURLToPath(new URL('drivers/', import.meta.url));

/** What the double of a driver answers to statements that match, instead of asking DuckDB. */
export interface Answer {
  readonly to: string;
  /** What the values have to match as well. */
  readonly of?: string;
  readonly rows?: readonly (readonly unknown[])[];
  /** What the driver then describes the columns by: the name, the type and what else it has. */
  readonly columns?: readonly (readonly unknown[])[];
  readonly error?: string;
  /** For statements that sqlglot has no grammar of. */
  readonly unparsed?: boolean;
}

export interface DoubleSettings {
  /** The dialect as sqlglot calls it. */
  readonly dialect: string;
  readonly placeholder: string;
  /** What is in the database, in DuckDB's SQL. */
  readonly sql: string;
  readonly answers: readonly Answer[];
}

/** One thing that the double was told. */
export interface Told {
  readonly event: 'connect' | 'execute' | 'close';
  readonly arguments?: readonly unknown[];
  readonly named?: Readonly<Record<string, unknown>>;
  readonly statement?: string;
  readonly values?: readonly string[];
}

/** A connector whose driver is a double. */
export interface Doubled {
  readonly connector: Connector;
  /** Where it was written. */
  readonly folder: string;
  /** What the double was told since this was last asked. */
  told(): Told[];
}

/** The connector of these answers, run with the double of its driver. */
export async function doubledConnector(
  answers: object,
  config: Record<string, unknown>,
  home: string,
  { sql, ...settings }: DoubleSettings,
): Promise<Doubled> {
  const [path, log, file] = ['double.duckdb', 'told.log', 'double.json'].map(name => join(home, name)) as [
    string,
    string,
    string,
  ];
  await executeInDuckDb(path, sql);
  writeFileSync(file, JSON.stringify({ ...settings, path, log }));
  const checkout = workspaceCheckout(join(home, 'mage-ai'));
  const { folder } = await generate('sql', answers, { cwd: checkout.root });
  const modules = [join(DRIVERS, 'modules'), DRIVERS];
  const connector = new Connector({ checkout, folder, config, modules, env: { DRIVER_DOUBLE: file } });
  const told = () => {
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    rmSync(log, { force: true });
    return lines.map(line => JSON.parse(line) as Told);
  };
  return { connector, folder, told };
}

/** A table as the catalogue tells it: for each column its type with `?` where it may be null, and its places in the keys. */
export type DescribedTable = Readonly<Record<string, readonly [type: string, primary?: number, unique?: number]>>;

/** The rows that a discovery query answers. */
export function describedColumns(schema: string | undefined, tables: Readonly<Record<string, DescribedTable>>) {
  return Object.entries(tables).flatMap(([table, columns]) =>
    Object.entries(columns).map(([column, [type, primary = 0, unique = 0]]) => [
      ...(schema === undefined ? [] : [schema]),
      table,
      column,
      type.replace(/\?$/, ''),
      type.endsWith('?'),
      primary,
      unique,
    ]),
  );
}

/** The keys of the tables as Snowflake's SHOW tells them: a row for each column. */
export function shownKeys(tables: Readonly<Record<string, DescribedTable>>, kind: 'primary' | 'unique') {
  return keyColumns(tables, kind).map(([table, column, position]) => [
    ...['2024-01-01', 'DATABASE', 'SCHEMA', table, column, position],
    ...[`${kind}_of_${table}`, 'false', null],
  ]);
}

/** Each column of a key with its table and its position. */
export function keyColumns(tables: Readonly<Record<string, DescribedTable>>, kind: 'primary' | 'unique') {
  return Object.entries(tables).flatMap(([table, columns]) =>
    Object.entries(columns).flatMap(([column, [, primary = 0, unique = 0]]) => {
      const position = kind === 'primary' ? primary : unique;
      return position ? [[table, column, position] as const] : [];
    }),
  );
}
