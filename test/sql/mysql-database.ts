import { randomUUID } from 'node:crypto';
import { pythonFor } from '../framework/python.ts';
import { runPython } from '../framework/run-python.ts';

/** A MySQL or MariaDB database of a test's own. */
export interface MySqlDatabase {
  readonly config: { host: string; port: number; database: string; username: string; password: string };
  /** Runs statements, each of which ends with `;` at the end of a line. */
  execute(sql: string): Promise<void>;
  drop(): Promise<void>;
}

/** The session is in UTC, as the connectors' sessions are, so that a timestamp is what the fixture says. */
const EXECUTE = `
import json, re, sys
import mysql.connector
config = json.loads(sys.argv[1])
try:
    connection = mysql.connector.connect(**config, connection_timeout=5, time_zone='+00:00', autocommit=True)
    cursor = connection.cursor()
    for statement in re.split(r';[ ]*\\n', sys.stdin.read() + '\\n'):
        if statement.strip():
            cursor.execute(statement)
except mysql.connector.Error as error:
    sys.exit(str(error))
`;

/** Makes a new database on the server that MYSQL_HOST, MYSQL_PORT, MYSQL_USER and MYSQL_PASSWORD name, by default the local one. */
export async function createMySqlDatabase(): Promise<MySqlDatabase | { readonly missing: string }> {
  const config = {
    host: process.env.MYSQL_HOST ?? '127.0.0.1',
    port: Number(process.env.MYSQL_PORT ?? 3306),
    database: `mage_connector_${randomUUID().replaceAll('-', '')}`,
    username: process.env.MYSQL_USER ?? 'root',
    password: process.env.MYSQL_PASSWORD ?? '',
  };
  try {
    await execute(`CREATE DATABASE ${config.database} CHARACTER SET utf8mb4;`, { ...config, database: undefined });
  } catch (error) {
    return { missing: `no MySQL or MariaDB at ${config.host}:${config.port}: ${(error as Error).message}` };
  }
  return {
    config,
    execute: sql => execute(sql, config),
    drop: () => execute(`DROP DATABASE ${config.database};`, config),
  };
}

async function execute(
  sql: string,
  { username, ...server }: Omit<MySqlDatabase['config'], 'database'> & { database?: string },
): Promise<void> {
  const python = await pythonFor('test');
  if ('missing' in python) throw new Error(python.missing);
  const args = ['-c', EXECUTE, JSON.stringify({ ...server, user: username })];
  const finished = await runPython(python, args, { input: sql, timeLimit: 120_000 });
  if (finished.exitCode !== 0) throw new Error(finished.stderr.trim().split('\n').at(-1));
}
