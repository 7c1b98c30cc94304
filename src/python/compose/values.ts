import { pythonLiteral, pythonString } from '../literal.ts';
import { MAX_LINE } from './imports.ts';

/** What a constant can be set to: what JSON has (arrays are lists, objects are dicts), and what only Python has. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [key: string]: Value }
  | Tuple
  | Dict
  | Expression
  | Exploded;

class Tuple {
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

class Dict {
  readonly entries: readonly (readonly [Value, Value])[];

  constructor(entries: readonly (readonly [Value, Value])[]) {
    this.entries = entries;
  }
}

class Expression {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

class Exploded {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** A tuple, which is what constants that nobody may change are made of. */
export function tuple(items: readonly Value[]): Tuple {
  return new Tuple(items);
}

/** A dict whose keys are any values. */
export function dictOf(entries: readonly (readonly [Value, Value])[]): Dict {
  return new Dict(entries);
}

/** Python of ours as it stands, such as the name of a class; never a user's text. */
export function expression(code: string): Expression {
  return new Expression(code);
}

/** A list, tuple or dict with an entry on each line, however short it is, as what more will be added to is written. */
export function exploded(value: Value): Exploded {
  return new Exploded(value);
}

/** Where a value is printed: behind `before` columns, and with `after` more on its last line. */
export interface Place {
  readonly before: number;
  readonly after: number;
  readonly indent: number;
}

/** The Python of a value, and whether Ruff may want it otherwise. */
export interface PrintedValue {
  readonly text: string;
  readonly needsRuff: boolean;
}

/** Prints a value as Ruff does: on one line if that fits at its place, otherwise with an entry on each line. */
export function printValue(value: Value, place: Place): PrintedValue {
  const isExploded = value instanceof Exploded;
  const plain = isExploded ? value.value : value;
  const flat = flatText(plain);
  const parts = partsOf(plain);
  if (!hasExploded(value)) {
    const width = place.before + flat.length + place.after;
    if (width <= MAX_LINE) return { text: flat, needsRuff: isWide(flat, width) };
    if (!parts) return { text: typeof plain === 'string' ? pythonLiteral(plain) : flat, needsRuff: true };
  }
  return parts ? printParts(parts, place) : { text: flat, needsRuff: true };
}

interface Entry {
  /** What stands before the value: a key and its colon, or nothing. */
  readonly key: string;
  /** The key where it is text. */
  readonly name: string | undefined;
  readonly value: Value;
}

interface Parts {
  readonly open: string;
  readonly close: string;
  readonly items: readonly Entry[];
}

function printParts({ open, close, items }: Parts, { indent }: Place): PrintedValue {
  const inner = indent + 4;
  const printed = items.map(entry => {
    const item = printEntry(entry, inner);
    return { ...item, text: `${' '.repeat(inner)}${item.text},` };
  });
  return {
    text: [open, ...printed.map(({ text }) => text), `${' '.repeat(indent)}${close}`].join('\n'),
    needsRuff: printed.some(({ needsRuff }) => needsRuff),
  };
}

/** An entry; texts that a line can't hold are split, since Ruff doesn't do that. */
function printEntry({ key, name, value }: Entry, indent: number): PrintedValue {
  const isLong = indent + key.length + 1 > MAX_LINE;
  const isText = typeof value === 'string' && indent + key.length + flatText(value).length + 1 > MAX_LINE;
  if (name !== undefined && isText) return { text: pythonLiteral({ [name]: value }).slice(1, -1), needsRuff: true };
  const item = printValue(value, { before: indent + key.length, after: 1, indent });
  if (name === undefined || !isLong) {
    const [line = ''] = `${key}${item.text}`.split('\n');
    return { text: key + item.text, needsRuff: item.needsRuff || isWide(line, indent + line.length + 1) };
  }
  return { text: `${pythonLiteral(name)}: ${item.text}`, needsRuff: true };
}

/** A value's entries; undefined for what has none. */
function partsOf(value: Value): Parts | undefined {
  if (value instanceof Tuple)
    return { open: '(', close: ')', items: value.items.map(item => ({ key: '', name: undefined, value: item })) };
  if (value instanceof Dict)
    return {
      open: '{',
      close: '}',
      items: value.entries.map(([key, item]) => ({
        key: `${flatText(key)}: `,
        name: typeof key === 'string' ? key : undefined,
        value: item,
      })),
    };
  if (Array.isArray(value))
    return { open: '[', close: ']', items: value.map(item => ({ key: '', name: undefined, value: item })) };
  if (typeof value !== 'object' || value === null || value instanceof Expression || value instanceof Exploded)
    return undefined;
  return partsOf(new Dict(Object.entries(value)));
}

function flatText(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return pythonString(value);
  if (value instanceof Expression) return value.code;
  if (value instanceof Exploded) return flatText(value.value);
  const { open, close, items } = partsOf(value) as Parts;
  const comma = value instanceof Tuple && items.length === 1 ? ',' : '';
  return open + items.map(({ key, value: item }) => key + flatText(item)).join(', ') + comma + close;
}

/** The Python of ours that a value has in it. */
export function expressionsIn(value: Value): string[] {
  if (value instanceof Expression) return [value.code];
  if (value instanceof Exploded) return expressionsIn(value.value);
  if (value instanceof Dict) return value.entries.flatMap(entry => entry.flatMap(expressionsIn));
  return partsOf(value)?.items.flatMap(item => expressionsIn(item.value)) ?? [];
}

/** True where the columns of a line depend on how wide its characters are, and it may be too long. */
export function isWide(text: string, width: number): boolean {
  return !/^[\x20-\x7e]*$/.test(text) && width + text.length > MAX_LINE;
}

/** True where some entry has to be on a line of its own. The comma of a tuple of one says nothing of that, since it has to be there. */
function hasExploded(value: Value): boolean {
  if (!(value instanceof Exploded)) return partsOf(value)?.items.some(item => hasExploded(item.value)) ?? false;
  const count = partsOf(value.value)?.items.length ?? 0;
  return count > (value.value instanceof Tuple ? 1 : 0) || hasExploded(value.value);
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`no Python literal for ${value}`);
  return String(value).replace('e+', 'e');
}
