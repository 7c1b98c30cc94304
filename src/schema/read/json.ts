import { UserError } from '../../base/problems.ts';
import { numberFrom } from '../infer/numbers.ts';

/** Python's own reader gives up at about a thousand levels. */
const MAX_NESTING = 500;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const WORDS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * Reads JSON as JSON.parse does, but keeps what Python would see of numbers (see ExactNumber), and says where an error stands.
 * `firstLine` is the line of the file on which the text begins. Throws a UserError.
 */
export function parseJson(text: string, file: string, firstLine = 1): unknown {
  const reader = new JsonReader(text, file, firstLine);
  const value = reader.value(0);
  reader.end();
  return value;
}

class JsonReader {
  readonly #text: string;
  readonly #file: string;
  readonly #firstLine: number;
  #at = 0;

  constructor(text: string, file: string, firstLine: number) {
    this.#text = text;
    this.#file = file;
    this.#firstLine = firstLine;
  }

  value(depth: number): unknown {
    if (depth > MAX_NESTING) throw this.#error(`nested more than ${MAX_NESTING} levels deep`);
    const next = this.#peek();
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#array(depth);
    if (next === '"') return this.#string();
    const number = this.#match(NUMBER);
    if (number) return numberFrom(number);
    const word = this.#match(WORD);
    if (word) return WORDS.get(word);
    throw this.#error(
      next ? `expected a JSON value, found ${this.#found()}` : 'the text ends where a JSON value should stand',
    );
  }

  end(): void {
    if (this.#peek()) throw this.#error(`expected the end of the text, found ${this.#found()}`);
  }

  #object(depth: number): unknown {
    const entries: [string, unknown][] = [];
    this.#items('}', () => {
      if (this.#peek() !== '"') throw this.#error(`expected a name in double quotes, found ${this.#found()}`);
      const name = this.#string();
      this.#expect(':');
      entries.push([name, this.value(depth + 1)]);
    });
    // fromEntries makes "__proto__" a property like any other; as in Python, the last of equal names counts.
    return Object.fromEntries(entries);
  }

  #array(depth: number): unknown[] {
    const items: unknown[] = [];
    this.#items(']', () => items.push(this.value(depth + 1)));
    return items;
  }

  #items(close: string, readItem: () => void): void {
    this.#at++;
    if (this.#take(close)) return;
    do readItem();
    while (this.#take(','));
    if (!this.#take(close)) throw this.#error(`expected "," or "${close}", found ${this.#found()}`);
  }

  #string(): string {
    const start = this.#at;
    let end = start;
    do {
      end = this.#text.indexOf('"', end + 1);
      if (end < 0) throw this.#error('a string without its closing quote');
    } while (this.#isEscaped(end));
    try {
      const value = JSON.parse(this.#text.slice(start, end + 1));
      this.#at = end + 1;
      return value;
    } catch {
      throw this.#error('a string with a bare line break, control character or wrong escape');
    }
  }

  #isEscaped(at: number): boolean {
    let slashes = 0;
    while (this.#text[at - 1 - slashes] === '\\') slashes++;
    return slashes % 2 === 1;
  }

  #expect(char: string): void {
    if (!this.#take(char)) throw this.#error(`expected "${char}", found ${this.#found()}`);
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.#at++;
    return true;
  }

  #peek(): string | undefined {
    this.#match(SPACE);
    return this.#text[this.#at];
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found) this.#at += found.length;
    return found;
  }

  #found(): string {
    const rest = this.#text.slice(this.#at, this.#at + 12).split('\n')[0];
    return rest ? JSON.stringify(rest) : 'the end of the text or line';
  }

  #error(message: string): UserError {
    const line = this.#firstLine + (this.#text.slice(0, this.#at).match(/\n/g)?.length ?? 0);
    return new UserError({ message: `this isn't valid JSON: ${message}`, where: this.#file, line });
  }
}
