import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Change } from '../../src/changes/change.ts';
import { asWrites } from '../../src/changes/writing/order.ts';
import { writeAll } from '../../src/changes/writing/write.ts';
import { logChanges, needsYeoman } from '../../src/yeoman/direct.ts';
import { filesOf, openFolder } from '../doors/doors.ts';

describe('changes that leave Yeoman nothing to do', () => {
  const change = (path: string, more: Partial<Change> = {}): Change => ({
    path,
    before: undefined,
    content: `${path}\n`,
    ask: false,
    ...more,
  });
  const plainly = { force: false, dryRun: false };

  it('are those without a question, a dry run or a .yo-resolve', () => {
    const folder = openFolder();
    const file = join(folder, 'sources/acme/client.py');
    const edited = change(file, { before: 'old', ask: true });
    assert.equal(needsYeoman([change(file), change(file, { before: 'old' })], plainly), false);
    assert.equal(needsYeoman([edited], plainly), true);
    assert.equal(needsYeoman([change(file, { before: 'old', content: 'old', ask: true })], plainly), false);
    assert.equal(needsYeoman([edited], { force: true, dryRun: false }), false);
    assert.equal(needsYeoman([change(file)], { force: true, dryRun: true }), true);
    writeFileSync(join(folder, '.yo-resolve'), '*.py skip\n');
    assert.equal(needsYeoman([change(file)], plainly), true);
  });

  it('are written and logged as Yeoman does: what is the same is not', () => {
    const folder = openFolder();
    const at = (name: string) => join(folder, name);
    const logged: string[] = [];
    const says = (what: string) => (name: string) => logged.push(`${what} ${name}`);
    const write = (line: string) => logged.push(stripVTControlCharacters(line).trim());
    const log = { create: says('create'), write, info: says('info') };
    writeFileSync(at('changed.py'), 'old');
    writeFileSync(at('gone.py'), 'old');
    const changes = [
      change(at('new/module.py')),
      change(at('changed.py'), { before: 'old', content: 'new' }),
      change(at('same.py'), { before: 'same', content: 'same' }),
      change(at('gone.py'), { before: 'old', content: '', removed: true }),
    ];
    logChanges(changes, { log, cwd: folder });
    writeAll(folder, asWrites(changes));
    assert.deepEqual(logged, ['create new/module.py', 'update changed.py', 'info delete gone.py']);
    assert.deepEqual(filesOf(folder), ['changed.py', 'new/module.py']);
    assert.equal(readFileSync(at('changed.py'), 'utf8'), 'new');
  });

  it('are told by their folders where they are many', () => {
    const logged: string[] = [];
    const says = (what: string) => (name: string) => logged.push(`${what} ${name}`);
    const write = (line: string) => logged.push(stripVTControlCharacters(line).trim());
    const log = { create: says('create'), write, info: says('info') };
    const some = (folder: string, count: number, more: Partial<Change> = {}) =>
      Array.from({ length: count }, (_, index) => change(`/a/${folder}/${index}.py`, more));
    logChanges(some('one', 40), { log, cwd: '/a' });
    assert.equal(logged.splice(0).length, 40);
    logChanges([...some('one', 40), ...some('two', 1), ...some('one', 2, { before: 'old' })], { log, cwd: '/a' });
    assert.deepEqual(logged, ['create one: 40 files', 'create two/0.py', 'update one: 2 files']);
  });
});
