import { type Column, MAX_TRACKED } from './column.ts';
import type { StreamSchema } from './dialect.ts';

/** What is known of a sample: its columns, their types and the number of its records. */
export interface Seen {
  readonly columns: ReadonlyMap<string, Column>;
  readonly schema: StreamSchema;
  readonly records: number;
}

export interface KeySuggestion {
  readonly column: string;
  readonly reason: string;
}

/** How a bookmark column writes its points in time: the answers' `bookmark_format`. */
export type BookmarkFormat = 'iso8601' | 'date' | 'epoch_seconds' | 'epoch_milliseconds';

export interface BookmarkSuggestion {
  readonly column: string;
  readonly format: BookmarkFormat;
  readonly reason: string;
}

/** Names of bookmarks in snake case: those that every change moves come before those of the creation. */
const BOOKMARK_NAMES = [
  ...[
    'updated_at',
    'last_updated_at',
    'last_updated',
    'updated',
    'updated_on',
    'updated_date',
    'updated_time',
    'date_updated',
    'update_time',
  ],
  ...[
    'modified_at',
    'last_modified_at',
    'last_modified',
    'modified',
    'modified_on',
    'modified_date',
    'modified_time',
    'date_modified',
  ],
  ...[
    'last_modified_date',
    'last_modified_time',
    'last_update_time',
    'system_modstamp',
    'changed_at',
    'last_changed',
    'changed',
  ],
  ...[
    'created_at',
    'created',
    'created_on',
    'created_date',
    'created_time',
    'date_created',
    'create_time',
    'inserted_at',
  ],
];

/** Epochs are told from other integers by lying between 1990 and 2100. */
const EPOCHS = [
  { format: 'epoch_seconds', unit: 1 },
  { format: 'epoch_milliseconds', unit: 1000 },
] as const;
const [YEAR_1990, YEAR_2100] = [631_152_000, 4_102_444_800];

/** Might a column with this name be the key of a stream of that name? */
export function isKeyName(name: string, stream?: string): boolean {
  return keyRank(name, stream) >= 0;
}

/** The columns that may be the key, the best first: named like one, and unique and never null in the sample. */
export function suggestKeys({ columns, schema, records }: Seen, stream?: string): KeySuggestion[] {
  return [...columns]
    .filter(
      ([name, column]) =>
        isKeyName(name, stream) && column.isUnique && column.count === records && isScalar(schema, name),
    )
    .sort(([a], [b]) => keyRank(a, stream) - keyRank(b, stream))
    .map(([column]) => ({ column, reason: keyReason(records) }));
}

/** The columns that may be the bookmark, the best first: named like one, and points in time throughout the sample. */
export function suggestBookmarks({ columns, schema, records }: Seen): BookmarkSuggestion[] {
  return [...columns]
    .flatMap(([name, column]) => {
      const format = bookmarkFormat(schema, name, column);
      const reason =
        column.count < records ? `${column.count} of ${records} records have it` : 'every record of the sample has it';
      return format && BOOKMARK_NAMES.includes(snake(name)) ? [{ column: name, format, reason }] : [];
    })
    .sort((a, b) => BOOKMARK_NAMES.indexOf(snake(a.column)) - BOOKMARK_NAMES.indexOf(snake(b.column)));
}

function bookmarkFormat(schema: StreamSchema, name: string, column: Column): BookmarkFormat | undefined {
  const known = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  if (!known || !column.count) return undefined;
  if ('format' in known) return 'iso8601';
  if (known.type[1] === 'string')
    return column.isDate && [...column.kinds].every(kind => kind === 'string' || kind === 'null') ? 'date' : undefined;
  if (known.type[1] !== 'integer' || column.kinds.has('long')) return undefined;
  return EPOCHS.find(({ unit }) => column.min >= YEAR_1990 * unit && column.max <= YEAR_2100 * unit)?.format;
}

function isScalar(schema: StreamSchema, name: string): boolean {
  const type = Object.hasOwn(schema.properties, name) ? schema.properties[name]?.type[1] : undefined;
  return type === 'string' || type === 'integer';
}

function keyReason(records: number): string {
  if (records === 1) return 'named like a key; one record alone proves nothing';
  return records > MAX_TRACKED
    ? `unique in ${MAX_TRACKED} records, never null`
    : `unique and never null in ${records} records`;
}

function keyRank(name: string, stream = ''): number {
  const wanted = snake(stream);
  const singulars = [wanted, wanted.replace(/s$/, ''), wanted.replace(/es$/, ''), wanted.replace(/ies$/, 'y')];
  return ['id', '_id', ...(wanted ? singulars.map(word => `${word}_id`) : []), 'uuid', 'guid', 'key'].indexOf(
    snake(name),
  );
}

/** orderId, OrderID and order-id are all order_id. */
function snake(name: string): string {
  // A long name is none of the known ones.
  if (name.length > 100) return name;
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s.-]+/g, '_')
    .toLowerCase();
}
