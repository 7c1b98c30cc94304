import type { Command } from '../changes/command.ts';
import { planRemovalAskedFor } from '../connector/command.ts';
import { fromOptions } from '../from/options.ts';
import { kindNamed } from '../kinds/registry.ts';
import { removeOption, sharedOptions } from '../options/definitions.ts';

/** The command without a name: it asks which of the others to run, or finds it out from the answers. */
export function menuCommand(commands: readonly Command[]): Command {
  return {
    name: 'app',
    title: '',
    argument: '',
    options: fromOptions,
    sharedOptions: { ...sharedOptions, ...removeOption },
    asks: true,
    takes: () => false,
    answers: async () => undefined,
    load: async () => {
      const { planChosen } = await import('./menu.ts');
      return (input, ask) => planRemovalAskedFor(input, kindNamed) ?? planChosen(commands, input, ask);
    },
  };
}
