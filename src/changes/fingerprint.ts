import { createHash } from 'node:crypto';
import { withoutCarriageReturns } from './merge/lines.ts';

/** How many hexadecimal digits of an id are recorded: as many as the Linux kernel names its commits by. */
const LENGTH = 12;
const FINGERPRINT = new RegExp(`^[0-9a-f]{${LENGTH}}$`);

/**
 * A text's fingerprint: the first twelve hexadecimal digits of the id that Git gives to a file of that text, so that
 * `git hash-object FILE` begins with it, and `git cat-file blob FINGERPRINT` finds the text once it has been staged. Line ends
 * don't count, since a checkout on Windows changes them.
 * https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export function fingerprintOf(text: string): string {
  const content = Buffer.from(withoutCarriageReturns(text));
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex').slice(0, LENGTH);
}

/** True for what `fingerprintOf` gives, and for nothing else that Git could take for a name or an option. */
export function isFingerprint(value: string): boolean {
  return FINGERPRINT.test(value);
}
