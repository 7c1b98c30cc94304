import { basename } from 'node:path';
import type { Checked } from './check.ts';

/** What differs: JSON for scripts, or text for people. */
export function checkReport({ connector, root, findings }: Checked, json: boolean): string {
  const { folder, answers } = connector;
  if (json) {
    const { kind, name } = answers;
    const about = { kind, name, uuid: basename(folder), folder };
    return JSON.stringify({ connector: about, root, files: findings }, undefined, 2);
  }
  const name = `${String(answers.name)} in ${folder}`;
  if (findings.length === 0) return `\n${name} is what its answers give.\n`;
  const width = Math.max(...findings.map(({ difference }) => difference.length));
  const lines = findings.map(({ path, difference }) => `  ${difference.padEnd(width)}  ${path}`);
  return ['', `${name} is not what its answers give:`, ...lines, ''].join('\n');
}
