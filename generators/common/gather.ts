import { isEqual, omit } from 'lodash-es';
import type { AnswersDocument } from './answers/document.ts';
import { validate } from './answers/validate.ts';
import type { Ask } from './ask.ts';
import { type ExistingConnector, findConnector, requireConnector } from './existing.ts';
import { optionValue } from './given-options.ts';
import type { Kind, RawAnswers } from './kind.ts';
import { type GivenOptions, streamOptions } from './options.ts';
import { type Problem, UserError } from './problems.ts';

// biome-ignore lint/suspicious/noExplicitAny: the shell handles kinds of any answers and model
export type AnyKind = Kind<any, any>;

/** What a run was given to work with, before anything is asked. */
export interface RunInput {
  readonly kind: AnyKind;
  readonly options: GivenOptions;
  /** The first argument: the name of the connector, or of the stream that is added. */
  readonly name?: string;
  /** The flags of one stream, by the names in `streamOptions`. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly cwd: string;
  readonly document?: AnswersDocument;
  /** True for the `stream` generator, which only ever adds. */
  readonly addsOnly: boolean;
}

/** Raw answers, whatever their source, and where they came from. */
export interface Gathered {
  readonly answers: RawAnswers;
  /** The folder that paths in them are relative to. */
  readonly folder: string;
  /** The connector that grows, if one does. */
  readonly existing?: ExistingConnector;
}

/** The connector that a run adds to, or undefined where it makes a new one. */
export function growing({ kind, options, cwd, document, addsOnly, name }: RunInput): ExistingConnector | undefined {
  if (addsOnly || options.connector !== undefined) return checkedKind(kind, requireConnector(options.connector, cwd));
  const makesNew = isMapping(document?.value) && 'name' in document.value;
  const around = makesNew || name !== undefined ? undefined : findConnector(cwd);
  return around?.answers.kind === kind.name ? around : undefined;
}

function checkedKind(kind: AnyKind, existing: ExistingConnector): ExistingConnector {
  const { kind: found } = existing.answers;
  if (found !== kind.name)
    throw new UserError({
      where: '--connector',
      message: `${existing.folder} is a connector of the kind ${found}, not ${kind.name}`,
    });
  return existing;
}

/** Takes the answers from the file, or asks for them. `ask` is undefined where there is no terminal to ask in. */
export async function gather(input: RunInput, ask: Ask | undefined): Promise<Gathered> {
  const existing = growing(input);
  const folder = input.document?.folder ?? input.cwd;
  if (!existing || input.document) refuseStreamFlags(input.flags);
  if (existing) {
    const streams = input.document ? documentStreams(input.document) : [await oneStream(input, existing, ask)];
    const added = streams.map(stream => withFiles(input.kind, stream, folder, existing.answers));
    return { answers: grownAnswers(input.kind, existing, added), folder, existing };
  }
  return { answers: { kind: input.kind.name, ...(await newAnswers(input, folder, ask)) }, folder };
}

/** The answers of a new connector. */
async function newAnswers(input: RunInput, folder: string, ask: Ask | undefined): Promise<RawAnswers> {
  const { kind, document } = input;
  const given = document ? documentAnswers(input) : givenAnswers(input);
  if (!document && !ask) throw noTerminal(validate(kind.definition, { kind: kind.name, ...given }).problems);
  const answers = ask ? { ...given, ...(await kind.ask(ask, given, folder)) } : given;
  const { streams } = answers;
  return Array.isArray(streams)
    ? { ...answers, streams: streams.map(stream => withFiles(kind, stream, folder, answers)) }
    : answers;
}

/** A stream with the content of the files that it names. */
function withFiles(kind: AnyKind, stream: RawAnswers, folder: string, connector: RawAnswers): RawAnswers {
  return kind.readStream && isMapping(stream) ? kind.readStream(stream, folder, connector) : stream;
}

/** Flags of one stream say nothing where streams come from a file, or are asked for with a new connector. */
function refuseStreamFlags(flags: RunInput['flags']): void {
  const given = Object.keys(streamOptions).filter(name => optionValue(flags, name) !== undefined);
  if (given.length === 0) return;
  throw new UserError(
    given.map(name => ({
      where: `--${name}`,
      message: 'is for one stream that is added to a connector',
      hint: 'leave it out, or run mage-connector stream in the connector',
    })),
  );
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

function documentStreams({ value, file, lineOf }: AnswersDocument): RawAnswers[] {
  const streams = isMapping(value) ? value.streams : undefined;
  if (!isMapping(value) || !Array.isArray(streams) || streams.length === 0) {
    throw new UserError({
      where: file,
      message: 'must have a list of streams to add',
      hint: 'streams: [{name: deals, …}]',
    });
  }
  const others = Object.keys(value).filter(key => key !== 'streams' && key !== 'kind');
  if (others.length > 0) {
    throw new UserError(
      others.map(key => ({
        where: `${file}, ${key}`,
        line: lineOf([key]),
        message: 'is no answer when streams are added',
        hint: 'streams is the only one',
      })),
    );
  }
  return streams;
}

async function oneStream(
  { kind, flags, name, cwd }: RunInput,
  existing: ExistingConnector,
  ask: Ask | undefined,
): Promise<RawAnswers> {
  const given = { ...(name !== undefined && { name }), ...kind.streamFromFlags?.(flags) };
  const { problems } = validate(kind.streamDefinition, given);
  if (problems.length === 0) return given;
  if (ask && kind.askStream) return { ...given, ...(await kind.askStream(ask, given, cwd, existing.answers)) };
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
      hint: 'choose another name, or edit the stream in place',
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

/** The answers of a stream that a connector has; its schema, if it was declared, stands in the connector's own folder. */
export function recordedStream({ declaresSchemas }: AnyKind, folder: string, stream: RawAnswers): RawAnswers {
  return declaresSchemas ? { ...stream, schema: { file: `${folder}/schemas/${stream.name}.json` } } : stream;
}

function noTerminal(problems: readonly Problem[]): UserError {
  const missing = problems.length > 0 ? problems : [{ message: 'there are questions to ask' }];
  return new UserError([
    ...missing,
    { message: 'there is no terminal to ask in', hint: 'give the answers with --answers FILE; --help tells more' },
  ]);
}

export function isMapping(value: unknown): value is RawAnswers {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
