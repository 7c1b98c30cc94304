import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RawAnswers } from '../../answers/raw-answers.ts';
import type { StreamKind } from '../../connector/kind.ts';
import { resolveDeclared } from '../../connector/resolve-streams.ts';
import type { SqlAnswers } from './answers.ts';
import type { Dialect } from './dialects/dialect.ts';
import { dialectNames, dialectOf } from './dialects/registry.ts';
import type { QueryStreamModel } from './model.ts';
import { type QueryText, readQuery } from './query-text.ts';
import type { SqlStreamAnswers } from './stream-answers.ts';

/** A stream with its query in the form in which it is written; as it was, where that can't be had. */
function withQuery(stream: RawAnswers, folder: string, connector: RawAnswers): RawAnswers {
  const { query: _, query_file: __, ...others } = stream;
  const read = givenQuery(stream, folder, connector);
  return 'text' in read ? { ...others, query: read.text } : stream;
}

/** What is wrong with the query that a stream was given, or undefined. */
export function queryFault(stream: RawAnswers, folder: string, connector: RawAnswers): string | undefined {
  const read = givenQuery(stream, folder, connector);
  return 'fault' in read ? read.fault : undefined;
}

/** The query of a stream whose answers are not checked yet. */
function givenQuery({ query, query_file }: RawAnswers, folder: string, connector: RawAnswers): QueryText {
  const dialect = dialectNames.find(name => name === connector.dialect);
  const isText = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';
  if (!dialect || !isText(query) || !isText(query_file)) return { fault: 'must be text' };
  return queryOf({ query, query_file }, folder, dialectOf(dialect));
}

/** Saved queries: each is read from its answers or from the file that they name. */
export const queryStreams: StreamKind<SqlAnswers, LoadedQuery> = {
  declaresSchemas: false,
  readStream: withQuery,
  loadStream: (given, { folder, answers }, report) => {
    const answer = given as SqlStreamAnswers;
    if (answers.faulty(['dialect'])) return undefined;
    const read = queryOf(answer, folder, dialectOf(answers.output.dialect));
    if ('text' in read) return read;
    // A stream that isn't loaded isn't resolved either, and everything that is wrong is told at once.
    resolveDeclared(answer, report);
    if (answer.query_file === undefined) report('query', read.fault);
    else report('query_file', `${answer.query_file}: ${read.fault}`);
    return undefined;
  },
  resolveStream: (given, { text: query }, report) => {
    const { query_file: _, ...others } = given as SqlStreamAnswers;
    const model: QueryStreamModel = { ...resolveDeclared(given, report), query };
    // In its normal form, with the query that is written.
    return { model, answer: { ...others, query } as SqlStreamAnswers, notes: [] };
  },
};

export type LoadedQuery = Extract<QueryText, { readonly text: string }>;

/** The query of a stream, from its answers or its file. */
function queryOf(
  { query, query_file: file }: Pick<SqlStreamAnswers, 'query' | 'query_file'>,
  folder: string,
  dialect: Dialect,
): QueryText {
  if (file === undefined)
    return query === undefined
      ? { fault: 'is missing: give it, or its file as query_file' }
      : readQuery(query, dialect);
  if (query !== undefined) return { fault: 'a query is given as well: leave out one of them' };
  try {
    const content = readFileSync(resolve(folder, file));
    return readQuery(new TextDecoder('utf-8', { fatal: true }).decode(content), dialect);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { fault: code === 'ENOENT' ? 'there is no such file' : `can't be read: ${message}` };
  }
}
