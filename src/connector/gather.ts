import { isEqual, omit } from 'lodash-es';
import type { Ask } from '../answers/ask.ts';
import type { AnswersDocument } from '../answers/document.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { validate } from '../answers/validate.ts';
import { isMapping } from '../base/mapping.ts';
import { type Problem, UserError } from '../base/problems.ts';
import type { Intent } from '../changes/command.ts';
import { refuseUnfinished } from '../changes/writing/journal.ts';
import { layoutQuestion } from '../mage/find.ts';
import type { GivenOptions } from '../options/given-options.ts';
import { answersOf, givenNames } from '../options/stream-options.ts';
import { changedAnswers } from './change-answers.ts';
import { askChanges } from './change-questions.ts';
import { decideGiven, type GivenFacts } from './decide.ts';
import { documentStreams } from './document-streams.ts';
import { type ExistingConnector, findConnector, requireConnector } from './existing.ts';
import { recordedStream } from './existing-schema.ts';
import type { AnyKind } from './kind.ts';
import { reviewed } from './review.ts';

/** What a run was given to work with, before anything is asked. */
export interface RunInput {
  readonly kind: AnyKind;
  readonly options: GivenOptions;
  /** The first argument: the name of the connector, or of the stream that is added. */
  readonly name?: string;
  /** The flags of one stream, by the names in the kind's `streamOptions`. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly cwd: string;
  readonly document?: AnswersDocument;
  readonly intent: Intent;
}

/** Raw answers, whatever their source, and where they came from. */
export interface Gathered {
  readonly answers: RawAnswers;
  /** The folder that paths in them are relative to. */
  readonly folder: string;
  /** The connector that grows or changes, if one does. */
  readonly existing?: ExistingConnector;
  /** True where it is given all its answers, or some of them, to become what they give. */
  readonly changes?: boolean;
  /** What to know of the answers. */
  readonly notes?: readonly string[];
}

/** What a run does, and with which connector. */
type Job =
  | { readonly does: 'make' }
  | { readonly does: 'add' | 'change' | 'ask'; readonly existing: ExistingConnector };

/** Finds out what a run does from what it was given, and from the connector around it. */
function jobOf(input: RunInput, hasTerminal: boolean): Job {
  const { kind, options, cwd, intent, name } = input;
  const isNamed = intent === 'add' || options.connector !== undefined;
  const around = isNamed ? checkedKind(kind, requireConnector(options.connector, cwd)) : findConnector(cwd);
  const existing = around?.answers.kind === kind.name ? around : undefined;
  const does = decideGiven({
    intent,
    found: existing !== undefined,
    isNamed,
    document: documentFact(input, existing),
    hasName: name !== undefined,
    hasStreamFlags: givenFlags(input).length > 0,
    hasTerminal,
  });
  return existing && does !== 'make' ? { does, existing } : { does: 'make' };
}

function documentFact({ document }: RunInput, existing: ExistingConnector | undefined): GivenFacts['document'] {
  if (!document) return 'none';
  const { value } = document;
  const keys = isMapping(value) ? Object.keys(value) : [];
  if (keys.includes('streams') && keys.every(key => key === 'streams' || key === 'kind')) return 'streams';
  return isMapping(value) && 'name' in value && value.name !== existing?.answers.name ? 'other' : 'answers';
}

/** The connector, where it is of that kind; throws a UserError else. */
export function checkedKind(kind: AnyKind, existing: ExistingConnector): ExistingConnector {
  const { kind: found } = existing.answers;
  if (found === kind.name) return existing;
  throw new UserError({
    where: '--connector',
    message: `${existing.folder} is a connector of the kind ${found}, not ${kind.name}`,
  });
}

/** Takes the answers from the file, or asks for them. `ask` is undefined where there is no terminal to ask in. */
export async function gather(input: RunInput, ask: Ask | undefined): Promise<Gathered> {
  const found = jobOf(input, ask !== undefined);
  if ('existing' in found) refuseUnfinished(found.existing.folder);
  const job = await decided(found, ask);
  const folder = input.document?.folder ?? input.cwd;
  if (job.does !== 'add' || input.document) refuseStreamFlags(input);
  if (job.does === 'make') return { answers: await newAnswers(input, ask, folder), folder };
  const { existing } = job;
  if (job.does === 'change') {
    const given = input.document ? documentAnswers(input) : await askedChanges(input, existing, ask);
    const whole = withFiles(input.kind, given, folder, existing.answers);
    return { ...changedAnswers(input.kind, existing, whole, input.document), folder, existing, changes: true };
  }
  const streams = input.document ? documentStreams(input.document) : [await oneStream(input, existing, ask)];
  const added = withFiles(input.kind, { streams }, folder, existing.answers).streams as RawAnswers[];
  return { answers: grownAnswers(input.kind, existing, added), folder, existing };
}

/** In a connector's folder the user says whether a stream is to be added or the answers are to be changed. */
async function decided(job: Job, ask: Ask | undefined): Promise<Exclude<Job, { does: 'ask' }>> {
  if (job.does !== 'ask' || !ask) return job as Exclude<Job, { does: 'ask' }>;
  const { existing } = job;
  const does = await ask.choice('job', {
    message: `What shall be done with ${String(existing.answers.name)}`,
    choices: [
      { value: 'add', name: 'Add a stream' },
      { value: 'change', name: 'Change its answers, such as the description' },
    ],
  });
  return { does, existing };
}

/** The answers of a new connector. */
async function newAnswers(input: RunInput, ask: Ask | undefined, folder: string): Promise<RawAnswers> {
  const { kind, document } = input;
  const given = document ? documentAnswers(input) : givenAnswers(input);
  if (!document && !ask) throw noTerminal(validate(kind.definition, { kind: kind.name, ...given }).problems);
  const asked = async (by: Ask) => ({ ...(await askLayout(by, input)), ...(await kind.ask(by, given, folder)) });
  const answers = ask ? await reviewed(ask, kind, { ...given, ...(await asked(ask)) }) : given;
  return withFiles(kind, { kind: kind.name, ...answers }, folder, {});
}

/** The layout, where a folder above may be two and only the user knows which. */
async function askLayout(ask: Ask, { cwd, options }: RunInput): Promise<RawAnswers> {
  const question = options.layout === undefined ? layoutQuestion(cwd) : undefined;
  return question ? { layout: await ask.choice('layout', question) } : {};
}

/** Answers with the content of the files that their streams name. */
function withFiles(kind: AnyKind, answers: RawAnswers, folder: string, recorded: RawAnswers): RawAnswers {
  if (!Array.isArray(answers.streams)) return answers;
  const connector = { ...recorded, ...answers };
  const read = (stream: unknown) => (isMapping(stream) ? kind.readStream(stream, folder, connector) : stream);
  return { ...answers, streams: answers.streams.map(read) };
}

async function askedChanges(
  { kind }: RunInput,
  { answers }: ExistingConnector,
  ask: Ask | undefined,
): Promise<RawAnswers> {
  if (!ask) throw noTerminal([]);
  return askChanges(ask, kind.changes, answers);
}

/** Flags of one stream say nothing where streams come from a file, or are asked for with a new connector. */
function refuseStreamFlags(input: RunInput): void {
  const given = givenFlags(input);
  if (given.length === 0) return;
  throw new UserError(
    given.map(name => ({
      where: `--${name}`,
      message: 'is for one stream that is added to a connector',
      hint: 'leave it out, or run mage-connector stream in the connector',
    })),
  );
}

function givenFlags({ kind, flags }: Pick<RunInput, 'kind' | 'flags'>): string[] {
  return givenNames(kind.streamOptions, flags);
}

function givenAnswers({ options: { layout }, name }: RunInput): RawAnswers {
  return { ...(name !== undefined && { name }), ...(layout !== undefined && { layout }) };
}

function documentAnswers(input: RunInput): RawAnswers {
  const { value, file } = input.document as AnswersDocument;
  if (!isMapping(value))
    throw new UserError({ where: file, message: 'must be a mapping of keys, such as name: Acme CRM' });
  return { ...value, ...givenAnswers(input) };
}

async function oneStream(
  { kind, flags, name, cwd }: RunInput,
  existing: ExistingConnector,
  ask: Ask | undefined,
): Promise<RawAnswers> {
  const given = { ...(name !== undefined && { name }), ...answersOf(kind.streamOptions, flags) };
  const { problems } = validate(kind.streamDefinition, given);
  if (problems.length === 0) return given;
  if (ask) return { ...given, ...(await kind.askStream(ask, given, cwd, existing.answers)) };
  throw noTerminal(problems);
}

/** The connector's answers with the new streams first, so that their positions are those of the answers file. */
function grownAnswers(kind: AnyKind, { folder, answers }: ExistingConnector, added: readonly RawAnswers[]): RawAnswers {
  const old = answers.streams ?? [];
  const merged = added.map(stream => {
    const twin = old.find(({ name }) => name === stream?.name);
    if (!twin) return stream;
    if (isSame(kind, twin, stream)) return recordedStream(kind, folder, twin);
    throw new UserError({
      where: 'name',
      message: `the connector has a stream ${stream.name} already, with other answers`,
      hint: 'choose another name, edit the stream in place, or change it by the whole answers with --answers',
    });
  });
  const kept = old.filter(({ name }) => !added.some(stream => stream?.name === name));
  return {
    ...answers,
    streams: [...merged, ...kept.map(stream => recordedStream(kind, folder, stream))],
  };
}

/** Whether a stream was made by these answers, apart from what is recorded elsewhere or was found in its sample. */
function isSame(kind: AnyKind, recorded: RawAnswers, stream: RawAnswers): boolean {
  const normal: RawAnswers = validate(kind.streamDefinition, stream).output as RawAnswers;
  const found = ['text_columns', 'records_path'].filter(key => !(key in stream));
  return isEqual(omit(recorded, [...found, 'schema']), omit(normal, 'schema'));
}

function noTerminal(problems: readonly Problem[]): UserError {
  const missing = problems.length > 0 ? problems : [{ message: 'there are questions to ask' }];
  return new UserError([
    ...missing,
    { message: 'there is no terminal to ask in', hint: 'give the answers with --answers FILE; --help tells more' },
  ]);
}
