import { dirname } from 'node:path';
import type { Plan } from '../changes/command.ts';
import { asWrites } from '../changes/writing/order.ts';
import { planSchema } from './plan.ts';
import { schemaReport } from './report.ts';

/** Plans what the schema of a stream becomes. */
export const planSchemaRun: Plan = async ({ given, flags, cwd }, ask) => {
  const run = await planSchema({ options: given, flags, cwd }, ask);
  const { changes } = run;
  return {
    folder: dirname(dirname(changes[0].path)),
    changes,
    writes: asWrites(changes),
    report: files => schemaReport(run, files, given.dryRun),
    fails: false,
  };
};
