import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { needsPython } from '../framework/needs.ts';
import { run } from '../framework/process.ts';
import { pythonFor, withPythonPath } from '../framework/python.ts';

const OBSERVER = resolve(import.meta.dirname, '../../src/verify');

/** A source whose standard output is a file, which tells on standard error how much of it has been written, again and again. */
const SOURCE = `
import json, os, sys, tempfile
from types import SimpleNamespace

file = tempfile.TemporaryFile()
os.dup2(file.fileno(), 1)
told = []

def tell():
    told.append(os.fstat(1).st_size)

def write(text):
    sys.stdout.write(text + '\\n')
    sys.stdout.flush()
    tell()

class Source:
    def process(self):
        pass

    def sync_stream(self, stream):
        for rows in self.load_data(stream):
            for row in rows:
                write(row)
        write('end')

    def load_data(self, stream):
        for rows in PAGES:
            tell()
            yield rows

from _observer.stream_seen import observe

observe(Source)
try:
    Source().sync_stream(SimpleNamespace(tap_stream_id='s', unique_constraints=None, key_properties=['id']))
except TypeError:
    tell()
BYTES
os.lseek(1, 0, os.SEEK_SET)
print(json.dumps([told, os.read(1, 100).decode()]), file=sys.stderr)
`;

/** What was written at each look, and the first of it. */
async function written(pages: string, more = ''): Promise<[number[], string]> {
  const python = await pythonFor('test');
  if ('missing' in python) throw new Error(python.missing);
  const code = SOURCE.replace('PAGES', pages).replace('BYTES', more);
  const env = withPythonPath(python.env, [OBSERVER]);
  const { stderr, exitCode } = await run(python.command, ['-c', code], { env });
  assert.equal(exitCode, 0, stderr);
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
}

describe('what a connector writes while verify looks', () => {
  needsPython('test');

  it('goes out by batches, and each before the next one is asked for', async () => {
    const [told, text] = await written(`(['ab', 'cd'], ['ef'])`);
    assert.deepEqual(told, [0, 0, 0, 6, 6, 9 + 'end\n'.length]);
    assert.equal(text, 'ab\ncd\nef\nend\n');
  });

  it('goes out where a record can’t be written', async () => {
    assert.deepEqual(await written(`(['ab', 1],)`), [[0, 0, 3], 'ab\n']);
  });

  it('goes out before a batch is at its end where that is long', async () => {
    const [[, first, second = 0]] = await written(`(['a' * 40_000, 'b' * 40_000],)`);
    assert.equal(first, 0);
    assert.ok(second > 40_000);
  });

  it('stays in order with bytes that are written below', async () => {
    const [, text] = await written(
      '()',
      `sys.stdout.write('a')\nsys.stdout.buffer.write(b'b')\nprint('c', flush=True)`,
    );
    assert.equal(text, 'end\nabc\n');
  });
});
