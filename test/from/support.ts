import { join } from 'node:path';
import type { Ask } from '../../src/answers/ask.ts';
import { MANIFEST_FILE } from '../../src/changes/manifest-file.ts';
import type { PlannedRun } from '../../src/changes/run.ts';
import { readConnector } from '../../src/connector/existing.ts';
import { fromGiven } from '../../src/from/options.ts';
import type { Source } from '../../src/from/reader.ts';
import { planFrom } from '../../src/from/run.ts';
import { apply, temporaryFolder } from '../support/generate.ts';

/** What `--from` names, as readers get it. */
export function sourceOf(text: string, more: Partial<Source> = {}): Source {
  return { name: 'given', text, file: undefined, address: undefined, headers: {}, responseHeaders: {}, ...more };
}

export interface FromRun {
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly cwd?: string;
  readonly ask?: Ask;
  readonly saveAnswers?: string;
}

/** Plans a run as the command does. */
export async function plannedFrom(
  from: string,
  { flags = {}, cwd = temporaryFolder(), ask, saveAnswers }: FromRun = {},
): Promise<PlannedRun> {
  const all = { from, ...flags };
  const given = { dryRun: false, force: false, bail: false, json: false, saveAnswers };
  const input = { given, flags: all, cwd, intent: 'any' } as const;
  return planFrom(input, { ...fromGiven(all, undefined), from }, ask);
}

/** A connector that is written, its answers, and what was reported. */
export async function connectorFrom(from: string, run: FromRun = {}) {
  const planned = await plannedFrom(from, run);
  await apply(planned.changes);
  const report = planned.report([]);
  const answers = readConnector(planned.folder)?.answers;
  if (!answers) throw new Error(`${join(planned.folder, MANIFEST_FILE)} is missing`);
  const streams = answers.streams as readonly Record<string, unknown>[];
  return { folder: planned.folder, answers, streams, text: report.text, json: report.json as Record<string, unknown> };
}
