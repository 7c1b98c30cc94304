import { markdownCode } from '../../base/markdown.ts';
import { columnList, replicationText } from '../../connector/documentation.ts';
import type { KindDocumentation } from '../../connector/kind.ts';
import type { FileFormat } from './answers.ts';
import type { FileModel, FileStreamModel } from './model.ts';

const FORMAT_NOTES: Readonly<Record<FileFormat, string>> = {
  csv: [
    "The first line of each CSV file names the columns; those that the stream's schema lacks are left out, and those that the file lacks are null, but no key may be missing.",
    'Values get the types of the schema without loss: an empty field is null, text keeps its leading zeros, booleans are `true` and `false`, date-times are ISO 8601.',
    'A value that is not of its type, or a line with more or fewer fields than the header, ends the run with an error that names the file, the line and the column.',
  ].join(' '),
  json: 'Each JSON file holds an array of objects, or one object with columns of the stream. A file that holds anything else ends the run with an error that names it.',
  jsonl:
    'Each line of a JSON Lines file is an object; empty lines are skipped. A line that is anything else ends the run with an error that names the file and the line.',
};

/** What the README says of a file connector beyond its configuration. */
export function fileDocumentation(model: FileModel): KindDocumentation {
  return {
    streams: { header: ['Stream', 'Files', 'Key', 'Replication'], rows: model.streams.map(streamRow) },
    notes: [
      'The files of a stream are read in the order of their names. A path that matches no file is an error, since missing data would go unnoticed.',
      FORMAT_NOTES[model.format],
      ...incrementalNotes(model),
    ],
  };
}

function streamRow(stream: FileStreamModel): string[] {
  const { name, path, keyProperties } = stream;
  return [markdownCode(name), markdownCode(path), columnList(keyProperties), replicationText(stream)];
}

function incrementalNotes({ uses }: FileModel): string[] {
  if (!uses.incremental) return [];
  return [
    [
      'Every run reads all files; an incremental stream delivers the rows from the bookmark of the run before.',
      'Rows with that very bookmark, and rows without one, are delivered again and replace themselves at the destination by their key.',
      'Another bookmark column can be chosen in the UI: one whose values grow, in one format.',
    ].join(' '),
  ];
}
