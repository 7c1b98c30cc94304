import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What becomes of one file: its new content, or undefined where it goes. */
export interface FileWrite {
  /** Absolute. */
  readonly path: string;
  readonly content: string | Buffer | undefined;
  /** The file that it is until then, and that changes its name in the same moment; absolute. */
  readonly from?: string | undefined;
}

/** A file that is only there while another is being written; a name that neither Python nor Mage looks for. */
const TEMP_FILE = '.mage-connector.tmp';

/** Folders of which Mage reads every file, so that none but theirs may be there even for a moment. */
const READ_WHOLE = new Set(['schemas', 'templates']);

/** The folder in which a file's text may be put until it takes its place. */
export function tempFolder(path: string): string {
  const folder = dirname(path);
  return READ_WHOLE.has(basename(folder)) ? dirname(folder) : folder;
}

/** Is this what a run that was killed may have left beside the files? */
export function isTempFile(path: string): boolean {
  return basename(path) === TEMP_FILE;
}

/**
 * Writes files one after the other, each whole or not at all, so that a run that is killed leaves what the order of the files
 * allows for. The text goes to a file of its own in `folder` first: in schemas/, Mage would take it for a schema.
 */
export function writeInOrder(folder: string, files: readonly FileWrite[]): void {
  write(files, () => folder);
}

/** The same for files of different places, each put aside where `tempFolder` says. */
export function writeWhole(files: readonly FileWrite[]): void {
  write(files, tempFolder);
}

function write(files: readonly FileWrite[], tempFolderOf: (path: string) => string): void {
  const folders = new Set<string>();
  const provide = (folder: string) => {
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
  };
  const temps = new Set<string>();
  for (const { path, content, from } of files) {
    if (content === undefined) {
      rmSync(path, { force: true });
      continue;
    }
    const folder = tempFolderOf(path);
    const temp = join(folder, TEMP_FILE);
    temps.add(temp);
    for (const needed of [folder, dirname(path)]) provide(needed);
    if (from !== undefined && existsSync(from)) renameSync(from, path);
    replace(path, content, temp);
  }
  for (const temp of temps) rmSync(temp, { force: true });
}

/** Gives a file its content, by a file that takes its place; it keeps its mode. */
function replace(path: string, content: string | Buffer, temp: string): void {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined && readFileSync(path).equals(Buffer.from(content))) return;
  writeFileSync(temp, content);
  if (mode !== undefined) chmodSync(temp, mode);
  renameSync(temp, path);
}
