import type { Plan } from '../changes/command.ts';
import { checkConnector } from './check.ts';
import { checkReport } from './report.ts';

/** Checks a connector; nothing is written. */
export const planCheckRun: Plan = async ({ given, cwd }) => {
  const checked = await checkConnector(given.connector, cwd);
  return {
    folder: checked.connector.folder,
    changes: [],
    writes: [],
    report: () => checkReport(checked),
    fails: checked.findings.length > 0,
  };
};
