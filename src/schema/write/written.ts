import type { Column } from '../infer/column.ts';
import type { Facts } from '../infer/facts.ts';
import { own } from '../infer/untyped.ts';

/**
 * The type of a column as it is recorded: `integer`, `date-time`, `integer|string`; `!` behind it where null isn't allowed, and
 * `null` where a string only stands in for a type that no value has shown yet. An object is recorded by its properties, an
 * array by the type of its items.
 */
export type WrittenType = string | readonly [string] | WrittenColumns;
/** What is recorded of a property that the dialect has no type for, and that is therefore not described. */
export const NO_TYPE = 'any';
export interface WrittenColumns {
  readonly [name: string]: WrittenType;
}

/** What is recorded of a column that a schema describes like this, `column` being what was seen of it. */
export function writtenType(facts: Facts, column?: Column): WrittenType {
  const [only, ...others] = [...facts.types].filter(type => type !== 'null');
  if (only === 'object' && others.length === 0) return writtenColumns(facts.properties, column?.properties);
  if (only === 'array' && others.length === 0) {
    if (column?.items?.isEmpty ?? column?.kinds.has('array')) return ['null'];
    return [facts.items ? plainType(facts.items).replace('!', '') : NO_TYPE];
  }
  return column?.isEmpty ? 'null' : plainType(facts);
}

/** What is recorded of several columns. */
export function writtenColumns(
  properties: ReadonlyMap<string, Facts>,
  columns?: ReadonlyMap<string, Column>,
): WrittenColumns {
  const described = [...properties].map(([name, facts]) => [name, writtenType(facts, columns?.get(name))]);
  return Object.fromEntries([...described, ...undescribed(properties, columns)]);
}

function undescribed(
  properties: ReadonlyMap<string, Facts>,
  columns: ReadonlyMap<string, Column> | undefined,
): [string, string][] {
  return [...(columns?.keys() ?? [])].filter(name => !properties.has(name)).map(name => [name, NO_TYPE]);
}

/** Is a column what it was when it was recorded, its properties aside? */
export function isAsWritten(facts: Facts, written: WrittenType): boolean {
  const now = writtenType(facts);
  return surface(now) === surface(written);
}

/** Did a string, or an array of strings, only stand in for a type that was unknown when it was written? */
export function standsIn(written: WrittenType | undefined): boolean {
  return written === 'null' || (Array.isArray(written) && written[0] === 'null');
}

function surface(written: WrittenType): string {
  if (typeof written === 'string') return written === 'null' ? 'string' : written;
  return Array.isArray(written) ? `[${surface(written[0])}]` : 'object';
}

/** The types of a column: `integer|string`, `date-time`, `!` for what can't be null. */
export function plainType({ types, dateTime }: Facts): string {
  const names = [...types]
    .filter(type => type !== 'null')
    .map(type => (type === 'string' && dateTime ? 'date-time' : type));
  return `${names.sort().join('|') || NO_TYPE}${types.has('null') || types.size === 0 ? '' : '!'}`;
}

/**
 * What is recorded after a schema has been written: columns that were touched as they are now, others as they were recorded,
 * so that what the author changed stays known as such, and columns that were taken out too.
 */
export function writtenAfter(
  properties: ReadonlyMap<string, Facts>,
  recorded: WrittenType | undefined,
  columns: ReadonlyMap<string, Column> | undefined,
  isTouched: (path: readonly string[]) => boolean,
  path: readonly string[] = [],
): WrittenColumns {
  const before = isColumns(recorded) ? recorded : {};
  const now = [...properties].map(([name, facts]): [string, WrittenType] => {
    const [old, at, column] = [own(before, name), [...path, name], columns?.get(name)];
    if (isTouched(at)) return [name, writtenType(facts, column)];
    const isObject = isColumns(writtenType(facts)) && (old === undefined || isColumns(old));
    if (!isObject) return [name, old ?? writtenType(facts)];
    return [name, writtenAfter(facts.properties, old, column?.properties, isTouched, at)];
  });
  const gone = Object.entries(before).filter(([name]) => !properties.has(name));
  const removed = gone.map(([name, old]) => [name, isTouched([...path, name]) ? NO_TYPE : old]);
  return Object.fromEntries([...undescribed(properties, columns), ...now, ...removed]);
}

/** Is it the record of an object? */
export function isColumns(written: WrittenType | undefined): written is WrittenColumns {
  return typeof written === 'object' && !Array.isArray(written);
}

/** A schema that has the recorded columns, for where the file itself is gone. */
export function recordedSchema(columns: WrittenColumns): {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, object>>;
} {
  const described = Object.entries(columns).filter(([, written]) => written !== NO_TYPE);
  return {
    type: 'object',
    properties: Object.fromEntries(described.map(([name, type]) => [name, recordedType(type)])),
  };
}

function recordedType(written: WrittenType): object {
  if (isColumns(written)) return recordedSchema(written);
  if (typeof written !== 'string') return { type: ['null', 'array'], items: recordedType(written[0]) };
  if (written === 'null' || written === NO_TYPE) return { type: ['null', 'string'] };
  const names = written.replace('!', '').split('|');
  const types = names.map(name => (name === 'date-time' ? 'string' : name));
  return { type: ['null', ...types], ...(names.includes('date-time') && { format: 'date-time' }) };
}
