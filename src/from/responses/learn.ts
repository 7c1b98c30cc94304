import { formatsOf } from '../../schema/infer/moments.ts';
import type { BookmarkSuggestion } from '../../schema/infer/suggest.ts';
import type { DescribedStream, Grade, StreamUnderstood, Understood } from '../described.ts';
import { withAnswers, withParts } from '../with-answers.ts';
import { type ColumnsSeen, columnsSeen } from './columns.ts';
import { type RecordsSeen, recordsIn } from './records.ts';

/** A stream as its responses show it, and where they differ from what was said of it. */
export interface Learned {
  readonly stream: DescribedStream;
  readonly differences: readonly string[];
}

/** Columns that are set once: what changes later would never be read by them. */
const OF_CREATION = /creat|insert/i;
/** The answers' value_format where a column's numbers are moments. */
const EPOCHS: Readonly<Record<string, string>> = { epoch_seconds: 'epoch', epoch_milliseconds: 'epoch_ms' };

/** Settles by responses what a description leaves open: records path, key, bookmark and its form, and schema. */
export function learnRecords(stream: DescribedStream, bodies: readonly unknown[]): Learned {
  const { answers } = stream;
  const pages = bodies.flatMap(body => recordsIn(body, answers.records_path) ?? []);
  const [first] = pages;
  if (!first) return { stream, differences: ['its response has no records that can be read'] };
  const differences: string[] = [];
  if (answers.records_path && first.path.value !== answers.records_path.value)
    differences.push(`records are at ${shown(first.path.value)}, not at ${shown(answers.records_path.value)}`);
  const columns = columnsSeen(
    stream,
    pages.flatMap(({ records }) => [...records]),
  );
  const records_path = first.path;
  const place: StreamUnderstood = { ...answers, records_path, ...formOf(first) };
  if (!columns) return { stream: withAnswers(stream, place), differences };
  if (columns.added.length > 0) differences.push(`it has columns that the description lacks: ${listed(columns.added)}`);
  return {
    stream: withParts(stream, {
      answers: { ...place, ...columnAnswers(answers, columns, differences) },
      schema: columns.schema,
    }),
    differences,
  };
}

/** What a response has instead of a list of records. */
function formOf({ path, isList, columnsPath }: RecordsSeen): Partial<StreamUnderstood> {
  if (columnsPath !== undefined)
    return { records_in: { ...path, value: 'rows' }, columns_path: { ...path, value: columnsPath } };
  return isList ? {} : { records_in: { ...path, value: 'object', grade: 'guessed' } };
}

/** Key, bookmark and columns of text. */
function columnAnswers(
  answers: StreamUnderstood,
  columns: ColumnsSeen,
  differences: string[],
): Partial<StreamUnderstood> {
  const { seen, textColumns } = columns;
  const known = Object.keys(columns.schema.value.properties as object);
  const lacks = (column: string) => !known.includes(column);
  const wrong = answers.key_properties?.value.filter(lacks) ?? [];
  if (wrong.length > 0) differences.push(`it has no column ${wrong.join(', ')} for the key`);
  const [key] = seen.keys;
  const grade: Grade = seen.records > 1 ? 'inferred' : 'guessed';
  const key_properties =
    answers.key_properties && wrong.length === 0
      ? answers.key_properties
      : key && { value: [key.column], grade, evidence: key.reason };
  const said = answers.replication_key;
  if (said && lacks(said.value)) differences.push(`it has no column ${said.value} for the bookmark`);
  const bookmark = seen.bookmarks.find(
    ({ column, reason }) => !OF_CREATION.test(column) && /^every record/.test(reason),
  );
  const keeps = said && !lacks(said.value);
  return {
    key_properties,
    ...(keeps ? { replication_key: said } : bookmarkAnswers(bookmark, columns)),
    ...(textColumns.length > 0 && {
      text_columns: { value: textColumns, grade: 'inferred', evidence: 'values of several types' },
    }),
  };
}

function bookmarkAnswers(bookmark: BookmarkSuggestion | undefined, { seen }: ColumnsSeen): Partial<StreamUnderstood> {
  if (!bookmark) return { replication_key: undefined };
  const { column, format, reason } = bookmark;
  const inferred = <Value>(value: Value): Understood<Value> => ({ value, grade: 'inferred', evidence: reason });
  const formats = formatsOf(seen.columns, column);
  const value_format = EPOCHS[format] ?? (formats?.length === 1 && formats[0] !== 'iso' ? formats[0] : undefined);
  return { replication_key: inferred(column), ...(value_format && { value_format: inferred(value_format) }) };
}

function shown(path: string): string {
  return path === '' ? 'the top' : path;
}

function listed(columns: readonly string[]): string {
  const more = columns.length - 10;
  return columns.slice(0, 10).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
