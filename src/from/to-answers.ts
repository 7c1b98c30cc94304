import { compact } from '../base/mapping.ts';
import { UserError } from '../base/problems.ts';
import { converted } from '../schema/read/load.ts';
import { shortForms } from '../schema/write/short-form.ts';
import type { DescribedApi, DescribedStream, Understood, UnderstoodAnswers } from './described.ts';

/** The answers that a description gives, and where each comes from. */
export interface AnswersOfDescription {
  readonly answers: Record<string, unknown>;
  /** Comments by the paths of the answers that they stand above: keys and positions. */
  readonly comments: readonly (readonly [path: readonly (string | number)[], comment: string])[];
}

/** The order in which an answers file has them; others follow. */
const ORDER = ['name', 'description', 'documentation_url', 'base_url', 'config', 'auth', 'headers', 'pagination'];

/** The answers of an API connector that a description gives. What isn't known is not in them. */
export function toAnswers({ answers: known, streams }: DescribedApi): AnswersOfDescription {
  const api = written(known, []);
  const parts = streams.map((stream, index) => streamAnswers(stream, ['streams', index]));
  const keys = [...ORDER.filter(key => key in api.answers), ...Object.keys(api.answers)];
  const ordered = Object.fromEntries(keys.map(key => [key, api.answers[key]]));
  return {
    answers: { kind: 'api', ...ordered, streams: parts.map(({ answers }) => answers) },
    comments: [...api.comments, ...parts.flatMap(({ comments }) => comments)],
  };
}

/** The answers of one stream; its schema in the short form. */
export function streamAnswers(
  { name, answers, schema }: DescribedStream,
  path: readonly (string | number)[],
): AnswersOfDescription {
  const { answers: given, comments } = written(answers, path);
  // That the response itself is the list is said by no answer.
  const records_path = given.records_path === '' ? undefined : given.records_path;
  const columns = schema && columnsOf(schema);
  return {
    answers: compact({
      name,
      ...given,
      records_path,
      ...(columns?.textColumns.length && { text_columns: columns.textColumns }),
      schema: columns && { properties: columns.properties },
    }),
    comments: [...comments, ...(schema ? [[[...path, 'schema'], comment(schema)] as const] : [])],
  };
}

/** The columns that a JSON Schema gives, as answers have them; undefined where it can't be one of a stream. */
export function columnsOf({
  value,
}: Understood<Readonly<Record<string, unknown>>>):
  | { readonly properties: Record<string, unknown>; readonly textColumns: readonly string[] }
  | undefined {
  try {
    const { schema, textColumns } = converted(value, 'schema');
    return { properties: shortForms(schema), textColumns };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function written(known: UnderstoodAnswers, path: readonly (string | number)[]): AnswersOfDescription {
  const entries = Object.entries(known).flatMap(([name, understood]) =>
    understood === undefined ? [] : [[name, understood] as const],
  );
  return {
    answers: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
    comments: entries.map(([name, understood]) => [[...path, name], comment(understood)] as const),
  };
}

/** `inferred: items of the response have it`, on one line. */
export function comment({ grade, evidence }: Understood): string {
  return `${grade}: ${evidence}`.replaceAll(/\s+/g, ' ');
}
