import { resolve } from 'node:path';
import type { Ask } from '../answers/ask.ts';
import { type AnswersDocument, readAnswers } from '../answers/document.ts';
import { isMapping } from '../base/mapping.ts';
import { nearest } from '../base/names.ts';
import { UserError } from '../base/problems.ts';
import type { Command, CommandInput } from '../changes/command.ts';
import type { PlannedRun } from '../changes/run.ts';
import { type ExistingConnector, findConnector, readConnector } from '../connector/existing.ts';
import { fromGiven } from '../from/options.ts';
import { KINDS, unknownKind } from '../kinds/registry.ts';

/** Changing the answers of the connector that is there, as one more choice. */
const CHANGE = 'change';

/** Finds out which command is meant, from the answers or by a question, and plans its run. */
export async function planChosen(
  commands: readonly Command[],
  input: CommandInput,
  ask: Ask | undefined,
): Promise<PlannedRun> {
  const { answers, connector } = input.given;
  // A hand-written connector can be named as well: streams and schemas are added to it.
  const around = connector === undefined ? findConnector(input.cwd) : readConnector(resolve(input.cwd, connector));
  const { from } = fromGiven(input.flags, answers);
  const { name, intent } =
    from !== undefined
      ? { name: KINDS.find(({ isDescribed }) => isDescribed)?.name ?? '', intent: input.intent }
      : answers === undefined
        ? await asked(commands, around, ask)
        : { name: commandFor(commands, readAnswers(answers, input.cwd), around), intent: input.intent };
  const command = commands.find(other => other.name === name);
  const plan = command ? await command.load() : undefined;
  return plan ? plan({ ...input, intent }, ask) : Promise.reject(unknownKind(name));
}

async function asked(
  commands: readonly Command[],
  around: ExistingConnector | undefined,
  ask: Ask | undefined,
): Promise<{ readonly name: string; readonly intent: CommandInput['intent'] }> {
  if (!ask)
    throw new UserError({
      message: 'there is no terminal to ask in',
      hint: 'give the answers with --answers FILE; --help tells more',
    });
  const choices = commands.filter(({ title }) => title !== '').map(({ name, title }) => ({ value: name, name: title }));
  const change = around ? [{ value: CHANGE, name: `Other answers for ${String(around.answers.name)}` }] : [];
  const choice = await ask.choice('what', { message: 'What shall be made', choices: [...change, ...choices] });
  return around && choice === CHANGE
    ? { name: around.answers.kind, intent: 'change' }
    : { name: choice, intent: 'any' };
}

/** The command that an answers file is for; those without a kind and a name may change the connector that is around. */
function commandFor(
  commands: readonly Command[],
  { value, file, lineOf }: AnswersDocument,
  around: ExistingConnector | undefined,
): string {
  const answers = isMapping(value) ? value : {};
  const command = commands.find(({ takes }) => takes(answers));
  if (command) return command.name;
  const { kind } = answers;
  if (kind === undefined && around && isMapping(value) && !('name' in value)) return around.answers.kind;
  const names = KINDS.map(({ name }) => name);
  const [list, meant] = [names.join(', ').replace(/, ([^,]*)$/, ' or $1'), nearest(String(kind), names)];
  throw new UserError({
    where: `${file}, kind`,
    line: lineOf(['kind']),
    message: kind === undefined ? `is missing: ${list}` : `must be ${list}${meant ? `: did you mean ${meant}?` : ''}`,
  });
}
