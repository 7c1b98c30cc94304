import { type Problem, UserError } from '../base/problems.ts';
import {
  type OptionDefinitions,
  type OptionGroup,
  repeatedOption,
  switchOption,
  valueOption,
} from '../options/definitions.ts';
import { optionValue } from '../options/given-options.ts';

/** The options that make answers of what a user has. */
export const fromOptions = {
  from: valueOption(
    'WHAT',
    'What there is of the API: a curl command, an address, a recording (HAR), a description; a file of it, or - for standard input',
  ),
  streams: valueOption('NAMES', 'The streams to take, with commas; * stands for any text (default: all)'),
  config: valueOption('FILE', 'The configuration with the credentials that the API is asked with; it is not kept'),
  header: repeatedOption("'NAME: VALUE'", 'A header to request the address with, never saved; repeat it for several'),
  offline: switchOption('Ask the API nothing'),
} satisfies OptionDefinitions;

/** Those options, as the help shows them. */
export const fromGroup: OptionGroup = { title: 'From what you have of the API', options: fromOptions };

/** Those options as they were given. */
export interface FromGiven {
  readonly from: string | undefined;
  readonly streams: string | undefined;
  /** The stream that the command's argument names: one of several, or what the only one shall be called. */
  readonly called: string | undefined;
  readonly offline: boolean;
  readonly config: string | undefined;
  readonly headers: readonly string[];
}

/** True where the streams to take are named, so that nobody has to choose, and others may be there. */
export function isChosen({ streams, called }: FromGiven): boolean {
  return streams !== undefined || called !== undefined;
}

/** Reads the options. Throws a UserError where some have no use. */
export function fromGiven(flags: Readonly<Record<string, unknown>>, answers: string | undefined): FromGiven {
  const from = optionValue(flags, 'from') as string | undefined;
  const problems: Problem[] = [];
  if (from === undefined) {
    for (const name of Object.keys(fromOptions).filter(option => optionValue(flags, option) !== undefined))
      problems.push({ where: `--${name}`, message: 'is for what --from names', hint: 'give --from, or leave it out' });
  } else if (answers !== undefined)
    problems.push({ where: '--answers', message: 'has all answers already', hint: 'give --from or --answers' });
  if (problems.length > 0) throw new UserError(problems);
  return {
    from,
    streams: optionValue(flags, 'streams') as string | undefined,
    called: undefined,
    offline: optionValue(flags, 'offline') === true,
    config: optionValue(flags, 'config') as string | undefined,
    headers: [optionValue(flags, 'header') ?? []].flat().map(String),
  };
}
