import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pick } from 'lodash-es';
import { run } from '../framework/process.ts';

/** A row of any server's. */
export type Row = Readonly<Record<string, unknown>>;

/** A program that others have made, with a list of things that change; whatever it has is asked of itself. */
export interface RealServer {
  /** The answers of a connector of its things, with nothing that works around anything. */
  readonly answers: object;
  readonly config?: Readonly<Record<string, string>>;
  readonly key: string;
  /** By which column the second run goes on. */
  readonly bookmark: string;
  /** Prepares a folder for the server, and gives the command that starts it there. */
  prepare(folder: string, port: number, installed: string): Promise<readonly string[]>;
  /** What answers as soon as the server is there. */
  readonly path: string;
  /** Puts things in, or changes them: those of these numbers, each at its own minute, counted from this one. */
  put(numbers: readonly number[], minute: number, place: Place): Promise<void>;
  /** All things as the server itself has them. */
  rows(place: Place): Promise<readonly Row[]>;
}

/** Where a server runs. */
export interface Place {
  readonly url: string;
  readonly folder: string;
  readonly installed: string;
}

export interface Running extends Place {
  readonly port: number;
  stop(): Promise<void>;
}

/** Of a fifth of a second each. */
const MOST_TRIES = 300;

/** Starts a server in an empty folder, and waits until it answers. */
export async function start(server: RealServer, folder: string, installed: string): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [command = '', ...args] = await server.prepare(folder, port, installed);
  const output: Buffer[] = [];
  const child = spawn(command, args, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', chunk => output.push(chunk));
  child.stderr.on('data', chunk => output.push(chunk));
  const stop = () => ended(child);
  for (let tries = 0; !(await answers(`${url}${server.path}`)); tries++) {
    if (child.exitCode === null && tries < MOST_TRIES) await sleep(200);
    else {
      await stop();
      throw new Error(`the server gives no answer: ${Buffer.concat(output)}`);
    }
  }
  return { port, url, folder, installed, stop };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  const end = new Promise<void>(resolve => child.on('exit', () => resolve()));
  // With all that it has started.
  process.kill(-(child.pid ?? 0));
  return end;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status < 500;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** A moment of a day, by its minute. */
export function at(minute: number): string {
  return new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString();
}

/** Runs a program of those that are installed; throws where it fails. */
async function runInstalled({ installed, folder }: Place, script: string, input: string): Promise<void> {
  const finished = await run(join(installed, 'python/bin/python'), ['-c', script], { cwd: folder, input });
  if (finished.exitCode !== 0) throw new Error(finished.stderr);
}

async function getJson(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

const THINGS = { name: 'things', key_properties: ['id'] };
const COLUMNS = { properties: { id: 'integer', name: 'string', updated_at: 'date-time' } };

/** Tables of SQLite as JSON, in pages by the address of the next one. */
const datasette: RealServer = {
  answers: {
    base_url: 'http://127.0.0.1:{port}/data',
    pagination: { type: 'next_url', next_url_path: 'next_url' },
    streams: [
      {
        ...{ ...THINGS, path: '/things.json', records_path: 'rows', schema: COLUMNS },
        params: { _shape: 'objects', _size: '100' },
        ...{ replication_key: 'updated_at', bookmark_param: 'updated_at__gte' },
      },
    ],
  },
  key: 'id',
  bookmark: 'updated_at',
  path: '/data.json',
  async prepare(folder, port, installed) {
    const table = 'CREATE TABLE things (id integer primary key, name text, updated_at text)';
    await runInstalled({ installed, folder, url: '' }, DATABASE, JSON.stringify([[table, []]]));
    return [join(installed, 'python/bin/datasette'), 'serve', 'data.db', '--port', String(port)];
  },
  put(numbers, minute, place) {
    const statement = 'INSERT OR REPLACE INTO things VALUES (?, ?, ?)';
    const statements = numbers.map(number => [statement, [number, `${number} at ${minute}`, at(minute + number)]]);
    return runInstalled(place, DATABASE, JSON.stringify(statements));
  },
  async rows({ url }) {
    const query = 'select * from things order by id';
    return (await getJson(`${url}/data.json?_shape=array&sql=${encodeURIComponent(query)}`)) as Row[];
  },
};

const DATABASE = `
import json, sqlite3, sys
with sqlite3.connect('data.db') as database:
    for statement, values in json.load(sys.stdin):
        database.execute(statement, values)
`;

/** Lists in a file of JSON, in pages by the Link header, which comes where a page is asked for. */
const jsonServer: RealServer = {
  answers: {
    base_url: 'http://127.0.0.1:{port}',
    pagination: { type: 'link_header', page_size_param: '_limit', page_size: 60 },
    streams: [
      {
        ...{ ...THINGS, path: '/things', schema: COLUMNS, params: { _page: '1' } },
        ...{ replication_key: 'updated_at', bookmark_param: 'updated_at_gte' },
      },
    ],
  },
  key: 'id',
  bookmark: 'updated_at',
  path: '/things?_limit=1',
  async prepare(folder, port, installed) {
    writeFileSync(join(folder, 'data.json'), '{"things": []}');
    const server = join(installed, 'node_modules/json-server/lib/cli/bin.js');
    return [process.execPath, server, '--port', String(port), '--quiet', 'data.json'];
  },
  async put(numbers, minute, { url }) {
    const known = new Set(((await getJson(`${url}/things`)) as Row[]).map(({ id }) => id));
    for (const id of numbers) {
      await getJson(known.has(id) ? `${url}/things/${id}` : `${url}/things`, {
        method: known.has(id) ? 'PUT' : 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ id, name: `${id} at ${minute}`, updated_at: at(minute + id) }),
      });
    }
  },
  rows: async ({ url }) => (await getJson(`${url}/things`)) as Row[],
};

