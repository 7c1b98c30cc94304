import { join, relative, resolve } from 'node:path';
import type { Ask } from '../answers/ask.ts';
import { type AnswersDocument, readAnswers } from '../answers/document.ts';
import { answersFile } from '../answers/save.ts';
import { filesBelow } from '../base/folders.ts';
import { type Problem, UserError } from '../base/problems.ts';
import { readText } from '../base/read-text.ts';
import type { Change } from '../changes/change.ts';
import type { CommandInput } from '../changes/command.ts';
import { MANIFEST_FILE } from '../changes/manifest-file.ts';
import type { PlannedRun } from '../changes/run.ts';
import { refuseUnfinished } from '../changes/writing/journal.ts';
import { inWriteOrder } from '../changes/writing/order.ts';
import { isTempFile } from '../changes/writing/write.ts';
import { changedAnswers } from './change-answers.ts';
import { planConnector } from './changes.ts';
import { type KeyOrigin, keyOrigins } from './configuration.ts';
import { decidePlace } from './decide.ts';
import { readConnector } from './existing.ts';
import { type Gathered, gather, type RunInput } from './gather.ts';
import type { AnyKind } from './kind.ts';
import { loadConnector } from './load.ts';
import { type Located, locate } from './locate.ts';
import type { ConnectorModel } from './model.ts';
import { connectorReport } from './report.ts';
import { type Resolved, resolveConnector } from './resolve.ts';
import { tryIt } from './try-it.ts';

/** What a connector becomes by a run. */
export interface ConnectorRun {
  readonly model: ConnectorModel;
  /** Its configuration keys, and which answer made each. */
  readonly configuration: readonly KeyOrigin[];
  readonly notes: readonly string[];
  /** With absolute paths. */
  readonly changes: readonly Change[];
}

/** Plans what a connector of this kind becomes, for a command. */
export async function planConnectorRun(
  kind: AnyKind,
  { given, flags, cwd, intent }: CommandInput,
  ask: Ask | undefined,
  document: AnswersDocument | undefined = givenDocument(given, cwd),
): Promise<PlannedRun> {
  const { dryRun } = given;
  const name = flags.name as string | undefined;
  const run = await planRun({ kind, options: given, name, flags, cwd, document, intent }, ask);
  const { model, configuration, notes, changes } = run;
  const folder = join(model.layout.root, model.folder);
  const next = tryIt(model, kind.tests(model).length > 0, cwd);
  return {
    folder,
    changes,
    writes: inWriteOrder(changes, folder),
    report: files => connectorReport({ model, configuration, files, notes, dryRun, next }),
    fails: false,
  };
}

function givenDocument({ answers }: CommandInput['given'], cwd: string): AnswersDocument | undefined {
  return answers === undefined ? undefined : readAnswers(answers, cwd);
}

/** Gathers the answers, resolves them and plans every file. Throws a UserError with all problems. */
export async function planRun(input: RunInput, ask: Ask | undefined): Promise<ConnectorRun> {
  const { kind, options } = input;
  const gathered = await atPlace(input, await gather(input, ask), ask);
  const resolved = loadAndResolve(input, gathered);
  const { existing, notes: gatheredNotes = [] } = gathered;
  const { model } = resolved;
  refuseUnfinished(join(model.layout.root, model.folder));
  const anew = { strict: gathered.changes && options.bail, restores: gathered.changes && options.force };
  const { changes, kept } = planConnector({ kind, resolved, existing, ...anew });
  if (!existing) refuseForeignFolder(model, changes, options.force);
  return {
    model,
    configuration: keyOrigins(kind, resolved.record, model.config),
    notes: [
      ...gatheredNotes,
      ...resolved.notes,
      ...kept.map(({ path }) => keptNote(relative(model.layout.root, path))),
    ],
    changes: [...changes, ...savedAnswers(input, gathered, changes)],
  };
}

function keptNote(path: string): string {
  return `${path} is no longer needed; it stays, since it has been changed`;
}

/** Where the answers of a new connector are those of one that stands in its place already, they change that one. */
async function atPlace(input: RunInput, gathered: Gathered, ask: Ask | undefined): Promise<Gathered> {
  const located = gathered.existing ? undefined : locate(input.kind, gathered.answers, input.cwd);
  if (!located?.existing) return gathered;
  const { existing, layout } = located;
  const does = decidePlace({ stands: 'same', hasTerminal: ask !== undefined, force: input.options.force });
  if (does === 'ask') await confirmChange(ask as Ask, located);
  const given = { ...gathered.answers, layout: layout.kind };
  return { ...gathered, ...changedAnswers(input.kind, existing, given, input.document), existing, changes: true };
}

async function confirmChange(ask: Ask, { folder, name }: Located): Promise<void> {
  const question = { message: `${folder} has ${name} already: shall it become what these answers give` };
  if (await ask.confirm('become', question)) return;
  throw new UserError({
    where: 'name',
    message: `${folder} has a connector of that name already`,
    hint: 'choose another name, or give the folder as --connector to change some of its answers',
  });
}

/** Reads what the answers name, once, and resolves them. */
function loadAndResolve(input: RunInput, { answers, folder, existing }: Gathered): Resolved<ConnectorModel> {
  try {
    return resolveConnector(input.kind, loadConnector(input.kind, answers, { cwd: input.cwd, folder, existing }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      error.problems.map(problem => withLocation(problem, input)),
      { cause: error },
    );
  }
}

/** Adds the answers file and its line to a problem with an answer. */
function withLocation(problem: Problem, { document, options }: RunInput): Problem {
  if (problem.path?.[0] === 'layout' && options.layout !== undefined) return { ...problem, where: '--layout' };
  if (!document || !problem.path) return problem;
  return {
    ...problem,
    where: `${document.file}, ${problem.where}`,
    line: problem.line ?? document.lineOf(problem.path),
  };
}

/** A connector that exists isn't overwritten because its name was chosen again. What a killed run left is completed. */
function refuseForeignFolder(model: ConnectorModel, changes: readonly Change[], force: boolean): void {
  const folder = join(model.layout.root, model.folder);
  const ours = new Map(changes.map(({ path, before, content }) => [path, before === content]));
  const isForeign = (path: string) => !isTempFile(path) && ours.get(path) !== true;
  const stands = filesBelow(folder).some(isForeign) ? 'other' : 'nothing';
  if (decidePlace({ stands, hasTerminal: false, force }) !== 'refuse') return;
  const found = readConnector(folder)?.answers;
  const what = found
    ? `the ${found.kind} connector ${found.name}`
    : `something that has no ${MANIFEST_FILE} of this generator`;
  throw new UserError({
    where: 'uuid',
    message: `${model.folder} exists already and holds ${what}`,
    hint: 'choose another name or uuid, or overwrite it with --force',
  });
}

function savedAnswers(
  { options, cwd, document }: RunInput,
  { answers, folder }: Gathered,
  others: readonly Change[],
): Change[] {
  if (options.saveAnswers === undefined) return [];
  const path = resolve(cwd, options.saveAnswers);
  if (others.some(other => other.path === path))
    throw new UserError({
      where: '--save-answers',
      message: `${options.saveAnswers} is a file that this run writes`,
      hint: 'name another one',
    });
  const before = readText(path);
  const content = answersFile(answers, folder, path, document?.comments ?? []);
  return [{ path, before, content, ask: before !== undefined && before !== content }];
}
