import type { Ask } from '../answers/ask.ts';
import { readAnswers } from '../answers/document.ts';
import { UserError } from '../base/problems.ts';
import type { CommandInput, Plan } from '../changes/command.ts';
import type { PlannedRun } from '../changes/run.ts';
import { readJournal, refuseUnfinished } from '../changes/writing/journal.ts';
import type { ExistingConnector } from '../connector/existing.ts';
import { planConnectorRun } from '../connector/run.ts';
import { kindNamed, STREAM_OPTIONS } from '../kinds/registry.ts';
import { givenNames } from '../options/stream-options.ts';
import { type Action, actionOf } from './action.ts';
import { listStreams } from './list.ts';
import { planStreamsEdit } from './ours.ts';
import { planRemoval, planRename, planStreams, type StreamRun } from './plan.ts';
import { listReport, streamReport } from './report.ts';
import { findTarget, type Target } from './target.ts';

/** What a run does, and to which connector. */
export interface StreamJob {
  readonly action: Action;
  readonly target: Target;
}

/** Plans what becomes of the streams of a connector, ours or hand-written. */
export const planStreamRun: Plan = async (input, ask) => {
  const { action, target } = streamJob(input);
  if (action.does === 'list') return listing(target);
  if (action.does === 'edit') return planned(await planEdit(target, action, input.given.force), input);
  if ('ours' in target) return planGrowth(target.ours, input, ask);
  return planned(await planAdding(target.folder, input, ask), input);
};

/** Reads what to do and finds the connector. Throws a UserError for options that can't go together, or without a connector. */
export function streamJob({ given, flags, cwd }: Pick<CommandInput, 'given' | 'flags' | 'cwd'>): StreamJob {
  const [action, target] = [actionOf(flags), findTarget(given.connector, cwd)];
  refuseOtherRun(folderOf(target), action);
  return { action, target };
}

/** Refuses all but what reads only, and the very run that was ended halfway. */
function refuseOtherRun(folder: string, action: Action): void {
  if (action.does === 'list') return;
  const journal = readJournal(folder);
  const isSame = action.does === 'edit' && action.name === journal?.from && action.renamed === journal.to;
  if (!isSame) refuseUnfinished(folder);
}

function folderOf(target: Target): string {
  return 'ours' in target ? target.ours.folder : target.folder;
}

async function listing(target: Target): Promise<PlannedRun> {
  const list = await listStreams(target);
  return { folder: list.folder, changes: [], writes: [], report: () => listReport(list), fails: false };
}

function planned(run: StreamRun, { given }: CommandInput): PlannedRun {
  return { ...run, report: files => streamReport(run, files, given.dryRun), fails: false };
}

/** A connector of ours gets its streams as all of it was made. */
async function planGrowth(
  { answers }: ExistingConnector,
  input: CommandInput,
  ask: Ask | undefined,
): Promise<PlannedRun> {
  const kind = await kindNamed(answers.kind);
  const misplaced = givenNames(STREAM_OPTIONS, input.flags).filter(name => !(name in kind.streamOptions));
  if (misplaced.length > 0)
    throw new UserError(
      misplaced.map(name => ({
        where: `--${name}`,
        message: `has no meaning for the streams of ${String(answers.name)}, a connector of the kind ${kind.name}`,
        hint: 'leave it out',
      })),
    );
  return planConnectorRun(kind, { ...input, intent: 'add' }, ask);
}

function planAdding(folder: string, { given, flags, cwd }: CommandInput, ask: Ask | undefined): Promise<StreamRun> {
  const document = given.answers === undefined ? undefined : readAnswers(given.answers, cwd);
  return planStreams({ folder, name: flags.name as string | undefined, flags, cwd, document }, ask);
}

async function planEdit(
  target: Target,
  { name, renamed }: Extract<Action, { does: 'edit' }>,
  force: boolean,
): Promise<StreamRun> {
  if ('ours' in target) {
    const connector = target.ours;
    return planStreamsEdit({ kind: await kindNamed(connector.answers.kind), connector, name, renamed, force });
  }
  return renamed === undefined ? planRemoval(target.folder, name, force) : planRename(target.folder, name, renamed);
}
