import type { DescribedKey } from '../described.ts';
import { configName, literal } from '../endpoints/names.ts';
import { firstSentence } from '../endpoints/words.ts';
import type { Pair } from './collection.ts';

const VARIABLE = /\{\{\s*([^{}]+?)\s*\}\}/g;
/** What a variable is called that has a secret. */
const SECRET = /key|token|secret|pass(?:word|wd|phrase)?|auth|bearer|credential|session|cookie|signature|\bpat\b|jwt/i;
/** Variables in variables; more is a circle. */
const MAX_ROUNDS = 10;
const MAX_LENGTH = 5000;

/** The variables of a collection. */
export class Variables {
  readonly #values: ReadonlyMap<string, Pair>;

  constructor(pairs: readonly Pair[]) {
    this.#values = new Map(pairs.map(pair => [pair.key, pair]));
  }

  /** The text with the values of its variables; those without a value stay. */
  filled(text: string): string {
    return this.#filledBy(text, name => this.#values.get(name)?.value);
  }

  /** As `filled`, but for variables that may have a secret. */
  filledOpenly(text: string): string {
    return this.#filledBy(text, name => {
      const value = this.#values.get(name)?.value ?? '';
      return mayBeSecret(name) && !/^https?:\/\//i.test(value) ? undefined : value;
    });
  }

  #filledBy(text: string, lookUp: (name: string) => string | undefined): string {
    let filled = text;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const next = filled.replaceAll(VARIABLE, (whole, name: string) => lookUp(name) || whole);
      if (next === filled) return filled;
      filled = next;
      if (filled.length > MAX_LENGTH) break;
    }
    // A circle has no end.
    return text;
  }

  /** The text with a configuration key for each variable. */
  withKeys(text: string): string {
    const parts = text.split(/\{\{\s*([^{}]+?)\s*\}\}/);
    return parts.map((part, index) => (index % 2 === 0 ? literal(part) : `{${configName(part)}}`)).join('');
  }

  /** The configuration keys of the variables in texts; what may be a secret has no value. */
  keysIn(texts: readonly string[]): DescribedKey[] {
    const names = new Set(texts.flatMap(text => [...text.matchAll(VARIABLE)].map(([, name]) => name as string)));
    return [...names].map(name => {
      const { value = '', description = '' } = this.#values.get(name) ?? {};
      const about = firstSentence(description);
      const isSecret = SECRET.test(name);
      return {
        name: configName(name),
        ...(about !== '' && { description: about }),
        ...(isSecret
          ? { secret: true }
          : value !== '' && !VARIABLE_IN.test(value) && value.length < 200 && { default: value }),
      };
    });
  }
}

const VARIABLE_IN = /\{\{|[\r\n]/;

/** True for the name of what may have a secret. */
export function mayBeSecret(name: string): boolean {
  return SECRET.test(name);
}
