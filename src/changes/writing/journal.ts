import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../base/problems.ts';
import { readText } from '../../base/read-text.ts';

/** What a run is about to write, so that one that is ended can be completed; it is there only meanwhile. */
export const JOURNAL = '.mage-connector.run.json';

export interface Step {
  /** Relative to the connector's folder. */
  readonly path: string;
  readonly content?: string;
  readonly from?: string;
}

/** What becomes of a stream: it gets another name, or goes. */
export interface StreamEdit {
  readonly from: string;
  readonly to: string | undefined;
}

export interface Journal extends StreamEdit {
  /** What every file that is written says before. */
  readonly before: Readonly<Record<string, string | null>>;
  readonly steps: readonly Step[];
}

export function readJournal(folder: string): Journal | undefined {
  const path = join(folder, JOURNAL);
  return existsSync(path) ? (JSON.parse(readText(path) ?? '') as Journal) : undefined;
}

export function runOf({ from, to }: StreamEdit): string {
  return to === undefined ? `a run that took ${from} out` : `a run that gave ${from} the name ${to}`;
}

/**
 * Refuses whatever else is to be written into a connector in which a run was ended halfway: its files would be taken for
 * changes of the user's.
 */
export function refuseUnfinished(folder: string): void {
  const journal = readJournal(folder);
  if (!journal) return;
  const { from, to } = journal;
  throw new UserError({
    where: folder,
    message: `${runOf(journal)} was ended before it was done`,
    hint: `complete it first: mage-connector stream ${to === undefined ? `--remove ${from}` : `--rename ${from} ${to}`}`,
  });
}
