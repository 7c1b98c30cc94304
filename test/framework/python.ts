import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finished, run } from './process.ts';

/**
 * Which packages are there: requests alone; what the tests need; what Mage's real framework needs; ClickHouse's engine; the
 * drivers of databases that there is no server of; a target of Singer's, and its check of what sources write.
 */
export type PackageSet = 'demo' | 'test' | 'mage' | 'clickhouse' | 'drivers' | 'target-postgres' | 'check-tap';

/** A Python with its packages. */
export interface InstalledPython {
  readonly command: string;
  /** This process's environment, whole, with what Python needs. */
  readonly env: NodeJS.ProcessEnv;
  /** The folder of the packages. */
  readonly packages: string;
}

/** A Python to run, or why there is none. */
export type Python = InstalledPython | { readonly missing: string };

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ENVIRONMENTS = join(ROOT, '.python');
const REQUIREMENTS = join(ROOT, 'test/requirements');
const MINUTES = 60_000;
const found = new Map<PackageSet, Promise<Python>>();

/** Python 3.10 or later with a set of packages, installed once below `.python/` for each Python and requirements. */
export function pythonFor(set: PackageSet): Promise<Python> {
  const python = found.get(set) ?? findPython(set);
  found.set(set, python);
  return python;
}

async function findPython(set: PackageSet): Promise<Python> {
  const base = await basePython();
  if (!base) return { missing: 'Python 3.10 or later is not installed' };
  const folder = join(ENVIRONMENTS, `${set}-${base.version}-${keyOf(set, base.command)}`);
  if (!existsSync(folder)) {
    const problem = await install(base.command, set, folder);
    if (problem) return { missing: `Python packages can't be installed: ${problem}` };
  }
  return pythonIn(folder, base.command);
}

async function basePython(): Promise<{ command: string; version: string } | undefined> {
  const script =
    'import sys; print(sys.version_info >= (3, 10), sys.executable, "%d.%d" % sys.version_info[:2], sep="\\n")';
  for (const command of ['python3', 'python']) {
    const finished = await tryRun(command, ['-c', script]);
    const [recent, executable, version] = finished.stdout.trim().split('\n');
    if (recent === 'True' && executable && version) return { command: executable, version };
  }
  return undefined;
}

/** Changes with the Python that is used and with any of the requirements files, since they include one another. */
function keyOf(set: PackageSet, command: string): string {
  const hash = createHash('sha256').update(command);
  for (const name of [set, 'demo', 'test']) hash.update(readFileSync(join(REQUIREMENTS, `${name}.txt`)));
  return hash.digest('hex').slice(0, 12);
}

/** Builds the environment aside and renames it, so that an interrupted or a second installation does no harm. */
async function install(command: string, set: PackageSet, folder: string): Promise<string | undefined> {
  console.error(`Installing Python packages (${set}) into .python, once: this can take a minute or more ...`);
  const aside = `${folder}.${process.pid}`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  const packages = ['install', '--quiet', '--disable-pip-version-check', '-r', join(REQUIREMENTS, `${set}.txt`)];
  const venv = await tryRun(command, ['-m', 'venv', aside], MINUTES);
  // Debian's Python makes no virtual environment without one more package, but its pip can fill a folder.
  const finished =
    venv.exitCode === 0
      ? await tryRun(venvPython(aside), ['-m', 'pip', ...packages], 20 * MINUTES)
      : await tryRun(command, ['-m', 'pip', ...packages, '--target', join(aside, 'packages')], 20 * MINUTES);
  if (finished.exitCode === 0) return settle(aside, folder);
  rmSync(aside, { recursive: true, force: true });
  return finished.stderr.trim().split('\n').at(-1) || 'pip failed';
}

function settle(aside: string, folder: string): undefined {
  try {
    renameSync(aside, folder);
  } catch (error) {
    // Another process was faster: its environment is the same.
    if (!existsSync(folder)) throw error;
    rmSync(aside, { recursive: true, force: true });
  }
}

function pythonIn(folder: string, command: string): Python {
  // No bytecode is written, so that a checkout which is only read stays as it is.
  const env: NodeJS.ProcessEnv = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: '' };
  const packages = join(folder, 'packages');
  if (existsSync(packages)) return { command, env: { ...env, PYTHONPATH: packages }, packages };
  // First in the path too, since Mage runs `python3` by name.
  const first = { ...env, PATH: [join(folder, 'bin'), env.PATH].join(delimiter) };
  return { command: venvPython(folder), env: first, packages: venvPackages(folder) };
}

function venvPython(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

function venvPackages(folder: string): string {
  if (process.platform === 'win32') return join(folder, 'Lib', 'site-packages');
  const [version = ''] = readdirSync(join(folder, 'lib')).filter(name => name.startsWith('python'));
  return join(folder, 'lib', version, 'site-packages');
}

async function tryRun(command: string, args: readonly string[], timeLimit = 20_000): Promise<Finished> {
  try {
    return await run(command, args, { timeLimit });
  } catch (error) {
    return { exitCode: null, stdout: '', stderr: String(error), timedOut: false };
  }
}

/** The environment with more folders first in Python's path. */
export function withPythonPath(env: NodeJS.ProcessEnv, folders: readonly string[]): NodeJS.ProcessEnv {
  return { ...env, PYTHONPATH: [...folders, env.PYTHONPATH].filter(Boolean).join(delimiter) };
}
