import { basename, relative } from 'node:path';
import { readText } from '../base/read-text.ts';
import { type FileOutcome, outcomeOf } from '../connector/report.ts';
import type { GivenOptions } from '../options/definitions.ts';
import { type StreamList, textList } from './list.ts';
import type { StreamRun } from './plan.ts';

/** What a run planned, or what it listed. */
export type StreamResult = { readonly run: StreamRun } | { readonly list: StreamList };

/** The report of a run: JSON for scripts, or text for people. */
export function streamReport(result: StreamResult, { dryRun, json }: GivenOptions): string {
  if ('list' in result) return json ? JSON.stringify(result.list, undefined, 2) : textList(result.list);
  return json ? jsonReport(result.run, dryRun) : textReport(result.run, dryRun);
}

/** What became of each file of a hand-written connector; in a dry run, what would have. */
function outcomes({ folder, changes }: StreamRun, dryRun: boolean): FileOutcome[] {
  return changes.map(change => ({
    path: relative(folder, change.path),
    outcome: outcomeOf(change, readText(change.path), dryRun),
  }));
}

/** The report for scripts: paths are relative to the connector's folder. */
function jsonReport(run: StreamRun, dryRun: boolean): string {
  const { folder, notes, byHand } = run;
  const report = {
    connector: { uuid: basename(folder), folder },
    dryRun,
    files: outcomes(run, dryRun),
    notes,
    by_hand: byHand,
  };
  return JSON.stringify(report, undefined, 2);
}

/** The report for people: what was written, what to know, and what is left to do. */
function textReport(run: StreamRun, dryRun: boolean): string {
  const { folder, notes, byHand } = run;
  const files = outcomes(run, dryRun).filter(({ outcome }) => outcome !== 'unchanged');
  const what = files.map(({ path, outcome }) => `  ${outcome.padEnd(8)} ${path}`);
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
