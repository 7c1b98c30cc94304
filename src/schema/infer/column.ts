import { MAX_DEPTH } from '../dialect.ts';
import { isDate, isDateTime } from './date-time.ts';
import type { Facts } from './facts.ts';
import { momentFormats } from './moments.ts';
import { ExactNumber, type Kind, numberKind } from './numbers.ts';
import { textKind } from './text-values.ts';

/** An object with more names than this is taken for a map (ids as keys), and its properties are not described. */
const MAX_PROPERTIES = 200;
/** Uniqueness is followed for this many values, so that memory stays bounded whatever the sample's size. */
export const MAX_TRACKED = 100_000;

/** Are the strings of a sample typed values (JSON), or the text of any value (CSV)? */
export type Values = 'typed' | 'text';

/** What has been seen of one column: memory is constant however many values there were. */
export class Column {
  readonly kinds = new Set<Kind>();
  /** The column's values that aren't null. */
  count = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  isDate = true;
  isDateTime = true;
  hasDistinct = false;
  /** A text that an SQL array literal written without quotes, as Mage's PostgreSQL destination does, can't hold. */
  hasArraySyntax = false;
  isUnique = true;
  /** The forms in which all of its texts may be moments; undefined where there was no text. */
  momentFormats: ReadonlySet<string> | undefined;
  /** The columns of objects; undefined when they are too many or too deep to describe. */
  properties: Map<string, Column> | undefined = new Map();
  /** All items of all arrays, as one column. */
  items: Column | undefined;
  readonly #values: Values;
  readonly #depth: number;
  readonly #tracked: Set<string> | undefined;
  #first: string | undefined;

  /** A column `depth` levels below the record's; `track` has it follow whether its values are unique. */
  constructor(values: Values, depth = 0, track = false) {
    this.#values = values;
    this.#depth = depth;
    this.#tracked = track ? new Set() : undefined;
    if (depth >= MAX_DEPTH) this.properties = undefined;
  }

  add(value: unknown): void {
    const kind = this.#values === 'text' && typeof value === 'string' ? textKind(value) : kindOf(value);
    this.kinds.add(kind);
    if (kind === 'null') return;
    this.count++;
    if (typeof value === 'string') this.#addText(value);
    if (kind === 'integer') this.#addInteger(Number(value));
    if (kind === 'object') this.#addObject(value as object);
    if (kind === 'array') this.#addItems(value as readonly unknown[]);
    if (this.#tracked && kind !== 'object' && kind !== 'array') this.#trackValue(value);
  }

  /** Adds what a schema says of the column, as if its values had been seen: the type can only become wider. */
  assume({ types, dateTime, properties, items }: Facts): void {
    for (const type of types) if (type !== 'null') this.kinds.add(type === 'number' ? 'float' : type);
    if (types.has('string')) {
      this.isDateTime &&= dateTime;
      this.hasDistinct = true;
    }
    for (const [name, facts] of this.properties ? properties : []) {
      const column = this.properties?.get(name) ?? new Column(this.#values, this.#depth + 1);
      this.properties?.set(name, column);
      column.assume(facts);
    }
    if (items) {
      this.items ??= new Column(this.#values, MAX_DEPTH);
      this.items.assume(items);
    }
  }

  /** Has nothing but null been seen, if anything? */
  get isEmpty(): boolean {
    return ![...this.kinds].some(kind => kind !== 'null');
  }

  /** Have its values, if there are any, been nothing but null and empty arrays? */
  get isUntyped(): boolean {
    return [...this.kinds].every(kind => kind === 'null' || (kind === 'array' && (this.items?.isEmpty ?? true)));
  }

  #addText(text: string): void {
    if (this.isDateTime) this.isDateTime = isDateTime(text);
    if (this.isDate) this.isDate = isDate(text);
    if (this.#depth === 0 && this.momentFormats?.size !== 0) this.#addMoment(text);
    this.hasArraySyntax ||= text === '' || /[,{}"\\]/.test(text);
    this.#first ??= copied(text);
    this.hasDistinct ||= text !== this.#first;
  }

  #addMoment(text: string): void {
    if (text === '') return;
    const formats = momentFormats(text);
    const before = this.momentFormats ?? formats;
    this.momentFormats = new Set([...before].filter(format => formats.has(format)));
  }

  #addInteger(value: number): void {
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
  }

  #addObject(value: object): void {
    for (const [name, inner] of Object.entries(value)) {
      if (!this.properties) return;
      if (inner === undefined) continue;
      const column = this.properties.get(name) ?? new Column(this.#values, this.#depth + 1);
      this.properties.set(name, column);
      column.add(inner);
      if (this.properties.size > MAX_PROPERTIES) this.properties = undefined;
    }
  }

  #addItems(items: readonly unknown[]): void {
    // Items are described by their type alone, as an array of arrays or of objects is by no destination.
    this.items ??= new Column(this.#values, MAX_DEPTH);
    for (const item of items) {
      const kind = kindOf(item);
      if (kind === 'array') this.items.kinds.add(kind);
      else this.items.add(item);
    }
  }

  #trackValue(value: unknown): void {
    if (!this.#tracked || this.#tracked.size >= MAX_TRACKED) return;
    const key = value instanceof ExactNumber ? value.text : String(value);
    if (this.#tracked.has(key)) this.isUnique = false;
    this.#tracked.add(copied(key));
  }
}

/** A part of a text keeps the whole of it in memory, which may be a chunk of a file. */
function copied(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof ExactNumber) return numberKind(value);
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'object' ? 'object' : 'string';
}
