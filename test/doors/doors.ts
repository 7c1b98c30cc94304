import {
  chmodSync,
  type Dirent,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finished, run } from '../framework/process.ts';
import { temporaryFolder } from '../support/generate.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HOME = temporaryFolder();
export const EXAMPLES = join(ROOT, 'examples');
const YO = join(ROOT, 'node_modules/yo/lib/cli.js');

/** One of the two ways to run the generators, in some folder and without a terminal. */
export interface Door {
  readonly name: string;
  run(generator: string, args: readonly string[], cwd: string, input?: string): Promise<Finished>;
  /** What an error's text begins with. */
  errorStart(generator: string, args: readonly string[]): string;
}

/** A folder that others may write to as well, since `yo` gives up root's rights. */
export function openFolder(): string {
  const folder = mkdtempSync(join(HOME, 'folder-'));
  for (const path of [HOME, folder]) chmodSync(path, 0o777);
  return folder;
}

/** Yeoman's `yo`, with the generators of a folder `node_modules`, and a home of its own. */
export function yoDoor(modules: string): Door & { list(): Promise<Finished> } {
  const env = { ...process.env, HOME: openFolder(), NODE_PATH: modules, NO_UPDATE_NOTIFIER: '1', NO_COLOR: '1' };
  const start = (args: readonly string[], cwd: string, input?: string) =>
    run(process.execPath, [YO, ...args], { env, cwd, input });
  return {
    name: 'yo',
    list: () => start(['--generators'], openFolder()),
    run: (generator, args, cwd, input) => start([namespaceOf(generator), ...args], cwd, input),
    errorStart: (generator, args) => `Error ${[namespaceOf(generator), ...args].join(' ')} \n\n`,
  };
}

/** The package's own command. */
export function commandDoor(script: string): Door {
  const env = { ...process.env, NO_COLOR: '1' };
  return {
    name: 'mage-connector',
    run: (generator, args, cwd, input) =>
      run(process.execPath, [script, ...(generator === 'app' ? [] : [generator]), ...args], { env, cwd, input }),
    errorStart: () => 'mage-connector: ',
  };
}

function namespaceOf(generator: string): string {
  return generator === 'app' ? 'mage-connector' : `mage-connector:${generator}`;
}

/** Everything in a folder: each file's content and whether it can be run, and the folders that are empty. */
export function treeOf(folder: string): Record<string, string> {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const paths = entries.map(entry => ({ entry, path: join(entry.parentPath, entry.name) }));
  return Object.fromEntries(
    paths
      .map(({ entry, path }) => [relative(folder, path), textOf(entry, path)])
      .filter(([, text]) => text !== undefined)
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );
}

/** Links stand for themselves: a real checkout is full of them. */
function textOf(entry: Dirent, path: string): string | undefined {
  if (entry.isSymbolicLink()) return `a link to ${readlinkSync(path)}`;
  return entry.isDirectory() ? folderText(path) : fileText(path);
}

function folderText(path: string): string | undefined {
  return readdirSync(path).length === 0 ? 'an empty folder' : undefined;
}

function fileText(path: string): string {
  return `${(statSync(path).mode & 0o111) === 0 ? '' : 'executable: '}${readFileSync(path, 'utf8')}`;
}

/** The folder's files without their content. */
export function filesOf(folder: string): string[] {
  return Object.keys(treeOf(folder));
}
