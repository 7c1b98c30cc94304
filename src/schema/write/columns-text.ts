import { isColumns, type WrittenColumns, type WrittenType } from './written.ts';

/** What needs no quotes. */
const PLAIN = String.raw`[\p{L}\p{N}_.$@|!-]+`;
const WHOLE = new RegExp(`^${PLAIN}$`, 'u');
const TOKEN = new RegExp(String.raw`"(?:[^"\\]|\\.)*"|[:,[\]{}]|${PLAIN}`, 'gu');

/**
 * Columns as they are recorded, in one line: `id: integer, tags: [string], owner: {name: string}`, the words of the answers'
 * short form. What isn't plain stands in quotes, as in JSON.
 */
export function columnsText(columns: WrittenColumns): string {
  return Object.entries(columns)
    .map(([name, type]) => `${word(name)}: ${typeText(type)}`)
    .join(', ');
}

function typeText(type: WrittenType): string {
  if (typeof type === 'string') return word(type);
  return isColumns(type) ? `{${columnsText(type)}}` : `[${word(type[0] as string)}]`;
}

function word(text: string): string {
  return WHOLE.test(text) ? text : JSON.stringify(text);
}

/** The columns that `columnsText` has written; undefined for a text that it can't have written. */
export function columnsIn(text: string): WrittenColumns | undefined {
  const tokens = text.match(TOKEN) ?? [];
  if (text.replaceAll(TOKEN, '').trim() !== '') return undefined;
  try {
    return new TokenReader(tokens).columns(undefined);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Reads tokens one after the other, and throws a SyntaxError where another would have to stand. */
class TokenReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  /** Columns up to `end`, `}` or undefined for the end of the text, which is read too. */
  columns(end: string | undefined): WrittenColumns {
    const columns: [string, WrittenType][] = [];
    if (this.#has(end)) return {};
    for (;;) {
      const name = this.#word();
      this.#expect(':');
      columns.push([name, this.#type()]);
      if (this.#has(end)) return Object.fromEntries(columns);
      this.#expect(',');
    }
  }

  #type(): WrittenType {
    if (this.#has('{')) return this.columns('}');
    if (!this.#has('[')) return this.#word();
    const item = this.#word();
    this.#expect(']');
    return [item];
  }

  #word(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined || /^[:,[\]{}]$/.test(token)) throw new SyntaxError('a name is missing');
    this.#at += 1;
    return token.startsWith('"') ? JSON.parse(token) : token;
  }

  #has(token: string | undefined): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#has(token)) throw new SyntaxError(`${token} is missing`);
  }
}
