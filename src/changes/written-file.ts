import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { fingerprintOf, isFingerprint } from './fingerprint.ts';
import { withoutCarriageReturns } from './merge/lines.ts';

/** A file as it was last written. */
export interface WrittenFile {
  /** By which Git may have its text; undefined where an older version recorded it, or none did. */
  readonly fingerprint: string | undefined;
  /** Its text, where an older version recorded that as well. */
  readonly text: string | undefined;
  /** Is this still what was written, line ends aside? */
  isUnmodified(text: string): boolean;
}

/** The text of a file that the user has changed, as we wrote it last, so that both sides' changes can be told. */
export interface BaseText {
  readonly text: string;
  /**
   * What is known of it: that it is what was written (`exact`); nothing, since the manifest says nothing of the file
   * (`likely`); or that the file was written otherwise, since this version of the generator, or a schema that was changed
   * since, gives another text for the same answers (`other`).
   */
  readonly certainty: 'exact' | 'likely' | 'other';
}

/** The files of a connector that exists, by their paths as in its plan. */
export interface PreviousFiles {
  readonly files: ReadonlyMap<string, WrittenFile>;
  /** Looks for the texts of some of them; asked for once, and only for files that have to be merged. */
  baseTexts(paths: readonly string[]): ReadonlyMap<string, BaseText>;
}

/**
 * The file that an entry of the manifest is of: a fingerprint; or, of an older version, the first 16 hexadecimal digits of
 * its text's SHA-256 and, behind a space, the deflated text in base64.
 */
export function writtenFile(entry: string): WrittenFile {
  if (isFingerprint(entry))
    return { fingerprint: entry, text: undefined, isUnmodified: text => fingerprintOf(text) === entry };
  const [hash, packed = ''] = entry.split(' ');
  const isUnmodified = (text: string) => hashOf(text) === hash;
  const text = inflated(packed);
  return { fingerprint: undefined, text: text !== undefined && isUnmodified(text) ? text : undefined, isUnmodified };
}

/** The file that a connector whose manifest says nothing of its files is taken to have had. */
export function assumedFile(text: string): WrittenFile {
  const written = withoutCarriageReturns(text);
  return { fingerprint: undefined, text, isUnmodified: other => withoutCarriageReturns(other) === written };
}

function inflated(packed: string): string | undefined {
  try {
    return inflateRawSync(Buffer.from(packed, 'base64')).toString();
  } catch {
    return undefined;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(withoutCarriageReturns(text)).digest('hex').slice(0, 16);
}
