import * as v from 'valibot';
import type { Ask } from '../answers/ask.ts';
import { eachOnce, line } from '../answers/fields.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { streamEntries } from '../answers/stream.ts';
import { UserError } from '../base/problems.ts';
import { formatsOf } from '../schema/infer/moments.ts';
import type { BookmarkSuggestion, KeySuggestion } from '../schema/infer/suggest.ts';
import { loadSchema, type SchemaSource } from '../schema/read/load.ts';

/** What is known of a stream's columns once its schema is. */
export interface KnownColumns {
  readonly schema: RawAnswers;
  readonly columns: readonly string[];
  /** Those of the columns that are whole numbers. */
  readonly integers: readonly string[];
  readonly keys: readonly KeySuggestion[];
  readonly bookmarks: readonly BookmarkSuggestion[];
  /** The forms in which all values of a column may be moments. */
  momentFormats(column: string): readonly string[];
  /** Where the sample has the records, if there is a sample and it is JSON. */
  readonly recordsPath?: string;
}

const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array', 'date-time'];

/** Asks for a sample of the stream's records or, without one, for its columns; a sample that can't be used is refused at once. */
export async function askSchema(ask: Ask, given: unknown, source: SchemaSource): Promise<KnownColumns> {
  if (given !== undefined) return known(given as RawAnswers, source);
  const sample = await ask.text('sample', {
    message: 'Is there a file with sample records',
    help: 'a saved response: JSON, JSON Lines or CSV; empty to list the columns instead',
    optional: true,
    check: v.pipe(
      v.string(),
      v.rawCheck(({ dataset, addIssue }) =>
        reportUnusable({ sample: String(dataset.value) }, source, message => addIssue({ message })),
      ),
    ),
  });
  if (sample) return known({ sample }, source);
  const columns = await ask.list('columns', {
    message: 'Which columns has a record',
    help: `name:type with commas, such as id:integer, name, updated_at:date-time; types are ${TYPES.join(', ')}`,
    check: v.pipe(
      v.array(v.string()),
      v.minLength(1, 'needs at least one column'),
      v.everyItem(isColumn, `must be names, each with a colon and one of the types ${TYPES.join(', ')}, or alone`),
    ),
  });
  return known({ properties: Object.fromEntries((columns ?? []).map(columnEntry)) }, source);
}

/**
 * Asks where a response has its records, proposing where the sample has them, and gives the schema of those that are there.
 * `wanted` is the answer where it was given.
 */
export async function askRecordsPath(
  ask: Ask,
  wanted: unknown,
  found: KnownColumns,
  source: SchemaSource,
): Promise<{ readonly records_path: string | undefined; readonly known: KnownColumns }> {
  if (wanted !== undefined) return { records_path: String(wanted), known: found };
  const records_path = await ask.text('records_path', {
    message: 'Where are the records in a response',
    help: 'keys with dots, such as data.items; empty: the response itself is the list',
    default: found.recordsPath || undefined,
    optional: true,
    check: v.pipe(
      line('The records path'),
      v.rawCheck(({ dataset, addIssue }) =>
        reportUnusable(found.schema, { ...source, recordsPath: String(dataset.value) }, message =>
          addIssue({ message }),
        ),
      ),
    ),
  });
  const same = (records_path ?? '') === (found.recordsPath ?? '');
  return { records_path, known: same ? found : known(found.schema, { ...source, recordsPath: records_path }) };
}

/** Asks for the key columns, proposing what the sample suggests. */
export async function askKeys(ask: Ask, { columns, keys }: KnownColumns): Promise<string[] | undefined> {
  return ask.list('keys', {
    message: 'Which columns identify a record',
    help: 'with commas; records replace those with the same key at the destination, without a key each run appends',
    default: keys.slice(0, 1).map(({ column }) => column),
    check: v.pipe(v.array(knownColumn(columns)), eachOnce),
  });
}

/** Asks whether the stream is read incrementally and by which column, proposing what the sample suggests. */
export async function askReplicationKey(ask: Ask, { columns, bookmarks }: KnownColumns): Promise<string | undefined> {
  const incremental = await ask.confirm('incremental', {
    message: 'Read only what is new since the last run',
    help: 'needs a column that tells when a record changed',
    default: bookmarks.length > 0,
  });
  if (!incremental) return undefined;
  return ask.text('replication_key', {
    message: 'Which column tells when a record changed',
    default: bookmarks[0]?.column,
    check: knownColumn(columns),
  });
}

/** Asks how the values of the bookmark write a moment, where the sample leaves that open. */
export async function askValueFormat(ask: Ask, key: string, known: KnownColumns): Promise<string | undefined> {
  const formats = known.momentFormats(key);
  if (formats.length < 2) return undefined;
  return ask.choice('value_format', {
    message: `How does ${key} write a moment`,
    help: '%d is the day, %m the month, %y and %Y the year',
    choices: formats.map(value => ({ value, name: value })),
  });
}

function known(schema: RawAnswers, source: SchemaSource): KnownColumns {
  const loaded = loadSchema(v.parse(streamEntries.schema, schema), source);
  return {
    schema,
    columns: Object.keys(loaded.schema.properties),
    integers: Object.entries(loaded.schema.properties).flatMap(([name, { type }]) =>
      type[1] === 'integer' ? [name] : [],
    ),
    keys: loaded.keys ?? guessKeys(loaded.schema.properties),
    bookmarks: loaded.bookmarks ?? [],
    momentFormats: column => formatsOf(loaded.evidence.columns, column) ?? [],
    recordsPath: loaded.recordsPath,
  };
}

/** Without a sample, a column called id is the likeliest key. */
function guessKeys(properties: object): KeySuggestion[] {
  return 'id' in properties ? [{ column: 'id', reason: 'its name' }] : [];
}

function knownColumn(columns: readonly string[]) {
  return v.pipe(
    v.string(),
    v.check(
      column => columns.includes(column),
      issue => `must be a column of the stream, and ${String(issue.input)} isn't: ${columns.slice(0, 10).join(', ')}`,
    ),
  );
}

function reportUnusable(schema: RawAnswers, source: SchemaSource, report: (message: string) => void): void {
  try {
    loadSchema(v.parse(streamEntries.schema, schema), source);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    report(`can't be used: ${error.message}`);
  }
}

function isColumn(text: string): boolean {
  const [name = '', type = 'string', ...more] = text.split(':').map(part => part.trim());
  return name !== '' && !lacksColon(name) && TYPES.includes(type) && more.length === 0;
}

/** `id integer` is hardly meant as a name. */
function lacksColon(name: string): boolean {
  return TYPES.some(type => name.endsWith(` ${type}`));
}

function columnEntry(text: string): [string, string] {
  const [name = '', type = 'string'] = text.split(':').map(part => part.trim());
  return [name, type];
}
