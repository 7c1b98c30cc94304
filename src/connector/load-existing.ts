import type { RawAnswers } from '../answers/raw-answers.ts';
import { own } from '../schema/infer/untyped.ts';
import { recordedSchema } from '../schema/write/written.ts';
import type { ExistingConnector } from './existing.ts';
import { recordedStream, type SchemaKind } from './existing-schema.ts';
import type { AnyKind } from './kind.ts';
import { type LoadedConnector, loadConnector } from './load.ts';

/** The answers that made a connector, with its schemas as they stand on disk. */
export function answersOnDisk(kind: SchemaKind, { folder, answers }: ExistingConnector): RawAnswers {
  const streams = answers.streams?.map(stream => recordedStream(kind, folder, stream));
  return { ...answers, ...(streams && { streams }) };
}

/** What a connector that exists is resolved from. */
export function loadOnDisk(kind: AnyKind, existing: ExistingConnector): LoadedConnector {
  const { folder } = existing;
  return loadConnector(kind, answersOnDisk(kind, existing), { cwd: folder, folder, existing });
}

/** The same, but with the schemas that its manifest has, whatever stands on disk. */
export function loadAsRecorded(kind: AnyKind, existing: ExistingConnector): LoadedConnector {
  const { folder, answers, schemas } = existing;
  const streams = answers.streams?.map(stream => {
    const columns = kind.declaresSchemas ? own(schemas, String(stream.name)) : undefined;
    if (!columns) return recordedStream(kind, folder, stream);
    return { ...stream, schema: { properties: recordedSchema(columns).properties } };
  });
  const recorded = { ...answers, ...(streams && { streams }) };
  return { ...loadConnector(kind, recorded, { cwd: folder, folder, existing: undefined }), existing };
}
