import type { Command, Plan } from '../changes/command.ts';
import { sharedOptions } from '../options/definitions.ts';
import type { KindEntry } from './kind.ts';

/** The command that makes a connector of a kind, and grows and changes one that exists. */
export function connectorCommand(entry: KindEntry): Command {
  return {
    name: entry.name,
    title: entry.title,
    argument: "The connector's name, or that of a stream to add",
    options: entry.streamOptions,
    sharedOptions,
    asks: true,
    takes: ({ kind }) => kind === entry.name,
    answers: async () => (await entry.load()).definition,
    load: async (): Promise<Plan> => {
      const [kind, { planConnectorRun }] = await Promise.all([entry.load(), import('./run.ts')]);
      return (input, ask) => planConnectorRun(kind, input, ask);
    },
  };
}
