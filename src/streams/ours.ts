import { basename, dirname, join, relative } from 'node:path';
import { mapKeys, sortBy } from 'lodash-es';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { nearest } from '../base/names.ts';
import { UserError } from '../base/problems.ts';
import type { Change } from '../changes/change.ts';
import { MANIFEST_FILE } from '../changes/manifest-file.ts';
import type { FileEntry } from '../changes/plan.ts';
import { journaled } from '../changes/writing/journal.ts';
import { asWrites } from '../changes/writing/order.ts';
import { type KeptFile, type PlannedConnector, planConnector } from '../connector/changes.ts';
import type { ExistingConnector } from '../connector/existing.ts';
import type { AnyKind } from '../connector/kind.ts';
import { loadConnector } from '../connector/load.ts';
import { answersOnDisk } from '../connector/load-existing.ts';
import { resolveConnector } from '../connector/resolve.ts';
import { streamNames } from '../connector/stream-names.ts';
import { registrySteps } from '../python/edit/registry-read.ts';
import { behindRegistry } from './hand-written/writing/between.ts';
import { inRenameOrder } from './hand-written/writing/rename-order.ts';
import { completedRun, renamedNote, type StreamRun } from './plan.ts';
import { REGISTRY, takeOut } from './take-out.ts';

/** A change of the streams of a connector of ours: one goes, or gets another name. */
export interface StreamsEdit {
  readonly kind: AnyKind;
  readonly connector: ExistingConnector;
  /** The stream that is there. */
  readonly name: string;
  /** Its new name; undefined where it goes. */
  readonly renamed: string | undefined;
  readonly force: boolean;
}

/**
 * Plans what taking out or renaming a stream of a connector of ours writes and removes: it becomes what its changed answers
 * give. Files that the user has changed are edited in place, and kept if they were the stream's own and it goes, unless
 * `force`. Throws a UserError where there is no such stream, or where edits would be lost by a new name; a file without the
 * name in it only moves.
 */
export function planStreamsEdit(edit: StreamsEdit): StreamRun {
  const { kind, connector, name, renamed } = edit;
  const { folder } = connector;
  const started = completedRun(folder);
  if (started) return started;
  requireOurStream(connector, name);
  const answers = answersOnDisk(kind, connector);
  const streams = changedStreams(answers.streams as Streams, name, renamed);
  const schemas = mapKeys(connector.schemas, (_, key) => (key === name ? (renamed ?? key) : key));
  const resolved = resolveConnector(
    kind,
    loadConnector(kind, { ...answers, streams }, { cwd: folder, folder, existing: connector }),
  );
  const adjust = (file: FileEntry) => ({ ...file, merge: withoutStream(file, name) });
  const planned = planConnector({ kind, resolved, existing: connector, schemas, adjust });
  const record = planned.changes.filter(({ path }) => path === join(folder, MANIFEST_FILE));
  const moves = renamed === undefined ? new Map<string, KeptFile>() : movesOf(planned);
  const settled = planned.changes
    .filter(({ path }) => path !== join(folder, MANIFEST_FILE))
    .map(change => settle(edit, { ...change, content: moves.get(change.path)?.before ?? change.content }));
  const moved = new Set([...moves.values()].map(({ path }) => path));
  const kept = planned.kept.map(file => (moved.has(file.path) ? { change: file } : settleRemoval(edit, file)));
  const changes = [
    ...inSafeOrder(
      [...settled, ...kept].map(({ change }) => change),
      renamed !== undefined,
    ),
    ...record,
  ];
  const run = { folder, changes, notes: [...settled, ...kept].flatMap(({ note }) => note ?? []), byHand: [] };
  return renamed === undefined
    ? { ...run, writes: journaled(folder, { from: name, to: undefined }, asWrites(changes)) }
    : renamedRun(run, name, renamed);
}

/** The run with all its writes: where the stream has a schema, the registry has it under both names meanwhile. */
function renamedRun(planned: Omit<StreamRun, 'writes'>, from: string, to: string): StreamRun {
  const { folder, changes, ...run } = planned;
  const registry = changes.find(({ content }) => registrySteps(content, REGISTRY).length > 0);
  if (!registry) return { ...planned, writes: asWrites(changes) };
  const schema = (name: string) => join(folder, 'schemas', `${name}.json`);
  const both = `${REGISTRY}['${from}'] = ${REGISTRY}['${to}']`;
  const writes = inRenameOrder(changes, {
    registry: { path: registry.path, text: registry.content },
    between: new Map(
      changes.some(isSchema) ? [[registry.path, behindRegistry(registry.content, REGISTRY, [both])]] : [],
    ),
    schema: { from: schema(from), to: schema(to) },
    findsByClass: false,
  });
  const notes = [...run.notes, renamedNote(from, to)];
  return { ...run, folder, changes, writes: journaled(folder, { from, to }, writes), notes };
}

