/** The types of a column in Mage's dialect of JSON Schema; an absent value is null, whatever the type. */
export type ColumnType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';
/** What an array may hold: every type but another array, of which PostgreSQL and BigQuery would get invalid SQL. */
export type ItemType = Exclude<ColumnType, 'array'>;

type Nullable<T extends ColumnType> = readonly ['null', T];

/** A string; "date-time" is the only format that a destination knows (it makes a timestamp column). */
export interface StringColumn {
  readonly type: Nullable<'string'>;
  readonly format?: 'date-time';
}
export interface ScalarColumn {
  readonly type: Nullable<'integer' | 'number' | 'boolean'>;
}
/** An object; its properties document it, since destinations store the whole as JSON. */
export interface ObjectColumn {
  readonly type: Nullable<'object'>;
  readonly properties?: Readonly<Record<string, ColumnSchema>>;
}
export interface ArrayColumn {
  readonly type: Nullable<'array'>;
  readonly items: { readonly type: Nullable<ItemType> };
}
export type ColumnSchema = StringColumn | ScalarColumn | ObjectColumn | ArrayColumn;

/** The schema of a stream: what stands in schemas/<stream>.json. */
export interface StreamSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, ColumnSchema>>;
}

/** How deep the properties of objects are described; what lies deeper is an object without properties. */
export const MAX_DEPTH = 5;

/** The schema of a stream with these columns, in their order; `__proto__` is a column like any other. */
export function streamSchema(columns: Iterable<readonly [string, ColumnSchema]>): StreamSchema {
  return { type: 'object', properties: Object.fromEntries(columns) };
}

/** A column of text, or of points in time. */
export function stringColumn(dateTime = false): StringColumn {
  return dateTime ? { type: ['null', 'string'], format: 'date-time' } : { type: ['null', 'string'] };
}

/** A column of objects, described by their properties if any are known. */
export function objectColumn(properties: Iterable<readonly [string, ColumnSchema]> = []): ObjectColumn {
  const entries = [...properties];
  return entries.length
    ? { type: ['null', 'object'], properties: Object.fromEntries(entries) }
    : { type: ['null', 'object'] };
}

/** A column of arrays whose items all have one type. */
export function arrayColumn(items: ItemType): ArrayColumn {
  return { type: ['null', 'array'], items: { type: ['null', items] } };
}

/** A name as notes show it: quoted, on one line, cut if it is long. */
export function shown(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 59)}…` : name);
}
