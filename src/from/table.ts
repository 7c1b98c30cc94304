import { sum } from 'lodash-es';
import type { DescribedApi, DescribedStream, Grade, Understood } from './described.ts';

const MARKS: Readonly<Record<Grade, string>> = { said: '', inferred: '~', guessed: '?' };
/** More rows say less: the answers file has them all. */
const MAX_STREAMS = 40;
const MAX_CELL = 40;

const MIN_CELL = 6;

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
  const whole = `${MARKS[understood.grade]}${text(understood.value)}`.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
  return whole.length > MAX_CELL ? `${whole.slice(0, MAX_CELL - 1)}…` : whole;
}

function pagingText(pagination: Readonly<Record<string, unknown>>): string {
  const [, by] = Object.entries(pagination).find(([name]) => /^(?:.*_path|.*_param)$/.test(name)) ?? [];
  return by === undefined ? String(pagination.type) : `${String(pagination.type)} (${String(by)})`;
}

function aligned(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = narrowed(
    (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))),
    width,
  );
  return rows.map(row => `  ${row.map((text, column) => fitted(text, widths[column] ?? 0)).join('  ')}`.trimEnd());
}

/** The widths of columns of which the widest give way, for lines of that width with two spaces before each column. */
function narrowed(widths: readonly number[], width: number): number[] {
  const fitting = [...widths];
  for (let over = sum(fitting) + 2 * fitting.length - width; over > 0; over -= 1) {
    const widest = Math.max(...fitting);
    if (widest <= MIN_CELL) break;
    fitting[fitting.indexOf(widest)] = widest - 1;
  }
  return fitting;
}

function fitted(text: string, width: number): string {
  return (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
}
