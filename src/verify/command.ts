import type { Command } from '../changes/command.ts';
import { switchOption, valueOption } from '../options/definitions.ts';

/** The command that runs a connector as Mage does and says what it finds; it asks nothing and writes nothing. */
export const verifyCommand: Command = {
  name: 'verify',
  title: '',
  argument: '',
  options: [
    {
      title: 'Options',
      options: {
        connector: valueOption(
          'DIR',
          'The connector, ours or hand-written (default: the one around the current folder)',
        ),
        config: valueOption('FILE', 'Its configuration, a filled copy of templates/config.json (default: none, {})'),
        streams: valueOption('NAMES', 'The streams to read, separated by commas (default: all)'),
        limit: valueOption('N', 'Read no more than N records of each stream, once'),
        mage: valueOption('DIR', 'A checkout of mage-ai to run it under'),
        singer: valueOption('DIR', 'A checkout of singer-python, where the Python has none installed'),
        container: valueOption(
          'NAME',
          'The running Docker container to run it in (default: the one that has Mage, if nothing else has)',
        ),
        python: valueOption('COMMAND', 'The Python to run it with (default: python3)'),
        json: switchOption('Print what was found as JSON on standard output, for scripts'),
      },
    },
  ],
  asks: false,
  takes: () => false,
  answers: async () => undefined,
  load: async () => (await import('./run.ts')).planVerifyRun,
};
