import { UserError } from '../../base/problems.ts';
import { type ColumnSchema, type StreamSchema, shown, streamSchema } from '../dialect.ts';
import { nameNotes } from '../names.ts';
import { resolveColumn } from '../read/resolve.ts';
import { suggestBookmarks } from './bookmarks.ts';
import { Column, type Values } from './column.ts';
import type { Facts } from './facts.ts';
import { isKeyName, suggestKeys } from './keys.ts';
import { ExactNumber } from './numbers.ts';
import type { BookmarkSuggestion, KeySuggestion } from './suggest.ts';

/** So many names are no table any more; a limit keeps the memory bounded. */
const MAX_COLUMNS = 10_000;

export interface InferenceOptions {
  /** The stream's name: `order_id` is a likely key of `orders`. */
  readonly stream?: string;
  /** `text`: every value is the text of a CSV field. */
  readonly values?: Values;
}

/** What a sample says about its stream. */
export interface InferredSchema {
  readonly schema: StreamSchema;
  /** Columns of type string that hold other values too: the connector has to write those as JSON text. */
  readonly textColumns: readonly string[];
  /** Columns that no record has a value of, so that a string only stands in for their type. */
  readonly untypedColumns: readonly string[];
  /** What was decided where the sample left a choice, and what to look out for. */
  readonly notes: readonly string[];
  /** Likely keys, the best first. */
  readonly keys: readonly KeySuggestion[];
  /** Likely bookmarks, the best first. */
  readonly bookmarks: readonly BookmarkSuggestion[];
  readonly records: number;
  /** What was seen of each column. */
  readonly columns: ReadonlyMap<string, Column>;
}

/** Infers a stream's schema from its records, one at a time and in any order, with constant memory for each column. */
export class SchemaInference {
  readonly #columns = new Map<string, Column>();
  readonly #values: Values;
  readonly #stream: string | undefined;
  #records = 0;

  constructor({ stream, values = 'typed' }: InferenceOptions = {}) {
    this.#stream = stream;
    this.#values = values;
  }

  /** Adds one record. Throws a UserError if it isn't an object, or if the records have no columns in common. */
  add(record: unknown): void {
    this.#records++;
    if (typeof record !== 'object' || record === null || Array.isArray(record) || record instanceof ExactNumber) {
      throw new UserError({
        message: `record ${this.#records} is ${nameOf(record)}, not an object`,
        hint: 'each record has to be an object with named fields',
      });
    }
    for (const [name, value] of Object.entries(record)) {
      if (value !== undefined) this.#column(name).add(value);
    }
  }

  /** Adds what a schema says of the columns, as if their values had been seen: types can only become wider. */
  assume(facts: ReadonlyMap<string, Facts>): void {
    for (const [name, fact] of facts) this.#column(name).assume(fact);
  }

  /** What the records so far say. */
  result(): InferredSchema {
    const columns: [string, ColumnSchema][] = [];
    const textColumns: string[] = [];
    const notes: string[] = [];
    for (const [name, column] of this.#columns) {
      if (name === '') {
        notes.push('a column without a name is left out: no destination can make one');
        continue;
      }
      const resolved = resolveColumn(name, column, this.#values);
      columns.push([name, resolved.column]);
      if (resolved.asText) textColumns.push(name);
      if (resolved.note) notes.push(`${shown(name)}: ${resolved.note}`);
    }
    const schema = streamSchema(columns);
    const seen = { columns: this.#columns, schema, records: this.#records };
    notes.push(...nameNotes(columns.map(([name]) => name)));
    return {
      schema,
      textColumns,
      untypedColumns: columns.map(([name]) => name).filter(name => this.#columns.get(name)?.isUntyped),
      notes,
      keys: suggestKeys(seen, this.#stream),
      bookmarks: suggestBookmarks(seen),
      records: this.#records,
      columns: this.#columns,
    };
  }

  #column(name: string): Column {
    const known = this.#columns.get(name);
    if (known) return known;
    if (this.#columns.size >= MAX_COLUMNS) {
      throw new UserError({
        message: `the records have more than ${MAX_COLUMNS} different columns`,
        hint: 'is each of them a map with ids as names? give the path of the records themselves',
      });
    }
    const column = new Column(this.#values, 0, isKeyName(name, this.#stream));
    this.#columns.set(name, column);
    return column;
  }
}

function nameOf(record: unknown): string {
  if (record === null || record === undefined) return 'null';
  if (Array.isArray(record)) return 'an array';
  return record instanceof ExactNumber ? 'a number' : `a ${typeof record}`;
}
