import { join } from 'node:path';
import { partition } from 'lodash-es';
import { readText } from '../base/read-text.ts';
import type { Change } from '../changes/change.ts';
import { fingerprintOf } from '../changes/fingerprint.ts';
import { MANIFEST_FILE } from '../changes/manifest-file.ts';
import { type EditEntry, type FileEntry, planChanges, type RenderedFile, rendered } from '../changes/plan.ts';
import type { PreviousFiles, WrittenFile } from '../changes/written-file.ts';
import type { ExistingConnector } from './existing.ts';
import type { AnyKind } from './kind.ts';
import { type FileEntries, manifestText, type WrittenSchemas } from './manifest.ts';
import type { ConnectorModel } from './model.ts';
import { connectorPlan, type StreamsModel, withSchemas } from './plan.ts';
import { nameOf, previousFiles } from './previous-files.ts';
import type { Resolved } from './resolve.ts';
import { writtenSchemas } from './written-schemas.ts';

/** A connector that is to be written: a new one, or one that exists and becomes what its answers give now. */
export interface ConnectorTask {
  readonly kind: AnyKind;
  readonly resolved: Resolved<ConnectorModel>;
  readonly existing?: ExistingConnector;
  /** What is recorded of the existing one's schemas, where streams are to have other names. */
  readonly schemas?: WrittenSchemas;
  /** Changes how files are brought up to date that the user has changed. */
  readonly adjust?: (file: FileEntry) => FileEntry;
  /** True where every difference from what the answers give counts, also what the user has changed or deleted. */
  readonly strict?: boolean;
  /** True where files that the user deleted are written again. */
  readonly restores?: boolean;
}

/** Reads what stands on disk, undefined where there is nothing. */
type Read = (path: string) => string | undefined;

/** A connector's files as they are to be, and as they were last written; paths are relative to the layout's root. */
export interface Comparison {
  readonly model: StreamsModel;
  readonly files: readonly RenderedFile[];
  readonly edits: readonly EditEntry[];
  /** Undefined for a new connector. */
  readonly previous?: PreviousFiles;
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
  const previous = existing && previousFiles({ kind, existing, folder: model.folder });
  return { model, files: rendered(adjust ? files.map(adjust) : files), edits, previous };
}

/** Plans every file of a connector, its registration and its manifest. */
export function planConnector(task: ConnectorTask): PlannedConnector {
  const compared = compareConnector(task);
  const { model } = compared;
  const { root } = model.layout;
  const read = (path: string) => readText(join(root, path));
  const { strict, restores } = task;
  const changes = planChanges({ ...compared, ...(strict && { previous: undefined }), read, restores });
  const { removals, kept } = planRemovals(compared, read);
  const manifest = manifestChange(task, compared, read);
  const inRoot = <Some extends Change>(change: Some): Some => ({ ...change, path: join(root, change.path) });
  return { changes: [...changes, ...removals, manifest].map(inRoot), kept: kept.map(inRoot) };
}

/** What is no longer needed goes, but not what the user has changed. */
function planRemovals(
  { files, previous }: Comparison,
  read: Read,
): { removals: readonly Change[]; kept: readonly KeptFile[] } {
  const paths = new Set(files.map(({ path }) => path));
  const removed = [...(previous?.files ?? [])].flatMap(([path, written]): KeptFile[] => {
    const before = paths.has(path) ? undefined : read(path);
    return before === undefined ? [] : [{ path, before, content: '', ask: false, removed: true, written }];
  });
  const [removals, kept] = partition(removed, ({ before = '', written }) => written.isUnmodified(before));
  return { removals, kept };
}

/** What the manifest is to say. */
function manifestChange({ resolved, existing, schemas }: ConnectorTask, compared: Comparison, read: Read): Change {
  const { model } = compared;
  const path = `${model.folder}/${MANIFEST_FILE}`;
  const before = existing ? existing.text : read(path);
  const content = manifestText(before, path, {
    answers: resolved.record,
    schemas: writtenSchemas(withSchemas(model), schemas ?? existing?.schemas ?? {}),
    files: fileEntries(compared, existing?.files ?? {}, read),
  });
  return { path, before, content, ask: false };
}

/** The fingerprint of every file; a schema that the user has changed stays recorded as it was written. */
function fileEntries({ model, files, previous }: Comparison, recorded: FileEntries, read: Read): FileEntries {
  const entries = files.map(({ path, text, isSchema }) => {
    const name = nameOf(path, model.folder);
    const old = recorded[name];
    const before = isSchema && old !== undefined ? read(path) : undefined;
    const isModified = before !== undefined && previous?.files.get(path)?.isUnmodified(before) === false;
    return [name, isModified && old !== undefined ? old : fingerprintOf(text)] as const;
  });
  return Object.fromEntries(entries);
}
