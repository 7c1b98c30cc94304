import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UserError } from '../../base/problems.ts';
import { readText } from '../../base/read-text.ts';
import type { Write } from './write.ts';

/** What a run is about to write, so that one that is ended can be completed; it is there only until then. */
export const JOURNAL = '.mage-connector.run.json';

/** A step of a run, with paths relative to the connector's folder. */
interface Step {
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

/**
 * The writes of a run that can't be done over, with those of its journal around them: for where what a part of it leaves says
 * no longer what the run was to do.
 */
export function journaled(folder: string, { from, to }: StreamEdit, writes: readonly Write[]): readonly Write[] {
  const path = join(folder, JOURNAL);
  const inside = (file: string) => relative(folder, file).replaceAll('\\', '/');
  const files = writes.flatMap(write => [write.path, ...(write.from === undefined ? [] : [write.from])]);
  const journal: Journal = {
    from,
    to,
    before: Object.fromEntries(files.map(file => [inside(file), readText(file) ?? null])),
    steps: writes.map(write => ({
      path: inside(write.path),
      content: write.content,
      from: write.from && inside(write.from),
    })),
  };
  return [{ path, content: `${JSON.stringify(journal)}\n` }, ...writes, { path, content: undefined }];
}

/** Do these writes have a journal, so that all of them belong together? */
export function isJournaled(writes: readonly Write[], folder: string): boolean {
  return writes.some(({ path }) => path === join(folder, JOURNAL));
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

/** What a run that was ended says in messages. */
export function runOf({ from, to }: StreamEdit): string {
  return to === undefined ? `a run that took ${from} out` : `a run that gave ${from} the name ${to}`;
}
