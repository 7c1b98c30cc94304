import type { Command, CommandInput, Plan } from '../changes/command.ts';
import type { PlannedRun } from '../changes/run.ts';
import { connectorOptions } from '../options/definitions.ts';
import { optionValue } from '../options/given-options.ts';
import type { AnyKind, KindEntry } from './kind.ts';

/** The command that makes a connector of a kind, and grows and changes one that exists. */
export function connectorCommand(entry: KindEntry): Command {
  return {
    name: entry.name,
    title: entry.title,
    argument: "The connector's name, or that of a stream to add",
    options: [...connectorOptions, { title: 'One stream, added to a connector', options: entry.streamOptions }],
    asks: true,
    takes: ({ kind }) => kind === entry.name,
    answers: async () => (await entry.load()).definition,
    load: async (): Promise<Plan> => {
      const [kind, { planConnectorRun }] = await Promise.all([entry.load(), import('./run.ts')]);
      return (input, ask) => planRemovalAskedFor(input, async () => kind) ?? planConnectorRun(kind, input, ask);
    },
  };
}

/** The run that takes a connector out, where that is asked for. `kindNamed` gives its kind. */
export function planRemovalAskedFor(
  input: CommandInput,
  kindNamed: (name: string) => Promise<AnyKind>,
): Promise<PlannedRun> | undefined {
  if (optionValue(input.flags, 'remove') !== true) return undefined;
  return import('./removal.ts').then(({ planConnectorRemoval }) => planConnectorRemoval(kindNamed, input));
}
