import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { eachLine, eachPipedLine } from '../../src/verify/lines.ts';
import { namedPipe } from '../../src/verify/named-pipe.ts';
import { isLess } from '../../src/verify/reading.ts';

const LONG = 'ü'.repeat(100_000);
/** What a child writes, piece by piece, and the lines of it. */
const WRITTEN: readonly [string, readonly string[], readonly string[]][] = [
  ['lines that are cut anywhere', ['a', 'b\nc', '\r\n', '\nd\n'], ['ab', 'c', '', 'd']],
  ['a last line without an end', ['a\nb'], ['a', 'b']],
  ['nothing', [], []],
  ['a line that is longer than any piece', [`${LONG}\n`, 'b\n'], [LONG, 'b']],
];

/** Characters of three bytes each, written in pieces of two, five milliseconds apart. */
const CUT = `
import os, time
text = ('€' * 9 + '\\n').encode()
for start in range(0, len(text), 2):
    os.write(1, text[start:start + 2])
    time.sleep(0.005)
`;

describe('the lines that a connector writes', () => {
  for (const [what, pieces, lines] of WRITTEN) {
    it(`are given one by one from a stream: ${what}`, async () => {
      const found: string[] = [];
      await eachLine(Readable.from(pieces.map(piece => Buffer.from(piece))), line => found.push(line));
      assert.deepEqual(found, lines);
    });

    it(`are given one by one from a pipe: ${what}`, async function () {
      assert.deepEqual(await piped(this, 'cat', [], pieces.join('')), lines);
    });
  }

  it('keep characters whole that come in parts', async function () {
    assert.deepEqual(await piped(this, 'python3', ['-c', CUT]), ['€'.repeat(9)]);
  });
});

/** The lines that a command writes to a named pipe, which gets a text. */
async function piped(test: Mocha.Context, command: string, args: readonly string[], input = ''): Promise<string[]> {
  const pipe = namedPipe();
  if (!pipe) return test.skip();
  const found: string[] = [];
  const child = spawn(command, args, { stdio: ['pipe', pipe.to, 'inherit'] });
  closeSync(pipe.to);
  child.once('error', error => {
    throw error;
  });
  child.stdin?.end(input);
  await eachPipedLine(pipe.from, line => found.push(line));
  return found;
}

describe('the order of bookmarks', () => {
  const ORDERED = [
    ['2024-01-01T10:00:00+00:00', '2024-01-01T11:00:00+00:00'],
    ['2024-01-01T10:00:00Z', '2024-01-01T11:00:00Z'],
    // Texts of one length, the other way round.
    ['2024-01-01T12:00:00+05:00', '2024-01-01T11:00:00+00:00'],
    ['2024-01-01T10:00:00-01:00', '2024-01-01T10:00:00-02:00'],
    ['2024-01-01T12:00:00+0500', '2024-01-01T11:00:00+0000'],
    ['2024-01-01 10:00:00', '2024-01-01 11:00:00'],
    ['a', 'b'],
    [1, 2],
  ];
  for (const [first, second] of ORDERED)
    it(`has ${first} before ${second}`, () => {
      assert.deepEqual([isLess(first, second), isLess(second, first), isLess(first, first)], [true, false, false]);
    });
});
