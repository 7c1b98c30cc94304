import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { groupBy } from 'lodash-es';
import { type Change, isDifference } from '../changes/change.ts';
import type { GivenOptions } from '../options/given-options.ts';
import type { Log as YeomanLog } from './environment.ts';

import { logUpdate } from './updates.ts';

/** The part of Yeoman's log that says what becomes of a file. */
type Log = Pick<YeomanLog, 'create' | 'write' | 'info'>;

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

/** More files are told by their folders. */
const MAX_LINES = 40;

/** Says what becomes of each file, as Yeoman's own commit does; of many, how many there are in each folder. */
export function logChanges(
  changes: readonly Change[],
  { log, cwd }: { readonly log: Log; readonly cwd: string },
): void {
  const differing = changes.filter(isDifference);
  const name = ({ path }: Change) => relative(cwd, path);
  if (differing.length <= MAX_LINES) {
    for (const change of differing) logChange(change, name(change), log);
    return;
  }
  const alike = groupBy(differing, change => JSON.stringify([outcome(change), dirname(change.path)]));
  for (const [first, ...others] of Object.values(alike)) {
    if (!first) continue;
    const folder = dirname(name(first));
    logChange(first, others.length > 0 ? `${folder}: ${others.length + 1} files` : name(first), log);
  }
}

function outcome({ before, removed }: Change): 'delete' | 'create' | 'update' {
  if (removed) return 'delete';
  return before === undefined ? 'create' : 'update';
}

function logChange(change: Change, name: string, log: Log): void {
  const does = outcome(change);
  if (does === 'delete') log.info(`delete ${name}`);
  else if (does === 'create') log.create(name);
  else logUpdate(log, name);
}
