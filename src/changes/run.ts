import type { Change } from './change.ts';
import type { Write } from './writing/write.ts';

/** What a command has planned: nothing is written yet, and nothing can go wrong but the disk. */
export interface PlannedRun {
  /** The connector's folder, absolute. */
  readonly folder: string;
  /** What becomes of each file, with absolute paths. */
  readonly changes: readonly Change[];
  /** What is written for that, in its order; a file may have several texts on the way. */
  readonly writes: readonly Write[];
  /** What is reported when that is done. */
  report(files: readonly FileOutcome[]): Report;
  /** True where what was found is a failure, as the differences that `check` finds. */
  readonly fails: boolean;
}

/** What a run says in the end: to people, and as JSON to scripts. */
export interface Report {
  readonly text: string;
  readonly json: unknown;
  /** True where the text is what was asked for, so that it goes to standard output, and not said of what was done. */
  readonly isAnswer: boolean;
}

export type Outcome = 'created' | 'updated' | 'removed' | 'unchanged' | 'skipped';

/** What became of one file, by its absolute path. */
export interface FileOutcome {
  readonly path: string;
  readonly outcome: Outcome;
  /** What a file that was left as it was has not of what it was to be; empty for all others. */
  readonly lacks: string;
}

/** What became of a change, and what a file lacks that was left as it was. */
export function fileOutcome(change: Change, now: string | undefined, dryRun: boolean): FileOutcome {
  const { path, content } = change;
  const outcome = outcomeOf(change, now, dryRun);
  return { path, outcome, lacks: outcome === 'skipped' ? lackOf(content, now ?? '', path) : '' };
}

/** Definitions of Python that are missing, or how many lines are. */
function lackOf(content: string, now: string, path: string): string {
  const known = new Set(definitions(now));
  const missing = path.endsWith('.py') ? [...new Set(definitions(content))].filter(name => !known.has(name)) : [];
  if (missing.length > 0) return missing.join(', ');
  const lines = new Set(now.split(/\r?\n/));
  const count = content.split(/\r?\n/).filter(line => !lines.has(line)).length;
  return `${count} line${count === 1 ? '' : 's'} of what the answers give`;
}

function definitions(python: string): string[] {
  return [...python.matchAll(/^[ \t]*(?:class|def) (\w+)|^(\w+) = /gm)].map(
    ([, name, constant]) => name ?? constant ?? '',
  );
}

/** What became of a change, judged by what stands on disk now; in a dry run, what would have. */
function outcomeOf({ before, content, removed }: Change, now: string | undefined, dryRun: boolean): Outcome {
  if (removed) return dryRun || now === undefined ? 'removed' : 'skipped';
  if (before === content) return 'unchanged';
  // What is neither is what the user has made of it at the conflict.
  if (!dryRun && now !== content && now === before) return 'skipped';
  return before === undefined ? 'created' : 'updated';
}
