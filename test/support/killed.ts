import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const COMMAND = resolve(import.meta.dirname, '../../dist/bin/mage-connector.js');

/** Kills the process in the middle of its n-th write into a folder. */
const KILLER = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
let count = 0;
const isLast = path => String(path).startsWith(process.env.FOLDER) && ++count === Number(process.env.LAST);
const kill = () => process.kill(process.pid, 'SIGKILL');
const half = content => content.slice(0, content.length / 2);
const { writeFileSync, renameSync } = fs;
fs.writeFileSync = (path, content, ...rest) => {
  if (!isLast(path)) return writeFileSync(path, content, ...rest);
  writeFileSync(path, half(content));
  kill();
};
fs.renameSync = (from, to) => (isLast(to) ? kill() : renameSync(from, to));
const { writeFile } = fs.promises;
fs.promises.writeFile = async (path, content, ...rest) => {
  if (!isLast(path)) return writeFile(path, content, ...rest);
  writeFileSync(path, half(content));
  kill();
};
syncBuiltinESMExports();
`;

/** Runs the command, and kills it in the middle of its n-th write into a folder; false if it ended before that. */
export function killedAt(last: number, folder: string, args: readonly string[], cwd = folder): boolean {
  const killer = `data:text/javascript,${encodeURIComponent(KILLER)}`;
  const env = { ...process.env, FOLDER: folder, LAST: String(last) };
  const options = { env, cwd, encoding: 'utf8', input: '' } as const;
  return spawnSync(process.execPath, ['--import', killer, COMMAND, ...args], options).signal === 'SIGKILL';
}
