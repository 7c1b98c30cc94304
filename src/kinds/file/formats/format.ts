import type * as v from 'valibot';
import type { Ask } from '../../../answers/ask.ts';
import type { RawAnswers } from '../../../answers/raw-answers.ts';
import type { ChangeQuestion } from '../../../connector/change-questions.ts';
import type { ConfigKey } from '../../../connector/model.ts';
import type { RuntimeClass } from '../../../python/compose/composition.ts';
import type { Value } from '../../../python/compose/values.ts';
import type { SchemaSource } from '../../../schema/read/load.ts';

/** Python that a source is made of: classes that derive from FileSource, and values of their modules' constants. */
export interface SourceParts {
  readonly features: readonly RuntimeClass[];
  readonly values: Readonly<Record<string, Value>>;
}

/** Values of answers, by their definitions. */
export type AnswersOf<Definitions extends v.ObjectEntries> = v.InferOutput<v.ObjectSchema<Definitions, undefined>>;

/** All that there is about one format of files; formats/registry.ts lists them. */
export interface FileFormat<
  Name extends string,
  Definitions extends v.ObjectEntries,
  StreamDefinitions extends v.ObjectEntries,
> {
  /** As the answer `format` has it. */
  readonly name: Name;
  /** What it is in a few words, for the help of that answer. */
  readonly summary: string;
  /** How it is offered in the question. */
  readonly title: string;
  /** The answers that it has of its own, which mean nothing in formats that don't have them. */
  readonly answers: Definitions;
  /** Those of each stream. */
  readonly streamAnswers: StreamDefinitions;
  /** True where values have types of their own, so that columns may have values of several, which become text. */
  readonly isTyped: boolean;
  /** Asks for its answers, with what is answered now as the default. */
  ask(ask: Ask, now: RawAnswers): Promise<RawAnswers>;
  /** Asks for those of a stream that were not given. */
  askStream(ask: Ask, given: RawAnswers): Promise<RawAnswers>;
  /** What of a connector can be asked for again. */
  readonly changes: readonly ChangeQuestion[];
  /** How a sample of a stream is read. */
  sample(answers: RawAnswers, stream: RawAnswers): Pick<SchemaSource, 'format' | 'delimiter' | 'recordsPath'>;
  config(answers: AnswersOf<Definitions>): readonly ConfigKey[];
  /** A paragraph of the README. */
  readonly note: string;
  /** Its Python; the classes have `read_file`. */
  source(answers: AnswersOf<Definitions>): SourceParts;
  /** What the Python needs to know of a stream, by its names in STREAMS. */
  settings(stream: AnswersOf<StreamDefinitions>): Readonly<Record<string, readonly string[]>>;
}

/** A format, with the types of its answers. */
export function fileFormat<
  const Name extends string,
  Definitions extends v.ObjectEntries,
  StreamDefinitions extends v.ObjectEntries,
>(format: FileFormat<Name, Definitions, StreamDefinitions>): FileFormat<Name, Definitions, StreamDefinitions> {
  return format;
}
