import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { concealed, isCommand } from '../answers/pasted-text.ts';
import type { Problem } from '../base/problems.ts';
import { isAddress } from '../refresh/http.ts';

/** What a text names: standard input, an address, a file, the command that it is itself, or nothing. */
export type NamedSource = 'input' | 'address' | 'file' | 'command' | Problem;

/** Finds out what `--from` names, without reading it. A text that names nothing may have secrets, and is not shown whole. */
export function namedSource(from: string, cwd: string): NamedSource {
  if (from === '-') return 'input';
  if (isAddress(from)) return 'address';
  // A file of that name comes first, though none is called so.
  const found = from.length < 1000 ? statSync(resolve(cwd, from), { throwIfNoEntry: false }) : undefined;
  if (found) return found.isFile() ? 'file' : { message: `${from} is a folder`, hint: 'name a file in it' };
  if (isCommand(from)) return 'command';
  return {
    message: `there is no file ${concealed(from)}`,
    hint: 'an address begins with https://, a command with curl',
  };
}
