import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { optionValue } from './given-options.ts';
import { nearest } from './names.ts';
import type { OptionDefinitions } from './options.ts';
import { type Problem, UserError } from './problems.ts';

interface CommandLine {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** The generator's own file. */
  readonly resolved: string;
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
 * Refuses what was mistyped on the command line of `yo`, since Yeoman accepts it in silence: unknown options, options
 * without their value or with one too many, and arguments that nobody reads. Everything is as the generator's constructor
 * got it, before Yeoman made it fit. Throws a UserError with every problem. `--version` is answered here, as `yo` does its own.
 */
export function checkCommandLine(
  { args, options, resolved }: CommandLine,
  definitions: OptionDefinitions,
  mostArguments: 0 | 1,
): void {
  if (options.composed === true || options.help === true) return;
  if (options.version === true) showVersion(resolved);
  const names = Object.keys(options).map(name => name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`));
  const own = [...new Set(names)].filter(name => !YEOMAN_OPTIONS.has(name));
  const problems = [
    ...own.flatMap(name => optionFault(name, optionValue(options, name), definitions)),
    ...tooMany(args, mostArguments),
  ];
  if (problems.length > 0) throw new UserError(problems);
}

/** What is wrong with an option that has no definition. */
export function unknownOption(where: string, name: string, known: readonly string[]): Problem {
  const meant = name.length === 1 ? known.find(other => other.startsWith(name)) : nearest(name, known);
  return { where, message: 'is no option', hint: meant ? `did you mean --${meant}?` : '--help lists them' };
}

/** What is wrong with arguments of which some would not be read. */
export function tooMany(args: readonly string[], most: 0 | 1): Problem[] {
  if (args.length <= most) return [];
  if (most === 0)
    return [
      {
        where: args[0],
        message: 'is an argument that nothing reads',
        hint: 'first of all goes api, sql, file, stream or schema',
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
