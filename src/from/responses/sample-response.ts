import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isMapping } from '../../base/mapping.ts';
import { recordsIn } from './records.ts';

/** The JSON of a response that was given as text or as the name of a file, or why it is none with records. */
export function readResponse(given: string, cwd: string): { readonly body: unknown } | { readonly fault: string } {
  const isText = /^\s*[[{]/.test(given);
  let text = given;
  try {
    if (!isText) text = readFileSync(resolve(cwd, given), 'utf8');
  } catch (error) {
    return { fault: `names no file that can be read: ${(error as NodeJS.ErrnoException).code}` };
  }
  try {
    const body = JSON.parse(text);
    const records = recordsIn(body)?.records ?? [];
    return records.length > 0 && records.every(isMapping)
      ? { body }
      : { fault: 'has no records: a list of objects, or one object' };
  } catch {
    // The parser's own message quotes the text.
    return { fault: 'is no JSON that is whole' };
  }
}
