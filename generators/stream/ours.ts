import { dirname, join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { connectorPlan, type TemplateFolders } from '../common/connector-plan.ts';
import { type ExistingConnector, RECORD_FILE, RECORD_KEY } from '../common/existing.ts';
import { type AnyKind, recordedStream } from '../common/gather.ts';
import type { RawAnswers } from '../common/kind.ts';
import { nearest, streamNames } from '../common/names.ts';
import { type FileEntry, renderEntry } from '../common/plan.ts';
import { UserError } from '../common/problems.ts';
import { resolveConnector } from '../common/resolve.ts';
import { readText } from '../common/run.ts';
import type { ConnectorChange, StreamRun } from './plan.ts';
import { takeOut } from './take-out.ts';

/** A change of the streams of a connector of ours: one goes, or gets another name. */
export interface StreamsEdit {
  readonly kind: AnyKind;
  readonly templates: TemplateFolders;
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
  const { connector, name, renamed } = edit;
  requireOurStream(connector, name);
  const [previous, next] = [planOf(edit, old => old), planOf(edit, streams => changedStreams(streams, name, renamed))];
  const root = previous.root;
  const before = new Map(previous.files.map(entry => [entry.path, renderEntry(entry)]));
  const notes: string[] = [];
  const paths = new Set(next.files.map(({ path }) => path));
  const gone = new Map([...before].filter(([path]) => !paths.has(path)));
  const files = next.files.map(entry => {
    const from = renamed === undefined || before.has(entry.path) ? undefined : movedFrom(entry, gone);
    const text = from && readText(join(root, from));
    if (from === undefined || text === undefined) return entry;
    gone.set(from, text);
    return { ...entry, content: { text } };
  });
  const written = files.flatMap(entry => changeOf(edit, entry, root, before.get(entry.path), notes));
  const removed = [...gone].flatMap(([path, ours]) => removalOf(edit, path, root, ours, notes));
  const isSchema = ({ path }: ConnectorChange) => path.endsWith('.json') && path.includes('/schemas/');
  return {
    folder: connector.folder,
    // A schema without its stream breaks discovery, a stream without its schema doesn't.
    changes: [
      ...(renamed === undefined ? removed.filter(isSchema) : []),
      ...written.filter(change => change.before === undefined && !isSchema(change)),
      ...written.filter(change => change.before !== undefined),
      ...written.filter(change => change.before === undefined && isSchema(change)),
      ...removed.filter(change => renamed !== undefined || !isSchema(change)),
      recordChange(edit, next.record),
    ],
    notes,
    byHand: [],
  };
}

/** Where a file of the renamed stream stands that has nothing of its name in it, such as its query, so that it only moves. */
function movedFrom(entry: FileEntry, gone: ReadonlyMap<string, string>): string | undefined {
  const text = renderEntry(entry);
  return [...gone.keys()].find(path => dirname(path) === dirname(entry.path) && gone.get(path) === text);
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

/** Streams whose parent it is follow it. */
function withParent(stream: RawAnswers, name: string, renamed: string): RawAnswers {
  const follow = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(follow)
      : (value as RawAnswers).stream === name
        ? { ...(value as RawAnswers), stream: renamed }
        : value;
  const keys = ['parent', 'parents'].filter(key => stream[key] !== undefined);
  return { ...stream, ...Object.fromEntries(keys.map(key => [key, follow(stream[key])])) };
}

function planOf({ kind, connector, templates }: StreamsEdit, change: (streams: Streams) => Streams) {
  const { folder, answers } = connector;
  const recorded = (answers.streams ?? []).map(stream => recordedStream(kind, folder, stream));
  const resolved = resolveConnector(
    kind,
    { ...answers, streams: change(recorded) },
    { cwd: folder, folder, connectorFolder: folder },
  );
  return {
    root: resolved.model.layout.root,
    record: resolved.record,
    files: connectorPlan(kind, resolved, templates, true).files,
  };
}

function changeOf(
  edit: StreamsEdit,
  entry: FileEntry,
  root: string,
  ours: string | undefined,
  notes: string[],
): ConnectorChange[] {
  const path = join(root, entry.path);
  const before = readText(path);
  const content = renderEntry(entry);
  const change = { path, before, content, ask: false, removed: false };
  if (before === content || content === ours) return [];
  if (before === undefined) return ours === undefined ? [change] : [];
  if (before === ours || edit.force) return [change];
  const without = takeOut(before, edit.name, streamNames(edit.name));
  const merged = edit.renamed === undefined ? without : (entry.merge?.(without, ours ?? '') ?? without);
  if (merged === before) notes.push(`${entry.path} has been changed, and stays as it is; --force writes it anew`);
  return merged === before ? [] : [{ ...change, content: merged }];
}

function removalOf(edit: StreamsEdit, path: string, root: string, ours: string, notes: string[]): ConnectorChange[] {
  const file = join(root, path);
  const before = readText(file);
  if (before === undefined) return [];
  if (before === ours || edit.force) return [{ path: file, before, content: '', ask: false, removed: true }];
  const isSchema = path.includes('/schemas/');
  if (isSchema || edit.renamed !== undefined)
    throw new UserError({
      where: path,
      message: isSchema
        ? 'has been changed, and would have to go: Mage discovers a stream for each schema'
        : 'has been changed, and its changes would not be in the file of the new name',
      hint: '--force removes it, and nothing keeps a copy',
    });
  notes.push(`${path} has been changed, and stays; --force removes it too`);
  return [];
}

/** The record of the answers, without what it says of the schema of a stream that is gone. */
function recordChange({ connector, name, renamed }: StreamsEdit, answers: RawAnswers): ConnectorChange {
  const path = join(connector.folder, RECORD_FILE);
  const before = readText(path) ?? '{}';
  const columns = JSON.parse(before)[RECORD_KEY]?.schemas?.[name];
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: before.includes('\r\n') ? '\r\n' : '\n' };
  const set = (text: string, keys: string[], value: unknown) =>
    applyEdits(text, modify(text, [RECORD_KEY, ...keys], value, { formattingOptions }));
  const answered = set(before, ['answers'], JSON.parse(JSON.stringify(answers)));
  const moved = columns && renamed !== undefined ? set(answered, ['schemas', renamed], columns) : answered;
  const content = columns ? set(moved, ['schemas', name], undefined) : moved;
  return { path, before, content, ask: false, removed: false };
}
