import { markdownCode } from '../../base/markdown.ts';
import { columnList, replicationText } from '../../connector/documentation.ts';
import type { KindDocumentation } from '../../connector/kind.ts';
import { formatNamed } from './formats/registry.ts';
import { locationNamed } from './locations/registry.ts';
import type { FileModel, FileStreamModel } from './model.ts';
import { isIncremental } from './source.ts';

/** What the README says of a file connector beyond its configuration. */
export function fileDocumentation({ format, location, streams }: FileModel): KindDocumentation {
  return {
    streams: { header: ['Stream', 'Files', 'Key', 'Replication'], rows: streams.map(streamRow) },
    notes: [
      locationNamed(location).note,
      formatNamed(format).note,
      ...(isIncremental(streams) ? [INCREMENTAL_NOTE] : []),
    ],
  };
}

const INCREMENTAL_NOTE = [
  'Every run reads all files; an incremental stream delivers the rows from the bookmark of the run before.',
  'Rows with that very bookmark, and rows without one, are delivered again and replace themselves at the destination by their key.',
  'Another bookmark column can be chosen in the UI: one whose values grow, in one format.',
].join(' ');

function streamRow(stream: FileStreamModel): string[] {
  const { name, path, keyProperties } = stream;
  return [markdownCode(name), markdownCode(path), columnList(keyProperties), replicationText(stream)];
}
