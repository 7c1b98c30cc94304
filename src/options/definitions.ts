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

/**
 * The options that every command has which writes something. `force`, `bail` and `dry-run` are Yeoman's own, declared so that
 * the help lists them.
 */
export const sharedOptions = {
  answers: valueOption('FILE', 'Take all answers from a YAML or JSON file (- for standard input) and ask nothing'),
  'save-answers': valueOption('FILE', 'Write the answers to a YAML file, for a later run with --answers'),
  resume: valueOption('FILE', 'Go on after the answers in FILE, which a run that was stopped has kept'),
  layout: valueOption(
    LAYOUTS.join('|'),
    'Where the connector goes: a mage-ai checkout, the image of a Mage project, a Mage Pro project, the installed Mage, or a folder of its own (default: auto)',
  ),
  connector: valueOption('DIR', 'The connector to add to (default: the one around the current folder)'),
  'dry-run': switchOption('Show what would be written, and write nothing'),
  force: switchOption('Overwrite what you have changed where it is in the way, without asking'),
  bail: switchOption('Write nothing, and fail if a file is not what the answers give'),
  json: switchOption('Print what was written as JSON on standard output, for scripts'),
} satisfies OptionDefinitions;

/** The option of commands that make connectors which takes one away again. */
export const removeOption = {
  remove: switchOption('Take the connector out of Mage again, and remove its files'),
} satisfies OptionDefinitions;
