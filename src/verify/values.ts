import { plainName } from './exchange.ts';
import { type BadText, badText, isForeign, isSuspect } from './texts.ts';

type Row = Readonly<Record<string, unknown>>;

/** Beyond these, an integer has more than 64 bits. */
const LEAST = -(2 ** 63);
const MOST = 2 ** 63;
const MOST_RUNS = 50;
/** A moment without an offset. */
const NAIVE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?$/;

/** What the values of a stream's columns are like, over all records. */
export class Values {
  /** Columns that had a value in some record. */
  readonly filled = new Set<string>();
  /** The first integer of more than 64 bits, and the first moment without an offset, by column. */
  readonly huge = new Map<string, number>();
  readonly naive = new Map<string, string>();
  /** Texts that went wrong on their way, the first by column and what is wrong, and how many there are. */
  readonly bad = new Map<string, BadText & { readonly column: string; count: number }>();
  /** How many records have texts beyond ASCII. */
  foreign = 0;
  /** Whether the moments of a column are all of the first weeks of 1970, by column. */
  readonly early = new Map<string, { readonly first: string; isAll: boolean }>();
  /** Runs of integers that go up by one, as long as there are few. */
  #runs: { from: number; to: number }[] | undefined = [];
  #moments: readonly string[] = [];

  /** `columns` are those of the SCHEMA message. */
  schema(columns: Readonly<Record<string, { readonly format?: string }>>): void {
    this.#moments = Object.keys(columns).filter(name => columns[name]?.format === 'date-time');
  }

  /** Takes a record, and the line that it stood in. */
  record(row: Row, line: string): void {
    if (isForeign(line)) this.foreign += 1;
    if (isSuspect(line)) this.#noteTexts(row);
    for (const column in row) {
      const value = row[column];
      if (value === null || value === undefined) continue;
      this.filled.add(column);
      if (
        typeof value === 'number' &&
        (value >= MOST || value < LEAST) &&
        Number.isInteger(value) &&
        !this.huge.has(column)
      )
        this.huge.set(column, value);
    }
    for (const column of this.#moments) {
      const value = row[column];
      if (typeof value !== 'string') continue;
      if (!this.naive.has(column) && NAIVE.test(value)) this.naive.set(column, value);
      const early = this.early.get(column);
      const isEarly = value.startsWith('1970-01-');
      if (early) early.isAll &&= isEarly;
      else this.early.set(column, { first: value, isAll: isEarly });
    }
  }

  #noteTexts(row: Row): void {
    for (const column in row) {
      const text = row[column];
      const is = typeof text === 'string' ? badText(text) : undefined;
      if (is === undefined) continue;
      const known = this.bad.get(`${column} ${is}`);
      if (known) known.count += 1;
      else this.bad.set(`${column} ${is}`, { column, text: text as string, is, count: 1 });
    }
  }

  /** Notes the key of a record, where it is one number. */
  key(value: unknown): void {
    const runs = this.#runs;
    if (!runs) return;
    const last = runs.at(-1);
    if (!Number.isSafeInteger(value)) this.#runs = undefined;
    else if (last && value === last.to + 1) last.to += 1;
    else if (last && (value as number) <= last.to) this.#runs = undefined;
    else if (runs.push({ from: value as number, to: value as number }) > MOST_RUNS) this.#runs = undefined;
  }

  /** Numbers that lie between two runs of the same length, as a page would that is left out. */
  get gap(): { readonly from: number; readonly to: number } | undefined {
    const runs = this.#runs ?? [];
    const [first, second] = runs;
    if (!first || !second) return undefined;
    const page = first.to - first.from + 1;
    const gaps = runs.slice(1).map((run, index) => run.from - (runs[index]?.to ?? 0) - 1);
    const isPages = page > 1 && runs.slice(0, -1).every(run => (run.to - run.from + 1) % page === 0);
    return isPages && gaps.every(gap => gap % page === 0) ? { from: first.to + 1, to: second.from - 1 } : undefined;
  }
}

/** The name that is meant by one that is like it: `updatedAt` by `updated_at`. */
export function alike(name: string, names: Iterable<string>): string | undefined {
  return [...names].find(other => other !== name && plainName(other) === plainName(name));
}
