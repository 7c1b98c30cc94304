import type { Command } from '../changes/command.ts';
import { fromGiven, fromOptions } from './options.ts';

/** A command that makes connectors of APIs, with answers that come from what a user has. */
export function withDescriptions(command: Command): Command {
  return {
    ...command,
    options: { ...fromOptions, ...command.options },
    load: async () => {
      const plan = await command.load();
      return async (input, ask) => {
        const given = fromGiven(input.flags, input.given.answers);
        if (given.from === undefined) return plan(input, ask);
        const { planFrom } = await import('./run.ts');
        return planFrom(input, { ...given, from: given.from }, ask);
      };
    },
  };
}
