import type { KindDocumentation } from '../common/kind.ts';
import type { SqlModel } from './model.ts';

/** What is true of all databases: keys, bookmarks and batches. The dialect's own notes come first. */
const NOTES = [
  "A stream's key is the table's primary key. Rows are updated at the destination by it, or by a unique constraint of columns that can't be null where there is no primary key; a view, or a table with neither, is appended to by every sync.",
  "Any column can be the bookmark of an incremental stream. Each run reads the rows from the last bookmark on, that bookmark included, so that rows which share it aren't lost; those that come again are updated by the key. Rows whose bookmark is null come in every run.",
  '`batch_fetch_limit` in the configuration sets how many rows Mage reads in a batch (50000 by default).',
];

const SCHEMAS = 'With several schemas, the streams are called `schema.table`, in `tables` and `exclude_tables` too.';

/** The README's notes. Streams aren't listed, since they are what the database has at the time. */
export function sqlDocumentation({ dialect }: SqlModel): KindDocumentation {
  return { notes: [...dialect.notes, ...(dialect.schemas ? [SCHEMAS] : []), ...NOTES] };
}
