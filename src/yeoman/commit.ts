import { relative } from 'node:path';
import { Transform } from 'node:stream';
import { createConflicterTransform, createYoResolveTransform } from '@yeoman/conflicter';
import { clearFileState, isFilePending, setCommittedFile } from 'mem-fs-editor/state';
import { isDifference } from '../changes/change.ts';
import type { PlannedRun } from '../changes/run.ts';
import { isJournaled } from '../changes/writing/journal.ts';
import { writeAll } from '../changes/writing/write.ts';
import { logChanges, needsYeoman } from './direct.ts';
import type { Environment, MemoryFile } from './environment.ts';

/**
 * Yeoman's own commit, but for the writing: each file is written whole or not at all, in the order of the plan, so that a run
 * that is killed leaves nothing half written; and files go in that order as well. What Yeoman's conflict resolution skips isn't
 * written, unless a journal says that all of it belongs together.
 */
export async function commit(env: Environment, run: PlannedRun, dryRun: boolean): Promise<void> {
  const { folder, changes, writes } = run;
  if (!needsYeoman(changes, { ...env.conflicterOptions, dryRun })) {
    logChanges(changes, { log: env.adapter.log, cwd: env.cwd });
    return writeAll(folder, writes);
  }
  const accepted = await acceptedFiles(env);
  if (dryRun) return;
  const written = new Set(accepted.map(({ path }) => path));
  const skipped = new Set(
    isJournaled(writes, folder)
      ? []
      : changes
          .filter(change => isDifference(change) && !change.removed && !written.has(change.path))
          .map(({ path }) => path),
  );
  for (const { path, removed } of changes) if (removed) env.adapter.log.info(`delete ${relative(process.cwd(), path)}`);
  writeAll(
    folder,
    writes.filter(({ path }) => !skipped.has(path)),
  );
  for (const file of accepted) settle(file);
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
    createConflicterTransform(adapter as never, conflicterOptions),
    accept,
  );
  return accepted;
}

/** Nothing is left to do for the file. */
function settle(file: MemoryFile): void {
  setCommittedFile(file as never);
  clearFileState(file as never);
}
