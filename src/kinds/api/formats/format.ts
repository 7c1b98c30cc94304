import type * as v from 'valibot';
import type { PythonFeature } from '../python-feature.ts';

/** What responses may be written in, and everything that follows from it. */
export interface FormatParts<Entries extends v.ObjectEntries> {
  /** What `response_format` calls it. */
  readonly name: string;
  /** The connector's answers that have a meaning with this format alone, each optional. */
  readonly entries: Entries;
  /** The media types that requests accept. */
  readonly accept: string;
  /** True where values have types; where they are text, the connector converts them. */
  readonly typed: boolean;
  /** True where a record's values have no others inside them that come back as they were. */
  readonly flat: boolean;
  /** True where responses are elements: one alone may stand where a list is meant, and none is a list that is empty. */
  readonly elements: boolean;
  /** True where a response is records one after the other, with nothing around them. */
  readonly bare: boolean;
  /** The feature of `ApiClient` (python/client.py) that defines `decode`. */
  client(answers: v.InferOutput<v.ObjectSchema<Entries, undefined>>): PythonFeature;
  /** The features that decode an encoding of the answers' own, with what decodes the format otherwise. */
  encoded(encoding: string, decoder: PythonFeature): readonly PythonFeature[];
  /** The features of `FakeApi` by which the offline tests write what the client has to read. */
  fake(answers: v.InferOutput<v.ObjectSchema<Entries, undefined>>): readonly PythonFeature[];
}

/** A format as the registry has it, which gets the answers of a connector as they were validated. */
export interface ResponseFormat extends Omit<FormatParts<v.ObjectEntries>, 'client' | 'fake'> {
  client(answers: object): PythonFeature;
  fake(answers: object): readonly PythonFeature[];
}

/** Describes a format for the registry; whatever is left out, the compiler names. */
export function responseFormat<const Entries extends v.ObjectEntries>(parts: FormatParts<Entries>): ResponseFormat {
  // Valid answers are what the entries say, and more.
  const own = (answers: object) => answers as v.InferOutput<v.ObjectSchema<Entries, undefined>>;
  return { ...parts, client: answers => parts.client(own(answers)), fake: answers => parts.fake(own(answers)) };
}

/** Decodes formats that are text. */
export function encodedText(encoding: string, decoder: PythonFeature): PythonFeature[] {
  const values = { ENCODING: encoding };
  return [decoder, { module: 'kinds/api/python/encoded_text.py', class: 'EncodedText', values }];
}
