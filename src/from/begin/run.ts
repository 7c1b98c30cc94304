import type { Ask } from '../../answers/ask.ts';
import { nearest } from '../../base/names.ts';
import { type Problem, UserError } from '../../base/problems.ts';
import type { CommandInput, Plan } from '../../changes/command.ts';
import type { PlannedRun } from '../../changes/run.ts';
import { kindNamed } from '../../kinds/registry.ts';
import { optionValue } from '../../options/given-options.ts';
import { askStream } from '../../refresh/gather.ts';
import { isAddress } from '../../refresh/http.ts';
import { planSchemaRun } from '../../refresh/run.ts';
import { listStreams } from '../../streams/list.ts';
import { findTarget, type Target } from '../../streams/target.ts';
import { askSource } from '../ask-source.ts';
import { planMoreStreams } from '../more-streams.ts';
import type { FromGiven } from '../options.ts';
import { describedEvidence } from './described-evidence.ts';
import { describes } from './describes.ts';
import { planFromSample, withNotes } from './from-sample.ts';
import { type Wanted, wantedIn } from './wanted.ts';

/**
 * Plans what the schema of a stream becomes, by sample records, as `plan` does it, or by a description. A stream that isn't there is begun, as `stream` does
 * it. Throws a UserError with every problem.
 */
export async function planSchemaFrom(plan: Plan, given: CommandInput, ask: Ask | undefined): Promise<PlannedRun> {
  const planSample = async (input: CommandInput) => {
    refuseOptions(input, ['offline'], 'is for descriptions, and a sample is read');
    return plan(input, ask);
  };
  const target = targetOf(given);
  const names = target && (await namesIn(target));
  if (!target || !names) return planSample(given);
  await refuseDiscovered(target);
  const input = ask ? await asked(given, ask, names, 'ours' in target) : given;
  const wanted = wantedIn(input);
  if (!wanted) return planSample(input);
  const { stream, from } = wanted;
  if (names.includes(stream)) {
    if (isAddress(from) || from === '-' || !(await describes(from, input.cwd))) return planSample(input);
    refuseSampleOptions(input, wanted);
    const evidence = await describedEvidence(fromGivenBy(input, wanted), input.cwd, target);
    return planSchemaRun(withoutConfig(input), ask, async () => evidence);
  }
  // In a connector of ours a name that is all but another's is hardly a new stream's.
  if ('ours' in target && nearest(stream, names) !== undefined) return planSample(input);
  if (isAddress(from) || (await describes(from, input.cwd))) {
    refuseSampleOptions(input, wanted);
    const more = { ...input, given: { ...input.given, answers: undefined } };
    return planMoreStreams(more, fromGivenBy(input, wanted), ask);
  }
  if ('ours' in target) {
    refuseOptions(input, ['offline', 'config', 'header'], 'is for descriptions and addresses, and this is a sample');
    return planFromSample(input, wanted, target.ours, ask);
  }
  const run = await planSample(input);
  const note = `nothing reads it yet: mage-connector stream ${stream} writes what does`;
  return { ...run, report: files => withNotes(run.report(files), stream, [note]) };
}

function refuseOptions({ flags }: CommandInput, names: readonly string[], message: string): void {
  const given = names.filter(name => ![undefined, false].includes(optionValue(flags, name) as false | undefined));
  const problems = given.map((name): Problem => ({ where: `--${name}`, message, hint: 'leave it out' }));
  if (problems.length > 0) throw new UserError(problems);
}

function refuseSampleOptions(input: CommandInput, { recordsPath }: Wanted): void {
  refuseOptions(input, ['replace'], 'is for samples: a description only adds to a schema');
  if (recordsPath === undefined) return;
  const where = input.given.answers === undefined ? '--records-path' : 'records_path';
  throw new UserError({ where, message: 'is for samples: a description says where its records are' });
}

function targetOf({ given, cwd }: CommandInput): Target | undefined {
  try {
    return findTarget(given.connector, cwd);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The names of the streams that are there; undefined for a hand-written connector that doesn't tell them. */
async function namesIn(target: Target): Promise<readonly string[] | undefined> {
  try {
    return (await listStreams(target)).streams.map(({ name }) => name);
  } catch (error) {
    if (error instanceof UserError && !('ours' in target)) return undefined;
    throw error;
  }
}

async function refuseDiscovered(target: Target): Promise<void> {
  if (!('ours' in target)) return;
  const { answers } = target.ours;
  if ((await kindNamed(answers.kind)).declaresSchemas) return;
  throw new UserError({
    where: String(answers.name),
    message: 'has no schemas to write: its database says which columns its streams have',
    hint: 'mage-connector stream NAME --query-file FILE adds a query as a stream',
  });
}

/** Asks for the stream, and for one that isn't there also what there is of it. */
async function asked(input: CommandInput, ask: Ask, names: readonly string[], areAll: boolean): Promise<CommandInput> {
  const { flags } = input;
  const name = (flags.name as string | undefined) ?? (await askStream(ask, { names, areAll }));
  const isKnown =
    names.includes(String(name)) || ['from', 'run'].some(option => optionValue(flags, option) !== undefined);
  if (isKnown) return { ...input, flags: { ...flags, name } };
  const help = 'sample records, a curl command, an address, or a description: OpenAPI, Postman, HAR, …';
  const from = await askSource(ask, input.cwd, help);
  return { ...input, flags: { ...flags, name, ...(from !== '' && { from }) } };
}

function fromGivenBy({ flags }: CommandInput, { stream, from }: Wanted) {
  return {
    from,
    streams: undefined,
    called: stream,
    offline: optionValue(flags, 'offline') === true,
    config: optionValue(flags, 'config') as string | undefined,
    headers: [optionValue(flags, 'header') ?? []].flat().map(String),
  } satisfies FromGiven;
}

/** The configuration was for the API that was asked. */
function withoutConfig(input: CommandInput): CommandInput {
  return { ...input, flags: { ...input.flags, config: undefined } };
}
