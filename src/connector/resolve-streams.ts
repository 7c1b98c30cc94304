import { sortBy } from 'lodash-es';
import type { DeclaredStreamAnswers, StreamAnswers } from '../answers/stream.ts';
import type { AnswerPath, Validated } from '../answers/validate.ts';
import { nearest, streamNames } from '../base/names.ts';
import { UserError } from '../base/problems.ts';
import { loadSchema, type SchemaSource } from '../schema/read/load.ts';
import type { ExistingConnector } from './existing.ts';
import { type SchemaOnDisk, schemaOnDisk } from './existing-schema.ts';
import type { Report, ResolvedStreams, StreamReport } from './kind.ts';
import type { DeclaredStream, ReplicationMethod, StreamModel } from './model.ts';

export interface StreamContext {
  /** The folder that file names in the answers are relative to. */
  readonly folder: string;
  /** The connector that exists, if one does. */
  readonly existing?: ExistingConnector;
}

interface StreamKind {
  resolveStream?(answer: unknown, stream: StreamModel, report: StreamReport): StreamModel;
}

interface StreamsAnswers {
  /** With their schemas: those of kinds that declare them. */
  readonly streams?: readonly DeclaredStreamAnswers[];
  readonly format?: string;
  readonly delimiter?: string;
}

/** Resolves every stream that is sound in itself. */
export function resolveStreams(
  kind: StreamKind,
  answers: Validated<StreamsAnswers>,
  context: StreamContext,
  report: Report,
): ResolvedStreams {
  const given: readonly StreamAnswers[] = Array.isArray(answers.output?.streams) ? answers.output.streams : [];
  const notes: string[] = [];
  const sound: { answer: StreamAnswers; model: StreamModel }[] = [];
  given.forEach((raw, index) => {
    const path = ['streams', index];
    if (answers.faulty(path)) return;
    const loaded = loadOrReport(raw, answers.output, context, path, report);
    if (!loaded) return;
    const answer = completed(raw, loaded);
    notes.push(...loaded.notes.map(note => `${answer.name}: ${note}`));
    const reportKey: StreamReport = (key, message, hint) => report([...path, key], message, hint);
    const stream = resolveStream(answer, loaded, reportKey);
    sound.push({ answer, model: kind.resolveStream?.(answer, stream, reportKey) ?? stream });
  });
  reportClashes(given, answers, report);
  const sorted = sortBy(sound, ({ model }) => model.name);
  return { models: sorted.map(({ model }) => model), answers: sorted.map(({ answer }) => answer), notes };
}

/** A stream's answers with what its sample tells: where the records are, and which columns hold values of several types. */
function completed(answer: StreamAnswers, { recordsPath, textColumns }: SchemaOnDisk): StreamAnswers {
  return {
    ...answer,
    ...(recordsPath && { records_path: recordsPath }),
    ...(answer.text_columns === undefined && textColumns.length > 0 && { text_columns: textColumns }),
  };
}

function loadOrReport(
  answer: StreamAnswers,
  all: StreamsAnswers,
  context: StreamContext,
  path: AnswerPath,
  report: Report,
): SchemaOnDisk | undefined {
  const source: SchemaSource = {
    stream: answer.name,
    recordsPath: (answer as { records_path?: string }).records_path,
    format: all.format as SchemaSource['format'],
    delimiter: all.delimiter,
    folder: context.folder,
  };
  try {
    return context.existing ? schemaOnDisk(answer.schema, source, context.existing) : loadSchema(answer.schema, source);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const { where, line, message, hint } of error.problems) {
      report([...path, 'schema'], `${where ? `${where}${line ? `, line ${line}` : ''}: ` : ''}${message}`, hint);
    }
    return undefined;
  }
}

function resolveStream(answer: StreamAnswers, loaded: SchemaOnDisk, report: StreamReport): StreamModel {
  const columns = Object.keys(loaded.schema.properties);
  const declared = resolveDeclared(answer, report);
  const known = (key: string, column: string) => {
    if (columns.includes(column)) return;
    const meant = nearest(column, columns);
    report(
      key,
      `${column} is no column of the schema`,
      meant ? `did you mean ${meant}?` : `it has ${columns.slice(0, 8).join(', ')}`,
    );
  };
  for (const column of answer.key_properties ?? []) known('key_properties', column);
  for (const column of answer.text_columns ?? []) known('text_columns', column);
  if (answer.replication_key !== undefined) known('replication_key', answer.replication_key);
  return {
    ...declared,
    // One that the schema lacks could still be a property of all objects, such as constructor.
    replicationKey: columns.find(column => column === answer.replication_key),
    schema: loaded.schema,
    textColumns: answer.text_columns ?? [],
    untypedColumns: loaded.untypedColumns,
    schemaText: loaded.text,
    written: loaded.written,
  };
}

/** What the answers of any stream say, with the replication method that follows from its key. */
export function resolveDeclared(answer: DeclaredStreamAnswers, report: StreamReport): DeclaredStream {
  const { replication_key: replicationKey } = answer;
  const replicationMethod: ReplicationMethod =
    answer.replication_method ?? (replicationKey === undefined ? 'FULL_TABLE' : 'INCREMENTAL');
  if (replicationMethod === 'INCREMENTAL' && replicationKey === undefined)
    report('replication_key', 'is missing: INCREMENTAL needs it');
  if (replicationMethod === 'FULL_TABLE' && replicationKey !== undefined)
    report('replication_key', 'has no use in a FULL_TABLE stream');
  return { ...streamNames(answer.name), keyProperties: answer.key_properties ?? [], replicationMethod, replicationKey };
}

/** Two streams can't share a module or a class; on some disks not even names that differ in case only. */
export function reportClashes(
  given: readonly DeclaredStreamAnswers[],
  answers: Validated<unknown>,
  report: Report,
): void {
  const seen = new Map<string, string>();
  given.forEach((stream, index) => {
    if (answers.faulty(['streams', index, 'name'])) return;
    const { moduleName } = streamNames(stream.name);
    const twin = seen.get(moduleName);
    if (twin !== undefined)
      report(
        ['streams', index, 'name'],
        twin === stream.name
          ? `${twin} is there twice`
          : `${stream.name} and ${twin} would share the module ${moduleName}`,
      );
    seen.set(moduleName, stream.name);
  });
}
