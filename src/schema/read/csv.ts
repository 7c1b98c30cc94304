import { UserError } from '../../base/problems.ts';

/** One row of a CSV file. */
export interface CsvRow {
  readonly fields: readonly string[];
  /** The line on which it starts, counted from 1. */
  readonly line: number;
}

/**
 * Reads CSV as RFC 4180 has it, and Python's csv module: fields in double quotes may hold delimiters, line breaks and doubled quotes;
 * lines end in LF, CRLF or CR; blank lines are no rows. The text comes in chunks of any size, so a file of any size can be read.
 * Throws a UserError for a quote that isn't closed, or one with text behind it.
 */
export function* csvRows(chunks: Iterable<string>, file: string, delimiter = ','): Generator<CsvRow> {
  const parser = new CsvParser(file, delimiter);
  for (const chunk of chunks) yield* parser.read(chunk);
  yield* parser.end();
}

/** The same, for text that comes in chunks as they are read. */
export class CsvParser {
  readonly #file: string;
  readonly #delimiter: string;
  /** What goes into a field as it is, in long runs: one character at a time would take ten times as long. */
  readonly #bareRun: RegExp;
  readonly #quotedRun = /[^"\r\n]+/y;
  #fields: string[] = [];
  #field = '';
  /** `closed`: behind a quote inside a quoted field, which is its end unless another quote follows. */
  #state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  #afterReturn = false;
  #line = 1;
  #rowLine = 1;

  constructor(file: string, delimiter: string) {
    this.#file = file;
    this.#delimiter = delimiter;
    this.#bareRun = new RegExp(`[^"\\r\\n\\u{${delimiter.codePointAt(0)?.toString(16)}}]+`, 'uy');
  }

  *read(chunk: string): Generator<CsvRow> {
    for (let at = 0; at < chunk.length; at++) {
      at = this.#readRun(chunk, at);
      if (at < chunk.length) yield* this.#readChar(chunk[at] as string);
    }
  }

  /** Reads what needs no decision, and gives the place behind it. */
  #readRun(chunk: string, at: number): number {
    if (this.#state === 'closed') return at;
    const pattern = this.#state === 'quoted' ? this.#quotedRun : this.#bareRun;
    pattern.lastIndex = at;
    const run = pattern.exec(chunk)?.[0];
    if (run === undefined) return at;
    this.#field += run;
    this.#afterReturn = false;
    if (this.#state === 'start') this.#state = 'plain';
    return at + run.length;
  }

  *#readChar(char: string): Generator<CsvRow> {
    const isBreak = char === '\r' || (char === '\n' && !this.#afterReturn);
    const isSecondHalf = char === '\n' && this.#afterReturn;
    this.#afterReturn = char === '\r';
    if (isBreak) this.#line++;
    if (this.#state === 'quoted') this.#readQuoted(char);
    else if (isBreak) yield* this.#endRow();
    else if (!isSecondHalf) this.#readBare(char);
  }

  *end(): Generator<CsvRow> {
    if (this.#state === 'quoted') throw this.#error('a quoted field has no closing quote', this.#rowLine);
    yield* this.#endRow();
  }

  #readQuoted(char: string): void {
    if (char === '"') this.#state = 'closed';
    else this.#field += char;
  }

  #readBare(char: string): void {
    if (char === this.#delimiter) this.#endField();
    else if (char === '"' && this.#state === 'start') this.#state = 'quoted';
    else if (char === '"' && this.#state === 'closed') {
      this.#field += char;
      this.#state = 'quoted';
    } else if (this.#state === 'closed')
      throw this.#error(`${JSON.stringify(char)} stands behind the closing quote of a field`, this.#line);
    else {
      this.#field += char;
      this.#state = 'plain';
    }
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#state = 'start';
  }

  *#endRow(): Generator<CsvRow> {
    const isBlank = this.#state === 'start' && !this.#fields.length;
    if (!isBlank) {
      this.#endField();
      yield { fields: this.#fields, line: this.#rowLine };
    }
    this.#fields = [];
    this.#rowLine = this.#line;
  }

  #error(message: string, line: number): UserError {
    return new UserError({
      message: `this isn't valid CSV: ${message}`,
      where: this.#file,
      line,
      hint: 'a quote inside a quoted field is written twice',
    });
  }
}
