import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { splitList } from '../base/lists.ts';
import { isMapping } from '../base/mapping.ts';
import { type Problem, UserError } from '../base/problems.ts';
import type { Plan } from '../changes/command.ts';
import { optionValue } from '../options/given-options.ts';
import { MAIN_FILE } from '../python/analysis/files.ts';
import { readSource } from '../python/analysis/source.ts';
import { findTarget } from '../streams/target.ts';
import { chosenFramework } from './chosen-framework.ts';
import { liveLines } from './live-lines.ts';
import { verifyReport } from './report.ts';
import { verifyConnector } from './verify.ts';

/** Runs a connector and reports what was found; nothing is written. */
export const planVerifyRun: Plan = async ({ given, flags, cwd }) => {
  const text = (name: string) => optionValue(flags, name) as string | undefined;
  const target = findTarget(given.connector, cwd);
  const folder = 'ours' in target ? target.ours.folder : target.folder;
  const config = text('config') === undefined ? undefined : resolve(cwd, text('config') as string);
  const problems: Problem[] = [];
  const configText = config === undefined ? '{}' : readConfig(config, problems);
  const limit = limitOf(text('limit'), problems);
  if (problems.length > 0) throw new UserError(problems);
  const names = text('streams') === undefined ? undefined : splitList(text('streams') as string);
  const isSql = readSource(readFileSync(join(folder, MAIN_FILE), 'utf8'))?.isSql === true;
  const [mage, singer, python, container] = ['mage', 'singer', 'python', 'container'].map(text);
  const framework = chosenFramework(folder, { mage, singer, python, container, cwd });
  const live = liveLines();
  const job = { folder, framework, config, configText, streams: names, limit, isSql, show: live.show };
  const verified = await verifyConnector(job).finally(live.end);
  return {
    folder,
    changes: [],
    writes: [],
    report: () => verifyReport(verified, { folder, framework, limit }),
    fails: verified.findings.some(({ is }) => is === 'fault'),
  };
};

function readConfig(path: string, problems: Problem[]): string {
  const problem = (message: string) => {
    problems.push({ where: '--config', message });
    return '{}';
  };
  if (!existsSync(path)) return problem(`there is no file ${path}`);
  try {
    const text = readFileSync(path, 'utf8');
    return isMapping(JSON.parse(text)) ? text : problem(`${path} is no JSON object of keys and values`);
  } catch {
    return problem(`${path} is no JSON`);
  }
}

function limitOf(text: string | undefined, problems: Problem[]): number | undefined {
  if (text === undefined) return undefined;
  const limit = /^\d+$/.test(text) ? Number(text) : 0;
  if (limit === 0) problems.push({ where: '--limit', message: `${text} is no number of records from 1 on` });
  return limit || undefined;
}
