import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { tableLines } from '../demo/terminal.ts';
import { interleaved, peakMemory, ratio, type Subject, type Times } from './measure.ts';
import { type Target, target } from './report.ts';
import type { Bench } from './setup.ts';

/** What reading a large sample takes, beside the least that it could take. */
export interface Sample {
  readonly megabytes: number;
  readonly records: number;
  /** Nothing but JSON.parse of each line. */
  readonly bare: Times;
  readonly schema: Times;
  /** In megabytes. */
  readonly memory: number;
}

const BARE = `
import { createReadStream } from 'node:fs';
let rest = '';
for await (const chunk of createReadStream(process.argv[1], { encoding: 'utf8', highWaterMark: 2 ** 18 })) {
  const lines = (rest + chunk).split('\\n');
  rest = lines.pop();
  for (const line of lines) JSON.parse(line);
}
`;

/** Has `schema` read JSON Lines of so many megabytes, and a bare loop too. */
export async function measureSample(bench: Bench, megabytes: number, runs: number): Promise<Sample> {
  const file = join(bench.folder, 'orders.jsonl');
  const records = writeRecords(file, megabytes * 1e6);
  const subject = (name: string, args: readonly string[]): Subject => ({
    name,
    args,
    env: bench.env,
    prepare: () => connectorIn(bench.folder),
  });
  const command = subject('schema', [bench.command, 'schema', 'orders', '--from', file, '--force']);
  const loop = subject('a bare loop of JSON.parse', ['--input-type=module', '-e', BARE, file]);
  const [bare, schema] = await interleaved([loop, command], runs);
  if (!bare || !schema) throw new Error('a time is missing');
  return { megabytes, records, bare, schema, memory: await peakMemory(command) };
}

export function sampleTargets({ memory }: Sample): Target[] {
  return [target('megabytes of memory for a sample of any size', memory, 300)];
}

/** The report for people. */
export function sampleLines({ megabytes, records, bare, schema, memory }: Sample): string[] {
  const line = (times: Times, peak: string) => [
    times.name,
    (times.median / 1000).toFixed(1),
    (megabytes / (times.median / 1000)).toFixed(0),
    ratio(times, bare).toFixed(2),
    peak,
  ];
  return [
    `JSON Lines of ${megabytes.toLocaleString('en')} MB, ${records.toLocaleString('en')} records`,
    '',
    ...tableLines(
      ['', 'seconds', 'MB a second', 'ratio', 'peak'],
      [line(bare, ''), line(schema, `${memory.toFixed(0)} MB`)],
    ),
  ];
}

/** A connector, as far as `schema` needs one. */
function connectorIn(folder: string): string {
  const connector = join(folder, 'acme_orders');
  mkdirSync(join(connector, 'schemas'), { recursive: true });
  writeFileSync(join(connector, '__init__.py'), '');
  return connector;
}

/** Writes orders as an API gives them, with nulls, nested objects and lists, and says how many they are. */
function writeRecords(path: string, bytes: number): number {
  const file = openSync(path, 'w');
  let id = 0;
  try {
    for (let written = 0; written < bytes; ) {
      const lines = Array.from({ length: 5000 }, () => JSON.stringify(order(++id)));
      written += writeSync(file, `${lines.join('\n')}\n`);
    }
  } finally {
    closeSync(file);
  }
  return id;
}

function order(id: number): object {
  const at = new Date(1.6e12 + id * 1000).toISOString();
  return {
    id,
    number: `A-${id}`,
    total: id % 7 === 0 ? id : id / 8,
    is_paid: id % 3 === 0,
    note: id % 5 === 0 ? null : `Order ${id}, to be delivered before noon`,
    customer: { id: id % 1000, name: `Customer ${id % 1000}`, address: { city: 'Utrecht', zip: `35${id % 100}` } },
    tags: id % 2 === 0 ? [] : ['new', `batch ${id % 10}`],
    created_at: at,
    updated_at: at,
  };
}
