import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RunReader } from '../../src/verify/run-reader.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const COLUMNS = { id: 'integer', name: 'string', updated_at: 'string' };
const STREAM = {
  tap_stream_id: 'items',
  schema: { properties: Object.fromEntries(Object.entries(COLUMNS).map(([name, type]) => [name, { type }])) },
  metadata: [],
  key_properties: ['id'],
  replication_method: 'INCREMENTAL',
  bookmark_properties: ['updated_at'],
};
const START = Date.UTC(2024, 0, 1);
const PAGE = 50;
/** What a run of so many records prints, and the observer beside it: pages of many lists, and each record with its state. */
function* printed(from: number, to: number): Generator<[by: 'connector' | 'observer', line: string]> {
  for (let id = from; id < to; id += 1) {
    const updated_at = new Date(START + id * 60_000).toISOString();
    const record = { id, name: `Item ${id} of the list`, updated_at };
    if (id % PAGE === 0) yield ['observer', JSON.stringify(exchange(id, record))];
    yield ['connector', JSON.stringify({ type: 'RECORD', stream: 'items', record })];
    yield ['connector', JSON.stringify({ type: 'STATE', value: { bookmarks: { items: { updated_at } } } })];
    const log = { type: 'LOG', level: 'INFO', message: `Item ${id} of the list`, tags: { id } };
    if (id % 10 === 0) yield ['connector', JSON.stringify(log)];
  }
}

/** What the observer tells of the page that begins with a record. */
function exchange(id: number, record: object): object {
  return {
    stream: 'items',
    exchange: id / PAGE + 1,
    method: 'GET',
    // Each list has two pages.
    urls: [`https://api.test/lists/${Math.floor(id / PAGE / 2)}/items?page=${((id / PAGE) % 2) + 1}`],
    sent: null,
    status: 200,
    headers: {},
    envelope: { total: 2 * PAGE, page: ((id / PAGE) % 2) + 1 },
    rows: PAGE,
    names: Object.keys(record),
    last: Object.values(record),
    isRecord: false,
    isKeyed: true,
  };
}

/** Bytes that are in use once nothing is left to collect. */
function used(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('the memory that verify takes', () => {
  for (const [what, keys, bytes] of [
    ['without keys doesn’t grow with the records', [], 6],
    // Repeated ones are known by 16 to 32 bytes of each.
    ['grows by no more than 32 bytes for each key', ['id'], 32],
  ] as const)
    it(what, () => {
      const reader = new RunReader([{ ...STREAM, key_properties: keys }], {});
      reader.line(JSON.stringify({ type: 'SCHEMA', stream: 'items', schema: STREAM.schema }));
      const read = (from: number, to: number) => {
        for (const [by, line] of printed(from, to)) {
          if (by === 'observer') reader.observed(line);
          else reader.line(line);
        }
      };
      // Some hundred lists and ten thousand logs are kept: they are there by then.
      read(0, 100_000);
      const before = used();
      read(100_000, 300_000);
      const grown = (used() - before) / 200_000;
      assert.equal(reader.streams.get('items')?.records, 300_000);
      assert.ok(grown < bytes, `grew by ${grown.toFixed(1)} bytes for each record`);
    });
});
