import { aligned, cellText } from '../base/columns.ts';
import type { DescribedApi, DescribedStream, Grade, Understood } from './described.ts';

const MARKS: Readonly<Record<Grade, string>> = { said: '', inferred: '~', guessed: '?' };
/** More rows say less: the answers file has them all. */
const MAX_STREAMS = 40;
const MAX_CELL = 40;

/**
 * All that was understood, as a table: `~` marks what follows from something, `?` what is a guess. No line is longer than `width`,
 * for terminals.
 */
export function understoodTable({ answers, streams }: DescribedApi, width = Number.POSITIVE_INFINITY): string {
  const api = [
    ['base URL', cell(answers.base_url)],
    ['authentication', cell(answers.auth, ({ type }) => String(type))],
    ['pages', cell(answers.pagination, pagingText)],
  ];
  const rows = streams.slice(0, MAX_STREAMS).map(streamRow);
  const more = streams.length - rows.length;
  return [
    ...aligned(api, width),
    '',
    ...aligned([['stream', 'path', 'records', 'key', 'bookmark', 'columns', 'pages'], ...rows], width),
    ...(more > 0 ? [`and ${more} more`] : []),
    '',
    '~ follows from what was seen, ? is a guess, - is not known',
  ].join('\n');
}

function streamRow({ name, answers, schema }: DescribedStream): string[] {
  const columns = Object.keys((schema?.value.properties ?? {}) as object).length;
  return [
    name,
    cell(answers.path),
    cell(answers.records_path, path => path || 'the response'),
    cell(answers.key_properties, keys => keys.join(', ')),
    cell(answers.replication_key),
    schema ? `${MARKS[schema.grade]}${columns}` : '-',
    answers.pagination ? cell(answers.pagination, pagingText) : 'as all',
  ];
}

function cell<Value>(understood: Understood<Value> | undefined, text: (value: Value) => string = String): string {
  if (!understood) return '-';
  return cellText(`${MARKS[understood.grade]}${text(understood.value)}`, MAX_CELL);
}

function pagingText(pagination: Readonly<Record<string, unknown>>): string {
  const [, by] = Object.entries(pagination).find(([name]) => /^(?:.*_path|.*_param)$/.test(name)) ?? [];
  return by === undefined ? String(pagination.type) : `${String(pagination.type)} (${String(by)})`;
}
