import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { withoutCarriageReturns } from './merge/lines.ts';

/**
 * What is recorded of each file as it was last written, by its path: a hash, which tells whether the user has changed it, and
 * behind a space its text, compressed, which the user's changes are told by. Schemas have the hash only.
 */
export type FileRecords = Readonly<Record<string, string>>;

/** A file as it was last written. */
export interface WrittenFile {
  /** Undefined where only its hash is known. */
  readonly text: string | undefined;
  /** False where no record is left, so that the text is what the recorded answers give today. */
  readonly isRecorded: boolean;
  /** Is this still what was written? */
  isUnmodified(text: string): boolean;
}

/** The record of a text; the one from before if it says the same, since another version of zlib may compress it otherwise. */
export function fileRecord(text: string, keepsText: boolean, before?: string): string {
  if (before !== undefined && keepsText && recordedText(before) === text) return before;
  return keepsText ? `${hashOf(text)} ${deflateRawSync(text, { level: 9 }).toString('base64')}` : hashOf(text);
}

/** The file that a record is of. */
export function writtenFile(record: string): WrittenFile {
  const hash = record.split(' ', 1)[0];
  return { text: recordedText(record), isRecorded: true, isUnmodified: text => hashOf(text) === hash };
}

/** The file that a connector without a record of it is taken to have had. */
export function assumedFile(text: string): WrittenFile {
  const written = withoutCarriageReturns(text);
  return { text, isRecorded: false, isUnmodified: other => withoutCarriageReturns(other) === written };
}

/** The text of a record; undefined where it has none, or was damaged. */
function recordedText(record: string): string | undefined {
  const [hash, packed] = record.split(' ');
  if (!packed) return undefined;
  try {
    const text = inflateRawSync(Buffer.from(packed, 'base64')).toString();
    return hashOf(text) === hash ? text : undefined;
  } catch {
    return undefined;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(withoutCarriageReturns(text)).digest('hex').slice(0, 16);
}
