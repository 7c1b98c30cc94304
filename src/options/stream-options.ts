import { splitList } from '../base/lists.ts';
import { type OptionDefinition, repeatedOption, valueOption } from './definitions.ts';
import { optionValue } from './given-options.ts';

/** An option that gives answers of one stream. */
export interface StreamOption extends OptionDefinition {
  /** The answers that its value gives: a text, or for one that can be repeated a list of texts. */
  readonly answers: (given: never) => Readonly<Record<string, unknown>>;
  /** Why a hand-written connector has no place for it; empty where it has. */
  readonly onlyOurs: string;
}

export type StreamOptions = Readonly<Record<string, StreamOption>>;

/** An option whose text is an answer, in connectors of ours or in any. */
function answering(answer: string, value: string, description: string, onlyOurs = ''): StreamOption {
  return { ...valueOption(value, description), answers: (given: string) => ({ [answer]: given }), onlyOurs };
}

export const pathOption = answering('path', 'PATH', "The stream's path below the base URL, or its files");

export const recordsPathOption = answering(
  'records_path',
  'PATH',
  'Where the records are in a response or file, such as data.items',
);

export const keyOption: StreamOption = {
  ...repeatedOption('COLUMN', 'A key column; repeat the option or separate by commas'),
  answers: (given: string | readonly string[]) => {
    const keys = [given].flat().flatMap(value => splitList(String(value)));
    return keys.length > 0 ? { key_properties: keys } : {};
  },
  onlyOurs: '',
};

export const replicationKeyOption = answering(
  'replication_key',
  'COLUMN',
  'The column that tells what is new; makes the stream incremental',
);

export const sampleOption: StreamOption = {
  ...valueOption('FILE', 'Sample records to take the schema from'),
  answers: (sample: string) => ({ schema: { sample } }),
  onlyOurs: '',
};

/** The answers of a stream that the options give which were given. */
export function answersOf(options: StreamOptions, flags: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.assign(
    {},
    ...givenNames(options, flags).map(name => options[name]?.answers(optionValue(flags, name) as never)),
  );
}

/** The names of the options that were given. */
export function givenNames(options: StreamOptions, flags: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(options).filter(name => optionValue(flags, name) !== undefined);
}
