import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { namedSource } from '../named-source.ts';
import { READERS } from '../registry.ts';
import { openSource } from '../source.ts';

/** Descriptions are shorter: what is longer are records, which needn't be held as a whole. */
const MAX_DESCRIPTION = 2 ** 27;
const START = 4096;

/** True for a description, a recording or a command, and not for sample records or a JSON Schema; addresses are not asked. */
export async function describes(from: string, cwd: string): Promise<boolean> {
  const named = namedSource(from, cwd);
  const isText = named === 'file' ? isTextFile(resolve(cwd, from)) : named === 'input' || named === 'command';
  if (!isText) return false;
  const source = await openSource(from, cwd, []);
  return READERS.some(reader => reader.recognises(source));
}

function isTextFile(file: string): boolean {
  const isRecords = /\.(?:csv|tsv|jsonl|ndjson|parquet)$/i.test(file);
  return !isRecords && statSync(file).size <= MAX_DESCRIPTION && !startOf(file).includes(0);
}

function startOf(file: string): Buffer {
  const bytes = Buffer.alloc(START);
  const opened = openSync(file, 'r');
  try {
    return bytes.subarray(0, readSync(opened, bytes));
  } finally {
    closeSync(opened);
  }
}
