import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { skipFor } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';

const NOBODY = 65_534;
const MODULE = fileURLToPath(new URL('../../src/changes/writable.ts', import.meta.url));

describe('checkChanges', () => {
  let script: string;
  before(async () => {
    const folder = readable(temporaryFolder());
    script = join(folder, 'check.mjs');
    const run = `
      import { checkChanges } from ${JSON.stringify(MODULE)};
      const { changes, bail, folder } = JSON.parse(process.argv[2]);
      try {
        checkChanges(changes, { bail }, '/', folder);
      } catch (error) {
        console.log(error.message);
      }`;
    const stdin = { contents: run, resolveDir: folder };
    await build({ stdin, bundle: true, platform: 'node', format: 'esm', outfile: script, logLevel: 'error' });
  });

  const readable = (folder: string) => {
    chmodSync(folder, 0o755);
    return folder;
  };
  /** A connector of which a part can't be written to. */
  const connector = (...locked: string[]) => {
    const folder = readable(temporaryFolder());
    mkdirSync(join(folder, 'schemas'));
    for (const file of ['__init__.py', 'schemas/deals.json']) writeFileSync(join(folder, file), '');
    const parts = ['', 'schemas', '__init__.py', 'schemas/deals.json'];
    for (const part of parts) chmodSync(join(folder, part), locked.includes(part) ? 0o555 : 0o777);
    return folder;
  };
  /** What is refused, by another user where this one may do everything. */
  const refused = (context: Mocha.Context, folder: string, path: string): string => {
    const change = {
      path: join(folder, path),
      before: path.endsWith('.py') ? '' : undefined,
      content: 'x',
      ask: false,
    };
    const argument = JSON.stringify({ changes: [change], bail: false, folder });
    const uid = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const { error, status, stdout, stderr } = spawnSync(process.execPath, [script, argument], {
      encoding: 'utf8',
      ...uid,
    });
    if (error) skipFor(context, `another user can't run Node: ${error.message}`);
    assert.equal(status, 0, stderr);
    return stdout.replaceAll(folder, '').trim();
  };
  const message = (path: string) =>
    `${path}: can't be written to (give yourself the right to, or choose another folder)`;

  it('takes what can be written', function () {
    assert.equal(refused(this, connector(), '__init__.py'), '');
    assert.equal(refused(this, connector(), 'streams/deals.py'), '');
  });

  it('refuses a file, the folder that it is in, and that in which its text would be put aside', function () {
    if (process.platform === 'win32') skipFor(this, 'rights are others there');
    assert.equal(refused(this, connector('__init__.py'), '__init__.py'), message('/__init__.py'));
    assert.equal(refused(this, connector('schemas'), 'schemas/new.json'), message('/schemas'));
    const root = connector('');
    for (const path of ['__init__.py', 'schemas/new.json', 'streams/deals.py'])
      assert.equal(refused(this, root, path), message(''), path);
    // There the text of a schema is put, although its own folder can be written to.
    assert.equal(refused(this, connector(''), 'schemas/deals.json'), message(''));
  });
});
