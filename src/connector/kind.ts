import type * as v from 'valibot';
import type { Ask } from '../answers/ask.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import type { DeclaredStreamAnswers } from '../answers/stream.ts';
import type { AnswerPath, Validated } from '../answers/validate.ts';
import type { FileEntry } from '../changes/plan.ts';
import type { ChangeQuestion } from './change-questions.ts';
import type { ConfigKey, ConnectorModel, DeclaredStream, KindName, StreamModel } from './model.ts';

/** Adds a problem with the answer at a path. */
export type Report = (path: AnswerPath, message: string, hint?: string) => void;

/** Adds a problem with an answer of one stream. */
export type StreamReport = (key: string, message: string, hint?: string) => void;

/** The streams that are sound, sorted by name so that the order of the answers doesn't matter. */
export interface ResolvedStreams {
  readonly models: readonly DeclaredStream[];
  /** Their answers, with what was found in the files that they name. */
  readonly answers: readonly DeclaredStreamAnswers[];
  readonly notes: readonly string[];
}

/** What all kinds share, resolved before the kind's own answers. */
export type ConnectorBase = Omit<ConnectorModel, 'config' | 'pythonPackages'>;

/** What the README and the documentation page say beyond the configuration. */
export interface KindDocumentation {
  /** Paragraphs of ready Markdown. */
  readonly notes: readonly string[];
  readonly streams?: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** A kind of connector: its questions, what its answers mean, and the files that it is made of. */
export interface Kind<Answers, Model extends ConnectorModel> {
  readonly name: KindName;
  /** The definition of all its answers, which types, validation and the published JSON Schema come from. */
  readonly definition: v.GenericSchema<unknown, Answers>;
  /** The definition of one stream. */
  readonly streamDefinition: v.GenericSchema<unknown, unknown>;
  /** True where a stream's schema is declared and stands in schemas/; otherwise it is discovered. */
  readonly declaresSchemas: boolean;
  /** Asks for what was not given; file names in the answers are relative to `folder`. */
  ask(ask: Ask, given: RawAnswers, folder: string): Promise<RawAnswers>;
  /** Asks for one stream of a connector with these answers. */
  askStream?(ask: Ask, given: RawAnswers, folder: string, connector: RawAnswers): Promise<RawAnswers>;
  /** Which of the kind's own answers a connector that exists is asked for again. */
  readonly changes?: readonly ChangeQuestion[];
  /** The answers of one stream from the flags of the command, named as in `streamOptions`. */
  streamFromFlags?(flags: Readonly<Record<string, unknown>>): RawAnswers;
  /** A stream with the content of the files that it names, relative to `folder`; as it was, where `resolveStreams` has to report them. */
  readStream?(stream: RawAnswers, folder: string, connector: RawAnswers): RawAnswers;
  /** What the kind's configuration keys are; the answers' own `config` is added to them. */
  config(answers: Answers): readonly ConfigKey[];
  /** Checks one sound stream against its schema, and names everything about it. */
  resolveStream?(answer: unknown, stream: StreamModel, report: StreamReport): StreamModel;
  /** Resolves every stream that is sound in itself, where that takes no schema. */
  resolveStreams?(answers: Validated<Answers>, folder: string, report: Report): ResolvedStreams;
  /** The model, from answers without a problem. */
  resolve(
    answers: Answers,
    base: ConnectorBase & Pick<ConnectorModel, 'config'>,
    streams: readonly DeclaredStream[],
    report: Report,
  ): Model;
  /** The connector's files, relative to its folder; README.md, templates/config.json and the record of the answers are added to them. */
  files(model: Model): readonly FileEntry[];
  /** Its tests, relative to the folder that the layout has for them. */
  tests?(model: Model): readonly FileEntry[];
  documentation(model: Model): KindDocumentation;
}
