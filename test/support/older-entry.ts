import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

/** What version 0.1 recorded of a file: 16 hexadecimal digits of its text's SHA-256, and but for schemas the deflated text. */
export function olderEntry(text: string, keepsText = true): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return keepsText ? `${hash} ${deflateRawSync(text, { level: 9 }).toString('base64')}` : hash;
}