const COLLECTION = '/v1/buckets/default/collections/things/records';
const KINTO_USER = { Authorization: `Basic ${btoa('user:password')}`, 'Content-Type': 'application/json' };

/** Records of its own, in pages by a header of its own, and the newest first. */
const kinto: RealServer = {
  answers: {
    base_url: 'http://127.0.0.1:{port}/v1',
    auth: { type: 'basic' },
    pagination: { type: 'next_url', next_url_header: 'Next-Page', page_size_param: '_limit', page_size: 70 },
    streams: [
      {
        ...{ ...THINGS, path: '/buckets/default/collections/things/records', records_path: 'data' },
        schema: { properties: { id: 'string', name: 'string', last_modified: 'integer' } },
        ...{ replication_key: 'last_modified', bookmark_param: '_since', bookmark_format: 'epoch_milliseconds' },
      },
    ],
  },
  config: { username: 'user', password: 'password' },
  key: 'id',
  bookmark: 'last_modified',
  path: '/v1/',
  async prepare(folder, port, installed) {
    writeFileSync(join(folder, 'kinto.ini'), KINTO.replace('PORT', String(port)));
    return [join(installed, 'python/bin/kinto'), 'start', '--ini', 'kinto.ini'];
  },
  async put(numbers, minute, { url }) {
    for (const number of numbers) {
      await getJson(`${url}${COLLECTION}/thing-${number}`, {
        ...{ method: 'PUT', headers: KINTO_USER },
        body: JSON.stringify({ data: { name: `${number} at ${minute}` } }),
      });
    }
  },
  async rows({ url }) {
    return ((await getJson(`${url}${COLLECTION}`, { headers: KINTO_USER })) as { data: Row[] }).data;
  },
};

const KINTO = `
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = PORT
[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.memory
kinto.cache_backend = kinto.core.cache.memory
kinto.permission_backend = kinto.core.permission.memory
kinto.includes = kinto.plugins.default_bucket
kinto.userid_hmac_secret = none
multiauth.policies = basicauth
`;

const EXPERIMENTS = '/api/2.0/mlflow/experiments';

/** Experiments, searched for by POST, the last changed first; lists without any, and null, are left out. */
const mlflow: RealServer = {
  answers: {
    base_url: 'http://127.0.0.1:{port}/api/2.0/mlflow',
    pagination: {
      ...{ type: 'cursor', cursor_path: 'next_page_token', cursor_param: 'page_token' },
      ...{ page_size_param: 'max_results', page_size: 60 },
    },
    streams: [
      {
        ...{ name: 'things', path: '/experiments/search', method: 'POST', params_in: 'body' },
        ...{ records_path: 'experiments', omits_empty: true, key_properties: ['experiment_id'] },
        schema: { properties: { experiment_id: 'string', name: 'string', last_update_time: 'integer' } },
        ...{ replication_key: 'last_update_time', value_format: 'epoch_ms' },
      },
    ],
  },
  key: 'experiment_id',
  bookmark: 'last_update_time',
  path: '/health',
  prepare: async (_, port, installed) => [
    ...[join(installed, 'python/bin/mlflow'), 'server', '--host', '127.0.0.1', '--port', String(port)],
    ...['--workers', '1', '--backend-store-uri', 'sqlite:///data.db'],
  ],
  async put(numbers, minute, place) {
    const known = new Set((await mlflow.rows(place)).map(({ experiment_id }) => Number(experiment_id)));
    for (const number of numbers) {
      const change = { experiment_id: String(number), new_name: `${number} at ${minute}` };
      const [path, body] = known.has(number) ? ['update', change] : ['create', { name: `${number} at ${minute}` }];
      await post(`${place.url}${EXPERIMENTS}/${path}`, body);
    }
  },
  async rows({ url }) {
    const found = (await post(`${url}${EXPERIMENTS}/search`, { max_results: 1000 })) as { experiments: Row[] };
    return found.experiments.map(row => pick(row, ['experiment_id', 'name', 'last_update_time']));
  },
};

function post(url: string, body: object): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' };
  return getJson(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** The servers by their names. */
export const SERVERS: Readonly<Record<string, RealServer>> = { datasette, 'json-server': jsonServer, kinto, mlflow };
