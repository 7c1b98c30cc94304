import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { selectAll } from '../framework/catalog.ts';
import { createDatabase } from '../framework/databases.ts';
import { serve } from '../framework/http.ts';
import { createMySqlDatabase } from '../sql/mysql-database.ts';
import { executeInDuckDb, executeInSqlite } from '../sql/support.ts';
import { temporaryFolder } from '../support/generate.ts';
import type { Row } from './destination.ts';

const row = (id: number, name: string, minute: number): Row => ({
  id,
  name,
  amount: id * 1.5,
  updated_at: new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString().slice(0, 19),
});

/** Each state of a source changes rows of the one before, also in its very last moment, and adds some. */
const FIRST = Array.from({ length: 25 }, (_, index) => row(index + 1, `Row ${index + 1}`, index));
const CHANGED = [row(3, "Row 3'; --", 24), row(25, 'Row "25"', 30), row(26, 'café ☃', 31)];
const AGAIN = [row(26, 'Row\\26', 31), row(1, 'Row 1\nof two lines', 40), row(27, 'Row 27', 41)];
/** A source under test holds each of these, one after the other. */
export const STATES = [FIRST, CHANGED, AGAIN];

/** The rows that a destination has after these states. */
export function merged(states: readonly (readonly Row[])[]): Row[] {
  const rows = new Map(states.flat().map(item => [item.id, item]));
  return [...rows.values()].sort((a, b) => a.id - b.id);
}

/** A source under test: its answers, how it is configured, and how it comes to hold more rows. */
export interface Source {
  readonly kind: 'api' | 'file' | 'sql';
  readonly answers: object;
  readonly config: Record<string, unknown>;
  readonly choice?: Parameters<typeof selectAll>[1];
  put(rows: readonly Row[], number: number): Promise<void>;
  close(): Promise<void>;
}

const SCHEMA = { properties: { id: 'integer', name: 'string', amount: 'number', updated_at: 'date-time' } };
const STREAM = { name: 'things', key_properties: ['id'], replication_key: 'updated_at', schema: SCHEMA };
const sqlText = (text: string | null) => `'${String(text).replaceAll("'", "''")}'`;
const inserts = (rows: readonly Row[], text = sqlText) =>
  rows
    .map(
      ({ id, name, amount, updated_at }) =>
        `DELETE FROM things WHERE id = ${id};\nINSERT INTO things VALUES (${id}, ${text(name)}, ${amount}, '${updated_at}');\n`,
    )
    .join('');
const BY_TABLE = {
  replicationMethod: 'INCREMENTAL',
  bookmarkProperties: ['updated_at'],
  uniqueConstraints: ['id'],
} as const;

async function api(): Promise<Source> {
  let held: Row[] = [];
  const server = await serve(url => {
    const since = url.searchParams.get('since');
    const kept = held.filter(({ updated_at }) => since === null || `${updated_at}Z` >= since);
    const page = Number(url.searchParams.get('page'));
    return {
      body: {
        data: kept.slice((page - 1) * 10, page * 10).map(item => ({ ...item, updated_at: `${item.updated_at}Z` })),
      },
    };
  });
  const stream = { ...STREAM, path: '/things', records_path: 'data', bookmark_param: 'since' };
  return {
    kind: 'api',
    answers: {
      base_url: `http://127.0.0.1:${new URL(server.url).port}`,
      pagination: { type: 'page', page_size_param: 'per_page', page_size: 10 },
      streams: [stream],
    },
    config: { start_date: '2023-01-01T00:00:00Z' },
    put: async rows => {
      held = merged([held, rows]);
    },
    close: () => server.close(),
  };
}

async function files(format: 'csv' | 'jsonl'): Promise<Source> {
  const folder = temporaryFolder();
  const lines = (rows: readonly Row[]) =>
    format === 'csv'
      ? `id,name,amount,updated_at\n${rows.map(({ id, name, amount, updated_at }) => `${id},"${String(name).replaceAll('"', '""')}",${amount},${updated_at}Z\n`).join('')}`
      : rows.map(item => `${JSON.stringify({ ...item, updated_at: `${item.updated_at}Z` })}\n`).join('');
  return {
    kind: 'file',
    answers: { format, streams: [{ ...STREAM, path: `things-*.${format}` }] },
    config: { base_path: folder },
    // Each file lies beside those of the days before.
    put: async (rows, number) => writeFileSync(join(folder, `things-${number}.${format}`), lines(rows)),
    close: async () => {},
  };
}

async function sqlite(): Promise<Source> {
  const path = join(temporaryFolder(), 'things.db');
  await executeInSqlite(
    path,
    'CREATE TABLE things (id integer PRIMARY KEY, name text, amount real, updated_at datetime);',
  );
  return table('sqlite', { path }, rows => executeInSqlite(path, inserts(rows)));
}

async function duckdb(): Promise<Source> {
  const path = join(temporaryFolder(), 'things.duckdb');
  await executeInDuckDb(
    path,
    'CREATE TABLE things (id integer PRIMARY KEY, name text, amount double, updated_at timestamp);',
  );
  // DuckDB checks a key that is deleted and put in again in one transaction.
  return table('duckdb', { path }, async rows => {
    for (const item of rows) {
      await executeInDuckDb(path, `DELETE FROM things WHERE id = ${item.id}`);
      await executeInDuckDb(path, inserts([item]).split(';\n')[1] as string);
    }
  });
}

async function postgresql(): Promise<Source> {
  const database = await made(createDatabase());
  await database.execute(
    'CREATE TABLE things (id integer PRIMARY KEY, name text, amount numeric, updated_at timestamp);',
  );
  return table('postgresql', database.config, rows => database.execute(inserts(rows)), database.drop);
}

async function mariadb(): Promise<Source> {
  const database = await made(createMySqlDatabase());
  await database.execute('CREATE TABLE things (id int PRIMARY KEY, name text, amount double, updated_at datetime);');
  const escaped = (text: string | null) => sqlText(String(text).replaceAll('\\', '\\\\'));
  return table('mariadb', database.config, rows => database.execute(inserts(rows, escaped)), database.drop);
}

/** The database, or an error that says why there is none. */
export async function made<Found extends object>(
  creating: Promise<Found | { readonly missing: string }>,
): Promise<Found> {
  const database = await creating;
  if ('missing' in database) throw new Error(String(database.missing));
  return database as Found;
}

function table(
  dialect: string,
  config: Record<string, unknown>,
  put: (rows: readonly Row[]) => Promise<void>,
  close = async () => {},
): Source {
  return { kind: 'sql', answers: { dialect }, config, choice: BY_TABLE, put, close };
}

export const SOURCES: Record<string, () => Promise<Source>> = {
  'an API': api,
  CSV: () => files('csv'),
  'JSON Lines': () => files('jsonl'),
  SQLite: sqlite,
  DuckDB: duckdb,
  PostgreSQL: postgresql,
  MariaDB: mariadb,
};
