import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fingerprintOf } from '../../src/changes/fingerprint.ts';

const EXPECTED = resolve(import.meta.dirname, '../expected');

/** The text of every file below a folder, by its path relative to it. */
export function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(folder, path)).isFile() && !path.includes('__pycache__'))
    .sort();
  return Object.fromEntries(files.map(path => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]));
}

/** The files of a golden tree, with fingerprints that are right left out: they say nothing that the files don't. */
function goldenTree(folder: string): Record<string, string> {
  const files = tree(folder);
  const manifest = files['.yo-rc.json']?.replaceAll(/^( {6}"([^"]+)": ")([0-9a-f]+)"/gm, (line, start, name, print) =>
    print === fingerprintOf(files[name] ?? '') ? `${start}…"` : line,
  );
  return { ...files, ...(manifest !== undefined && { '.yo-rc.json': manifest }) };
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
