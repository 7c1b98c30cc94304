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
  const temp = join(folder, TEMP_FILE);
  for (const { path, content, from } of files) {
    if (content === undefined) {
      rmSync(path, { force: true });
      continue;
    }
    for (const needed of [folder, dirname(path)]) mkdirSync(needed, { recursive: true });
    if (from !== undefined && existsSync(from)) renameSync(from, path);
    if (isWritten(path, content)) continue;
    writeFileSync(temp, content);
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined) chmodSync(temp, mode);
    renameSync(temp, path);
  }
  rmSync(temp, { force: true });
}

function isWritten(path: string, content: string | Buffer): boolean {
  return existsSync(path) && readFileSync(path).equals(Buffer.from(content));
}
