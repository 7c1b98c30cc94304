import { join } from 'node:path';
import { createDatabase } from '../framework/databases.ts';
import { skipFor } from '../framework/needs.ts';
import { createMySqlDatabase } from './mysql-database.ts';
import { executeInDuckDb, executeInSqlite } from './support.ts';

/** A database of a test's own, that a connector reads. */
export interface OpenDatabase {
  /** As the answers have it. */
  readonly dialect: string;
  readonly config: Record<string, unknown>;
  /** Runs statements, each of which ends with `;` at the end of a line. */
  execute(sql: string): Promise<void>;
  drop(): Promise<void>;
}

type Opening = Promise<OpenDatabase | { readonly missing: string }>;

/** The databases that are on this machine, each opened with a folder that files may be put into. */
export const DATABASES = {
  SQLite: async (home: string): Opening => ofFile('sqlite', join(home, 'some.db'), executeInSqlite),
  DuckDB: async (home: string): Opening => ofFile('duckdb', join(home, 'some.duckdb'), executeInDuckDb),
  MySQL: async (): Opening => ofServer('mysql', await createMySqlDatabase()),
  PostgreSQL: async (): Opening => ofServer('postgresql', await createDatabase()),
} as const;

function ofFile(dialect: string, path: string, execute: (path: string, sql: string) => Promise<void>): OpenDatabase {
  return { dialect, config: { path }, execute: sql => execute(path, sql), drop: async () => {} };
}

function ofServer(
  dialect: string,
  database: { config: object; execute(sql: string): Promise<void>; drop(): Promise<void> } | { missing: string },
): OpenDatabase | { missing: string } {
  return 'missing' in database ? database : { ...database, dialect, config: { ...database.config } };
}

/** In a test: opens a database, or skips the test with the reason why there is none; drops it in the end. */
export async function withDatabase(
  test: Mocha.Context,
  name: keyof typeof DATABASES,
  home: string,
  use: (database: OpenDatabase) => Promise<void>,
): Promise<void> {
  const database = await DATABASES[name](home);
  if ('missing' in database) skipFor(test, database.missing);
  try {
    await use(database);
  } finally {
    await database.drop();
  }
}
