import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { createConflicterTransform } from '@yeoman/conflicter';
import { isFilePending } from 'mem-fs-editor/state';
import { UserError } from '../base/problems.ts';
import { type Change, isDifference } from '../changes/change.ts';
import type { GivenOptions } from '../options/given-options.ts';
import { type DifferencePart, nearDifferences } from './differences.ts';
import { needsYeoman } from './direct.ts';
import type { Adapter, Environment } from './environment.ts';
import { stoppable } from './stopped.ts';

/**
 * Passes the options to Yeoman's conflict resolution, and has every question answered before the first file is written:
 * Yeoman's own commit asks and writes file by file, so that an abort would leave half a connector.
 * Edits that keep the rest of a file, and files that nobody has changed, need no question.
 * Throws a UserError where there is something to ask and no terminal to ask in, and Stopped where the answer is to stop.
 */
export async function settleConflicts(
  env: Environment,
  { force, bail, dryRun }: GivenOptions,
  changes: readonly Change[],
): Promise<void> {
  env.conflicterOptions = { ...env.conflicterOptions, force, bail, dryRun };
  if (dryRun || !needsYeoman(changes, { force, dryRun })) return;
  const differing = changes.filter(change => isDifference(change) && !change.removed && change.before !== undefined);
  for (const { path, ask } of differing) if (!ask) env.sharedFs.get(path).conflicter = 'force';
  const guard = () => {
    if (!interactive(env))
      throw unanswered(differing.filter(({ ask }) => ask).map(({ path }) => relative(env.cwd, path)));
  };
  const transform = createConflicterTransform(quiet(env.adapter, guard) as never, env.conflicterOptions);
  await stoppable(() => env.sharedFs.pipeline({ filter: isFilePending }, transform));
  // The transform forgets what it has settled, and the commit would ask again.
  for (const file of env.sharedFs.all()) if (isFilePending(file) && existsSync(file.path)) file.conflicter = 'force';
}

function unanswered(files: readonly string[]): UserError {
  return new UserError([
    ...files.map(file => ({ where: file, message: 'differs from what would be written' })),
    {
      message: 'there is no terminal to ask in whether to overwrite',
      hint: '--force overwrites, --dry-run shows the differences',
    },
  ]);
}

/** The adapter without its list of files, which the commit prints; `guard` throws where nothing can be asked. */
function quiet(adapter: Adapter, guard: () => void): object {
  const log = Object.assign(() => undefined, {
    conflict: (...args: unknown[]) => adapter.log.conflict(...args),
    colored: (parts: readonly DifferencePart[]) => adapter.log.colored(nearDifferences(parts)),
    writeln: (...args: unknown[]) => adapter.log.writeln(...args),
  });
  return {
    log,
    separator: adapter.separator?.bind(adapter),
    prompt: async (...args: unknown[]) => {
      guard();
      return adapter.prompt(...args);
    },
    queue: (task: (inner: object) => unknown) => adapter.queue(inner => task(quiet(inner, guard))),
  };
}

/** True where questions can be asked: Yeoman's terminal adapter reads standard input, whatever that is. */
export function interactive({ adapter }: Environment): boolean {
  const { stdin } = adapter.actualAdapter ?? adapter;
  return stdin !== process.stdin || process.stdin.isTTY === true;
}
