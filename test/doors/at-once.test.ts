import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../src/changes/change.ts';
import { LOCK_FILE, locked } from '../../src/changes/writing/lock.ts';
import { refuseStale } from '../../src/changes/writing/stale.ts';
import { run } from '../framework/process.ts';
import { filesOf, openFolder, ROOT } from './doors.ts';

const COMMAND = join(ROOT, 'dist/bin/mage-connector.js');
const stream = (name: string) => ({
  name,
  path: `/${name}`,
  key_properties: ['id'],
  schema: { properties: { id: 'integer' } },
});

describe('runs at once', function () {
  this.timeout(60_000);
  const mage = (cwd: string, ...args: string[]) => run(process.execPath, [COMMAND, ...args], { cwd });

  it('lose no stream: what one has not read, it does not write over', async () => {
    const cwd = openFolder();
    const answers = { kind: 'api', name: 'Acme', base_url: 'https://a.test', streams: [stream('first')] };
    writeFileSync(join(cwd, 'a.json'), JSON.stringify(answers));
    assert.equal((await mage(cwd, '--answers', 'a.json')).exitCode, 0);
    const folder = join(cwd, 'sources/acme');
    const names = ['one', 'two', 'three', 'four'];
    for (const name of names) writeFileSync(join(cwd, `${name}.json`), JSON.stringify({ streams: [stream(name)] }));
    const runs = await Promise.all(names.map(name => mage(folder, 'stream', '--answers', `../../${name}.json`)));
    const registry = readFileSync(join(folder, 'streams/__init__.py'), 'utf8');
    for (const [index, { exitCode, stderr }] of runs.entries()) {
      const isThere = new RegExp(`^from .*\\.streams\\.${names[index]} import`, 'm').test(registry);
      assert.equal(isThere, exitCode === 0, stderr);
      if (exitCode !== 0) assert.match(stderr, /has been changed since this run read it, so nothing was written/);
    }
    assert.ok(runs.some(({ exitCode }) => exitCode === 0));
    const check = await mage(folder, 'check');
    assert.equal(check.exitCode, 0, check.stdout);
    assert.ok(!filesOf(folder).includes(LOCK_FILE));
  });

  it('wait until the other has written; a lock whose run is gone does not count', async () => {
    const folder = openFolder();
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 400)']);
    writeFileSync(join(folder, LOCK_FILE), `${other.pid}\n`);
    let isDone = false;
    other.once('exit', () => {
      isDone = true;
    });
    await locked(folder, () => {
      assert.ok(isDone);
      assert.equal(readFileSync(join(folder, LOCK_FILE), 'utf8'), `${process.pid}\n`);
    });
    assert.deepEqual(filesOf(folder), []);
  });

  it('leave no lock, and no new folder, where writing fails', async () => {
    const folder = join(openFolder(), 'sources/acme');
    const failing = () => {
      throw new Error('no');
    };
    await assert.rejects(locked(folder, failing), /^Error: no$/);
    assert.ok(!existsSync(folder));
  });

  it('name each file that is another by then', () => {
    const folder = openFolder();
    const change = (name: string, before: string | undefined): Change => {
      return { path: join(folder, name), before, content: 'new', ask: false };
    };
    writeFileSync(join(folder, 'same.py'), 'old');
    writeFileSync(join(folder, 'other.py'), 'newer');
    writeFileSync(join(folder, 'made.py'), '');
    const changes = [change('same.py', 'old'), change('other.py', 'old'), change('made.py', undefined)];
    assert.throws(
      () => refuseStale([...changes, change('gone.py', 'old')], folder),
      /^UserError: 3 problems:\n[\s\S]*other\.py: has been changed[\s\S]*made\.py: [\s\S]*gone\.py: /,
    );
    refuseStale(changes.slice(0, 1), folder);
  });
});
