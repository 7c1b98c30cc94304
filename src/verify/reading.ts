import type { CatalogStream } from './catalog.ts';
import { bookmarkOf, keysOf } from './catalog.ts';
import { Exchanges } from './exchanges.ts';
import { KeySet } from './key-set.ts';
import { type Mismatch, recordCheck } from './schema-check.ts';
import { Values } from './values.ts';

type Row = Readonly<Record<string, unknown>>;

/** Something that several records have, with the first of them. */
export interface Counted<Found> {
  readonly first: Found;
  count: number;
}

const ROWS = 3;
/** So many records with keys that came before, and few others, are those of a loop. */
const MOST_REPEATED = 20_000;

/** What a run gave of one stream, as far as checks need it: no more than a few records are kept. */
export class StreamReading {
  records = 0;
  /** When it began, in whole seconds, as milliseconds since 1970. */
  readonly begun = Math.floor(Date.now() / 1000) * 1000;
  /** The first records. */
  readonly rows: Row[] = [];
  /** By column and what is wanted. */
  readonly mismatches = new Map<string, Counted<Mismatch>>();
  /** Columns that records have and the schema lacks, with the first value. */
  readonly unknownColumns = new Map<string, unknown>();
  /** Records of which a key is null, and those whose keys came before. */
  nullKeys: Counted<Row> | undefined;
  repeatedKeys: Counted<Row> | undefined;
  nullBookmarks = 0;
  /** The least and the greatest bookmark, and how they are written: digits as 9. */
  least: unknown;
  greatest: unknown;
  readonly forms = new Map<string, unknown>();
  /** The bookmark of the last STATE message. */
  state: unknown;
  hasSchema = false;
  /** Whether a record came before the SCHEMA message. */
  isEarly = false;
  /** Columns that are selected and that the SCHEMA message lacks. */
  readonly lackedColumns: string[] = [];
  /** Bookmarks that a record before had as well. */
  sharedBookmarks = 0;
  /** What it asked for over HTTP. */
  exchanges = new Exchanges();

  readonly values = new Values();
  /** A record that is older than a state that was written before it, and that state. */
  behind: { readonly value: unknown; readonly state: unknown } | undefined;
  /** Columns that its state has and that aren't the bookmark. */
  readonly otherState = new Set<string>();

  /** How the first bookmark is written, as most are. */
  #form: RegExp | undefined;
  readonly #stream: CatalogStream;
  readonly #keys: readonly string[];
  readonly #bookmark: string | undefined;
  #before: unknown;
  readonly #seen = new KeySet();
  #check: (record: object) => Mismatch[] = () => [];
  #columns: ReadonlySet<string> = new Set();

  constructor(stream: CatalogStream) {
    this.#stream = stream;
    this.#keys = keysOf(stream);
    this.#bookmark = bookmarkOf(stream);
  }

