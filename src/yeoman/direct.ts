import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Change } from '../changes/plan.ts';
import type { OrderedChange } from '../changes/writing/order.ts';
import { type FileWrite, writeWhole } from '../changes/writing/write-in-order.ts';
import type { GivenOptions } from '../options/definitions.ts';

/** The part of Yeoman's log that says what becomes of a file. */
interface Log {
  create(path: string): unknown;
  force(path: string): unknown;
  info(message: string): unknown;
}

/** Yeoman's own way for users to say which new files they don't want. */
const YO_RESOLVE = '.yo-resolve';

/** What a run changes: not the files that say already what they are to say. */
export function differs({ before, content, removed }: Change): boolean {
  return removed === true || before !== content;
}

/**
 * Is there anything for Yeoman's conflict resolution to do: a question to ask, differences to show, or files to skip? It costs
 * as much for each file as all else does, so that a run of many streams goes without where there isn't.
 */
export function needsYeoman(
  changes: readonly Change[],
  { force, dryRun }: Pick<GivenOptions, 'force' | 'dryRun'>,
): boolean {
  if (dryRun) return true;
  const differing = changes.filter(differs);
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
  for (const change of changes) if (differs(change) && !change.removed) files.write(change.path, change.content);
}

/** Writes what differs in the order of the changes, each file whole or not at all, and logs it as Yeoman does. */
export function writeDirectly(changes: readonly OrderedChange<Change>[], log: Log, cwd: string): void {
  const differing = changes.filter(change => change.transitional || differs(change));
  for (const change of differing) if (!change.transitional) logChange(change, log, cwd);
  writeWhole(
    differing.map(({ path, content, removed }): FileWrite => ({ path, content: removed ? undefined : content })),
  );
}

function logChange({ path, before, removed }: Change, log: Log, cwd: string): void {
  const name = relative(cwd, path);
  if (removed) log.info(`delete ${name}`);
  else if (before === undefined) log.create(name);
  else log.force(name);
}
