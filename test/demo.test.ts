import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { needsPython } from './framework/needs.ts';
import { type Finished, run } from './framework/process.ts';
import { temporaryFolder } from './support/generate.ts';

const ROOT = resolve(import.meta.dirname, '..');

function runDemo(folder: string, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const args = ['--import', 'tsx/esm', 'scripts/demo.ts', folder];
  return run(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env } });
}

describe('npm run demo', () => {
  it('says what to install where there is no Python, and leaves nothing', async () => {
    const folder = join(temporaryFolder(), 'demo');
    const { exitCode, stdout, stderr } = await runDemo(folder, { PATH: '' });
    assert.equal(exitCode, 1);
    assert.match(stderr, /Python 3\.10 or later is not installed/);
    assert.equal(stdout, '');
    assert(!existsSync(folder));
  });

  it('keeps away from a folder that holds something', async () => {
    const { exitCode, stderr } = await runDemo(ROOT);
    assert.equal(exitCode, 1);
    assert.match(stderr, /is not empty/);
  });

  describe('with Python', () => {
    needsPython();
    const folder = join(temporaryFolder(), 'demo');
    let finished: Finished;
    before('the demo', async () => {
      finished = await runDemo(folder);
    });

    it('ends with a table of the three connectors, their streams and their records', () => {
      const { exitCode, stdout, stderr } = finished;
      assert.equal(exitCode, 0, stderr);
      const table = stdout.slice(stdout.lastIndexOf('  connector')).split('\n').slice(0, 4);
      assert.deepEqual(
        table.map(line => line.trim().split(/ {2,}/)),
        [
          ['connector', 'kind', 'streams', 'records', 'new in the second run'],
          ['Acme CRM', 'api', 'contacts 40, deals 230', '270', '3'],
          ['Acme Shop', 'sql', 'customers 3, orders 120', '123', '3'],
          ['Acme Exports', 'file', 'customers 3, orders 3', '6', '2'],
        ],
      );
      assert.match(stdout, /deals: 3 new, and 1 known/);
      assert(existsSync(join(folder, 'sources/acme_crm/README.md')));
    });

    it('fits a terminal window, and colours no file', () => {
      const { stdout } = finished;
      // Commands and paths may be longer: they must stay whole.
      const whole = /^ {2}(\$|The connectors are in)/;
      const tooLong = stdout.split('\n').filter(line => line.length > 100 && !whole.test(line));
      assert.deepEqual(tooLong, []);
      assert(!stdout.includes('\u001b'));
    });
  });
});
