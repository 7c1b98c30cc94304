import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../src/changes/command.ts';
import { entryLines, optionsHelp } from '../src/yeoman/help.ts';

/** The help of a command: its USAGE, which `yo` prints as well, and the options. `generators` is the folder of the doors. */
export function commandHelp({ name, argument, options }: Command, generators: string): string {
  const usage = join(generators, name, 'USAGE');
  return [
    `Usage: mage-connector ${name === 'app' ? '[COMMAND]' : name}${argument === '' ? '' : ' [NAME]'} [OPTIONS]`,
    ...(argument === '' ? [] : ['', ...entryLines('NAME', argument)]),
    '',
    ...(existsSync(usage) ? [readFileSync(usage, 'utf8').trimEnd(), ''] : []),
    optionsHelp(options),
    '',
  ].join('\n');
}
