import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OptionDefinitions } from '../src/options/definitions.ts';
import { GENERATOR_OPTIONS, sharedOptionsOf } from './arguments.ts';

/** The help of the command or of one generator: its USAGE, which `yo` prints as well, and the options. */
export function commandHelp(generator: string, generators: string): string {
  const usage = join(generators, generator, 'USAGE');
  const own = GENERATOR_OPTIONS[generator] ?? {};
  const shared = sharedOptionsOf(generator);
  const hasBoth = Object.keys(own).length > 0 && Object.keys(shared).length > 0;
  const name = generator === 'app' ? '[api|sql|file|stream|schema|check]' : generator;
  return [
    `Usage: mage-connector ${name}${generator === 'check' ? '' : ' [name]'} [options]`,
    '',
    ...(existsSync(usage) ? [readFileSync(usage, 'utf8').trimEnd(), ''] : []),
    ...(hasBoth ? ['Options for one stream:', ...optionLines(own), ''] : []),
    'Options:',
    ...optionLines(hasBoth ? shared : { ...own, ...shared }),
    '  --help                      Show this',
    '  --version                   Show the version',
    '',
  ].join('\n');
}

function optionLines(definitions: OptionDefinitions): string[] {
  return Object.entries(definitions).map(([name, { value, description }]) => {
    const option = `  --${name}${value ? ` ${value}` : ''}`;
    return option.length < 29 ? `${option.padEnd(30)}${description}` : `${option}\n${' '.repeat(30)}${description}`;
  });
}
