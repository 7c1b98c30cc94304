import type { Command } from '../changes/command.ts';
import { switchOption, valueOption } from '../options/definitions.ts';

/** The command that says whether a connector is what its answers give; it asks nothing and writes nothing. */
export const checkCommand: Command = {
  name: 'check',
  title: '',
  argument: '',
  options: [
    {
      title: 'Options',
      options: {
        connector: valueOption('DIR', 'The connector to check (default: the one around the current folder)'),
        json: switchOption('Print what differs as JSON on standard output, for scripts'),
      },
    },
  ],
  asks: false,
  takes: () => false,
  answers: async () => undefined,
  load: async () => (await import('./run.ts')).planCheckRun,
};
