import { parseArgs } from 'node:util';
import { nearest } from '../src/base/names.ts';
import { type Problem, UserError } from '../src/base/problems.ts';
import type { Command } from '../src/changes/command.ts';
import { COMMANDS, NAMED_COMMANDS } from '../src/commands/commands.ts';
import { type OptionDefinition, type OptionDefinitions, optionsIn } from '../src/options/definitions.ts';
import { tooMany, unknownOption } from '../src/yeoman/command-line.ts';

/** What the command line asks for. */
export interface CommandLine {
  readonly command: Command;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly help: boolean;
  readonly version: boolean;
}

/** Reads the command line strictly: a mistyped option must not be dropped in silence. Throws a UserError with every problem. */
export function parseArguments(argv: readonly string[]): CommandLine {
  const [first, ...rest] = argv;
  const named = first !== undefined && !first.startsWith('-');
  const name = named ? first.replace(/^mage-connector:/, '') : 'app';
  const command = COMMANDS.find(other => other.name === name);
  if (!command) throw unknownCommand(name);
  const { values, positionals } = parse(
    named ? rest : argv,
    optionsIn(command.options),
    command.argument === '' ? 0 : 1,
  );
  const { help, version, ...options } = values;
  return { command, args: positionals, options, help: help === true, version: version === true };
}

function unknownCommand(name: string): UserError {
  const known = NAMED_COMMANDS.map(command => command.name);
  const meant = nearest(name, known);
  return new UserError({
    message: `there is no generator ${name}`,
    hint: meant ? `did you mean ${meant}?` : `there are ${known.join(', ')}`,
  });
}

function parse(
  argv: readonly string[],
  definitions: OptionDefinitions,
  most: 0 | 1,
): { values: Record<string, unknown>; positionals: string[] } {
  const options = Object.fromEntries(
    Object.entries(definitions).map(([name, { type, multiple }]) => [name, { type: kindOf(type), multiple }]),
  );
  const all = {
    ...options,
    help: { type: 'boolean', short: 'h', multiple: false },
    version: { type: 'boolean', short: 'V', multiple: false },
  } as const;
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: all,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = tokens.filter(token => token.kind === 'option');
  const problems = given.flatMap(token => faultOf(token, all));
  problems.push(...repeated(given, all));
  if (problems.length === 0) problems.push(...tooMany(positionals, most));
  if (problems.length > 0) throw new UserError(problems);
  return { values: values as Record<string, unknown>, positionals };
}

/** The last of them would win, whichever was meant. */
function repeated(
  given: readonly { name: string; rawName: string }[],
  options: Readonly<Record<string, { type: 'string' | 'boolean'; multiple: boolean }>>,
): Problem[] {
  const again = given.filter(
    ({ name }, index) =>
      options[name]?.type === 'string' &&
      !options[name].multiple &&
      given.findIndex(other => other.name === name) < index,
  );
  return again.map(({ rawName }) => ({ where: rawName, message: 'is given more than once' }));
}

function faultOf(
  { name, rawName, value }: { name: string; rawName: string; value?: string | undefined },
  options: Readonly<Record<string, { type: 'string' | 'boolean' }>>,
): Problem[] {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) return [unknownOption(rawName, name, Object.keys(options))];
  if (option.type === 'string' && (value === undefined || (value.startsWith('--') && value.length > 2)))
    return [{ where: rawName, message: 'needs a value' }];
  return option.type === 'boolean' && value !== undefined ? [{ where: rawName, message: 'takes no value' }] : [];
}

function kindOf(type: OptionDefinition['type']): 'string' | 'boolean' {
  return type === Boolean ? 'boolean' : 'string';
}
