import { basename, dirname } from 'node:path';
import { Transform } from 'node:stream';
import { createConflicterTransform, createYoResolveTransform, forceYoFiles } from '@yeoman/conflicter';
import { clearFileState, isFilePending, setCommittedFile } from 'mem-fs-editor/state';
import { writeInOrder } from './write-in-order.ts';

// biome-ignore lint/suspicious/noExplicitAny: the published type of the environment hides its file system and adapter
type Environment = any;

/** Folders of which Mage reads every file, so that none but theirs may be there even for a moment. */
const READ_WHOLE = new Set(['schemas', 'templates']);

/**
 * Yeoman's own commit, but for the writing: each file is written whole or not at all, in this order of
 * paths, so that a run that is killed leaves nothing half written.
 */
export async function commitWhole(
  { adapter, conflicterOptions, sharedFs }: Environment,
  order: readonly string[],
): Promise<void> {
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
    forceYoFiles(),
    createConflicterTransform(adapter, conflicterOptions),
    accept,
  );
  const ranks = new Map(order.map((path, rank) => [path, rank]));
  const rankOf = ({ path }: { path: string }) => ranks.get(path) ?? -1;
  for (const file of accepted.sort((a, b) => rankOf(a) - rankOf(b))) {
    const folder = dirname(file.path);
    const content = file.state === 'deleted' ? undefined : file.contents;
    writeInOrder(READ_WHOLE.has(basename(folder)) ? dirname(folder) : folder, [{ path: file.path, content }]);
    setCommittedFile(file);
    clearFileState(file);
  }
}
