import { join } from 'node:path';
import { partition } from 'lodash-es';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { readText } from '../base/read-text.ts';
import { MANIFEST_FILE } from '../changes/manifest-file.ts';
import {
  type Change,
  type EditEntry,
  type FileEntry,
  planChanges,
  type RenderedFile,
  rendered,
} from '../changes/plan.ts';
import { assumedFile, type FileRecords, fileRecord, type WrittenFile, writtenFile } from '../changes/written-files.ts';
import type { ExistingConnector } from './existing.ts';
import { recordedStream, type SchemaKind } from './existing-schema.ts';
import type { AnyKind } from './kind.ts';
import { type LoadedConnector, loadConnector } from './load.ts';
import type { ConnectorModel } from './model.ts';
import { connectorPlan, type StreamsModel, withSchemas } from './plan.ts';
import { type Resolved, resolveConnector } from './resolve.ts';
import { recordText, schemaRecords } from './schema-record.ts';

/** A connector that is to be written: a new one, or one that exists and becomes what its answers give now. */
export interface ConnectorTask {
  readonly kind: AnyKind;
  readonly resolved: Resolved<ConnectorModel>;
  readonly existing?: ExistingConnector;
  /** Changes how files are brought up to date that the user has changed. */
  readonly adjust?: (file: FileEntry) => FileEntry;
  /** True where every difference from what the answers give counts, also what the user has changed or deleted. */
  readonly strict?: boolean;
  /** True where files that the user deleted are written again. */
  readonly restores?: boolean;
}

/** A connector's files as they are to be, and as they were last written; paths are relative to the layout's root. */
export interface Comparison {
  readonly model: StreamsModel;
  readonly files: readonly RenderedFile[];
  readonly edits: readonly EditEntry[];
  /** Undefined for a new connector. */
  readonly previous?: ReadonlyMap<string, WrittenFile>;
}

/** What a task writes and removes. */
export interface PlannedConnector {
  /** With absolute paths. */
  readonly changes: readonly Change[];
  /** Files that are no longer needed and stay, since the user has changed them. */
  readonly kept: readonly KeptFile[];
}

/** A file that was to go, and how it was last written. */
export interface KeptFile extends Change {
  readonly written: WrittenFile;
}

/** Renders a connector, and finds out what was written of it last. */
export function compareConnector({ kind, resolved, existing, adjust }: ConnectorTask): Comparison {
  const model: StreamsModel = resolved.model;
  const { files, edits } = connectorPlan(kind, model);
  const previous = existing && new Map(previousFiles(kind, existing, model.folder));
  return { model, files: rendered(adjust ? files.map(adjust) : files), edits, previous };
}

/** Plans every file of a connector, its registration and its record. */
export function planConnector(task: ConnectorTask): PlannedConnector {
  const compared = compareConnector(task);
  const { model } = compared;
  const { root } = model.layout;
  const read = (path: string) => readText(join(root, path));
  const { strict, restores } = task;
  const changes = planChanges({ ...compared, ...(strict && { previous: undefined }), read, restores });
  const { removals, kept } = planRemovals(compared, read);
  const path = `${model.folder}/${MANIFEST_FILE}`;
  const before = read(path);
  const schemas = schemaRecords(withSchemas(model), task.existing?.schemas ?? {});
  const values = { answers: task.resolved.record, schemas, files: fileRecords(compared, task.existing?.files, read) };
  const record: Change = { path, before, content: recordText(before, path, values), ask: false };
  const inRoot = <Some extends Change>(change: Some): Some => ({ ...change, path: join(root, change.path) });
  return { changes: [...changes, ...removals, record].map(inRoot), kept: kept.map(inRoot) };
}

/** What is no longer needed goes, but not what the user has changed. */
function planRemovals(
  { files, previous = new Map() }: Comparison,
  read: (path: string) => string | undefined,
): { removals: readonly Change[]; kept: readonly KeptFile[] } {
  const paths = new Set(files.map(({ path }) => path));
  const removed = [...previous].flatMap(([path, written]): KeptFile[] => {
    const before = paths.has(path) ? undefined : read(path);
    return before === undefined ? [] : [{ path, before, content: '', ask: false, removed: true, written }];
  });
  const [removals, kept] = partition(removed, ({ before = '', written }) => written.isUnmodified(before));
  return { removals, kept };
}

/** A connector's files as they were last written: those recorded, or else those that the recorded answers give. */
function previousFiles(kind: AnyKind, existing: ExistingConnector, folder: string): [string, WrittenFile][] {
  const { files } = existing;
  if (files) return Object.entries(files).map(([name, record]) => [pathOf(name, folder), writtenFile(record)]);
  const { model } = resolveConnector(kind, loadOnDisk(kind, existing));
  return rendered(connectorPlan(kind, model).files).map(({ path, text }) => [path, assumedFile(text)]);
}

/** What a connector that exists is resolved from. */
export function loadOnDisk(kind: AnyKind, existing: ExistingConnector): LoadedConnector {
  const { folder } = existing;
  return loadConnector(kind, answersOnDisk(kind, existing), { cwd: folder, folder, existing });
}

/** The answers that made a connector, with its schemas as they stand on disk. */
export function answersOnDisk(kind: SchemaKind, { folder, answers }: ExistingConnector): RawAnswers {
  const streams = answers.streams?.map(stream => recordedStream(kind, folder, stream));
  return { ...answers, ...(streams && { streams }) };
}

/** The record of every file; a schema that the user has changed stays recorded as it was written. */
function fileRecords(
  { model, files, previous }: Comparison,
  recorded: FileRecords = {},
  read: (path: string) => string | undefined,
): FileRecords {
  const entries = files.map(({ path, text, isSchema }) => {
    const name = nameOf(path, model.folder);
    const old = recorded[name];
    const before = isSchema && old !== undefined ? read(path) : undefined;
    const isChanged = before !== undefined && previous?.get(path)?.isUnmodified(before) === false;
    return [name, isChanged && old !== undefined ? old : fileRecord(text, !isSchema, old)] as const;
  });
  return Object.fromEntries(entries);
}

/** A connector may be moved, so what stands in it is recorded by its place there, and a page elsewhere with a slash in front. */
function nameOf(path: string, folder: string): string {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : `/${path}`;
}

function pathOf(name: string, folder: string): string {
  return name.startsWith('/') ? name.slice(1) : `${folder}/${name}`;
}
