import type { DeclaredStreamAnswers, StreamAnswers } from '../answers/stream.ts';
import type { Validated } from '../answers/validate.ts';
import { nearest } from '../base/names.ts';
import { UserError } from '../base/problems.ts';
import { formatsOf, PLAIN } from '../schema/infer/moments.ts';
import { loadSchema, type SchemaSource } from '../schema/read/load.ts';
import type { Sample } from '../schema/read/sample.ts';
import { type SchemaOnDisk, schemaOnDisk } from './existing-schema.ts';
import type { StreamKind, StreamReport, StreamSource } from './kind.ts';
import type { StreamModel } from './model.ts';
import { resolveDeclared } from './resolve-streams.ts';

/** What is written in samples, where the connector's answers say it. */
export type Samples = Pick<SchemaSource, 'format' | 'delimiter'>;

/** What a kind says of streams whose schemas are declared. */
export interface SchemaStreams<Answers> {
  /** How the samples are written, by the connector's answers. */
  samples(answers: Validated<Answers>): Samples;
  /** The columns that a stream has beside those of its schema. */
  added(answer: never): readonly string[];
  /** The records of a stream's sample with the columns that the connector gives them. */
  shape(answer: never, sample: Sample): readonly unknown[];
  /** A stream's answers with the names of columns where they say where records have them; `isColumn` knows those of the schema. */
  name(answer: never, isColumn: (name: string) => boolean): DeclaredStreamAnswers;
  /** Checks what a stream's answers say together, and completes its model. */
  complete(answer: never, stream: StreamModel, report: StreamReport): StreamModel;
}

/** The streams of a kind that declares their schemas: each names a sample, a JSON Schema file or its columns. */
export function schemaStreams<Answers>({
  samples,
  added,
  shape,
  name,
  complete,
}: SchemaStreams<Answers>): StreamKind<Answers, SchemaOnDisk> {
  return {
    declaresSchemas: true,
    readStream: stream => stream,
    loadStream: (answer, source, report) =>
      loadOrReport(
        answer as StreamAnswers,
        source,
        { ...samples(source.answers), added: added(answer as never), shape: sample => shape(answer as never, sample) },
        report,
      ),
    resolveStream: (given, loaded, report) => {
      const columns = loaded.schema.properties;
      const named = name(given as never, column => Object.hasOwn(columns, column)) as StreamAnswers;
      const answer = completed(named, loaded);
      const model = complete(answer as never, resolveStream(answer, loaded, added(answer as never), report), report);
      return { model, answer, notes: loaded.notes.map(note => `${answer.name}: ${note}`) };
    },
  };
}

function loadOrReport(
  answer: StreamAnswers,
  { folder, existing }: StreamSource,
  { added, ...samples }: Samples & Pick<SchemaSource, 'shape'> & { readonly added: readonly string[] },
  report: StreamReport,
): SchemaOnDisk | undefined {
  const { records_path: recordsPath, cast: castsText } = answer as { records_path?: string; cast?: boolean };
  const source: SchemaSource = { ...samples, stream: answer.name, recordsPath, castsText, folder };
  try {
    return existing ? schemaOnDisk(answer.schema, source, { ...existing, added }) : loadSchema(answer.schema, source);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const { where, line, message, hint } of error.problems)
      report('schema', `${where ? `${where}${line ? `, line ${line}` : ''}: ` : ''}${message}`, hint);
    return undefined;
  }
}

/** A stream's answers with what its sample tells: where the records are, and which columns hold values of several types. */
function completed(answer: StreamAnswers, { recordsPath, textColumns, evidence }: SchemaOnDisk): StreamAnswers {
  const [format, ...others] = formatsOf(evidence.columns, answer.replication_key) ?? [];
  const isFound = answer.value_format === undefined && format !== undefined && others.length === 0;
  return {
    ...answer,
    ...(recordsPath && { records_path: recordsPath }),
    ...(answer.text_columns === undefined && textColumns.length > 0 && { text_columns: textColumns }),
    ...(isFound && format !== PLAIN && { value_format: format }),
  };
}

function resolveStream(
  answer: StreamAnswers,
  loaded: SchemaOnDisk,
  added: readonly string[],
  report: StreamReport,
): StreamModel {
  const columns = Object.keys(loaded.schema.properties);
  const declared = resolveDeclared(answer, report);
  reportUnknownColumns(answer, columns, added, report);
  return {
    ...declared,
    // One that the schema lacks could still be a property of all objects, such as constructor.
    replicationKey: [...columns, ...added].find(column => column === answer.replication_key),
    schema: loaded.schema,
    valueFormat: answer.value_format,
    momentFormats: formatsOf(loaded.evidence.columns, answer.replication_key),
    textColumns: answer.text_columns ?? [],
    sample: loaded.response,
    untypedColumns: loaded.untypedColumns,
    schemaText: loaded.text,
    written: loaded.written,
  };
}

/** Checks what the answers and the sample say of the form of moments. */
export function reportValueFormat(
  { replicationKey: key, valueFormat, momentFormats, schema }: StreamModel,
  report: StreamReport,
) {
  if (valueFormat !== undefined && key === undefined) report('value_format', 'has no use without a replication_key');
  const column = key !== undefined && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
  if (column && 'format' in column && valueFormat !== undefined && valueFormat !== PLAIN)
    report('value_format', `${key} is a date-time by its schema, which is in ISO 8601`, 'make it a string there');
  if (valueFormat !== undefined || momentFormats === undefined || momentFormats.length < 2) return;
  report(
    'value_format',
    `is needed, since ${key} may be ${momentFormats.join(' or ')} by the sample`,
    'give one of them',
  );
}

function reportUnknownColumns(
  { key_properties, text_columns, replication_key }: DeclaredStreamAnswers & Pick<StreamAnswers, 'text_columns'>,
  columns: readonly string[],
  added: readonly string[],
  report: StreamReport,
): void {
  const known = (key: string, column: string) => {
    if (columns.includes(column)) return;
    const meant = nearest(column, columns);
    const hint = meant ? `did you mean ${meant}?` : `it has ${columns.slice(0, 8).join(', ')}`;
    report(key, `${column} is no column of the schema`, hint);
  };
  for (const column of key_properties ?? []) if (!added.includes(column)) known('key_properties', column);
  for (const column of text_columns ?? []) known('text_columns', column);
  if (replication_key !== undefined && !added.includes(replication_key)) known('replication_key', replication_key);
}
