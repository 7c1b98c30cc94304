import { UserError } from '../../base/problems.ts';
import type { SourceEvidence } from '../../refresh/source-evidence.ts';
import { evidenceOfSchema } from '../../schema/infer/evidence.ts';
import { checkSchema } from '../../schema/read/check.ts';
import type { Target } from '../../streams/target.ts';
import { pairsOf } from '../again/pairs.ts';
import type { FromGiven } from '../options.ts';
import { readDescribed, settled } from '../understand.ts';

/** What a description says of the columns of a stream that is there: the one of its name, or of its path. */
export async function describedEvidence(
  given: FromGiven & { readonly from: string; readonly called: string },
  cwd: string,
  target: Target,
): Promise<SourceEvidence> {
  const all = await readDescribed({ ...given, called: undefined }, cwd);
  const { called } = given;
  const connector = 'ours' in target ? target.ours.answers : undefined;
  const pairs = pairsOf(all, connector ?? {}, connector?.streams ?? []);
  const twin = [...pairs].find(([, { name }]) => name === called)?.[0];
  const chosen = twin ? { ...all, streams: [twin] } : await readDescribed(given, cwd);
  const api = await settled(chosen, given, cwd);
  const [stream] = api.streams;
  if (!stream?.schema)
    throw new UserError({
      where: given.from,
      message: `doesn't say which columns ${called} has`,
      hint: 'give sample records',
    });
  const checked = checkSchema(stream.schema.value, given.from);
  if (checked.problems.length > 0) throw new UserError(checked.problems);
  const notes = [`it is what is said of ${stream.name} there (${stream.schema.grade})`, ...checked.notes];
  return { ...evidenceOfSchema(checked), textColumns: checked.textColumns, notes, keys: [], bookmarks: [] };
}
