import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../src/changes/command.ts';
import { NAMED_COMMANDS } from '../src/commands/commands.ts';
import type { OptionDefinitions } from '../src/options/definitions.ts';

/** The help of a command: its USAGE, which `yo` prints as well, and the options. `generators` is the folder of the doors. */
export function commandHelp({ name, argument, options, sharedOptions }: Command, generators: string): string {
  const usage = join(generators, name, 'USAGE');
  const hasBoth = Object.keys(options).length > 0 && Object.keys(sharedOptions).length > 0;
  const called = name === 'app' ? `[${NAMED_COMMANDS.map(command => command.name).join('|')}] [name]` : name;
  return [
    `Usage: mage-connector ${called}${argument === '' ? '' : ' [name]'} [options]`,
    '',
    ...(existsSync(usage) ? [readFileSync(usage, 'utf8').trimEnd(), ''] : []),
    ...(hasBoth ? ['Its own options:', ...optionLines(options), ''] : []),
    'Options:',
    ...optionLines(hasBoth ? sharedOptions : { ...options, ...sharedOptions }),
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
