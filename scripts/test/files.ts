import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../../src/base/problems.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TEST = join(ROOT, 'test');

/** Files that take long: they start first, so that nothing else has to wait for them at the end. */
const LONG = ['doors/doors', 'sql/clickhouse', 'stream/interrupted', 'change/interrupted', 'schema-generator/memory'];

/**
 * The test files that some names stand for, relative to the repository, in the order in which they start. A name is a folder or a
 * file of test/ (`api`, `framework`), the path of a file, or `unit`: all files that start no process. Without names, all files.
 */
export function testFiles(names: readonly string[]): string[] {
  const all = filesBelow(TEST);
  const files = names.length ? [...new Set(names.flatMap(name => filesOf(name, all)))] : all;
  const first = LONG.map(name => join(TEST, `${name}.test.ts`));
  const rank = (file: string) => (first.includes(file) ? first.indexOf(file) : first.length);
  return files.sort((a, b) => rank(a) - rank(b)).map(file => relative(ROOT, file));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.test.ts'))
    .map(path => join(folder, path))
    .sort();
}

function filesOf(name: string, all: readonly string[]): string[] {
  if (name === 'unit') return all.filter(file => !startsProcesses(file, new Set()));
  const places = [resolve(name), join(TEST, name), join(TEST, `${name}.test.ts`)];
  const found = all.filter(file => places.some(place => file === place || file.startsWith(`${place}/`)));
  if (found.length) return found;
  throw new UserError({ message: `there is no test ${name}`, hint: 'give folders or files of test/, or unit' });
}

/** Whether a file of test/ imports what starts processes, itself or through other files of test/. */
function startsProcesses(file: string, seen: Set<string>): boolean {
  seen.add(file);
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export|\}).* from '([^']+)';$/gm)];
  return specifiers.some(([, specifier = '']) => {
    if (specifier === 'node:child_process') return true;
    const imported = resolve(dirname(file), specifier);
    const isOurs = specifier.startsWith('.') && imported.startsWith(TEST) && existsSync(imported);
    return isOurs && !seen.has(imported) && startsProcesses(imported, seen);
  });
}
