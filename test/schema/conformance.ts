import fc from 'fast-check';
import type { ColumnSchema, ColumnType, StreamSchema } from '../../src/schema/dialect.ts';
import { ExactNumber } from '../../src/schema/infer/numbers.ts';

/** Does a value pass under this column, strictly: types as Python's jsonschema tells them (10.0 is no integer), 64-bit integers? */
export function fits(value: unknown, column: ColumnSchema): boolean {
  if (value === null || value === undefined) return true;
  const type = column.type[1];
  if (!isOfType(value, type)) return false;
  if ('items' in column)
    return (value as unknown[]).every(item => item !== null && isOfType(item, column.items.type[1]));
  if (!('properties' in column)) return true;
  return Object.entries(value as object).every(([name, inner]) => {
    const property = own(column.properties, name);
    return !property || fits(inner, property);
  });
}

/** A property of its own: `__proto__` and `constructor` are names like any other. */
export function own<T>(object: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return object && Object.hasOwn(object, name) ? object[name] : undefined;
}

function isOfType(value: unknown, type: ColumnType): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value) && !(value instanceof ExactNumber);
  if (type === 'number') return typeof value === 'number' || value instanceof ExactNumber;
  if (type !== 'integer') return typeof value === type;
  if (value instanceof ExactNumber)
    return /^-?\d+$/.test(value.text) && BigInt.asIntN(64, BigInt(value.text)) === BigInt(value.text);
  return Number.isInteger(value) && (value as number) < 2 ** 63 && (value as number) >= -(2 ** 63);
}

/** Is this nothing but the dialect that every destination takes? Gives the path of what isn't. */
export function outsideDialect(schema: StreamSchema): string[] {
  return Object.entries(schema.properties).flatMap(([name, column]) => strayIn(column, name));
}

function strayIn(column: ColumnSchema, path: string): string[] {
  const { type, ...rest } = column as unknown as { type: readonly string[] } & Record<string, unknown>;
  const allowed: Record<string, string> = { string: 'format', object: 'properties', array: 'items' };
  const strays = Object.keys(rest).filter(key => key !== allowed[type[1] as string]);
  if (type.length !== 2 || type[0] !== 'null') strays.push('type');
  if ('format' in column && column.format !== 'date-time') strays.push('format');
  if (type[1] === 'array' && (!('items' in column) || /array|null/.test(column.items.type.slice(1).join())))
    strays.push('items');
  const inner = 'properties' in column ? Object.entries(column.properties ?? {}) : [];
  return [
    ...strays.map(key => `${path}: ${key}`),
    ...inner.flatMap(([name, property]) => strayIn(property, `${path}.${name}`)),
  ];
}

/** Names as hostile samples have them, and few enough that records share them. */
const name = fc.constantFrom(
  'id',
  'a',
  'A',
  '__proto__',
  'constructor',
  '',
  '"',
  'a\nb',
  '😀',
  '\ud800',
  'updated_at',
  'x'.repeat(10_000),
  '1',
);

/** JSON values of every kind, with those that types break on. */
export const jsonValue = fc.letrec(tie => ({
  scalar: fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '',
      '2024-02-29T10:00:00Z',
      '2023-02-29T10:00:00Z',
      '2024-01-01',
      2 ** 53,
      2 ** 63,
      -(2 ** 63),
      0.5,
      -0,
    ),
    fc
      .constantFrom('10.0', '9223372036854775807', '9223372036854775808', '9007199254740993', '1e400')
      .map(text => new ExactNumber(text)),
  ),
  value: fc.oneof(
    { maxDepth: 9, withCrossShrink: true },
    tie('scalar'),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(name, tie('value')), { maxLength: 5 })
    .map(entries => Object.fromEntries(entries as [string, unknown][])),
}));

/** Samples: a few records. */
export const sample = fc.array(jsonValue.object, { maxLength: 6 });
