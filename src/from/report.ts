import type { Report } from '../changes/run.ts';
import type { DescribedApi } from './described.ts';
import type { GradedStream } from './graded.ts';
import { understoodTable } from './table.ts';

interface Told {
  readonly api: DescribedApi;
  readonly graded: readonly GradedStream[];
  readonly notes: readonly string[];
  /** True where the user has seen what was understood before it was written. */
  readonly isShown: boolean;
}

/** What a run from a description says: what was understood and lost, and then what was written. */
export function fromReport(report: Report, { api, graded, notes, isShown }: Told): Report {
  const losses = graded.flatMap(({ name, losses: all }) =>
    all.map(({ what, instead }) => `${name}: ${what} (${instead})`),
  );
  const part = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? ['', title, ...lines.map(line => `  - ${line}`)] : [];
  const text = [
    ...(isShown ? [] : ['', 'What was understood:', '', understoodTable(api, process.stderr.columns)]),
    ...part('Of that source:', isShown ? notes.filter(note => !api.notes.includes(note)) : notes),
    ...part('What was not taken over, and where it can be had:', losses),
    report.text,
  ].join('\n');
  const streams = graded.map(({ name, grade, losses: all }) => ({ name, grade, losses: all }));
  return { ...report, text, json: { ...(report.json as object), streams, understood: notes } };
}
