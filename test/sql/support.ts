import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Catalog, selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import type { Message, Outcome } from '../framework/output.ts';
import { pythonFor, withPythonPath } from '../framework/python.ts';
import { runPython } from '../framework/run-python.ts';
import { generate } from '../support/generate.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/** The connector of an example's answers, written into a checkout that Mage's framework runs it from. */
export async function exampleConnector(
  example: string,
  home: string,
  config: Record<string, unknown>,
): Promise<Connector> {
  const checkout = workspaceCheckout(join(home, 'mage-ai'));
  const { folder } = await generate('sql', join(EXAMPLES, example), { cwd: checkout.root });
  return new Connector({ checkout, folder, config });
}

/** What a script of Python prints about `source`, the connector of a dialect: a line each. */
export async function printedBy(
  script: string,
  dialect: string,
  home: string,
  config: Record<string, unknown>,
): Promise<string[]> {
  const checkout = workspaceCheckout(join(home, 'mage-ai'));
  const { model } = await generate('sql', { kind: 'sql', name: 'Some', dialect }, { cwd: checkout.root });
  const python = await pythonFor(checkout.packages);
  assert('command' in python);
  const env = withPythonPath(python.env, [checkout.singer, join(checkout.root, 'mage_integrations')]);
  const args = ['-c', `${SOURCE}${script}`, model.uuid, model.className, JSON.stringify(config)];
  const finished = await runPython(python, args, { env });
  assert.equal(finished.exitCode, 0, finished.stderr);
  return finished.stdout.trim().split('\n');
}

const SOURCE = `
import importlib, json, sys
module = importlib.import_module('mage_integrations.sources.' + sys.argv[1])
source = getattr(module, sys.argv[2])(config=json.loads(sys.argv[3]))
source.config = json.loads(sys.argv[3])
`;

/** Runs SQL in a SQLite file, by Python's own driver. */
export function executeInSqlite(path: string, sql: string): Promise<void> {
  return executeByPython(
    'import sqlite3, sys\nsqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())',
    path,
    sql,
  );
}

export function executeInDuckDb(path: string, sql: string): Promise<void> {
  return executeByPython('import duckdb, sys\nduckdb.connect(sys.argv[1]).execute(sys.stdin.read())', path, sql);
}

async function executeByPython(script: string, path: string, sql: string): Promise<void> {
  const python = await pythonFor('test');
  assert('command' in python);
  const finished = await runPython(python, ['-c', script, path], { input: sql });
  assert.equal(finished.exitCode, 0, finished.stderr);
}

export function sqlFixture(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** What discovery says of each stream, in brief: its columns as `type` or `type?` where they may be null, `JSON` for those of any type, and its keys. */
export function outline({
  streams,
}: Catalog): Record<
  string,
  { columns: Record<string, string>; primary: readonly string[]; unique: readonly string[] }
> {
  return Object.fromEntries(
    streams.map(({ tap_stream_id: id, schema, key_properties: primary, unique_constraints: unique = [] }) => {
      const columns = Object.entries(schema.properties).map(([name, column]) => [name, columnType(column)]);
      return [id, { columns: Object.fromEntries(columns), primary, unique }];
    }),
  );
}

function columnType({ type, format }: Record<string, unknown>): string {
  const types = type as string[];
  const name = types.filter(item => item !== 'null').join('|');
  return `${format ?? (name === 'object|array|string' ? 'JSON' : name)}${types.includes('null') ? '?' : ''}`;
}

export function records({ messages }: Outcome): Record<string, unknown>[] {
  return messages.flatMap(({ type, record }: Message) => (type === 'RECORD' && record ? [record] : []));
}

/** Reads one stream as Mage runs an incremental sync in batches: each starts from the state that the one before it left. */
export async function incrementalBatches(
  connector: Connector,
  catalog: Catalog,
  limit: number,
  batches: number,
): Promise<unknown[][]> {
  const seen: unknown[][] = [];
  let state: unknown = {};
  for (let batch = 0; batch < batches; batch += 1) {
    const outcome = await connector.run({ catalog, state, query: batch === batches - 1 ? {} : { _limit: limit } });
    assert.equal(outcome.exitCode, 0, outcome.error);
    seen.push(records(outcome).map(({ id }) => id));
    assert(!outcome.messages.some(({ type, value }) => type === 'STATE' && JSON.stringify(value).includes('null')));
    state = outcome.messages.findLast(({ type }) => type === 'STATE')?.value ?? state;
  }
  return seen;
}

/** Reads one stream as Mage runs a full sync in batches: each has its position. */
export async function fullBatches(
  connector: Connector,
  catalog: Catalog,
  limit: number,
  batches: number,
): Promise<Record<string, unknown>[]> {
  const seen: Record<string, unknown>[] = [];
  for (let batch = 0; batch < batches; batch += 1) {
    const last = batch === batches - 1;
    const outcome = await connector.run({
      catalog,
      query: { _offset: limit * batch, ...(!last && { _limit: limit }) },
    });
    assert.equal(outcome.exitCode, 0, outcome.error);
    seen.push(...records(outcome));
  }
  return seen;
}

export function incremental(catalog: Catalog, stream: string, ...bookmarkProperties: string[]): Catalog {
  return selectAll(catalog, { replicationMethod: 'INCREMENTAL', bookmarkProperties }, [stream]);
}

/** The catalog with a column that a user has chosen to be text, in Mage's page of the stream. */
export function asText(catalog: Catalog, column: string): Catalog {
  const streams = catalog.streams.map(stream => {
    const properties = { ...stream.schema.properties, [column]: { type: ['null', 'string'] } };
    return { ...stream, schema: { ...stream.schema, properties } };
  });
  return { streams };
}
