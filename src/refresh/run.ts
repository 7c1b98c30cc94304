import { dirname } from 'node:path';
import type { Ask } from '../answers/ask.ts';
import type { CommandInput } from '../changes/command.ts';
import type { PlannedRun } from '../changes/run.ts';
import { asWrites } from '../changes/writing/order.ts';
import { planSchema, type ReadSource } from './plan.ts';
import { schemaReport } from './report.ts';

/** Plans what the schema of a stream becomes; `read` gives what its source says, where that is no sample. */
export async function planSchemaRun(
  { given, flags, cwd }: CommandInput,
  ask: Ask | undefined,
  read?: ReadSource,
): Promise<PlannedRun> {
  const run = await planSchema({ options: given, flags, cwd }, ask, read);
  const { changes } = run;
  return {
    folder: dirname(dirname(changes[0].path)),
    changes,
    writes: asWrites(changes),
    report: files => schemaReport(run, files, given.dryRun),
    fails: false,
  };
}
