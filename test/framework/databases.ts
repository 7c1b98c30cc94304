import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { pythonFor } from './python.ts';
import { runPython } from './run-python.ts';

/** A PostgreSQL database of a test's own. */
export interface Database {
  /** The configuration keys of Mage's PostgreSQL source, without `schema`. */
  readonly config: { host: string; port: number; database: string; username: string; password: string };
  /** Runs any number of SQL statements and commits them. */
  execute(sql: string): Promise<void>;
  drop(): Promise<void>;
}

/** Runs the SQL on standard input in the database that its argument names; the server is in the environment. */
const EXECUTE = `
import sys
import psycopg2
try:
    connection = psycopg2.connect(dbname=sys.argv[1], connect_timeout=5)
    connection.autocommit = True
    connection.cursor().execute(sys.stdin.read())
except psycopg2.Error as error:
    sys.exit(str(error))
`;

/** Makes a new database on the server that PGHOST, PGPORT, PGUSER and PGPASSWORD name, by default the local one. */
export async function createDatabase(): Promise<Database | { readonly missing: string }> {
  const config = {
    host: process.env.PGHOST ?? '127.0.0.1',
    port: Number(process.env.PGPORT ?? 5432),
    database: `mage_connector_${randomUUID().replaceAll('-', '')}`,
    username: process.env.PGUSER ?? userInfo().username,
    password: process.env.PGPASSWORD ?? '',
  };
  try {
    await execute('postgres', `CREATE DATABASE ${config.database}`, config);
  } catch (error) {
    return { missing: `no PostgreSQL at ${config.host}:${config.port}: ${(error as Error).message}` };
  }
  return {
    config,
    execute: sql => execute(config.database, sql, config),
    drop: () => execute('postgres', `DROP DATABASE ${config.database} WITH (FORCE)`, config),
  };
}

async function execute(database: string, sql: string, server: Database['config']): Promise<void> {
  const python = await pythonFor('test');
  if ('missing' in python) throw new Error(python.missing);
  const { host, port, username, password } = server;
  const env = { ...python.env, PGHOST: host, PGPORT: String(port), PGUSER: username, PGPASSWORD: password };
  const finished = await runPython(python, ['-c', EXECUTE, database], { env, input: sql, timeLimit: 30_000 });
  if (finished.exitCode !== 0) throw new Error(finished.stderr.trim());
}
