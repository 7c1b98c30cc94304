import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { deals, serveAcme, TOKEN } from '../api/acme-server.ts';
import { createDatabase } from '../framework/databases.ts';
import { createMySqlDatabase } from '../sql/mysql-database.ts';
import { executeInDuckDb, executeInSqlite } from '../sql/support.ts';
import type { KindName } from '../support/generate.ts';
import { temporaryFolder } from '../support/generate.ts';
import { serveExample } from './apis.ts';

export const EXAMPLES = resolve(import.meta.dirname, '../../examples');

/** The example answer files. */
export const exampleFiles = readdirSync(EXAMPLES).filter(name => name.endsWith('.yaml'));

/** What an example's connector reads from while it is tested. */
export interface Running {
  readonly kind: KindName;
  readonly answers: Record<string, unknown>;
  readonly config: Record<string, unknown>;
  stop(): Promise<void>;
}

/** Starts what an example's connector reads from; says why where that can't be had. */
export async function startExample(name: string): Promise<Running | { readonly missing: string }> {
  const answers = withAbsoluteSamples(parse(readFileSync(join(EXAMPLES, name), 'utf8')));
  const kind = answers.kind as KindName;
  if (kind === 'api') return (await serveExample(name, answers)) ?? startAcme(answers);
  if (kind === 'file')
    return { kind, answers, config: { base_path: join(EXAMPLES, 'samples') }, stop: async () => undefined };
  if (answers.dialect === 'duckdb') return startDuckDb(answers);
  if (answers.dialect === 'mysql' || answers.dialect === 'mariadb') return startMySql(answers);
  if (answers.dialect === 'sqlite') return startSqlite(answers);
  if (answers.dialect === 'postgresql') return startPostgresql(answers);
  return { missing: `there is no server of ${answers.dialect} here: test/sql tries it with a double of its driver` };
}

/** The example speaks of a host that isn't there: its API is served here, by the same paths and rules. */
async function startAcme(answers: Record<string, unknown>): Promise<Running> {
  const server = await serveAcme({
    deals: deals(150),
    contacts: [{ id: 1, name: 'Ada', email: 'ada@acme.test', tags: ['x'] }],
  });
  const local = { ...answers, base_url: 'http://127.0.0.1:{port}/v2', config: undefined };
  return {
    kind: 'api',
    answers: local,
    config: { access_token: TOKEN, port: new URL(server.url).port },
    stop: () => server.close(),
  };
}

const TABLE = 'CREATE TABLE orders (id INTEGER PRIMARY KEY, total DECIMAL(10, 2) NOT NULL);';
const ROWS = 'INSERT INTO orders VALUES (1, 9.99), (2, 0.01), (3, 100)';

async function startSqlite(answers: Record<string, unknown>): Promise<Running> {
  const path = join(temporaryFolder(), 'shop.db');
  await executeInSqlite(path, `${TABLE}\n${ROWS};`);
  return { kind: 'sql', answers, config: { path }, stop: async () => undefined };
}

async function startDuckDb(answers: Record<string, unknown>): Promise<Running> {
  const path = join(temporaryFolder(), 'analytics.duckdb');
  await executeInDuckDb(path, `${TABLE}\n${ROWS};`);
  return { kind: 'sql', answers, config: { path }, stop: async () => undefined };
}

async function startPostgresql(answers: Record<string, unknown>): Promise<Running | { readonly missing: string }> {
  const database = await createDatabase();
  if ('missing' in database) return database;
  await database.execute(`${TABLE}\n${ROWS}`);
  return { kind: 'sql', answers, config: { ...database.config, schema: 'public' }, stop: () => database.drop() };
}

async function startMySql(answers: Record<string, unknown>): Promise<Running | { readonly missing: string }> {
  const database = await createMySqlDatabase();
  if ('missing' in database) return database;
  await database.execute(`${TABLE}\n${ROWS};`);
  // The way through SSH is tried in test/sql.
  const config = { ...database.config, ...(answers.ssh_tunnel === true && { connection_method: 'direct' }) };
  return { kind: 'sql', answers, config, stop: () => database.drop() };
}

interface ExampleStream {
  readonly schema?: Record<string, unknown>;
  readonly query_file?: string;
}

function withAbsoluteSamples(answers: { streams?: ExampleStream[]; [key: string]: unknown }) {
  const streams = answers.streams?.map(({ schema, query_file, ...stream }) => ({
    ...stream,
    ...(schema && { schema: schema.sample ? { sample: resolve(EXAMPLES, String(schema.sample)) } : schema }),
    ...(query_file && { query_file: resolve(EXAMPLES, query_file) }),
  }));
  return streams ? { ...answers, streams } : answers;
}
