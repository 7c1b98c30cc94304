import { groupBy, isEqual, maxBy } from 'lodash-es';
import type { AnswerComment } from '../answers/document.ts';
import { compact } from '../base/mapping.ts';
import { placeholdersIn, textsIn } from '../base/placeholders.ts';
import { UserError } from '../base/problems.ts';
import { converted } from '../schema/read/load.ts';
import { shortForms } from '../schema/write/short-form.ts';
import type { ApiUnderstood, DescribedApi, DescribedStream, Understood, UnderstoodAnswers } from './described.ts';
import { withAnswers } from './with-answers.ts';

/** The answers that a description gives, and where each comes from. */
export interface AnswersOfDescription {
  readonly answers: Record<string, unknown>;
  /** Comments by the paths of the answers that they stand above: keys and positions. */
  readonly comments: readonly AnswerComment[];
}

/** The order in which an answers file has them; others follow. */
const ORDER = ['name', 'description', 'documentation_url', 'base_url', 'config', 'auth', 'headers', 'pagination'];

/**
 * The answers of an API connector that a description gives. What isn't known is not in them, nor are the configuration keys that
 * none of these streams needs. The pagination that most streams have is the connector's.
 */
export function toAnswers({ answers, streams: described }: DescribedApi): AnswersOfDescription {
  const { known, streams } = withSharedPagination(answers, described);
  const parts = streams.map((stream, index) => streamAnswers(stream, ['streams', index]));
  const { config, ...others } = usedBy(streams, known);
  const texts = textsIn([values(others), parts.map(part => part.answers)]);
  const used = new Set(placeholdersIn(texts).map(({ name }) => name));
  const needed = config?.value.filter(({ name }) => used.has(name)) ?? [];
  const api = written({ ...others, ...(config && needed.length > 0 && { config: { ...config, value: needed } }) }, []);
  const keys = [...ORDER.filter(key => key in api.answers), ...Object.keys(api.answers)];
  const ordered = Object.fromEntries(keys.map(key => [key, api.answers[key]]));
  return {
    answers: { kind: 'api', ...ordered, streams: parts.map(({ answers }) => answers) },
    comments: [...api.comments, ...parts.flatMap(({ comments }) => comments)],
  };
}

/** What an API says of where streams begin and end has no use where none of these streams does. */
function usedBy(streams: readonly DescribedStream[], known: ApiUnderstood): ApiUnderstood {
  const { configured_end, start_days_ago, ...others } = known;
  const hasEnd = streams.some(
    ({ answers }) => answers.bookmark_end_param !== undefined || /\{until\b/.test(JSON.stringify(values(answers))),
  );
  const hasStart = streams.some(
    ({ answers }) => answers.replication_key !== undefined && answers.bookmark_format?.value !== 'integer',
  );
  return {
    ...others,
    ...(hasStart && start_days_ago && { start_days_ago }),
    ...(hasEnd && configured_end && { configured_end }),
  };
}

/** The pagination that most streams have, where each has one that is known; what is none stays with its stream. */
function withSharedPagination(
  known: ApiUnderstood,
  streams: readonly DescribedStream[],
): { readonly known: ApiUnderstood; readonly streams: readonly DescribedStream[] } {
  const each = streams.map(({ answers }) => answers.pagination);
  if (known.pagination || each.some(pagination => pagination === undefined)) return { known, streams };
  const groups = Object.values(groupBy(each, pagination => JSON.stringify(pagination?.value)));
  const most = maxBy(groups, 'length')?.[0];
  if (!most) return { known, streams };
  return {
    known: { ...known, pagination: most },
    streams: streams.map(stream => {
      const { pagination, ...answers } = stream.answers;
      return isEqual(pagination?.value, most.value) ? withAnswers(stream, answers) : stream;
    }),
  };
}

function values(known: UnderstoodAnswers): unknown[] {
  return Object.values(known).map(understood => understood?.value);
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
  const text_columns = [...new Set([...((given.text_columns as string[]) ?? []), ...(columns?.textColumns ?? [])])];
  return {
    answers: compact({
      name,
      ...given,
      records_path,
      ...(text_columns.length > 0 && { text_columns }),
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
