import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeText } from '../base/decode-text.ts';
import { UserError } from '../base/problems.ts';
import { readStandardInput } from '../base/standard-input.ts';
import { openAddress, readHeaders, shownAddress } from '../refresh/http.ts';
import { whole } from '../refresh/peek.ts';
import { textChunks } from '../schema/read/text-chunks.ts';
import { namedSource } from './named-source.ts';
import type { Reader, Source } from './reader.ts';
import { READERS } from './registry.ts';

const NOTHING = { file: undefined, address: undefined, headers: {}, responseHeaders: {} };

/** Reads what `--from` names, once: a file, `-`, an address, or a command as it stands. Throws a UserError. */
export async function openSource(from: string, cwd: string, headers: readonly string[]): Promise<Source> {
  const named = namedSource(from, cwd);
  if (headers.length > 0 && named !== 'address')
    throw new UserError({ where: '--header', message: 'is for an address, such as --from https://…' });
  if (typeof named === 'object') throw new UserError({ where: '--from', ...named });
  if (named === 'input') return { ...NOTHING, name: 'standard input', text: readStandardInput('sample') };
  if (named === 'address') return openAt(from, readHeaders(headers));
  if (named === 'command') return { ...NOTHING, name: 'the command', text: from };
  const file = resolve(cwd, from);
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

/** What an address answers: to the question of a reader whose kind it looks like, or else to a plain request. */
async function openAt(address: string, headers: Readonly<Record<string, string>>): Promise<Source> {
  const refused = [];
  for (const reader of URL.canParse(address) ? READERS : []) {
    const json = await reader.question?.(new URL(address));
    if (json === undefined) continue;
    const answer = await tried(() => answerOf(address, headers, json));
    if ('name' in answer && reader.recognises(answer)) return answer;
    refused.push({ reader, why: 'name' in answer ? 'its answer is none, as where that is switched off' : answer.why });
  }
  const [first] = refused;
  if (!first) return answerOf(address, headers, undefined);
  const plain = await tried(() => answerOf(address, headers, undefined));
  if ('name' in plain && READERS.some(reader => reader.recognises(plain))) return plain;
  throw new UserError({
    where: shownAddress(address),
    message: `was asked for its ${first.reader.name}, and gives none: ${first.why}`,
    hint: "give what it asks for by --header 'Name: value', or save its schema to a file and give that",
  });
}

async function tried(ask: () => Promise<Source>): Promise<Source | { readonly why: string }> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UserError) return { why: error.problems[0]?.message ?? '' };
    throw error;
  }
}

async function answerOf(
  address: string,
  headers: Readonly<Record<string, string>>,
  json: object | undefined,
): Promise<Source> {
  const input = await openAddress(address, headers, { json });
  const text = await whole(textChunks(input.chunks, input.name), input.name, 'save it to a file, and give that');
  const isAsked = json !== undefined;
  return { name: input.name, text, file: undefined, address, isAsked, headers, responseHeaders: input.headers };
}
