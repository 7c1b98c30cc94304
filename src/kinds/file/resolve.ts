import type { Validated } from '../../answers/validate.ts';
import type { ConnectorBase, Report, StreamReport } from '../../connector/kind.ts';
import type { DeclaredStream, StreamModel } from '../../connector/model.ts';
import type { Samples } from '../../connector/schema-streams.ts';
import type { FileAnswers, FileStreamAnswers } from './answers.ts';
import { csvOptions, givenStreams, placeholders } from './config.ts';
import type { FileModel, FileStreamModel } from './model.ts';

/** Samples are files like those that the connector reads. */
export function samplesOf({ output, faulty }: Validated<FileAnswers>): Samples {
  return {
    format: faulty(['format']) ? undefined : output.format,
    delimiter: faulty(['delimiter']) ? undefined : output.delimiter,
  };
}

/** Checks what a stream's answers say together, and completes its model. */
export function resolveFileStream(
  { path, records_path }: FileStreamAnswers,
  stream: StreamModel,
  report: StreamReport,
): FileStreamModel {
  const { replicationKey, schema } = stream;
  const type = replicationKey === undefined ? undefined : schema.properties[replicationKey]?.type[1];
  if (type && !['string', 'integer', 'number'].includes(type)) {
    const hint = 'a bookmark is text or a number that grows, such as updated_at';
    report('replication_key', `${replicationKey} is of the type ${type}`, hint);
  }
  if (Object.keys(schema.properties).some(column => column.includes('\uFFFD'))) {
    const hint = 'save the sample as UTF-8; the answer encoding is that of the files that the connector reads';
    report('schema', 'has column names that are not UTF-8', hint);
  }
  return { ...stream, path, recordsPath: records_path?.split('.').filter(Boolean) ?? [] };
}

/** The model of a file connector. */
export function resolveFile(
  answers: FileAnswers,
  base: ConnectorBase,
  streams: readonly DeclaredStream[],
  report: Report,
): FileModel {
  reportMisplaced(answers, report);
  reportUnused(answers, report);
  const models = (streams as readonly FileStreamModel[]).map(stream =>
    // All of CSV is text, so its columns of several types need no conversion.
    answers.format === 'csv' ? { ...stream, textColumns: [] } : stream,
  );
  return {
    ...base,
    kind: 'file',
    pythonPackages: [],
    format: answers.format,
    csv: csvOptions(answers),
    streams: models,
    uses: {
      incremental: models.some(({ replicationKey }) => replicationKey !== undefined),
      placeholders: placeholders(answers).length > 0,
      recordsPath: models.some(({ recordsPath }) => recordsPath.length > 0),
      textColumns: models.some(({ textColumns }) => textColumns.length > 0),
    },
  };
}

/** Answers that mean nothing in the connector's format. */
function reportMisplaced({ format, delimiter, encoding, streams }: FileAnswers, report: Report): void {
  const misplaced = (path: (string | number)[], value: unknown, formats: readonly string[]) => {
    if (value === undefined || formats.includes(format)) return;
    report(path, `has no meaning in ${format} files`, `leave it out: it is for ${formats.join(' and ')}`);
  };
  misplaced(['delimiter'], delimiter, ['csv']);
  misplaced(['encoding'], encoding, ['csv']);
  givenStreams(streams).forEach(({ records_path, text_columns }, index) => {
    misplaced(['streams', index, 'records_path'], records_path, ['json']);
    misplaced(['streams', index, 'text_columns'], text_columns, ['json', 'jsonl']);
  });
}

/** A configuration key of the answers' own has nowhere to go but into a path. */
function reportUnused(answers: FileAnswers, report: Report): void {
  const used = placeholders(answers);
  answers.config?.forEach(({ name }, index) => {
    if (used.includes(name)) return;
    report(['config', index, 'name'], `${name} is used by no stream`, `write {${name}} in a path, or leave it out`);
  });
}
