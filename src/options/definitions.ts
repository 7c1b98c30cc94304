import { LAYOUTS } from './given-options.ts';

/** An option of a generator and of the command, declared once for both. */
export interface OptionDefinition {
  readonly type: typeof String | typeof Boolean;
  /** What stands for the value in the help: FILE, DIR; empty for an option without one. */
  readonly value: string;
  /** True where it may be given several times. */
  readonly multiple: boolean;
  readonly description: string;
}

export type OptionDefinitions = Readonly<Record<string, OptionDefinition>>;

/** Options that belong together, as the help shows them. */
export interface OptionGroup {
  /** Without a colon. */
  readonly title: string;
  readonly options: OptionDefinitions;
}

/** The options of all groups. */
export function optionsIn(groups: readonly OptionGroup[]): OptionDefinitions {
  return Object.assign({}, ...groups.map(({ options }) => options));
}

/** An option without a value. */
export function switchOption(description: string): OptionDefinition {
  return { type: Boolean, value: '', multiple: false, description };
}

/** An option with one value. */
export function valueOption(value: string, description: string): OptionDefinition {
  return { type: String, value, multiple: false, description };
}

/** An option that may be given several times, each with a value. */
export function repeatedOption(value: string, description: string): OptionDefinition {
  return { type: String, value, multiple: true, description };
}

const answersOptions: OptionGroup = {
  title: 'Answers',
  options: {
    answers: valueOption('FILE', 'Take all answers from a YAML or JSON file and ask nothing (-: standard input)'),
    'save-answers': valueOption('FILE', 'Write the answers to a YAML file, for a later run with --answers'),
    resume: valueOption('FILE', 'Go on after the answers that a stopped run has kept in FILE'),
  },
};

const placeOptions: OptionGroup = {
  title: 'Where it goes',
  options: {
    layout: valueOption(
      LAYOUTS.join('|'),
      'A mage-ai checkout, the image of a Mage project, a Mage Pro project, the installed Mage, or a folder of its own (default: auto)',
    ),
    connector: valueOption('DIR', 'The connector to add to (default: the one around the current folder)'),
  },
};

/** `force`, `bail` and `dry-run` are Yeoman's own, declared so that the help lists them. */
const writingOptions: OptionGroup = {
  title: 'What is written',
  options: {
    'dry-run': switchOption('Show what would be written, and write nothing'),
    force: switchOption('Take the new text where your changes are in the way, without asking'),
    bail: switchOption('Write nothing, and fail if a file is not what the answers give'),
    json: switchOption('Print what was written as JSON, for scripts'),
  },
};

/** The options that every command has which writes something. */
export const sharedOptions: readonly OptionGroup[] = [answersOptions, placeOptions, writingOptions];

/** Those of commands that make connectors: they take one away again as well. */
export const connectorOptions: readonly OptionGroup[] = [
  answersOptions,
  placeOptions,
  {
    ...writingOptions,
    options: {
      ...writingOptions.options,
      remove: switchOption('Take the connector out of Mage again, and remove its files'),
    },
  },
];
