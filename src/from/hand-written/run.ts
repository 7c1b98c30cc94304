import { basename } from 'node:path';
import type { Ask } from '../../answers/ask.ts';
import type { RawAnswers } from '../../answers/raw-answers.ts';
import { UserError } from '../../base/problems.ts';
import type { CommandInput } from '../../changes/command.ts';
import type { PlannedRun } from '../../changes/run.ts';
import { refuseUnfinished } from '../../changes/writing/journal.ts';
import { analyze } from '../../python/analysis/analysis.ts';
import type { RegisteredStream } from '../../python/analysis/registry.ts';
import { planStreams, type StreamRun } from '../../streams/plan.ts';
import { streamReport } from '../../streams/report.ts';
import { askStreams } from '../ask-streams.ts';
import type { DescribedApi } from '../described.ts';
import { type FromGiven, isChosen } from '../options.ts';
import { fromReport } from '../report.ts';
import { nothingUsable } from '../run.ts';
import { understoodTable } from '../table.ts';
import { readDescribed, settled } from '../understand.ts';
import { requestBases } from './bases.ts';
import { type HandWritten, standingAs, type Taken, taken } from './take.ts';

type Given = FromGiven & { readonly from: string };

/**
 * Plans more streams of a hand-written connector, from what `--from` names: each is written as the connector's others are, as far
 * as their classes have a place for what it needs. Throws a UserError where no stream can be had.
 */
export async function planHandWritten(
  input: CommandInput,
  given: Given,
  folder: string,
  ask: Ask | undefined,
): Promise<PlannedRun> {
  refuseUnfinished(folder);
  const found = analyze(folder);
  const connector = { found, bases: requestBases(found) };
  const api = ask ? await asked(ask, given, input.cwd) : await understood(given, input.cwd);
  const standing = api.streams.map(stream => standingAs(stream, api, connector));
  const fresh = api.streams.filter((_, index) => !standing[index]);
  const kept = api.streams.flatMap(({ name }, index) => standingNote(name, standing[index]));
  const plans = { folder, name: undefined, flags: {}, cwd: input.cwd } as const;
  const plan = (streams: readonly RawAnswers[]) =>
    planStreams({ ...plans, document: documentOf(streams, folder) }, undefined);
  const tried = await Promise.all(fresh.map(stream => fitting(taken(stream, api, connector), plan)));
  const usable = tried.flatMap(({ answers }): RawAnswers[] => (answers ? [answers] : []));
  if (usable.length === 0 && kept.length === 0) throw nothingUsable(given.from, tried, api.notes);
  const run = usable.length > 0 ? await plan(usable) : nothing(folder);
  const notes = [...api.notes, ...kept, ...placeNotes(tried, api, connector)];
  const told = { api, graded: tried, notes, isShown: ask !== undefined };
  return { ...run, report: files => fromReport(streamReport(run, files, input.given.dryRun), told), fails: false };
}

async function understood(given: Given, cwd: string): Promise<DescribedApi> {
  return settled(await readDescribed(given, cwd), given, cwd);
}

/** Asks which streams are wanted, and shows what was understood of them before anything is written. */
async function asked(ask: Ask, given: Given, cwd: string): Promise<DescribedApi> {
  const read = await ask.once(`read ${given.from}`, () => readDescribed(given, cwd));
  const streams = isChosen(given) ? read.streams : await askStreams(ask, read.streams);
  const key = JSON.stringify([given.from, streams.map(({ name }) => name)]);
  const api = await ask.once(key, () => settled({ ...read, streams }, given, cwd));
  const notes = api.notes.map(note => `  - ${note}\n`).join('');
  process.stderr.write(`\n${understoodTable(api, process.stderr.columns)}\n${notes}\n`);
  await ask.choice('right', {
    message: 'Shall it be written like this',
    help: 'Esc goes back',
    choices: [{ value: 'yes', name: 'Yes' }],
  });
  return api;
}

/** A stream that the connector's conventions have room for, or why they don't. */
async function fitting(stream: Taken, plan: (streams: readonly RawAnswers[]) => Promise<StreamRun>): Promise<Taken> {
  if (!stream.answers) return stream;
  try {
    await plan([stream.answers]);
    return stream;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const losses = error.problems.map(({ where, message, hint }) => ({
      what: [where, message].filter(Boolean).join(' '),
      instead: hint ?? 'by hand',
    }));
    return { ...stream, answers: undefined, grade: 'none', losses: [...stream.losses, ...losses] };
  }
}

function standingNote(name: string, stream: RegisteredStream | undefined): string[] {
  if (!stream) return [];
  const as = stream.name === name ? '' : ` as ${stream.name}`;
  return [`${name} is there already${as}, in ${stream.file}, and stays as it is`];
}

/** What can't be told of the paths from the connector's code. */
function placeNotes(streams: readonly Taken[], api: DescribedApi, { found, bases }: HandWritten): string[] {
  const unplaced = streams.filter(({ isUnplaced, answers }) => isUnplaced && answers).map(({ name }) => name);
  if (unplaced.length === 0) return [];
  const hosts = [...new Set(bases.map(({ host }) => host))];
  const asks = hosts.length > 0 ? `asks ${hosts.join(', ')}` : 'says nowhere in one text what it asks';
  return [
    `the paths of ${unplaced.join(', ')} count from ${String(api.answers.base_url?.value)}, and ${found.files.uuid} ${asks}: see that they are right`,
  ];
}

function nothing(folder: string): StreamRun {
  return { folder, changes: [], writes: [], notes: [], byHand: [] };
}

function documentOf(streams: readonly RawAnswers[], folder: string) {
  const file = `what ${basename(folder)} is to have`;
  return { file, folder, value: { streams }, lineOf: () => undefined, comments: [] };
}
