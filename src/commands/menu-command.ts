import type { Command } from '../changes/command.ts';
import { planRemovalAskedFor } from '../connector/command.ts';
import { fromGroup } from '../from/options.ts';
import { kindNamed } from '../kinds/registry.ts';
import { connectorOptions } from '../options/definitions.ts';

/** The command without a name: it asks which of the others to run, or finds it out from the answers. */
export function menuCommand(commands: readonly Command[]): Command {
  return {
    name: 'app',
    title: '',
    argument: '',
    options: [fromGroup, ...connectorOptions],
    asks: true,
    takes: () => false,
    answers: async () => undefined,
    load: async () => {
      const { planChosen } = await import('./menu.ts');
      return (input, ask) => planRemovalAskedFor(input, kindNamed) ?? planChosen(commands, input, ask);
    },
  };
}
