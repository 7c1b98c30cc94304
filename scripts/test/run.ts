import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { testFiles } from './files.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MOCHA = join(dirname(createRequire(import.meta.url).resolve('mocha/package.json')), 'bin/mocha.js');

/** More files at once would need more sessions than a database has by default, and gain little. */
const MOST_JOBS = 4;

/**
 * Runs tests with mocha, as many files at once as there are processors, four at most, or as JOBS says; the names are those of testFiles().
 * Sets the exit code.
 */
export function runTests(names: readonly string[], forMocha: readonly string[], env = process.env): void {
  const files = testFiles(names);
  const jobs = Math.min(Number(env.JOBS) || Math.min(availableParallelism(), MOST_JOBS), files.length);
  const parallel = jobs > 1 ? ['--parallel', '--jobs', String(jobs)] : [];
  const notes = mkdtempSync(join(tmpdir(), 'mage-connector-tests-'));
  const child = spawn(process.execPath, [MOCHA, ...parallel, ...forMocha, ...files], {
    cwd: ROOT,
    env: { ...env, TEST_NOTES: join(notes, 'skipped.jsonl') },
    stdio: 'inherit',
  });
  child.on('exit', (code, signal) => {
    rmSync(notes, { recursive: true, force: true });
    process.exitCode = signal ? 1 : (code ?? 1);
  });
}