  schema(schema: { readonly properties?: object }): void {
    this.hasSchema = true;
    this.#check = recordCheck(schema);
    this.values.schema((schema.properties ?? {}) as Readonly<Record<string, { readonly format?: string }>>);
    this.#columns = new Set(Object.keys(schema.properties ?? {}));
    const selected = Object.keys(this.#stream.schema.properties ?? {});
    this.lackedColumns.splice(0, Number.POSITIVE_INFINITY, ...selected.filter(column => !this.#columns.has(column)));
  }

  /** Takes a record, and the line that it stood in. */
  record(row: Row, text: string): void {
    this.records += 1;
    this.isEarly ||= !this.hasSchema;
    if (this.rows.length < ROWS) this.rows.push(row);
    for (const found of this.#check(row)) counted(this.mismatches, `${found.column} ${found.wanted}`, found);
    for (const column in row)
      if (!this.#columns.has(column) && !this.unknownColumns.has(column)) this.unknownColumns.set(column, row[column]);
    this.values.record(row, text);
    this.#noteKeys(row);
    if (this.#bookmark !== undefined) this.#noteBookmark(row[this.#bookmark]);
  }

  /** Takes the bookmarks of a STATE message. */
  keepState(bookmarks: Row): void {
    this.state = Object.values(bookmarks)[0];
    // A connector may keep more beside it, such as the bookmarks of single parents.
    if (this.#bookmark === undefined || this.#bookmark in bookmarks) return;
    for (const column in bookmarks) if (typeof bookmarks[column] !== 'object') this.otherState.add(column);
  }

  #noteKeys(row: Row): void {
    if (this.#keys.length === 0) return;
    const values = this.#keys.map(key => row[key]);
    if (values.length === 1) this.values.key(values[0]);
    if (values.some(isMissing)) this.nullKeys = oneMore(this.nullKeys, row);
    else if (!values.some(isRounded) && !this.#seen.add(keyText(values)))
      this.repeatedKeys = oneMore(this.repeatedKeys, row);
  }

  /** What comes again and again, in words, where that is nearly all. */
  get endless(): string | undefined {
    const repeated = this.repeatedKeys?.count ?? 0;
    if (repeated < MOST_REPEATED || repeated < this.records * 0.9) return undefined;
    return `${repeated} of ${this.records} records have a key that came before`;
  }

  /** Whether a record with a key came, whose values are given as texts. */
  hasKey(values: readonly string[]): boolean {
    return this.#seen.has(keyText(values));
  }

  #noteBookmark(value: unknown): void {
    if (isMissing(value)) {
      this.nullBookmarks += 1;
      return;
    }
    if (!this.behind && typeof this.state === typeof value && isLess(value, this.state))
      this.behind = { value, state: this.state };
    if (value === this.#before) this.sharedBookmarks += 1;
    this.#before = value;
    if (this.least === undefined || isLess(value, this.least)) this.least = value;
    if (this.greatest === undefined || isLess(this.greatest, value)) this.greatest = value;
    if (typeof value === 'string' && this.#form?.test(value)) return;
    const form = typeof value === 'string' ? value.replaceAll(/\.\d+/g, '.9').replaceAll(/\d/g, '9') : typeof value;
    this.#form ??= typeof value === 'string' ? formOf(value) : undefined;
    if (!this.forms.has(form) && this.forms.size < 5) this.forms.set(form, value);
  }
}

/** A key as one text; one number is the same as text, since some columns are made text on their way. */
function keyText(values: readonly unknown[]): string {
  return values.length === 1 ? textOf(values[0]) : JSON.stringify(values.map(textOf));
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}

/** What has digits where a text has them, and else the same. */
function formOf(text: string): RegExp {
  const literal = text.replaceAll(/[^\d\w]/g, '\\$&').replaceAll(/\d/g, '\\d');
  return new RegExp(`^${literal}$`);
}

/** Whether a number has more digits than JavaScript keeps, so that different ones look alike. */
function isRounded(value: unknown): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** Compares bookmarks: moments by their instants, since a state may be written in another form, all else as it stands. */
export function isLess(a: unknown, b: unknown): boolean {
  // Moments of one form are in the order of their texts, and that is looked at for each record.
  if (typeof a === 'string' && typeof b === 'string' && a.length === b.length && haveOneOffset(a, b)) return a < b;
  const [first, second] = [a, b].map(instant);
  if (first !== undefined && second !== undefined) return first < second;
  return (a as string) < (b as string);
}

/** Whether two texts of one length end with the same offset, `Z` or `+02:00`. */
function haveOneOffset(a: string, b: string): boolean {
  if (a.endsWith('Z')) return b.endsWith('Z');
  const sign = a.at(-6);
  return (sign === '+' || sign === '-') && a.at(-3) === ':' && b.endsWith(a.slice(-6));
}

/** Milliseconds since 1970 of a date or a moment, which counts as UTC without an offset. */
export function instant(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
  const isOffset = /(Z|[+-]\d{2}:?\d{2})$/i.test(value.slice(10));
  const time = Date.parse(`${value.replace(' ', 'T')}${isOffset || value.length === 10 ? '' : 'Z'}`);
  return Number.isNaN(time) ? undefined : time;
}

function counted<Found>(map: Map<string, Counted<Found>>, key: string, first: Found): void {
  const known = map.get(key);
  if (known) known.count += 1;
  else map.set(key, { first, count: 1 });
}

function oneMore<Found>(known: Counted<Found> | undefined, first: Found): Counted<Found> {
  return { first: known?.first ?? first, count: (known?.count ?? 0) + 1 };
}
