import type { ColumnSchema } from '../dialect.ts';
import type { Column } from './column.ts';
import { type BookmarkFormat, type BookmarkSuggestion, type Seen, schemaOf, snakeCase } from './suggest.ts';

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

/** The columns that may be the bookmark, the best first: named like one, and points in time throughout the sample. */
export function suggestBookmarks(seen: Seen): BookmarkSuggestion[] {
  const { columns, records } = seen;
  return [...columns]
    .flatMap(([name, column]) => {
      const format = bookmarkFormat(schemaOf(seen, name), column);
      const reason =
        column.count < records ? `${column.count} of ${records} records have it` : 'every record of the sample has it';
      return format && BOOKMARK_NAMES.includes(snakeCase(name)) ? [{ column: name, format, reason }] : [];
    })
    .sort((a, b) => BOOKMARK_NAMES.indexOf(snakeCase(a.column)) - BOOKMARK_NAMES.indexOf(snakeCase(b.column)));
}

function bookmarkFormat(known: ColumnSchema | undefined, column: Column): BookmarkFormat | undefined {
  if (!known || !column.count) return undefined;
  if ('format' in known) return 'iso8601';
  if (known.type[1] === 'string')
    return column.isDate && [...column.kinds].every(kind => kind === 'string' || kind === 'null') ? 'date' : undefined;
  if (known.type[1] !== 'integer' || column.kinds.has('long')) return undefined;
  return EPOCHS.find(({ unit }) => column.min >= YEAR_1990 * unit && column.max <= YEAR_2100 * unit)?.format;
}
