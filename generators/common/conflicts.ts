import { createConflicterTransform } from '@yeoman/conflicter';
import { isFilePending } from 'mem-fs-editor/state';
import type { GivenOptions } from './options.ts';

// biome-ignore lint/suspicious/noExplicitAny: the published type of the environment hides its file system and adapter
type Environment = any;

/**
 * Passes the options to Yeoman's conflict resolution, and has every question answered before the first file is written:
 * Yeoman's own commit asks and writes file by file, so that an abort would leave half a connector.
 * `settled` are files that need no question: edits that keep the rest of a file, and files that nobody has changed.
 */
export async function settleConflicts(
  env: Environment,
  { force, bail, dryRun }: GivenOptions,
  settled: readonly string[],
): Promise<void> {
  env.conflicterOptions = { ...env.conflicterOptions, force, bail, dryRun };
  if (dryRun) return;
  if (!bail) for (const path of settled) env.sharedFs.get(path).conflicter = 'force';
  await env.sharedFs.pipeline(
    { filter: isFilePending },
    createConflicterTransform(quiet(env.adapter), env.conflicterOptions),
  );
}

/** The adapter without its list of files, which the commit prints. */
function quiet(adapter: Environment): Environment {
  const log = Object.assign(() => undefined, {
    conflict: (...args: unknown[]) => adapter.log.conflict(...args),
    colored: (...args: unknown[]) => adapter.log.colored(...args),
    writeln: (...args: unknown[]) => adapter.log.writeln(...args),
  });
  return {
    log,
    separator: adapter.separator?.bind(adapter),
    prompt: (...args: unknown[]) => adapter.prompt(...args),
    queue: (task: (inner: Environment) => unknown) => adapter.queue((inner: Environment) => task(quiet(inner))),
  };
}

/** True where questions can be asked: Yeoman's terminal adapter reads standard input, whatever that is. */
export function interactive(env: Environment): boolean {
  const { stdin } = env.adapter.actualAdapter ?? env.adapter;
  return stdin !== process.stdin || process.stdin.isTTY === true;
}
