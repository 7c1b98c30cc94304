import { createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../base/problems.ts';
import { claimStandardInput } from '../base/standard-input.ts';

/** Where records are read from: bytes in chunks, so that the size doesn't matter. */
export interface Input {
  /** For messages: a file as it was given, an address without its secrets, `standard input`. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** In bytes, where that is known. */
  readonly size?: number;
  /** Absolute, where it is a file that can be read in any order. */
  readonly path?: string;
}

const CHUNK = 2 ** 18;

/** Opens a file, or standard input for `-`. Throws a UserError where there is nothing to read. */
export function openFile(source: string, folder: string): Input {
  if (source === '-') {
    claimStandardInput('sample');
    return { name: 'standard input', chunks: readable(process.stdin, 'standard input') };
  }
  const path = resolve(folder, source);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UserError({ message: `there is no file ${source}` });
  if (found.isDirectory()) throw new UserError({ message: `${source} is a folder`, hint: 'name a file in it' });
  return {
    name: source,
    chunks: readable(createReadStream(path, { highWaterMark: CHUNK }), source),
    ...(found.isFile() && { size: found.size, path }),
  };
}

/** A stream whose errors are told as the user's. */
async function* readable(stream: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw new UserError({ message: `${name} can't be read: ${(error as Error).message}` }, { cause: error });
  }
}
