import { basename, dirname, join, resolve } from 'node:path';
import type { StreamSchemaAnswer } from '../answers/connector.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { readText } from '../base/read-text.ts';
import { own } from '../schema/infer/untyped.ts';
import { type MergedSchema, mergeSchema } from '../schema/merge/merge-schema.ts';
import { converted, type LoadedSchema, loadSchema, type SchemaSource } from '../schema/read/load.ts';
import { recordedSchema, type WrittenColumns } from '../schema/write/written.ts';
import type { ExistingConnector } from './existing.ts';
import type { AnyKind } from './kind.ts';

/** A schema, and what stands of it in the connector that it is for. */
export interface SchemaOnDisk extends LoadedSchema {
  readonly text?: string;
  readonly written?: WrittenColumns;
}

/** The answers of a stream that a connector has; its schema, if it was declared, stands in the connector's own folder. */
export function recordedStream({ declaresSchemas }: SchemaKind, folder: string, stream: RawAnswers): RawAnswers {
  if (!declaresSchemas) return stream;
  return { schema: { file: join(folder, 'schemas', `${String(stream.name)}.json`) }, ...stream };
}

/** The part of a kind that tells where schemas are. */
export type SchemaKind = Pick<AnyKind, 'declaresSchemas'>;

/**
 * The schema of a stream of a connector that exists: what stands there, brought up to date by what the answers say if they
 * say anything else. One that was deleted is taken from the manifest, and stays deleted.
 * Throws a UserError for one that can't be read or understood.
 */
export function schemaOnDisk(
  answer: StreamSchemaAnswer,
  source: SchemaSource,
  { folder, schemas, added }: Pick<ExistingConnector, 'folder' | 'schemas'> & { readonly added: readonly string[] },
): SchemaOnDisk {
  const itself = 'file' in answer ? resolve(source.folder, answer.file) : undefined;
  const isItself = itself !== undefined && dirname(itself) === join(folder, 'schemas');
  const path = isItself ? itself : join(folder, 'schemas', `${source.stream}.json`);
  const recorded = own(schemas, basename(path, '.json'));
  const text = readText(path);
  if (text === undefined)
    return isItself && recorded ? converted(recordedSchema(recorded), path) : loadSchema(answer, source);
  if (isItself) return { ...loadSchema(answer, source), text };
  const refresh = refreshed(text, path, loadSchema(answer, source), recorded);
  return { ...refresh.loaded, notes: notesOf(refresh.merged, added) };
}

/** What stands there is kept as `mage-connector schema` keeps it: the author's changes stay, and nothing is deleted. */
function refreshed(
  text: string,
  path: string,
  loaded: LoadedSchema,
  recorded: WrittenColumns | undefined,
): { readonly loaded: SchemaOnDisk; readonly merged: MergedSchema } {
  const merged = mergeSchema(text, path, loaded.evidence, recorded);
  const { schema } = converted(JSON.parse(merged.text), path);
  const textColumns = [...new Set([...loaded.textColumns, ...merged.textColumns])];
  return { merged, loaded: { ...loaded, schema, text: merged.text, written: merged.written, textColumns } };
}

/** What became of the columns; those that aren't declared can't have vanished. */
function notesOf(
  { added, changed, vanished: gone, leftOut, notes }: MergedSchema,
  others: readonly string[],
): string[] {
  const vanished = gone.filter(column => !others.includes(column));
  const about: readonly [readonly string[], string][] = [
    [added, 'new in the schema'],
    [changed, 'of another type in the schema'],
    [vanished, 'no longer in the answers, and kept in the schema'],
    [leftOut, 'taken out of the schema by hand, and left out'],
  ];
  const found = about.filter(([columns]) => columns.length > 0);
  return [...found.map(([columns, what]) => `${columns.join(', ')}: ${what}`), ...notes];
}
