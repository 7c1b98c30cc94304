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
}

export type Outcome = 'created' | 'updated' | 'removed' | 'unchanged' | 'skipped';

/** What became of one file, by its absolute path. */
export interface FileOutcome {
  readonly path: string;
  readonly outcome: Outcome;
}

/** What became of a change, judged by what stands on disk now; in a dry run, what would have. */
export function outcomeOf({ before, content, removed }: Change, now: string | undefined, dryRun: boolean): Outcome {
  if (removed) return dryRun || now === undefined ? 'removed' : 'skipped';
  if (before === content) return 'unchanged';
  if (!dryRun && now !== content) return 'skipped';
  return before === undefined ? 'created' : 'updated';
}