function isSchema({ path }: Change): boolean {
  return basename(dirname(path)) === 'schemas';
}

/** The changed files that have nothing of the stream's name in them, such as its query, by where they only move to. */
function movesOf({ changes, kept }: PlannedConnector): Map<string, KeptFile> {
  const isTarget = (change: Change, file: KeptFile) =>
    change.before === undefined &&
    dirname(change.path) === dirname(file.path) &&
    file.written.isUnmodified(change.content);
  return new Map(
    kept.flatMap(file => {
      const target = changes.find(change => isTarget(change, file));
      return target ? [[target.path, file]] : [];
    }),
  );
}

/** A schema without its stream breaks discovery, a stream without its schema doesn't. */
function inSafeOrder(changes: readonly Change[], isRename: boolean): readonly Change[] {
  const rank = (change: Change): number => {
    if (change.removed) return isSchema(change) && !isRename ? 0 : 4;
    if (change.before !== undefined) return 2;
    return isSchema(change) ? 3 : 1;
  };
  return sortBy(changes, rank);
}

/** Takes the stream out before what is new is added. */
function withoutStream({ merge }: FileEntry, name: string): NonNullable<FileEntry['merge']> {
  const without = (text: string) => takeOut(text, name, streamNames(name));
  return (content, previous) => merge?.(without(content), without(previous)) ?? without(content);
}

interface Settled {
  readonly change: Change;
  readonly note?: string;
}

/** Where edits are in the way of something else than the stream, they stay. */
function settle({ connector, name, force }: StreamsEdit, change: Change): Settled {
  const { path, before = '', ask } = change;
  if (!ask || force) return { change: { ...change, ask: false } };
  const note = `${relative(connector.folder, path)} has been changed, and stays as it is; --force writes it anew`;
  return { change: { ...change, content: takeOut(before, name, streamNames(name)), ask: false }, note };
}

function requireOurStream({ answers, folder }: ExistingConnector, name: string): void {
  const names = (answers.streams ?? []).map(stream => String(stream.name));
  if (names.includes(name)) return;
  const meant = nearest(name, names);
  throw new UserError({
    where: name,
    message: `${folder} has no stream ${name}`,
    hint: meant ? `did you mean ${meant}?` : names.length > 0 ? `there are ${names.join(', ')}` : 'it has none',
  });
}

type Streams = readonly RawAnswers[];

function changedStreams(streams: Streams, name: string, renamed: string | undefined): Streams {
  if (renamed === undefined) return streams.filter(stream => stream.name !== name);
  if (streams.some(stream => stream.name === renamed))
    throw new UserError({
      where: renamed,
      message: `there is a stream ${renamed} already`,
      hint: 'choose another name',
    });
  return streams.map(stream => ({
    ...withParent(stream, name, renamed),
    ...(stream.name === name && { name: renamed }),
  }));
}

/** Streams whose parent or list it is follow it. */
function withParent(stream: RawAnswers, name: string, renamed: string): RawAnswers {
  const follow = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(follow)
      : (value as RawAnswers).stream === name
        ? { ...(value as RawAnswers), stream: renamed }
        : value;
  const keys = ['parent', 'parents', 'streams_from'].filter(key => stream[key] !== undefined);
  return { ...stream, ...Object.fromEntries(keys.map(key => [key, follow(stream[key])])) };
}

/** A file of the stream that the user has changed stays, unless that would break the connector. */
function settleRemoval({ connector, renamed, force }: StreamsEdit, change: KeptFile): Settled {
  const path = relative(connector.folder, change.path);
  const isSchema = path.startsWith('schemas/');
  // Under its new name it is what it was.
  if (force || (isSchema && renamed !== undefined)) return { change };
  if (isSchema || renamed !== undefined)
    throw new UserError({
      where: path,
      message: isSchema
        ? 'has been changed, and would have to go: Mage discovers a stream for each schema'
        : 'has been changed, and its changes would not be in the file of the new name',
      hint: '--force removes it, and nothing keeps a copy',
    });
  const note = `${path} has been changed, and stays; --force removes it too`;
  return { change: { ...change, content: change.before ?? '', removed: false }, note };
}
