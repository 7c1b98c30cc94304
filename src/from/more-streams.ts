import type { Ask } from '../answers/ask.ts';
import type { CommandInput } from '../changes/command.ts';
import type { PlannedRun } from '../changes/run.ts';
import { findTarget } from '../streams/target.ts';
import { planHandWritten } from './hand-written/run.ts';
import type { FromGiven } from './options.ts';
import { planFrom } from './run.ts';

/**
 * Plans more streams of a connector that exists, ours or hand-written, from what `--from` names. Throws a UserError with every
 * problem.
 */
export async function planMoreStreams(
  input: CommandInput,
  given: FromGiven & { readonly from: string },
  ask: Ask | undefined,
): Promise<PlannedRun> {
  const target = findTarget(input.given.connector, input.cwd);
  if (!('ours' in target)) return planHandWritten(input, given, target.folder, ask);
  const inside = {
    ...input,
    given: { ...input.given, connector: target.ours.folder },
    flags: { ...input.flags, name: undefined },
  };
  return planFrom(inside, given, ask);
}
