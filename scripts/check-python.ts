/** Checks the Python that connectors are made of, and its unit tests, with Ruff under Mage's settings; `--fix` formats it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatPython, pythonFaults } from '../src/python/format.ts';

const ROOT = resolve(import.meta.dirname, '..');

const files = ['src', 'test/python-runtime', 'test/api/fuzz'].flatMap(folder =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.py'))
    .map(path => join(folder, path)),
);

function fix(file: string): void {
  const path = join(ROOT, file);
  writeFileSync(path, formatPython(readFileSync(path, 'utf8'), file));
}

if (process.argv.includes('--fix')) files.forEach(fix);
const faults = files.flatMap(file =>
  pythonFaults(readFileSync(join(ROOT, file), 'utf8')).map(fault => `${file}${fault}`),
);
for (const fault of faults) console.error(fault);
console.log(`Checked ${files.length} files of Python. ${faults.length} faults.`);
if (faults.length > 0) process.exitCode = 1;
