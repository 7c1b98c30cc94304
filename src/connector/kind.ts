import type * as v from 'valibot';
import type { Ask } from '../answers/ask.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import type { DeclaredStreamAnswers } from '../answers/stream.ts';
import type { AnswerPath, Validated } from '../answers/validate.ts';
import type { FileEntry } from '../changes/plan.ts';
import type { StreamOptions } from '../options/stream-options.ts';
import type { ChangeQuestion } from './change-questions.ts';
import type { ExistingConnector } from './existing.ts';
import type { ConfigKey, ConnectorModel, DeclaredStream } from './model.ts';

/** Adds a problem with the answer at a path. */
export type Report = (path: AnswerPath, message: string, hint?: string) => void;

/** Adds a problem with an answer of one stream. */
export type StreamReport = (key: string, message: string, hint?: string) => void;

/** Where what a stream's answers name is read from. */
export interface StreamSource<Answers = unknown> {
  /** The folder that file names in the answers are relative to. */
  readonly folder: string;
  /** The connector that exists, if one does. */
  readonly existing: ExistingConnector | undefined;
  /** All answers of the connector, of which some may have problems. */
  readonly answers: Validated<Answers>;
}

/** A stream that is sound in itself. */
export interface ResolvedStream {
  readonly model: DeclaredStream;
  /** Its answers, with what was found in the files that they name. */
  readonly answer: DeclaredStreamAnswers;
  /** What was decided where the answers left a choice. */
  readonly notes: readonly string[];
}

/** How a kind reads and resolves one stream; `Loaded` is what its answers name, as it was read: a schema, a query. */
export interface StreamKind<Answers, Loaded> {
  /** True where a stream's schema is declared and stands in schemas/; otherwise it is discovered. */
  readonly declaresSchemas: boolean;
  /** A stream with the content of the files that it names, relative to `folder`; as it was, where `loadStream` has to report them. */
  readStream(stream: RawAnswers, folder: string, connector: RawAnswers): RawAnswers;
  /** Reads what the answers of one sound stream name; undefined where that can't be had and is reported. The only part that reads files. */
  loadStream(answer: DeclaredStreamAnswers, source: StreamSource<Answers>, report: StreamReport): Loaded | undefined;
  /** Checks one stream against what was read for it, and names everything about it. */
  resolveStream(answer: DeclaredStreamAnswers, loaded: Loaded, report: StreamReport): ResolvedStream;
}

/** What all kinds share, resolved before the kind's own answers. */
export type ConnectorBase = Omit<ConnectorModel, 'pythonPackages'>;

/** What the README and the documentation page say beyond the configuration. */
export interface KindDocumentation {
  /** Paragraphs of ready Markdown. */
  readonly notes: readonly string[];
  /** The table of the streams; undefined where there is none. */
  readonly streams: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } | undefined;
}

/** A kind of connector: its questions, what its answers mean, and the files that it is made of. */
export interface Kind<Answers, Model extends ConnectorModel, Loaded> extends StreamKind<Answers, Loaded> {
  /** As the answer `kind` has it. */
  readonly name: string;
  /** True for a class name that the kind's Python has already, so that the connector's class can't have it. */
  isTaken(className: string): boolean;
  /** True for databases: Mage lists them apart, and their tables are discovered, so that they are streams beside those declared. */
  readonly readsDatabase: boolean;
  /** True where the connector's records have decimals for numbers, so as to lose no digit, whose types only the schema tells. */
  readsDecimals(answers: RawAnswers): boolean;
  /** The definition of all its answers, which types, validation and the published JSON Schema come from. */
  readonly definition: v.GenericSchema<unknown, Answers>;
  /** The definition of one stream. */
  readonly streamDefinition: v.GenericSchema<unknown, unknown>;
  /** Asks for what was not given; file names in the answers are relative to `folder`. */
  ask(ask: Ask, given: RawAnswers, folder: string): Promise<RawAnswers>;
  /** Asks for one stream of a connector with these answers. */
  askStream(ask: Ask, given: RawAnswers, folder: string, connector: RawAnswers): Promise<RawAnswers>;
  /** The options of the command that give the answers of one stream. */
  readonly streamOptions: StreamOptions;
  /** Which of the kind's own answers a connector that exists is asked for again. */
  readonly changes: readonly ChangeQuestion[];
  /** What the kind's configuration keys are; the answers' own `config` is added to them. */
  config(answers: Answers): readonly ConfigKey[];
  /** The answer that made a key which none of them has in a text, nor `config`. */
  keyAnswer(name: string, answers: RawAnswers): string;
  /** The model, from answers without a problem. */
  resolve(answers: Answers, base: ConnectorBase, streams: readonly DeclaredStream[], report: Report): Model;
  /** The connector's files, relative to its folder; README.md, templates/config.json and the manifest are added to them. */
  files(model: Model): readonly FileEntry[];
  /** Its tests, relative to the folder that the layout has for them; empty where there are none. */
  tests(model: Model): readonly FileEntry[];
  documentation(model: Model): KindDocumentation;
}

// biome-ignore lint/suspicious/noExplicitAny: what all kinds share handles those of any answers and model
export type AnyKind = Kind<any, any, any>;

/** A kind as it is known before it is loaded. */
export interface KindEntry extends Pick<AnyKind, 'name' | 'streamOptions'> {
  /** What the menu calls it. */
  readonly title: string;
  /** Are there descriptions that such connectors can be made from? */
  readonly isDescribed: boolean;
  /** Only what is asked for is loaded. */
  readonly load: () => Promise<AnyKind>;
}
