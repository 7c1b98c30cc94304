import type { ColumnSchema, StreamSchema } from '../dialect.ts';
import type { Column } from './column.ts';

/** What is known of a sample: its columns, their types and the number of its records. */
export interface Seen {
  readonly columns: ReadonlyMap<string, Column>;
  readonly schema: StreamSchema;
  readonly records: number;
}

/** A column that may be the key. */
export interface KeySuggestion {
  readonly column: string;
  readonly reason: string;
}

/** How a bookmark column writes its points in time: the answers' `bookmark_format`. */
export type BookmarkFormat = 'iso8601' | 'date' | 'epoch_seconds' | 'epoch_milliseconds';

/** A column that may be the bookmark. */
export interface BookmarkSuggestion {
  readonly column: string;
  readonly format: BookmarkFormat;
  readonly reason: string;
}

/** The schema of a column; names such as `constructor` are columns only if they are in the sample. */
export function schemaOf({ schema }: Seen, name: string): ColumnSchema | undefined {
  return Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
}

/** orderId, OrderID and order-id are all order_id. */
export function snakeCase(name: string): string {
  // A long name is none of the known ones.
  if (name.length > 100) return name;
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s.-]+/g, '_')
    .toLowerCase();
}
