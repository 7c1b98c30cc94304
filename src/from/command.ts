import type { Ask } from '../answers/ask.ts';
import type { Command, CommandInput } from '../changes/command.ts';
import { findConnector } from '../connector/existing.ts';
import { valueOption } from '../options/definitions.ts';
import { fromGiven, fromGroup, fromOptions } from './options.ts';

/** The command that makes connectors of APIs, with answers that come from what a user has. */
export function withDescriptions(command: Command): Command {
  return {
    ...command,
    options: [fromGroup, ...command.options],
    load: async () => {
      const plan = await command.load();
      return async (input, ask) => {
        const asks = ask !== undefined && input.flags.from === undefined && isNew(input);
        const from = asks ? await askFrom(ask, input.cwd) : (input.flags.from as string | undefined);
        const given = fromGiven({ ...input.flags, from }, input.given.answers);
        if (from === undefined) return plan(input, ask);
        const { planFrom } = await import('./run.ts');
        return planFrom(input, { ...given, from }, ask);
      };
    },
  };
}

/** The command that adds streams, which takes them from a description as well: the one that is its argument, or several. */
export function withDescribedStreams(command: Command): Command {
  return {
    ...command,
    options: [...command.options.slice(0, 1), fromGroup, ...command.options.slice(1)],
    load: async () => {
      const plan = await command.load();
      return async (input, ask) => {
        const given = fromGiven(input.flags, input.given.answers);
        const { from } = given;
        if (from === undefined) return plan(input, ask);
        const { planMoreStreams } = await import('./more-streams.ts');
        return planMoreStreams(input, { ...given, from, called: input.flags.name as string | undefined }, ask);
      };
    },
  };
}

/** The command that writes schemas, which takes them from a description as well, and begins streams that aren't there. */
export function withBegunStreams(command: Command): Command {
  const [records, ...others] = command.options;
  if (!records) throw new Error(`${command.name} has no options`);
  const more = {
    from: valueOption(
      'SOURCE',
      'Sample records or a JSON Schema (a file: JSON, JSON Lines, CSV, Parquet; an address, or - for standard input), or what api --from takes',
    ),
    config: valueOption('FILE', 'The configuration file of that run, or for the API that a description is of'),
    offline: fromOptions.offline,
  };
  return {
    ...command,
    options: [{ ...records, options: { ...records.options, ...more } }, ...others],
    load: async () => {
      const [plan, { planSchemaFrom }] = await Promise.all([command.load(), import('./begin/run.ts')]);
      return (input, ask) => planSchemaFrom(plan, input, ask);
    },
  };
}

/** True where a connector is made: one that exists is asked about first. */
function isNew({ given, cwd, intent }: CommandInput): boolean {
  return (
    intent === 'any' && given.connector === undefined && given.answers === undefined && findConnector(cwd) === undefined
  );
}

async function askFrom(ask: Ask, cwd: string): Promise<string | undefined> {
  const { askSource } = await import('./ask-source.ts');
  const help = 'a curl command, an address, or a file: OpenAPI, Postman, HAR, …; empty: questions are asked';
  return (await askSource(ask, cwd, help)) || undefined;
}
