import assert from 'node:assert/strict';
import type { CatalogStream } from '../../src/verify/catalog.ts';
import { readingFindings } from '../../src/verify/reading-findings.ts';
import { RunReader } from '../../src/verify/run-reader.ts';

const STREAM: CatalogStream = {
  tap_stream_id: 'beers',
  schema: { properties: { id: { type: 'integer' }, at: { type: 'string' } } },
  metadata: [],
  key_properties: ['id'],
  replication_method: 'INCREMENTAL',
  bookmark_properties: ['at'],
};
const SCHEMA = JSON.stringify({ type: 'SCHEMA', stream: 'beers', schema: STREAM.schema });
const STATE = JSON.stringify({ type: 'STATE', value: { bookmarks: { beers: { at: '2024-01-02' } } } });

/** What is found in lines of a run. */
function found(lines: readonly string[]): { reader: RunReader; whats: string[] } {
  const reader = new RunReader([STREAM], {});
  for (const line of lines) reader.line(line);
  const reading = reader.streams.get('beers');
  assert.ok(reading);
  return { reader, whats: readingFindings(STREAM, reading, true).map(({ what }) => what) };
}

function record(id: string, stream = 'beers'): string {
  return `{"type": "RECORD", "stream": "${stream}", "record": {"id": ${id}, "at": "2024-01-02"}}`;
}

describe('what is read of a run', () => {
  it('takes no keys for repeated whose digits JavaScript doesn’t keep', () => {
    assert.deepEqual(found([SCHEMA, record('9007199254740992'), record('9007199254740993'), STATE]).whats, []);
  });

  it('tells of keys that are', () => {
    const { whats } = found([SCHEMA, record('9007199254740991'), record('9007199254740991'), STATE]);
    assert.match(whats.join(), /wrote the key id more than once/);
  });

  it('tells of a state that is null', () => {
    const { whats } = found([SCHEMA, record('1'), STATE.replace('"2024-01-02"', 'null')]);
    assert.deepEqual(whats, ['its state is null: the next run reads all again']);
  });

  it('knows which streams were written though they weren’t asked for', () => {
    const { reader, whats } = found([SCHEMA, record('1'), record('2', 'wines'), STATE]);
    assert.deepEqual([...reader.unselected], ['wines']);
    assert.deepEqual(whats, []);
  });
});
