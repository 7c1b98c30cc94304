import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { answersFile } from './answers/save.ts';
import type { Ask } from './ask.ts';
import { type ConnectorPlan, connectorPlan, type TemplateFolders } from './connector-plan.ts';
import { type ExistingConnector, RECORD_FILE, readConnector } from './existing.ts';
import { type AnyKind, type Gathered, gather, type RunInput, recordedStream } from './gather.ts';
import type { RawAnswers } from './kind.ts';
import type { ConnectorModel } from './model/connector.ts';
import { type Change, planChanges, renderEntry } from './plan.ts';
import { type Problem, UserError } from './problems.ts';
import { type Resolved, resolveConnector } from './resolve.ts';

/** A run that is ready to be applied: nothing has been written, and nothing can go wrong but the disk. */
export interface PlannedRun {
  readonly model: ConnectorModel;
  readonly notes: readonly string[];
  /** With absolute paths. */
  readonly changes: readonly Change[];
}

/** Gathers the answers, resolves them and plans every file. Throws a UserError with all problems. */
export async function planRun(input: RunInput, ask: Ask | undefined, templates: TemplateFolders): Promise<PlannedRun> {
  const gathered = await gather(input, ask);
  const plan = (answers: RawAnswers) => {
    const resolved = resolveGathered(input, { ...gathered, answers });
    return { resolved, ...connectorPlan(input.kind, resolved, templates, gathered.existing !== undefined) };
  };
  const { resolved, ...planned } = plan(gathered.answers);
  const { model, notes } = resolved;
  const { existing } = gathered;
  const inRoot = (path: string) => join(model.layout.root, path);
  if (!existing && !input.options.force) refuseForeignFolder(model, inRoot(model.folder));
  const previous = existing && rendered(plan(previousAnswers(input.kind, existing)));
  const changes = planChanges({ ...planned, read: path => readText(inRoot(path)), previous });
  return {
    model,
    notes,
    changes: [...changes.map(change => ({ ...change, path: inRoot(change.path) })), ...savedAnswers(input, gathered)],
  };
}

function resolveGathered(input: RunInput, { answers, folder, existing }: Gathered): Resolved<ConnectorModel> {
  try {
    return resolveConnector(input.kind, answers, { cwd: input.cwd, folder, connectorFolder: existing?.folder });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      error.problems.map(problem => placed(problem, input)),
      { cause: error },
    );
  }
}

/** Adds the answers file and its line to a problem with an answer. */
function placed(problem: Problem, { document, options }: RunInput): Problem {
  if (problem.path?.[0] === 'layout' && options.layout !== undefined) return { ...problem, where: '--layout' };
  if (!document || !problem.path) return problem;
  return {
    ...problem,
    where: `${document.file}, ${problem.where}`,
    line: problem.line ?? document.lineOf(problem.path),
  };
}

/** The answers that made a connector, with its schemas as they stand on disk. */
function previousAnswers(kind: AnyKind, { folder, answers }: ExistingConnector): RawAnswers {
  return {
    ...answers,
    ...(answers.streams && {
      streams: answers.streams.map(stream => recordedStream(kind, folder, stream)),
    }),
  };
}

function rendered({ files }: ConnectorPlan): Map<string, string> {
  return new Map(files.map(entry => [entry.path, renderEntry(entry)]));
}

/** A connector that exists isn't overwritten because its name was chosen again. */
function refuseForeignFolder(model: ConnectorModel, folder: string): void {
  if (!existsSync(folder)) return;
  const found = readConnector(folder)?.answers;
  if (found?.kind === model.kind && found.name === model.name) return;
  const what = found
    ? `the ${found.kind} connector ${found.name}`
    : `something that has no ${RECORD_FILE} of this generator`;
  throw new UserError({
    where: 'uuid',
    message: `${model.folder} exists already and holds ${what}`,
    hint: 'choose another name or uuid, or overwrite it with --force',
  });
}

function savedAnswers({ options, cwd }: RunInput, { answers, folder }: Gathered): Change[] {
  if (options.saveAnswers === undefined) return [];
  const path = resolve(cwd, options.saveAnswers);
  const before = readText(path);
  const content = answersFile(answers, folder, path);
  return [{ path, before, content, ask: before !== undefined && before !== content }];
}

/** What stands on disk, or undefined. Throws a UserError where that can't be read, since `yo` crashes on raw file system errors. */
export function readText(path: string): string | undefined {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  } catch (error) {
    throw new UserError({ where: path, message: `can't be read: ${(error as Error).message}` }, { cause: error });
  }
}
