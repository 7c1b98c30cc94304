import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { liveLines } from '../../src/verify/live-lines.ts';
import { readLines, stepLines } from '../../src/verify/progress.ts';
import { RunReader } from '../../src/verify/run-reader.ts';

/** A terminal of a size that keeps what it shows. */
function terminal(columns: number, rows: number, isTTY = true) {
  const written: string[] = [];
  const stream = { isTTY, columns, rows, write: (text: string) => written.push(text) > 0 };
  return { written, stream: stream as unknown as NodeJS.WriteStream };
}

describe('how far verify is', () => {
  it('is drawn over what was drawn, cut to the terminal, and goes at the end', async () => {
    const { written, stream } = terminal(12, 4);
    const live = liveLines(stream);
    let lines = ['one', 'a line that is too long'];
    live.show(() => lines);
    lines = ['1', '2', '3', '4', '5'];
    await sleep(250);
    live.end();
    assert.deepEqual(written, ['\x1b[Jone\na line that\n', '\x1b[2A\x1b[J3\n4\n5\n', '\x1b[3A\x1b[J']);
  });

  it('is nothing where standard error is no terminal', () => {
    const { written, stream } = terminal(80, 24, false);
    const live = liveLines(stream);
    live.show(() => ['one']);
    live.end();
    assert.deepEqual(written, []);
  });

  it('has the steps that ended, the one that runs, and the streams that have begun', () => {
    const ended = [{ step: 'templates' as const, seconds: 0.24, ok: true }];
    assert.deepEqual(stepLines(ended, { step: 'first run', seconds: 12 }), [
      '  ok  templates  0.2 s',
      '  …   first run  12.0 s',
    ]);
    const streams = ['orders', 'teas'].map(name => ({ tap_stream_id: name, stream: name, schema: {} }));
    const reader = new RunReader(streams as never, {});
    assert.deepEqual(readLines(reader.streams), []);
    reader.line(JSON.stringify({ type: 'SCHEMA', stream: 'orders', schema: { properties: {} } }));
    for (const id of [1, 2]) reader.line(JSON.stringify({ type: 'RECORD', stream: 'orders', record: { id } }));
    assert.deepEqual(readLines(reader.streams), ['', '  stream  records', '  orders  2']);
    const exchange = { exchange: 1, method: 'GET', urls: ['http://a.test/orders'], sent: null, status: 200 };
    const shown = { headers: {}, envelope: {}, rows: 2, names: ['id'], last: [2], isRecord: false, isKeyed: true };
    reader.observed(JSON.stringify({ stream: 'orders', ...exchange, ...shown }));
    assert.deepEqual(readLines(reader.streams), ['', '  stream  records  requests', '  orders  2        1']);
  });
});
