import { splitList } from '../answers/ask.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { optionValue } from './given-options.ts';

/** The answers of a stream that the flags of the command give, named as in `streamOptions`. */
export function streamFromFlags(flags: Readonly<Record<string, unknown>>): RawAnswers {
  const text = (name: string) => optionValue(flags, name) as string | undefined;
  const keys = [optionValue(flags, 'key') ?? []].flat().flatMap(value => splitList(String(value)));
  const pagination = text('pagination');
  const sample = text('sample');
  return compact({
    path: text('path'),
    records_path: text('records-path'),
    key_properties: keys.length > 0 ? keys : undefined,
    replication_key: text('replication-key'),
    bookmark_param: text('bookmark-param'),
    bookmark_format: text('bookmark-format'),
    pagination: pagination === undefined ? undefined : { type: pagination },
    query_file: text('query-file'),
    schema: sample === undefined ? undefined : { sample },
  });
}

/** Answers without those that were not given. */
export function compact(answers: RawAnswers): RawAnswers {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined));
}
