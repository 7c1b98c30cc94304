import type { Ask } from '../answers/ask.ts';
import { readAnswers } from '../answers/document.ts';
import type { ExistingConnector } from '../connector/existing.ts';
import { kindNamed } from '../kinds/registry.ts';
import type { GivenOptions } from '../options/definitions.ts';
import { type Action, actionOf } from './action.ts';
import { refuseOtherRun } from './journal.ts';
import { listStreams, type StreamList } from './list.ts';
import { planStreamsEdit } from './ours.ts';
import { planRemoval, planRename, planStreams, type StreamRun } from './plan.ts';
import { findTarget, type Target } from './target.ts';

/** What a run was given, and what it found. */
export interface StreamJob {
  readonly action: Action;
  readonly target: Target;
  readonly given: GivenOptions;
  readonly options: Readonly<Record<string, unknown>>;
  readonly cwd: string;
}

/** Reads what to do and finds the connector. Throws a UserError for options that can't go together, or without a connector. */
export function streamJob(given: GivenOptions, options: StreamJob['options'], cwd: string): StreamJob {
  const [action, target] = [actionOf(options), findTarget(given.connector, cwd)];
  refuseOtherRun('ours' in target ? target.ours.folder : target.folder, action);
  return { action, target, given, options, cwd };
}

/** The connector of ours that a stream is to be added to, which the generator of its kind does. */
export function growingConnector({ action, target }: StreamJob): ExistingConnector | undefined {
  return action.does === 'add' && 'ours' in target ? target.ours : undefined;
}

/** True where there may be questions. */
export function mayAsk({ action, given }: StreamJob): boolean {
  return action.does === 'add' && given.answers === undefined;
}

/** Plans what a job writes, or lists the streams. */
export async function planJob(
  job: StreamJob,
  ask: Ask | undefined,
): Promise<{ run: StreamRun } | { list: StreamList }> {
  const { action, target, given } = job;
  if (action.does === 'list') return { list: await listStreams(target) };
  if ('ours' in target && action.does === 'edit') return { run: await editOurs(target.ours, action, given.force) };
  const { folder } = target as { readonly folder: string };
  if (action.does === 'add') return { run: await planAdding(job, folder, ask) };
  const { name, renamed } = action;
  return { run: renamed === undefined ? planRemoval(folder, name, given.force) : planRename(folder, name, renamed) };
}

function planAdding({ given, options, cwd }: StreamJob, folder: string, ask: Ask | undefined): Promise<StreamRun> {
  const document = given.answers === undefined ? undefined : readAnswers(given.answers, cwd);
  return planStreams({ folder, name: options.name as string | undefined, flags: options, cwd, document }, ask);
}

async function editOurs(
  connector: ExistingConnector,
  { name, renamed }: Extract<Action, { does: 'edit' }>,
  force: boolean,
): Promise<StreamRun> {
  const kind = await kindNamed(connector.answers.kind);
  return planStreamsEdit({ kind, connector, name, renamed, force });
}
