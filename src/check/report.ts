import { basename } from 'node:path';
import type { Report } from '../changes/run.ts';
import type { Checked } from './check.ts';

/** What differs. */
export function checkReport(checked: Checked): Report {
  const { connector, root, findings } = checked;
  const { kind, name } = connector.answers;
  const about = { kind, name, uuid: basename(connector.folder), folder: connector.folder };
  return { text: textReport(checked), json: { connector: about, root, files: findings }, isAnswer: true };
}

function textReport({ connector: { folder, answers }, findings }: Checked): string {
  const name = `${String(answers.name)} in ${folder}`;
  if (findings.length === 0) return `\n${name} is what its answers give.\n`;
  const width = Math.max(...findings.map(({ difference }) => difference.length));
  const lines = findings.map(({ path, difference }) => `  ${difference.padEnd(width)}  ${path}`);
  return ['', `${name} is not what its answers give:`, ...lines, ''].join('\n');
}
