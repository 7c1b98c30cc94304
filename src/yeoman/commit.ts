import { join, relative } from 'node:path';
import { Transform } from 'node:stream';
import { createConflicterTransform, createYoResolveTransform } from '@yeoman/conflicter';
import { clearFileState, isFilePending, setCommittedFile } from 'mem-fs-editor/state';
import { type Change, isDifference } from '../changes/change.ts';
import { MANIFEST_FILE } from '../changes/manifest-file.ts';
import type { PlannedRun } from '../changes/run.ts';
import { isJournaled } from '../changes/writing/journal.ts';
import { locked } from '../changes/writing/lock.ts';
import { refuseStale } from '../changes/writing/stale.ts';
import { removeEmptyFolders, type Write, writeAll } from '../changes/writing/write.ts';
import { withLeftEntries } from '../connector/manifest.ts';
import { type DifferencePart, nearDifferences } from './differences.ts';
import { logChanges, needsYeoman } from './direct.ts';
import type { Adapter, Environment, Log, MemoryFile } from './environment.ts';
import { logUpdate } from './updates.ts';

/**
 * Yeoman's own commit, but for the writing: each file is written whole or not at all, in the order of the plan, so that a run
 * that is killed leaves nothing half written; and files go in that order as well. What Yeoman's conflict resolution skips isn't
 * written, unless a journal says that all of it belongs together.
 */
export async function commit(env: Environment, run: PlannedRun, dryRun: boolean): Promise<void> {
  const { folder, changes, writes } = run;
  if (!needsYeoman(changes, { ...env.conflicterOptions, dryRun })) {
    logChanges(changes, { log: env.adapter.log, cwd: env.cwd });
    return write(run, writes);
  }
  const accepted = await acceptedFiles(env);
  if (dryRun) return;
  const written = new Map(accepted.map(({ path, contents }) => [path, contents?.toString() ?? '']));
  const skipped = new Set(
    isJournaled(writes, folder)
      ? []
      : changes
          .filter(change => isDifference(change) && !change.removed && !written.has(change.path))
          .map(({ path }) => path),
  );
  for (const { path, removed } of changes) if (removed) env.adapter.log.info(`delete ${relative(process.cwd(), path)}`);
  const left = withLeftFiles(run, skipped);
  await write(run, withEdits(left, changes, written));
  for (const file of accepted) settle(file);
}

/** Writes, while no other run does, and only over what the run has read. */
async function write({ folder, changes }: PlannedRun, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return;
  await locked(folder, () => {
    refuseStale(changes, folder);
    writeAll(folder, writes);
  });
  removeEmptyFolders(writes);
}

/** The writes without those of files that stay as they are, of which the manifest says what it did. */
function withLeftFiles({ folder, changes, writes }: PlannedRun, skipped: ReadonlySet<string>): readonly Write[] {
  if (skipped.size === 0) return writes;
  const manifest = changes.find(({ path }) => path === join(folder, MANIFEST_FILE));
  // The manifest names a page that is elsewhere by its path in the layout.
  const isLeft = (name: string) =>
    [...skipped].some(path => (name.startsWith('/') ? path.endsWith(name) : path === join(folder, name)));
  return writes
    .filter(({ path }) => !skipped.has(path))
    .map(each =>
      each.path === manifest?.path && each.content !== undefined
        ? { ...each, content: withLeftEntries(manifest.before, each.content, isLeft) }
        : each,
    );
}

/** The writes with what the user has made of a file at its conflict. */
function withEdits(
  writes: readonly Write[],
  changes: readonly Change[],
  accepted: ReadonlyMap<string, string>,
): readonly Write[] {
  const planned = new Map(changes.map(({ path, content }) => [path, content]));
  const isLast = ({ path, content }: Write) => content !== undefined && content === planned.get(path);
  return writes.map(each => (isLast(each) ? { ...each, content: accepted.get(each.path) ?? each.content } : each));
}

/** The files that are to be written, after Yeoman's conflict resolution has told what becomes of each. */
async function acceptedFiles({ adapter, conflicterOptions, sharedFs }: Environment): Promise<MemoryFile[]> {
  const accepted: MemoryFile[] = [];
  const accept = new Transform({
    objectMode: true,
    transform(file, _encoding, callback) {
      if (isFilePending(file)) accepted.push(file);
      callback(null, file);
    },
  });
  await sharedFs.pipeline(
    { filter: file => isFilePending(file as never) || file.path.endsWith('.yo-resolve') },
    createYoResolveTransform(),
    createConflicterTransform(inOurWords(adapter, conflicterOptions.dryRun === true) as never, conflicterOptions),
    accept,
  );
  return accepted;
}

/** The adapter, which shows of a file what is near its differences, and calls one that is written over an update. */
function inOurWords(adapter: Adapter, dryRun: boolean): Adapter {
  const { log } = adapter;
  const colored = (parts: readonly DifferencePart[]) => log.colored(nearDifferences(parts));
  const update = (name: string) => logUpdate(log, name);
  const words = { colored, force: update, ...(dryRun && { conflict: update }) };
  const ours = Object.assign((...args: unknown[]) => log(...args), log, words) as Log;
  return Object.create(adapter, { log: { value: ours } });
}

/** Nothing is left to do for the file. */
function settle(file: MemoryFile): void {
  setCommittedFile(file as never);
  clearFileState(file as never);
}
