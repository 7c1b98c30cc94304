import { arrayColumn, type ColumnSchema, type ItemType, objectColumn, stringColumn } from '../dialect.ts';
import type { Column, Values } from '../infer/column.ts';
import type { Kind } from '../infer/numbers.ts';

/** The type that a column gets, and what a user should know about it. */
export interface Resolved {
  readonly column: ColumnSchema;
  /** The dialect has no type for all of the values: those that aren't strings go out as JSON text. */
  readonly asText: boolean;
  readonly note?: string;
}

type PlainType = Exclude<ItemType, 'object'>;

/** The one type that holds all these kinds without loss, null aside; undefined if none does, or if there is none. */
export function commonType(kinds: ReadonlySet<Kind>): ItemType | 'array' | undefined {
  const seen = [...kinds].filter(kind => kind !== 'null');
  if (!seen.length) return undefined;
  if (seen.every(kind => kind === 'integer' || kind === 'long')) return 'integer';
  // A 64-bit integer would lose digits beside floats.
  if (seen.every(kind => kind === 'integer' || kind === 'float')) return 'number';
  const [only] = seen;
  return seen.length === 1 && only !== 'huge' ? (only as ItemType | 'array') : undefined;
}

/** The schema of a column from what was seen of its values. */
export function resolveColumn(name: string, column: Column, values: Values): Resolved {
  const type = commonType(column.kinds);
  if (type === 'array') return resolveArray(column);
  if (type === 'object')
    return { column: objectColumn(describable(column, values)), asText: false, ...mapNote(column) };
  if (type) return { column: plainColumn(type, name, column), asText: false };
  if (column.isEmpty) return { column: stringColumn(), asText: false, note: 'no value in the sample: taken as string' };
  if (values === 'text') return { column: stringColumn(), asText: false };
  return asJsonText(
    column.kinds.has('huge') ? 'numbers beyond 64 bits' : `values of several types (${kindNames(column.kinds)})`,
  );
}

function plainColumn(type: PlainType, name: string, column: Column): ColumnSchema {
  if (type === 'string') return stringColumn(isDateTimeColumn(name, column));
  return { type: ['null', type] };
}

/** One lucky value makes no column of date-times, unless the column's name says the same. */
function isDateTimeColumn(name: string, column: Column): boolean {
  return column.isDateTime && (column.hasDistinct || /(?:_at|_on|At|On|_AT|_ON)$|[dD]ate|DATE|[tT]ime|TIME/.test(name));
}

/** What SQL arrays can't hold (arrays, items of several types, nulls, which break PostgreSQL's) goes out as JSON text. */
function resolveArray(column: Column): Resolved {
  const items = column.items;
  if (!items?.kinds.size)
    return {
      column: arrayColumn('string'),
      asText: false,
      note: 'only empty arrays in the sample: items taken as strings',
    };
  const type = commonType(items.kinds);
  if (items.kinds.has('array')) return asJsonText('arrays of arrays');
  if (items.kinds.has('null')) return asJsonText('arrays with null items');
  if (!type || type === 'array') return asJsonText(`arrays with items of several types (${kindNames(items.kinds)})`);
  const note =
    "items that are empty or hold commas, braces or quotes: PostgreSQL's destination splits or refuses those";
  return { column: arrayColumn(type), asText: false, ...(type === 'string' && items.hasArraySyntax && { note }) };
}

/** The properties of an object that the dialect can describe; the others may stand in the objects all the same. */
function* describable(column: Column, values: Values): Iterable<readonly [string, ColumnSchema]> {
  for (const [name, property] of column.properties ?? []) {
    const resolved = resolveColumn(name, property, values);
    if (!resolved.asText) yield [name, resolved.column];
  }
}

function mapNote(column: Column): { note?: string } {
  return column.properties
    ? {}
    : { note: 'objects with hundreds of different names: taken as a map, its properties are not described' };
}

function asJsonText(what: string): Resolved {
  return {
    column: stringColumn(),
    asText: true,
    note: `${what}: no type of every destination holds that, so it becomes JSON text in a string`,
  };
}

function kindNames(kinds: ReadonlySet<Kind>): string {
  const names: Partial<Record<Kind, string>> = { long: 'integer', float: 'number', huge: 'number' };
  return [...new Set([...kinds].map(kind => names[kind] ?? kind))]
    .filter(kind => kind !== 'null')
    .sort()
    .join(', ');
}
