import type { Ask } from '../answers/ask.ts';
import type { Command, CommandInput } from '../changes/command.ts';
import { findConnector } from '../connector/existing.ts';
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
        const from = given.from ?? (ask && isNew(input) ? await askFrom(ask) : undefined);
        if (from === undefined) return plan(input, ask);
        const { planFrom } = await import('./run.ts');
        return planFrom(input, { ...given, from }, ask);
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

/** A command is often pasted in several lines, of which each but the last ends in a backslash. */
async function askFrom(ask: Ask): Promise<string | undefined> {
  let text = await ask.hidden('from', {
    message: 'What do you have of it',
    help: 'a curl command, an address, or a file: OpenAPI, Postman, HAR, …; empty: questions are asked',
  });
  if (text === '') return undefined;
  while (/[\\^]$/.test(text)) text += `\n${await ask.hidden('line', { message: 'How does it go on' })}`;
  return text;
}
