import { pathOf, type Step, valuesAt } from '../base/paths.ts';
import type { RecordAnswers } from './answers.ts';
import { type Conversions, converted } from './epochs.ts';

type Scalar = string | number | boolean;
type Row = Readonly<Record<string, unknown>>;

/** What makes columns out of the fields of an API's records, in the order of its members. */
export interface Shape {
  readonly remove: readonly string[];
  /** Fields whose objects become columns; `*` for all. */
  readonly flatten: readonly string[];
  readonly separator: string;
  readonly rename: Readonly<Record<string, string>>;
  readonly names: 'lower' | 'snake' | undefined;
  /** Columns, and where a record has them. */
  readonly columns: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Scalar>>;
  /** Columns whose moments get another form. */
  readonly convert: Conversions;
}

/** The shape that answers give. */
export function shapeOf({
  remove = [],
  flatten = [],
  rename = {},
  names,
  columns = {},
  convert = {},
  ...rest
}: RecordAnswers): Shape {
  const entries = Object.entries(columns);
  return {
    remove,
    flatten: flatten === true ? ['*'] : flatten,
    separator: rest.flatten_separator ?? '_',
    rename,
    names,
    columns: Object.fromEntries(entries.flatMap(([name, path]) => (typeof path === 'string' ? [[name, path]] : []))),
    values: Object.fromEntries(
      entries.flatMap(([name, path]) => (typeof path === 'string' ? [] : [[name, path.value]])),
    ),
    convert,
  };
}

/** True where the columns aren't just the fields. */
export function hasShape({ remove, flatten, rename, names, columns, values, convert }: Shape): boolean {
  const all = [remove, flatten, Object.keys(rename), Object.keys(columns), Object.keys(values), Object.keys(convert)];
  return names !== undefined || all.some(({ length }) => length > 0);
}

/** The record that the connector makes of one, as `Shape` of python/streams/shape.py does. `clash` gets columns of two values. */
export function shapeRecord(record: Row, shape: Shape, clash: (column: string) => void): Row {
  const kept = shape.remove.reduce<Row>((row, path) => without(row, keysOf(path)) as Row, record);
  const row = new Map<string, unknown>();
  for (const [field, value] of flattened(kept, shape)) put(row, columnOf(field, shape), value, clash);
  for (const [column, path] of Object.entries(shape.columns))
    put(row, column, valuesAt(record, pathOf(path))[0] ?? null, clash);
  for (const [column, value] of Object.entries(shape.values)) put(row, column, value, clash);
  for (const [column, conversion] of Object.entries(shape.convert))
    if (row.has(column)) row.set(column, converted(row.get(column), conversion));
  return Object.fromEntries(row);
}

/** The keys of a path that has no other steps. */
export function keysOf(path: string): string[] {
  return pathOf(path).flatMap((step: Step) => ('key' in step ? [step.key] : []));
}

/** The column that a field becomes. */
export function columnOf(field: string, { rename, names }: Pick<Shape, 'rename' | 'names'>): string {
  if (Object.hasOwn(rename, field)) return rename[field] as string;
  if (names === undefined) return field;
  return names === 'lower' ? field.toLowerCase() : toSnake(field);
}

function toSnake(name: string): string {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_');
  const bare = words.replaceAll(/[^\p{L}\p{N}]+/gu, '_').replace(/_+$/, '');
  return bare.toLowerCase() || name;
}

function* flattened(row: Row, { flatten, separator }: Shape): Iterable<readonly [string, unknown]> {
  for (const [field, value] of Object.entries(row)) {
    if (isObject(value) && (flatten.includes('*') || flatten.includes(field))) yield* spread(field, value, separator);
    else yield [field, value];
  }
}

function* spread(path: string, value: unknown, separator: string): Iterable<readonly [string, unknown]> {
  if (!isObject(value)) yield [path, value];
  else for (const [key, inner] of Object.entries(value)) yield* spread(`${path}${separator}${key}`, inner, separator);
}

function put(row: Map<string, unknown>, column: string, value: unknown, clash: (column: string) => void): void {
  const known = row.get(column) ?? null;
  if (known === null) row.set(column, value);
  else if (value !== null && JSON.stringify(value) !== JSON.stringify(known)) clash(column);
}

function without(value: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  const { [key]: inner, ...others } = value;
  return rest.length > 0 ? { ...value, [key]: without(inner, rest) } : others;
}

/** True for what Python has as a dict, which numbers that JavaScript can't hold are not. */
export function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** The texts of an answer's values. */
export function valueTexts(answer: RecordAnswers): string[] {
  return Object.values(shapeOf(answer).values).filter(value => typeof value === 'string');
}
