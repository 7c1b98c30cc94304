import { isFault, type Path, parsePath } from '../base/paths.ts';

/** What stands behind a sign: a text, a number by its digits, true, false or null. */
export type Literal = string | boolean | null | { readonly number: string };

export type Sign = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'in' | 'exists';

/** A condition of a record: parts that all hold, of which one holds, one that doesn't, or what a field has. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison;

/** What a field has. */
export interface Comparison {
  readonly path: string;
  readonly sign: Sign;
  readonly values: readonly Literal[];
}

/** What is wrong with the text of a condition, and at which character, counted from 1. */
export class ConditionFault {
  readonly message: string;
  readonly at: number;

  constructor(message: string, at: number) {
    this.message = message;
    this.at = at + 1;
  }
}

const TOKENS: readonly (readonly [string, RegExp])[] = [
  ['sign', /==|!=|<=|>=|<|>/y],
  ['text', /"(?:[^"\\]|\\["\\])*"|'(?:[^'\\]|\\['\\])*'/y],
  ['number', /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?(?![\w.])/y],
  ['path', /(?:[^\s()[\]"',.=!<>*\\]+|\["(?:[^"\\]|\\["\\])*"\])(?:\.[^\s()[\]"',.=!<>\\]+|\[[^\]\s]*\])*/y],
  ['mark', /[()[\],]/y],
];
const WORDS = new Set(['and', 'or', 'not', 'in', 'contains', 'exists', 'true', 'false', 'null']);
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
/** Python reads brackets 200 deep at most. */
const DEEPEST = 50;

interface Token {
  readonly kind: string;
  readonly text: string;
  readonly at: number;
}

/** Reads a condition such as `status == "done" and not (total <= 0 or tags contains "test")`. */
export function parseCondition(text: string): Condition | ConditionFault {
  try {
    return new Parser(text).whole();
  } catch (error) {
    if (error instanceof ConditionFault) return error;
    throw error;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
    this.#end = text.length;
  }

  whole(): Condition {
    const condition = this.#any();
    if (this.#token) throw this.#fault(`${this.#token.text} has no place here`, this.#hint());
    return condition;
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #any(): Condition {
    const parts = this.#parts('or', () => this.#all());
    return parts.length > 1 ? { any: parts } : (parts[0] as Condition);
  }

  #all(): Condition {
    const parts = this.#parts('and', () => this.#part());
    return parts.length > 1 ? { all: parts } : (parts[0] as Condition);
  }

  #parts(word: string, part: () => Condition): Condition[] {
    const parts = [part()];
    while (this.#take(word)) parts.push(part());
    return parts;
  }

  #part(): Condition {
    this.#depth++;
    if (this.#depth > DEEPEST) throw this.#fault(`is nested more than ${DEEPEST} deep`);
    const part = this.#inner();
    this.#depth--;
    return part;
  }

  #inner(): Condition {
    if (this.#take('not')) return { not: this.#part() };
    if (this.#take('(')) {
      const inner = this.#any();
      this.#expect(')');
      return inner;
    }
    if (this.#take('exists')) {
      const isBracketed = this.#take('(');
      const path = this.#path();
      if (isBracketed) this.#expect(')');
      return { path, sign: 'exists', values: [] };
    }
    const path = this.#path();
    return { path, ...this.#comparison(path) };
  }

  #comparison(path: string): { readonly sign: Sign; readonly values: readonly Literal[] } {
    if (this.#take('contains')) return { sign: 'contains', values: [this.#literal(['text', 'number'])] };
    if (this.#take('in')) return { sign: 'in', values: this.#list() };
    if (this.#token?.kind !== 'sign')
      throw this.#fault(`${path} is compared with nothing`, `; write ${path} == true, or exists ${path}`);
    const sign = this.#token.text as Sign;
    this.#next++;
    const isOrder = sign !== '==' && sign !== '!=';
    return { sign, values: [this.#literal(isOrder ? ['text', 'number'] : ['text', 'number', 'word'])] };
  }

  #list(): Literal[] {
    this.#expect('[');
    const items: Literal[] = [];
    do items.push(this.#literal(['text', 'number', 'word']));
    while (this.#take(','));
    this.#expect(']');
    return items;
  }

  #path(): string {
    const token = this.#token;
    if (token?.kind !== 'path' || WORDS.has(token.text)) throw this.#fault(`a field is missing${this.#instead()}`);
    const path: Path | { readonly message: string } = parsePath(token.text);
    if (isFault(path as Path)) throw this.#fault(`${token.text} is no path`);
    if ((path as Path).some(step => 'every' in step)) throw this.#fault(`${token.text} leads to several values by *`);
    this.#next++;
    return token.text;
  }

  #literal(kinds: readonly string[]): Literal {
    const token = this.#token;
    const isWord = token?.kind === 'path' && CONSTANTS.has(token.text);
    const kind = isWord ? 'word' : token?.kind;
    if (!token || !kind || !['text', 'number', 'word'].includes(kind)) {
      const hint = token?.kind === 'path' && !WORDS.has(token.text) ? `; a text stands in quotes: "${token.text}"` : '';
      throw this.#fault(`a value is missing${this.#instead()}`, hint);
    }
    if (!kinds.includes(kind)) throw this.#fault(`${token.text} has no order and no parts`);
    this.#next++;
    if (kind === 'word') return CONSTANTS.get(token.text) as boolean | null;
    if (kind === 'text') return token.text.slice(1, -1).replaceAll(/\\(["'\\])/g, '$1');
    if (!Number.isFinite(Number(token.text))) throw this.#fault(`${token.text} is greater than any number`);
    return { number: token.text };
  }

  #take(text: string): boolean {
    const token = this.#token;
    if (!token || token.kind === 'text' || token.text !== text) return false;
    this.#next++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#fault(`${text} is missing${this.#instead()}`);
  }

  #instead(): string {
    return this.#token ? ` before ${this.#token.text}` : ' at the end';
  }

  /** What is written otherwise in other languages. */
  #hint(): string {
    return /^(?:AND|OR|NOT|IN)$/i.test(this.#token?.text ?? '') ? '; and, or, not and in are in lower case' : '';
  }

  #fault(message: string, hint = ''): ConditionFault {
    return new ConditionFault(`${message}${hint}`, this.#token?.at ?? this.#end);
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = /^\s*/.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    // After in, ["x"] is a list, not a field.
    const isList = text[at] === '[' && tokens.at(-1)?.text === 'in';
    const found = isList ? { kind: 'mark', text: '[', at } : tokenAt(text, at);
    if (!found)
      throw new ConditionFault(`${text[at]} has no meaning here${text[at] === '=' ? '; equal is ==' : ''}`, at);
    tokens.push(found);
    at += found.text.length;
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
  }
  return tokens;
}

function tokenAt(text: string, at: number): Token | undefined {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { kind, text: found[0], at };
  }
  return undefined;
}

/** Every path of a condition. */
export function conditionPaths(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(conditionPaths);
  if ('any' in condition) return condition.any.flatMap(conditionPaths);
  return 'not' in condition ? conditionPaths(condition.not) : [condition.path];
}

/** Every literal of a condition. */
export function conditionLiterals(condition: Condition): Literal[] {
  if ('all' in condition) return condition.all.flatMap(conditionLiterals);
  if ('any' in condition) return condition.any.flatMap(conditionLiterals);
  return 'not' in condition ? conditionLiterals(condition.not) : [...condition.values];
}
