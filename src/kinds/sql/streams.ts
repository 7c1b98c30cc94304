import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sortBy } from 'lodash-es';
import type { RawAnswers } from '../../answers/raw-answers.ts';
import type { Validated } from '../../answers/validate.ts';
import type { Report, ResolvedStreams, StreamReport } from '../../connector/kind.ts';
import { reportClashes, resolveDeclared } from '../../connector/resolve-streams.ts';
import type { SqlAnswers } from './answers.ts';
import { dialectNames, dialectOf } from './dialects/all.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { QueryStreamModel } from './model.ts';
import { type QueryText, readQuery } from './query-text.ts';
import type { SqlStreamAnswers } from './stream-answers.ts';

/** A stream with its query in the form in which it is written; as it was, where that can't be had. */
export function withQuery(stream: RawAnswers, folder: string, connector: RawAnswers): RawAnswers {
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

/** Resolves every saved query that is sound in itself. */
export function resolveSqlStreams(answers: Validated<SqlAnswers>, folder: string, report: Report): ResolvedStreams {
  const given = Array.isArray(answers.output?.streams) ? answers.output.streams : [];
  const dialect = answers.faulty(['dialect']) ? undefined : dialectOf(answers.output.dialect);
  const sound = given.flatMap((answer, index) => {
    const path = ['streams', index];
    if (answers.faulty(path) || !dialect) return [];
    const reportKey: StreamReport = (key, message, hint) => report([...path, key], message, hint);
    return resolveStream(answer, folder, dialect, reportKey) ?? [];
  });
  reportClashes(given, answers, report);
  const sorted = sortBy(sound, ({ model }) => model.name);
  return { models: sorted.map(({ model }) => model), answers: sorted.map(({ answer }) => answer), notes: [] };
}

interface ResolvedStream {
  readonly model: QueryStreamModel;
  /** In its normal form, with the query that is written. */
  readonly answer: SqlStreamAnswers;
}

function resolveStream(
  answer: SqlStreamAnswers,
  folder: string,
  dialect: Dialect,
  report: StreamReport,
): ResolvedStream | undefined {
  const { query_file: file, ...others } = answer;
  const declared = resolveDeclared(answer, report);
  const read = queryOf(answer, folder, dialect);
  if ('fault' in read) {
    if (file === undefined) report('query', read.fault);
    else report('query_file', `${file}: ${read.fault}`);
    return undefined;
  }
  return { model: { ...declared, query: read.text }, answer: { ...others, query: read.text } };
}

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
