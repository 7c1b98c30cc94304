import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Change, isDifference } from '../changes/change.ts';
import type { GivenOptions } from '../options/given-options.ts';
import type { Log as YeomanLog } from './environment.ts';

/** The part of Yeoman's log that says what becomes of a file. */
type Log = Pick<YeomanLog, 'create' | 'force' | 'info'>;

/** Yeoman's own way for users to say which new files they don't want. */
const YO_RESOLVE = '.yo-resolve';

/**
 * Is there anything for Yeoman's conflict resolution to do: a question to ask, differences to show, or files to skip? It costs
 * as much for each file as all else does, so that a run of many streams goes without where there isn't.
 */
export function needsYeoman(
  changes: readonly Change[],
  { force, dryRun }: Partial<Pick<GivenOptions, 'force' | 'dryRun'>>,
): boolean {
  if (dryRun) return true;
  const differing = changes.filter(isDifference);
  if (!force && differing.some(({ ask }) => ask)) return true;
  return foldersAbove(differing.map(({ path }) => path)).some(folder => existsSync(join(folder, YO_RESOLVE)));
}

function foldersAbove(paths: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const path of paths)
    for (let folder = dirname(path); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  return [...folders];
}

/** Gives Yeoman's files in memory what differs, where it has something to do with it. */
export function stageChanges(
  files: { write(path: string, content: string): unknown },
  changes: readonly Change[],
  given: Pick<GivenOptions, 'force' | 'dryRun'>,
): void {
  if (!needsYeoman(changes, given)) return;
  for (const change of changes) if (isDifference(change) && !change.removed) files.write(change.path, change.content);
}

/** Says what becomes of each file, as Yeoman's own commit does. */
export function logChanges(
  changes: readonly Change[],
  { log, cwd }: { readonly log: Log; readonly cwd: string },
): void {
  for (const change of changes.filter(isDifference)) logChange(change, log, cwd);
}

function logChange({ path, before, removed }: Change, log: Log, cwd: string): void {
  const name = relative(cwd, path);
  if (removed) log.info(`delete ${name}`);
  else if (before === undefined) log.create(name);
  else log.force(name);
}
