import { execFileSync } from 'node:child_process';
import { temporaryFolder } from './generate.ts';

const AUTHOR = ['-c', 'user.name=Test', '-c', 'user.email=test@acme.test'];

/** Runs Git in a folder, without what the machine's own configuration says, and gives its output. */
export function git(folder: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', [...AUTHOR, '-C', folder, ...args], { env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** An empty repository in a folder of its own. */
export function repository(): string {
  const folder = temporaryFolder();
  git(folder, 'init', '-q');
  return folder;
}
