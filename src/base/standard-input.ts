import { readFileSync } from 'node:fs';
import { decodeText } from './decode-text.ts';
import { UserError } from './problems.ts';

/** What standard input is read for. */
export type InputUse = 'answers' | 'sample';

let read: { readonly use: InputUse; readonly text: string } | undefined;

/** Throws a UserError where standard input was read for another use: it can be read once only. */
export function claimStandardInput(use: InputUse): void {
  if (read === undefined || read.use === use) return;
  throw new UserError({
    message: `standard input has the ${read.use} already`,
    hint: 'it can be read once: give one of them as a file',
  });
}

/**
 * The text of standard input, which can be read once only: whoever asks again for the same use gets the same text.
 * Throws a UserError where it was read for another use.
 */
export function readStandardInput(use: InputUse): string {
  claimStandardInput(use);
  read ??= { use, text: decodeText(readFileSync(0), 'standard input') };
  return read.text;
}
