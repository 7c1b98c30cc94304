import { markdownCode } from '../../base/markdown.ts';
import { columnList, replicationText } from '../../connector/documentation.ts';
import type { KindDocumentation } from '../../connector/kind.ts';
import type { QueryStreamModel, SqlModel } from './model.ts';

/** What is true of all databases: keys, bookmarks and batches. The dialect's own notes come first. */
const NOTES = [
  "Dates are midnights in UTC, such as `2024-01-31T00:00:00+00:00`, and times without a zone count as UTC. JSON may be an object or an array; a lone string or number in it comes as JSON text. An integer of more than 64 bits, or a date that isn't of the years 1 to 9999, ends the run with the table and the column: with `string` chosen as the column's type in Mage, it comes as text.",
  "A stream's key is the table's primary key. Rows are updated at the destination by it, or by a unique constraint of columns that can't be null where there is no primary key; a view, or a table with neither, is appended to by every sync.",
  "Any column of numbers, text, bytes or moments can be the bookmark of an incremental stream. Each run reads the rows from the last bookmark on, that bookmark included, so that rows which share it aren't lost; those that come again are updated by the key. Rows whose bookmark is null come in every run, with its last batch.",
  '`batch_fetch_limit` in the configuration sets how many rows Mage reads in a batch (50000 by default).',
];

const QUERIES = [
  'The streams listed above are saved queries, beside the tables; each is in a file of its own, which can be edited.',
  'Their columns and types are those of the result at the time of discovery.',
  'Each is read as if it were a table, in the order of its bookmark and key, so a `LIMIT` or an `ORDER BY` in it says which rows there are, not in which order they come.',
  'A query that has the name of a table ends discovery with an error, unless the table is in `exclude_tables`.',
].join(' ');

const TUNNEL =
  "A run opens one SSH tunnel, from a port of its own that only this machine reaches. It logs in by the password or the key that is configured, and by no other of the machine's keys; the SSH server's own key isn't checked.";

/** The README's notes. Tables aren't listed, since they are what the database has at the time. */
export function sqlDocumentation({ dialect, sshTunnel, streams }: SqlModel): KindDocumentation {
  const table = { header: ['Stream', 'Query', 'Key', 'Replication'], rows: streams.map(streamRow) };
  const notes = [...dialect.notes, ...(sshTunnel ? [TUNNEL] : []), ...NOTES];
  return streams.length > 0 ? { streams: table, notes: [...notes, QUERIES] } : { streams: undefined, notes };
}

function streamRow(stream: QueryStreamModel): string[] {
  const { name, keyProperties } = stream;
  return [markdownCode(name), markdownCode(`queries/${name}.sql`), columnList(keyProperties), replicationText(stream)];
}
