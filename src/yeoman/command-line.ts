import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nearest } from '../base/names.ts';
import { type Problem, UserError } from '../base/problems.ts';
import type { Command } from '../changes/command.ts';
import { NAMED_COMMANDS } from '../commands/commands.ts';
import { type OptionDefinitions, optionsIn } from '../options/definitions.ts';
import { optionValue } from '../options/given-options.ts';
import { environmentOf, type Log } from './environment.ts';
import type { Keep } from './stopped.ts';
import { prepareTerminal } from './terminal.ts';

/** The part of a Yeoman generator that has to do with its command line; `_args` and `_initOptions` are as they were typed. */
interface Prepared {
  readonly _args: string[];
  readonly _initOptions: Record<string, unknown>;
  readonly options: object;
  readonly resolved: string;
  readonly env: unknown;
  log: unknown;
  option(name: string, config: { type: typeof String | typeof Boolean; description: string }): unknown;
  argument(name: string, config: { type: typeof String; required: false; description: string }): unknown;
}

/** What Yeoman and `yo` give to every generator or take of their own accord. */
const YEOMAN_OPTIONS = new Set(
  (
    '_ _meta env resolved namespace description shared-data forward-error-to-environment destination-root help version ' +
    'color debug local-only skip-cache skip-local-cache skip-install force-install ask-answered skip-check-env ' +
    'ignore-version-check'
  ).split(' '),
);

/**
 * Declares a generator's options, and its one argument if it has one, so that its help lists them; and refuses what was
 * mistyped, which Yeoman accepts in silence: unknown options, options without their value or with one too many, arguments
 * that nobody reads. Throws a UserError with every problem. `--version` is answered here, as `yo` does its own.
 * `keep` keeps what was answered where the user stops.
 */
export function prepare(generator: Prepared, { options: groups, argument }: Command, keep: Keep): void {
  const definitions = optionsIn(groups);
  restoreDash(generator, definitions);
  for (const [name, { type, value, description }] of Object.entries(definitions))
    generator.option(name, { type, description: value ? `${value}: ${description}` : description });
  if (argument) generator.argument('name', { type: String, required: false, description: argument });
  const { _args: args, _initOptions: options } = generator;
  if (options.help === true) return;
  generator.log = withoutErrors(generator.log as Log);
  prepareTerminal(environmentOf(generator), keep);
  if (options.version === true) showVersion(generator.resolved);
  const problems = [...optionFaults(options, definitions), ...tooMany(args, argument ? 1 : 0)];
  if (problems.length > 0) throw new UserError(problems);
}

/** `yo` takes `--answers -` for an option without a value and an argument `-`. */
function restoreDash({ _args, _initOptions, options }: Prepared, definitions: OptionDefinitions): void {
  const dash = _args.indexOf('-');
  const bare = Object.keys(definitions).filter(
    name => definitions[name]?.type === String && _initOptions[name] === true,
  );
  if (dash === -1 || bare.length !== 1) return;
  _args.splice(dash, 1);
  for (const target of [_initOptions, options]) Object.assign(target, { [bare[0] as string]: '-' });
}

/** Before an error is printed, Yeoman would print the name of the task that it came from. */
function withoutErrors(log: Log): Log {
  const quiet: Log = Object.assign((...args: unknown[]) => log(...args), log, { error: () => quiet });
  return quiet;
}

function optionFaults(options: Prepared['_initOptions'], definitions: OptionDefinitions): Problem[] {
  const names = Object.keys(options).map(name => name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`));
  const own = [...new Set(names)].filter(name => !YEOMAN_OPTIONS.has(name));
  return own.flatMap(name => optionFault(name, optionValue(options, name), definitions));
}

/** What is wrong with an option that has no definition. */
export function unknownOption(where: string, name: string, known: readonly string[]): Problem {
  const meant = name.length === 1 ? known.find(other => other.startsWith(name)) : nearest(name, known);
  return { where, message: 'is no option', hint: meant ? `did you mean --${meant}?` : '--help lists them' };
}

/** What is wrong with arguments of which some would not be read. */
export function tooMany(args: readonly string[], most: 0 | 1): Problem[] {
  if (args.length <= most) return [];
  const names = NAMED_COMMANDS.map(({ name }) => name);
  if (most === 0)
    return [
      {
        where: args[0],
        message: 'is an argument that nothing reads',
        hint: `first of all goes ${names.join(', ').replace(/, ([^,]*)$/, ' or $1')}`,
      },
    ];
  return [
    {
      message: `${args.length} arguments are given, one is the most: ${args.join(', ')}`,
      hint: 'quote a name with spaces',
    },
  ];
}

function optionFault(name: string, value: unknown, definitions: OptionDefinitions): Problem[] {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  const where = `${name.length === 1 ? '-' : '--'}${name}`;
  if (!definition) return [unknownOption(where, name, [...Object.keys(definitions), 'help', 'version'])];
  if (definition.type === Boolean) {
    if (typeof value !== 'string') return [];
    return [{ where, message: `takes no value, and ${value} was taken for one`, hint: 'options go last' }];
  }
  if (Array.isArray(value)) return definition.multiple ? [] : [{ where, message: 'is given more than once' }];
  return typeof value === 'string' && value !== '' ? [] : [{ where, message: 'needs a value' }];
}

function showVersion(resolved: string): never {
  let folder = dirname(resolved);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  process.stdout.write(`${JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version}\n`);
  process.exit(0);
}
