import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { LOCK_FILE } from './lock.ts';

/** One step of writing: what becomes of one file. A run is a list of them, in their order. */
export interface Write {
  /** Absolute. */
  readonly path: string;
  /** Its new content, or undefined where it goes; a folder goes in the end, if it is empty. */
  readonly content: string | undefined;
  /** The file that it is until then, and that changes its name in the same moment; absolute. */
  readonly from?: string | undefined;
}

/** A file that is only there while another is being written; a name that neither Python nor Mage looks for. */
const TEMP_FILE = '.mage-connector.tmp';

/**
 * The folder in which a file's text is put until it takes its place: the connector's own, since Mage reads every file of some
 * folders inside of it; beside the file, where it is elsewhere.
 */
export function tempFolder(path: string, connector: string): string {
  return isInside(path, connector) ? connector : dirname(path);
}

/** Is a path in a folder, or below? Both are absolute. */
export function isInside(path: string, folder: string): boolean {
  return !relative(folder, path).startsWith('..');
}

/** Is this what a run that was killed may have left beside the files? */
export function isTempFile(path: string): boolean {
  return [TEMP_FILE, LOCK_FILE].includes(basename(path));
}

/**
 * Writes files one after the other, each whole or not at all, so that a run that is killed leaves what the order of the files
 * allows for. `connector` is the connector's folder.
 */
export function writeAll(connector: string, writes: readonly Write[]): void {
  const temps = new Set<string>();
  const folders = new Set<string>();
  const provide = (folder: string) => {
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
  };
  for (const { path, content, from } of writes) {
    if (content === undefined) {
      remove(path);
      continue;
    }
    const folder = tempFolder(path, connector);
    const temp = join(folder, TEMP_FILE);
    temps.add(temp);
    for (const needed of [folder, dirname(path)]) provide(needed);
    if (from !== undefined && existsSync(from)) renameSync(from, path);
    replace(path, content, temp);
  }
  for (const temp of temps) rmSync(temp, { force: true });
}

function remove(path: string): void {
  if (!isFolder(path)) rmSync(path, { force: true });
}

/** Removes the folders among what goes that are empty: apart from the files, since while these are written a lock is there. */
export function removeEmptyFolders(writes: readonly Write[]): void {
  for (const { path, content } of writes)
    if (content === undefined && isFolder(path) && readdirSync(path).length === 0) rmdirSync(path);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Gives a file its content, by a file that takes its place; it keeps its mode. */
function replace(path: string, content: string, temp: string): void {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined && readFileSync(path, 'utf8') === content) return;
  writeFileSync(temp, content);
  if (mode !== undefined) chmodSync(temp, mode);
  renameSync(temp, path);
}
