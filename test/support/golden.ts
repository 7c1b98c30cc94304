import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const EXPECTED = resolve(import.meta.dirname, '../expected');

/** The text of every file below a folder, by its path relative to it. */
export function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(folder, path)).isFile() && !path.includes('__pycache__'))
    .sort();
  return Object.fromEntries(files.map(path => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]));
}

/**
 * Compares a generated folder with the golden files in test/expected/<name>, whole and to the byte.
 * `UPDATE_GOLDEN=1` takes what was generated for right: review the difference before it is committed.
 */
export function assertGolden(folder: string, name: string): void {
  const expected = join(EXPECTED, name);
  if (process.env.UPDATE_GOLDEN) {
    rmSync(expected, { recursive: true, force: true });
    cpSync(folder, expected, { recursive: true, filter: path => !path.includes('__pycache__') });
  }
  assert.ok(existsSync(expected), `there are no golden files in ${expected}: UPDATE_GOLDEN=1 writes them`);
  assert.deepEqual(tree(folder), tree(expected));
}
