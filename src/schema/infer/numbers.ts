/**
 * What a value can be in a sample. Integers are told apart by what holds them without loss:
 * `integer` fits a double, `long` only a 64-bit integer, `huge` neither (and infinities fit nothing).
 */
export type Kind = 'null' | 'boolean' | 'integer' | 'long' | 'float' | 'huge' | 'string' | 'object' | 'array';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/**
 * A number whose JavaScript value would hide what Python reads: 10.0 (a float there, and no integer for a destination)
 * or an integer beyond 2^53.
 */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): number {
    return Number(this.text);
  }
}

/** The number that a JSON literal stands for: a plain one where that says it all. */
export function numberFrom(literal: string): number | ExactNumber {
  const value = Number(literal);
  const plain = /^-?\d+$/.test(literal)
    ? Number.isSafeInteger(value)
    : !Number.isInteger(value) && Number.isFinite(value);
  return plain ? value : new ExactNumber(literal);
}

/** The kind of a number, however it was read. */
export function numberKind(value: number | bigint | ExactNumber): Kind {
  if (typeof value === 'bigint') return integerKind(value);
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return 'integer';
    if (!Number.isFinite(value)) return 'huge';
    return Number.isInteger(value) ? integerKind(BigInt(value)) : 'float';
  }
  if (/^-?\d+$/.test(value.text)) return integerTextKind(value.text);
  return Number.isFinite(Number(value.text)) ? 'float' : 'huge';
}

/** The kind of an integer written in decimal digits. */
export function integerTextKind(text: string): Kind {
  // A 64-bit integer has at most 19 digits; parsing millions of them would only cost time.
  return text.length > 20 ? 'huge' : integerKind(BigInt(text));
}

function integerKind(value: bigint): Kind {
  if (value > INT64_MAX || value < INT64_MIN) return 'huge';
  return Number.isSafeInteger(Number(value)) ? 'integer' : 'long';
}
