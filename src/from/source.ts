import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeText } from '../base/decode-text.ts';
import { UserError } from '../base/problems.ts';
import { readStandardInput } from '../base/standard-input.ts';
import { isAddress, openAddress, readHeaders } from '../refresh/http.ts';
import { whole } from '../refresh/peek.ts';
import { textChunks } from '../schema/read/text-chunks.ts';
import type { Reader, Source } from './reader.ts';
import { READERS } from './registry.ts';

const NOTHING = { file: undefined, address: undefined, headers: {}, responseHeaders: {} };

/** Reads what `--from` names, once: a file, `-`, an address, or a command as it stands. Throws a UserError. */
export async function openSource(from: string, cwd: string, headers: readonly string[]): Promise<Source> {
  if (headers.length > 0 && !isAddress(from))
    throw new UserError({ where: '--header', message: 'is for an address, such as --from https://…' });
  if (from === '-') return { ...NOTHING, name: 'standard input', text: readStandardInput('sample') };
  if (isAddress(from)) return openAt(from, readHeaders(headers));
  // A file of that name comes first, though none is called so.
  const file = resolve(cwd, from);
  const found = from.length < 1000 ? statSync(file, { throwIfNoEntry: false }) : undefined;
  if (!found && /^\s*(?:[$>]\s+)?curl(?:\.exe)?\s/.test(from)) return { ...NOTHING, name: 'the command', text: from };
  if (!found)
    throw new UserError({
      where: '--from',
      message: `there is no file ${from.slice(0, 200)}`,
      hint: 'an address begins with https://, a command with curl',
    });
  if (!found.isFile())
    throw new UserError({ where: '--from', message: `${from} is a folder`, hint: 'name a file in it' });
  return { ...NOTHING, name: from, text: decodeText(readFileSync(file), from), file };
}

/** The reader for a source. Throws a UserError where there is none. */
export function readerFor(source: Source): Reader {
  const reader = READERS.find(candidate => candidate.recognises(source));
  if (reader) return reader;
  const names = READERS.map(({ name }) => name)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
  throw new UserError({ where: source.name, message: `is nothing that is known here: ${names}` });
}

async function openAt(address: string, headers: Readonly<Record<string, string>>): Promise<Source> {
  const input = await openAddress(address, headers);
  const text = await whole(textChunks(input.chunks, input.name), input.name, 'save it to a file, and give that');
  return { name: input.name, text, file: undefined, address, headers, responseHeaders: input.headers };
}
