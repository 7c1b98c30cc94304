/**
 * Installs Mage as pip does, once, and runs the tests that drive its own page in a browser:
 * `npm run test:server -- --mage DIR --singer DIR [-- mocha's options]`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../src/base/problems.ts';
import { readCheckouts } from './test/checkouts.ts';
import { runTests } from './test/run.ts';

/** The release whose page the tests know. */
const RELEASE = 'mage-ai==0.9.80';
/** What sources.base, the HTTP client and the PostgreSQL destination import beside that (mage-contract.md, section 10). */
const NEEDED = ['backoff', 'ciso8601', 'jsonschema', 'psycopg2-binary', 'simplejson'];
const ROOT = resolve(import.meta.dirname, '..');

try {
  const { mage, singer, forMocha } = readCheckouts(process.argv.slice(2));
  const folder = install(mage, singer);
  runTests(['server'], forMocha, { ...process.env, MAGE_SERVER: folder });
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/** The virtual environment, made aside and renamed, so that one that was ended halfway isn't taken for whole. */
function install(mage: string, singer: string): string {
  const folder = join(ROOT, '.python', 'server');
  if (existsSync(folder)) return folder;
  console.error(`Installing ${RELEASE} into .python, once: this takes some minutes ...`);
  const aside = `${folder}.aside`;
  rmSync(aside, { recursive: true, force: true });
  // Scripts name the Python that they were installed for, so that they are started by it.
  run('python3', ['-m', 'venv', aside]);
  const python = join(aside, 'bin', 'python');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  run(python, [...pip, RELEASE, ...NEEDED]);
  run(python, [...pip, '--no-deps', join(mage, 'mage_integrations'), singer]);
  renameSync(aside, folder);
  return folder;
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  throw new UserError({ message: `${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}` });
}
