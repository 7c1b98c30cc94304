import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const EXPECTED = resolve(import.meta.dirname, '../expected');

/** The text of every file below a folder, by its path relative to it. */
export function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(folder, path)).isFile() && !path.includes('__pycache__'))
    .sort();
  return Object.fromEntries(files.map(path => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]));
}

/** The files of a golden tree, and of what is recorded of them only that it is: it stands beside it, and each machine compresses otherwise. */
function goldenTree(folder: string): Record<string, string> {
  const files = tree(folder);
  const record = files['.yo-rc.json'];
  const hashes = record?.replaceAll(/^( {6}"[^"]+": ")[0-9a-f]{16}( [A-Za-z0-9+/=]+)?"/gm, '$1…"');
  return { ...files, ...(hashes !== undefined && { '.yo-rc.json': hashes }) };
}

/**
 * Compares a generated folder with the golden files in test/expected/<name>, whole and to the byte.
 * `UPDATE_GOLDEN=1` takes what was generated for right: review the difference before it is committed.
 */
export function assertGolden(folder: string, name: string): void {
  const expected = join(EXPECTED, name);
  if (process.env.UPDATE_GOLDEN) {
    rmSync(expected, { recursive: true, force: true });
    for (const [path, text] of Object.entries(goldenTree(folder))) {
      mkdirSync(dirname(join(expected, path)), { recursive: true });
      writeFileSync(join(expected, path), text);
    }
  }
  assert.ok(existsSync(expected), `there are no golden files in ${expected}: UPDATE_GOLDEN=1 writes them`);
  assert.deepEqual(goldenTree(folder), tree(expected));
}
