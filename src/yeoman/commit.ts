import { relative } from 'node:path';
import { Transform } from 'node:stream';
import { createConflicterTransform, createYoResolveTransform } from '@yeoman/conflicter';
import { clearFileState, isFilePending, setCommittedFile } from 'mem-fs-editor/state';
import type { Change } from '../changes/plan.ts';
import type { OrderedChange } from '../changes/writing/order.ts';
import { writeWhole } from '../changes/writing/write-in-order.ts';
import { needsYeoman, writeDirectly } from './direct.ts';

// biome-ignore lint/suspicious/noExplicitAny: the published type of the environment hides its file system and adapter
type Environment = any;

/**
 * Yeoman's own commit, but for the writing: each file is written whole or not at all, in the order of the changes, so that a
 * run that is killed leaves nothing half written; and files go in that order as well.
 */
export async function commitWhole(
  { adapter, conflicterOptions, sharedFs, cwd }: Environment,
  changes: readonly OrderedChange<Change>[],
): Promise<void> {
  if (!needsYeoman(changes, conflicterOptions)) return writeDirectly(changes, adapter.log, cwd);
  // biome-ignore lint/suspicious/noExplicitAny: mem-fs-editor's type of its files is not published as such
  const accepted: any[] = [];
  const accept = new Transform({
    objectMode: true,
    transform(file, _encoding, callback) {
      if (isFilePending(file)) accepted.push(file);
      callback(null, file);
    },
  });
  await sharedFs.pipeline(
    { filter: (file: { path: string }) => isFilePending(file as never) || file.path.endsWith('.yo-resolve') },
    createYoResolveTransform(),
    createConflicterTransform(adapter, conflicterOptions),
    accept,
  );
  const files = new Map(accepted.map(file => [file.path, file]));
  const known = new Set(changes.map(({ path }) => path));
  for (const file of accepted) if (!known.has(file.path)) writeFile(file);
  for (const { path, content, removed, transitional } of changes) {
    if (removed && !conflicterOptions.dryRun) remove(path, adapter);
    else if (files.has(path) && transitional) writeWhole([{ path, content }]);
    else if (files.has(path)) writeFile(files.get(path));
  }
}

// biome-ignore lint/suspicious/noExplicitAny: see above
function writeFile(file: any): void {
  writeWhole([{ path: file.path, content: file.state === 'deleted' ? undefined : file.contents }]);
  setCommittedFile(file);
  clearFileState(file);
}

function remove(path: string, adapter: Environment): void {
  adapter.log.info(`delete ${relative(process.cwd(), path)}`);
  writeWhole([{ path, content: undefined }]);
}
