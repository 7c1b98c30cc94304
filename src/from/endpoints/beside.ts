import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { parseDescription } from './parse.ts';
import type { ReadBeside } from './references.ts';

/** Files of a description are of pages, not of disks. */
const MAX_BYTES = 200_000_000;
/** So many files has no description; a bomb of files ends here. */
const MAX_FILES = 5_000;

/** Reads the files that a description refers to: those in its own folder and below, by real paths, and no others. */
export function filesBeside(file: string): ReadBeside {
  const folder = dirname(realpathSync(file));
  let count = 0;
  let bytes = 0;
  return path => {
    if (/^[a-z][a-z0-9+.-]+:/i.test(path)) throw new Error('leads to another place, which was not asked');
    const target = real(resolve(folder, decoded(path)));
    const inside = relative(folder, target);
    if (isAbsolute(path) || isAbsolute(inside) || inside.split(sep)[0] === '..')
      throw new Error(`leads out of the folder of the description, so it was not read`);
    const found = statSync(target);
    // A pipe would be waited for without end.
    if (!found.isFile()) throw new Error('names what is no file');
    count += 1;
    bytes += found.size;
    if (count > MAX_FILES || bytes > MAX_BYTES) throw new Error('was not read: the files are too many or too large');
    return parseDescription(readFileSync(target, 'utf8'), path);
  };
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw new Error('names a file that is not there');
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
