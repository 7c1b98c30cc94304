import { basename, relative } from 'node:path';
import type { FileOutcome, Report } from '../changes/run.ts';
import { type StreamList, textList } from './list.ts';
import type { StreamRun } from './plan.ts';

/** The report of a run. */
export function streamReport(run: StreamRun, files: readonly FileOutcome[], dryRun: boolean): Report {
  const inside = files.map(file => ({ ...file, path: relative(run.folder, file.path) }));
  return { text: textReport(run, inside, dryRun), json: jsonReport(run, inside, dryRun), isAnswer: false };
}

/** The report of a list. */
export function listReport(list: StreamList): Report {
  return { text: textList(list), json: list, isAnswer: true };
}

/** The report for scripts: paths are relative to the connector's folder. */
function jsonReport({ folder, notes, byHand }: StreamRun, files: readonly FileOutcome[], dryRun: boolean): object {
  return {
    connector: { uuid: basename(folder), folder },
    dryRun,
    files: files.map(({ path, outcome, lacks }) => ({ path, outcome, ...(lacks && { lacks }) })),
    notes,
    by_hand: byHand,
  };
}

/** The report for people: what was written, what to know, and what is left to do. */
function textReport({ folder, notes, byHand }: StreamRun, all: readonly FileOutcome[], dryRun: boolean): string {
  const files = all.filter(({ outcome }) => outcome !== 'unchanged');
  const what = files.map(
    ({ path, outcome, lacks }) =>
      `  ${outcome.padEnd(8)} ${path}${lacks && `, which lacks ${lacks}; the same run asks again`}`,
  );
  const summary =
    files.length === 0
      ? `Nothing had to be written in ${folder}.`
      : `${dryRun ? 'Dry run, nothing was written' : 'Written'} in ${folder}:`;
  return [
    '',
    summary,
    ...what,
    ...(notes.length > 0 ? ['', 'Worth a look:', ...notes.map(note => `  - ${note}`)] : []),
    ...(byHand.length > 0 ? ['', 'Left to do by hand:', '', ...byHand] : []),
    '',
  ].join('\n');
}
