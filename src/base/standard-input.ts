import { readFileSync } from 'node:fs';
import { UserError } from './problems.ts';

/** What standard input is read for. */
export type InputUse = 'answers' | 'sample';

let read: { readonly use: InputUse; readonly text: string } | undefined;

/**
 * The text of standard input, which can be read once only: whoever asks again for the same use gets the same text.
 * Throws a UserError where it was read for another use.
 */
export function readStandardInput(use: InputUse): string {
  read ??= { use, text: readFileSync(0, 'utf8') };
  if (read.use === use) return read.text;
  throw new UserError({
    message: `standard input has the ${read.use} already`,
    hint: 'give one of them as a file',
  });
}
