import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, type Choice, selectAll } from '../../test/framework/catalog.ts';
import type { Checkout } from '../../test/framework/checkout.ts';
import { Connector } from '../../test/framework/connector.ts';
import { readAnswer } from '../../test/framework/output.ts';
import { run } from '../../test/framework/process.ts';
import { pythonFor, withPythonPath } from '../../test/framework/python.ts';

const LIMIT = 60 * 60_000;

/** How many rows Mage asks for in a batch, unless configured otherwise. */
export const BATCH = 50_000;

/** Runs a source as Mage does: counts the records that it writes, and tells its last state, seconds and the most memory in megabytes. */
const MEASURE = `
import json, resource, subprocess, sys, time
start = time.monotonic()
process = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
records, state = 0, None
for line in process.stdout:
    if b'"type": "RECORD"' in line:
        records += 1
    elif b'"type": "STATE"' in line:
        state = line
code = process.wait()
seconds = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
measured = [seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]
print(json.dumps([code, records, state and json.loads(state)['value'], *measured]))
`;

/** How a table is read. */
export interface Mode {
  readonly name: string;
  readonly incremental: boolean;
  /** In batches as Mage's scheduler asks for them, a process each; otherwise by one process that isn't told where to stop. */
  readonly batches: boolean;
}

/** What a source took to read a table. */
export interface Reading {
  readonly seconds: number;
  /** Seconds of the processor, the database's own left out: what else the machine does changes them less. */
  readonly cpu: number;
  /** The most that any of its processes had. */
  readonly megabytes: number;
}

/** A source in a checkout of mage-ai. */
export interface Source {
  readonly checkout: Checkout;
  readonly uuid: string;
  readonly config: Record<string, unknown>;
}

/**
 * Reads a table batch by batch, and gives what all of it took in the end. The count before it, which sets the number of
 * batches, is part of the time. Throws where a batch fails or rows are missing.
 */
export async function* readTable(
  source: Source,
  table: string,
  rows: number,
  { name, incremental, batches: inBatches }: Mode,
): AsyncGenerator<undefined, Reading> {
  const connector = new Connector({ ...source, folder: join(source.checkout.sources, source.uuid) });
  const choice: Choice = incremental ? { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['updated_at'] } : {};
  const catalog = selectAll(await connector.catalog([table]), choice, [table]);
  const start = performance.now();
  const batches = inBatches ? await batchesOf(connector, catalog, table) : 1;
  let [records, seconds, cpu, megabytes] = [0, (performance.now() - start) / 1000, 0, 0];
  let state: unknown = {};
  for (let index = 0; index < batches; index += 1) {
    const position = inBatches && !incremental && { _offset: BATCH * index };
    const batch = await readBatch(source, catalog, state, {
      ...position,
      ...(index < batches - 1 && { _limit: BATCH }),
    });
    state = batch.state ?? state;
    records += batch.records;
    seconds += batch.seconds;
    cpu += batch.cpu;
    megabytes = Math.max(megabytes, batch.megabytes);
    yield;
  }
  // Each incremental batch begins with the last row of the one before it.
  const expected = incremental ? rows + batches - 1 : rows;
  if (records !== expected) throw new Error(`${source.uuid}, ${name}: ${records} records instead of ${expected}`);
  return { seconds, cpu, megabytes };
}

async function batchesOf(connector: Connector, catalog: Catalog, table: string): Promise<number> {
  const [{ count }] = readAnswer(await connector.count([table], catalog)) as [{ count: number }];
  return Math.ceil(count / BATCH);
}

interface Batch extends Reading {
  readonly records: number;
  readonly state: unknown;
}

async function readBatch(source: Source, catalog: Catalog, state: unknown, query: object): Promise<Batch> {
  const { checkout, uuid, config } = source;
  const file = (name: string, content: unknown) => {
    const path = join(checkout.root, `${name}.json`);
    writeFileSync(path, JSON.stringify(content));
    return [`--${name}`, path];
  };
  const python = await pythonFor('mage');
  if ('missing' in python) throw new Error(python.missing);
  const module = join(checkout.sources, uuid, '__init__.py');
  const args = ['--config_json', JSON.stringify(config), '--log_to_stdout', '1', '--query_json', JSON.stringify(query)];
  const env = withPythonPath(python.env, [checkout.singer, join(checkout.root, 'mage_integrations')]);
  const command = ['-c', MEASURE, module, ...args, ...file('settings', { catalog }), ...file('state', state)];
  const finished = await run(python.command, command, { env, cwd: checkout.root, timeLimit: LIMIT });
  const [code, records, last, seconds, cpu, megabytes] = JSON.parse(finished.stdout);
  if (code !== 0) throw new Error(`${uuid} ended with ${code} at ${JSON.stringify(query)}`);
  return { records, state: last, seconds, cpu, megabytes };
}
