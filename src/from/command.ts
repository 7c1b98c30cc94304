import * as v from 'valibot';
import type { Ask } from '../answers/ask.ts';
import type { Command, CommandInput } from '../changes/command.ts';
import { findConnector, requireConnector } from '../connector/existing.ts';
import { fromGiven, fromGroup } from './options.ts';

/** The command that makes connectors of APIs, with answers that come from what a user has. */
export function withDescriptions(command: Command): Command {
  return {
    ...command,
    options: [fromGroup, ...command.options],
    load: async () => {
      const plan = await command.load();
      return async (input, ask) => {
        const given = fromGiven(input.flags, input.given.answers);
        const from = given.from ?? (ask && isNew(input) ? await askFrom(ask, input.cwd) : undefined);
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
        const { folder } = requireConnector(input.given.connector, input.cwd);
        const { planFrom } = await import('./run.ts');
        const streams = given.streams ?? (input.flags.name as string | undefined);
        const inside = {
          ...input,
          given: { ...input.given, connector: folder },
          flags: { ...input.flags, name: undefined },
        };
        return planFrom(inside, { ...given, from, streams }, ask);
      };
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
  const { namedSource } = await import('./named-source.ts');
  const text = await ask.hidden('from', {
    message: 'What do you have of it',
    help: 'a curl command, an address, or a file: OpenAPI, Postman, HAR, …; empty: questions are asked',
    check: v.pipe(
      v.string(),
      v.rawCheck(({ dataset, addIssue }) => {
        const named = dataset.value === '' ? 'input' : namedSource(String(dataset.value), cwd);
        if (typeof named === 'object') addIssue({ message: `names nothing: ${named.message} (${named.hint})` });
      }),
    ),
  });
  return text === '' ? undefined : text;
}
