import { spawnSync } from 'node:child_process';
import { fingerprintOf, isFingerprint } from './fingerprint.ts';

/** Milliseconds; reading a few small files takes some ten. */
const TIMEOUT = 10_000;
/** Bytes of all texts together. */
const MOST = 64 * 1024 * 1024;

/** Variables that name another repository than the one that a folder is in, as Git sets them for its hooks. */
const ELSEWHERE = /^GIT_(ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|DIR|INDEX_FILE|NAMESPACE|OBJECT_DIRECTORY|WORK_TREE)$/;

/**
 * The texts with these fingerprints, as far as the Git repository around a folder has them; none where there is no Git, no
 * repository, or one that Git refuses to read for another user.
 *
 * Nothing of what the repository's configuration names is run: `cat-file --batch` has no pager, no filter and no hook, and an
 * object that a partial clone lacks is not fetched, for which Git would call the program that the configuration has for that.
 */
export function gitTexts(folder: string, fingerprints: readonly string[]): ReadonlyMap<string, string> {
  const wanted = fingerprints.filter(isFingerprint);
  if (wanted.length === 0) return new Map();
  const { status, stdout } = spawnSync('git', ['--no-replace-objects', '-C', folder, 'cat-file', '--batch'], {
    input: wanted.map(fingerprint => `${fingerprint}\n`).join(''),
    env: safeEnvironment(),
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: TIMEOUT,
    killSignal: 'SIGKILL',
    maxBuffer: MOST,
    windowsHide: true,
  });
  if (status !== 0 || !stdout) return new Map();
  const texts = blobsIn(stdout).map(text => [fingerprintOf(text), text] as const);
  return new Map(texts.filter(([fingerprint]) => wanted.includes(fingerprint)));
}

/** GIT_NO_LAZY_FETCH is known to Git 2.45 and later; older ones never fetch by a protocol that isn't allowed. */
function safeEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name));
  return { ...Object.fromEntries(kept), GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };
}

/** What `--batch` prints: `<id> blob <size>`, the content and a line's end for each; `<id> missing` or `ambiguous` else. */
function blobsIn(output: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    if (end < 0) break;
    const [, type, size] = output.toString('utf8', at, end).split(' ');
    at = end + 1;
    if (size === undefined) continue;
    if (type === 'blob') texts.push(output.toString('utf8', at, at + Number(size)));
    at += Number(size) + 1;
  }
  return texts;
}
