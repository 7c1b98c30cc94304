import { isMatch } from 'lodash-es';
import type { Ask } from '../answers/ask.ts';
import type { AnswersDocument } from '../answers/document.ts';
import { isCommand } from '../answers/pasted-text.ts';
import { UserError } from '../base/problems.ts';
import type { CommandInput } from '../changes/command.ts';
import type { PlannedRun } from '../changes/run.ts';
import { type ExistingConnector, findConnector, requireConnector } from '../connector/existing.ts';
import type { AnyKind } from '../connector/kind.ts';
import { locate } from '../connector/locate.ts';
import { planConnectorRun } from '../connector/run.ts';
import { kindNamed } from '../kinds/registry.ts';
import { compared } from './again/compare.ts';
import { askDescribed } from './ask-described.ts';
import type { DescribedApi } from './described.ts';
import { type GradedStream, gradedStreams } from './graded.ts';
import { type FromGiven, isChosen } from './options.ts';
import { fromReport } from './report.ts';
import { toAnswers } from './to-answers.ts';
import { readDescribed, settled } from './understand.ts';

type Given = FromGiven & { readonly from: string };

/** Plans a connector, or more streams of one that exists, from what `--from` names. Throws a UserError with every problem. */
export async function planFrom(input: CommandInput, given: Given, ask: Ask | undefined): Promise<PlannedRun> {
  const kind = await kindNamed('api');
  const around =
    input.flags.name === undefined || input.given.connector !== undefined ? connectorAround(input) : undefined;
  const read = () => readDescribed(given, input.cwd);
  const described = named(await (ask ? ask.once(`read ${given.from}`, read) : read()), input.flags.name);
  const api = ask
    ? await askDescribed({
        ask,
        kind,
        api: described,
        given,
        cwd: input.cwd,
        isNamed: input.flags.name !== undefined || around !== undefined,
      })
    : await settled(described, given, input.cwd);
  const isShown = ask !== undefined;
  const graded = gradedStreams(api.streams);
  const usable = { ...api, streams: api.streams.filter((_, index) => graded[index]?.grade !== 'none') };
  if (usable.streams.length === 0) throw nothingUsable(given.from, graded, api.notes);
  const existing = around ?? located(kind, usable, input);
  return existing
    ? planMore(kind, { input, given, api, usable, graded, existing, isShown })
    : planNew(kind, { input, api, usable, graded, isShown });
}

interface Understanding {
  readonly input: CommandInput;
  readonly api: DescribedApi;
  /** The streams of it that a connector can have. */
  readonly usable: DescribedApi;
  readonly graded: readonly GradedStream[];
  readonly isShown: boolean;
}

async function planNew(kind: AnyKind, { input, api, usable, graded, isShown }: Understanding): Promise<PlannedRun> {
  const { answers, comments } = toAnswers(usable);
  const plan = await planConnectorRun(kind, input, undefined, documentOf(answers, comments, input));
  return { ...plan, report: files => fromReport(plan.report(files), { api, graded, notes: api.notes, isShown }) };
}

/** Adds the streams that a connector lacks; what it has stays as it is. */
async function planMore(
  kind: AnyKind,
  {
    input,
    given,
    api,
    usable,
    graded,
    existing,
    isShown,
  }: Understanding & { readonly given: Given; readonly existing: ExistingConnector },
): Promise<PlannedRun> {
  const { added, notes } = compared(api, usable.streams, existing, !isChosen(given));
  const told = { api, graded, notes: [...api.notes, ...notes], isShown };
  if (added.length === 0) {
    const text = `${String(existing.answers.name)} has all of these streams: nothing had to be written.`;
    const nothing = {
      text,
      json: { connector: { name: existing.answers.name }, files: [], notes: [] },
      isAnswer: false,
    };
    return { folder: existing.folder, changes: [], writes: [], report: () => fromReport(nothing, told), fails: false };
  }
  const whole = toAnswers({ ...usable, streams: added });
  const { pagination, streams: bare } = whole.answers as { pagination?: unknown; streams: readonly object[] };
  const isOther = pagination !== undefined && !isMatch({ pagination: existing.answers.pagination }, { pagination });
  const streams = bare.map(stream => ({ ...(isOther && { pagination }), ...stream }));
  const comments = whole.comments.filter(([path]) => path[0] === 'streams');
  const options = { ...input.given, connector: existing.folder };
  const document = documentOf({ streams }, comments, input);
  const adding = { ...input, given: options, flags: { ...input.flags, name: undefined }, intent: 'add' } as const;
  const plan = await planConnectorRun(kind, adding, undefined, document);
  return { ...plan, report: files => fromReport(plan.report(files), told) };
}

/** The connector that is named, which has to be one of an API, or the one around the current folder if it is. */
function connectorAround({ given, cwd }: CommandInput): ExistingConnector | undefined {
  const found = given.connector === undefined ? findConnector(cwd) : requireConnector(given.connector, cwd);
  if (found?.answers.kind === 'api' || given.connector === undefined)
    return found?.answers.kind === 'api' ? found : undefined;
  throw new UserError({
    where: '--from',
    message: `is for connectors of APIs, and ${found?.folder} is of the kind ${found?.answers.kind}`,
  });
}

/** The connector of that name that stands where a new one would. */
function located(kind: AnyKind, api: DescribedApi, { given, cwd }: CommandInput): ExistingConnector | undefined {
  const { answers } = toAnswers(api);
  return locate(kind, { ...answers, ...(given.layout !== undefined && { layout: given.layout }) }, cwd)?.existing;
}

function named(api: DescribedApi, name: unknown): DescribedApi {
  if (name === undefined) return api;
  return {
    ...api,
    answers: { ...api.answers, name: { value: String(name), grade: 'said', evidence: 'given to the command' } },
  };
}

function documentOf(
  value: Record<string, unknown>,
  comments: AnswersDocument['comments'],
  { cwd }: CommandInput,
): AnswersDocument {
  return { file: 'what was understood', folder: cwd, value, lineOf: () => undefined, comments };
}

/** The error where nothing of a description can be a stream. */
export function nothingUsable(from: string, graded: readonly GradedStream[], notes: readonly string[]): UserError {
  const hint = notes.length > 0 ? notes.slice(-3).join('; ') : undefined;
  const where = isCommand(from) ? 'the command' : undefined;
  return new UserError(
    graded.slice(0, 10).map(({ name, losses }) => ({
      where,
      message: `${name} can't be a stream: ${losses.map(({ what, instead }) => `${what} (${instead})`).join('; ')}`,
      hint,
    })),
  );
}
