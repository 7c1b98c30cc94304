import type { FileOutcome, Outcome, Report } from '../changes/run.ts';
import { shown } from '../schema/dialect.ts';
import type { SchemaRun } from './plan.ts';

/** What was written, what has changed, and what the source left open. */
export function schemaReport(run: SchemaRun, files: readonly FileOutcome[], dryRun: boolean): Report {
  return {
    text: textReport(run, files, dryRun),
    json: jsonReport(
      run,
      files.map(({ path, outcome }) => ({ path, outcome })),
      dryRun,
    ),
    isAnswer: false,
  };
}

function jsonReport(run: SchemaRun, files: readonly Pick<FileOutcome, 'path' | 'outcome'>[], dryRun: boolean): object {
  const { stream, evidence, merged } = run;
  const { records, keys, bookmarks } = evidence;
  const { added, changed, vanished, leftOut } = merged;
  const columns = Object.keys(JSON.parse(merged.text).properties);
  const found = {
    records,
    columns,
    added,
    changed,
    vanished,
    leftOut,
    textColumns: run.textColumns,
    keys,
    bookmarks,
  };
  return { stream, dryRun, files, ...found, notes: notesOf(run) };
}

const DONE: Readonly<Record<Outcome, string>> = {
  created: 'written to',
  updated: 'updated in',
  removed: 'removed from',
  unchanged: 'unchanged in',
  skipped: 'left as it was in',
};

function textReport(run: SchemaRun, [schema]: readonly FileOutcome[], dryRun: boolean): string {
  const { stream, evidence, merged } = run;
  const { path, outcome } = schema as FileOutcome;
  const count = Object.keys(JSON.parse(merged.text).properties).length;
  const notes = notesOf(run);
  return [
    '',
    `The schema of ${stream} (${count} column${count === 1 ? '' : 's'}) ${dryRun && outcome !== 'unchanged' ? 'would be' : 'is'} ${DONE[outcome]} ${path}.`,
    ...(outcome === 'created' ? [] : differences(run)),
    ...evidence.keys.slice(0, 1).map(({ column, reason }) => `Likely key: ${column} (${reason})`),
    ...evidence.bookmarks.slice(0, 1).map(({ column, reason }) => `Likely bookmark: ${column} (${reason})`),
    ...(notes.length > 0 ? ['Worth a look:', ...notes.map(note => `  - ${note}`)] : []),
    '',
  ].join('\n');
}

function differences({ merged: { added, changed, vanished, leftOut } }: SchemaRun): string[] {
  const lines: [string, readonly string[]][] = [
    ['New', added],
    ['Changed', changed],
    ['No longer in the sample, and kept', vanished],
    ['Taken out by hand, and left out', leftOut],
  ];
  return lines
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) => `${what}: ${names.map(shown).join(', ')}`);
}

/** Where a schema is refreshed, what the source alone would have made of a column is of no interest unless it is new. */
function notesOf({ evidence, merged: { added, notes }, textNote }: SchemaRun): string[] {
  const names = new Set(added.map(shown));
  const columnOf = (note: string) => /^("(?:[^"\\]|\\.)*"): /.exec(note)?.[1];
  const isNews = (note: string) => names.has(columnOf(note) ?? '') || columnOf(note) === undefined;
  return [...evidence.notes.filter(isNews), ...notes, ...(textNote === undefined ? [] : [textNote])];
}
