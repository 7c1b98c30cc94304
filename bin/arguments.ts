import { parseArgs } from 'node:util';
import { nearest } from '../generators/common/names.ts';
import {
  type OptionDefinition,
  type OptionDefinitions,
  schemaOptions,
  sharedOptions,
  streamOptions,
} from '../generators/common/options.ts';
import { type Problem, UserError } from '../generators/common/problems.ts';

/** What the command line asks for. */
export interface Command {
  readonly generator: string;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly help: boolean;
  readonly version: boolean;
}

/** The options of each generator, beside the shared ones. */
export const GENERATOR_OPTIONS: Readonly<Record<string, OptionDefinitions>> = {
  app: {},
  api: streamOptions,
  sql: {},
  file: streamOptions,
  stream: streamOptions,
  schema: schemaOptions,
};

/** Reads the command line strictly: a mistyped option must not be dropped in silence. Throws a UserError with every problem. */
export function parseArguments(argv: readonly string[]): Command {
  const [first, ...rest] = argv;
  const named = first !== undefined && !first.startsWith('-');
  const generator = named ? first.replace(/^mage-connector:/, '') : 'app';
  const definitions = GENERATOR_OPTIONS[generator];
  if (!definitions) {
    const known = Object.keys(GENERATOR_OPTIONS).filter(name => name !== 'app');
    const meant = nearest(generator, known);
    throw new UserError({
      message: `there is no generator ${generator}`,
      hint: meant ? `did you mean ${meant}?` : `there are ${known.join(', ')}`,
    });
  }
  const { values, positionals } = parse(named ? rest : argv, { ...sharedOptions, ...definitions });
  const { help, version, ...options } = values;
  return { generator, args: positionals, options, help: help === true, version: version === true };
}

function parse(
  argv: readonly string[],
  definitions: OptionDefinitions,
): { values: Record<string, unknown>; positionals: string[] } {
  const options = Object.fromEntries(
    Object.entries(definitions).map(([name, { type, multiple }]) => [
      name,
      { type: kindOf(type), multiple: multiple ?? false },
    ]),
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
  const problems = tokens.flatMap(token => (token.kind === 'option' ? faultOf(token, all) : []));
  if (positionals.length > 1)
    problems.push({
      message: `${positionals.length} arguments are given, one is the most: ${positionals.join(', ')}`,
      hint: 'quote a name with spaces',
    });
  if (problems.length > 0) throw new UserError(problems);
  return { values: values as Record<string, unknown>, positionals };
}

function faultOf(
  { name, rawName, value }: { name: string; rawName: string; value?: string | undefined },
  options: Readonly<Record<string, { type: 'string' | 'boolean' }>>,
): Problem[] {
  const option = options[name];
  if (!option) {
    const meant = nearest(name, Object.keys(options));
    return [
      { where: rawName, message: 'is no option', hint: meant ? `did you mean --${meant}?` : '--help lists them' },
    ];
  }
  if (option.type === 'string' && (value === undefined || (value.startsWith('--') && value.length > 2)))
    return [{ where: rawName, message: 'needs a value' }];
  return option.type === 'boolean' && value !== undefined ? [{ where: rawName, message: 'takes no value' }] : [];
}

function kindOf(type: OptionDefinition['type']): 'string' | 'boolean' {
  return type === Boolean ? 'boolean' : 'string';
}
