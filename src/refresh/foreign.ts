import { UserError } from '../base/problems.ts';

interface Foreign {
  readonly isIt: (start: string) => boolean;
  readonly message: string;
  readonly hint: string;
}

const begins =
  (...signatures: readonly string[]) =>
  (start: string) =>
    signatures.some(signature => start.startsWith(signature));

/** What other files begin with, byte by byte as Latin-1. */
const FOREIGN: readonly Foreign[] = [
  {
    isIt: begins('\x1f\x8b', '\x28\xb5\x2f\xfd', 'PK\x03\x04', 'BZh', '\xfd7zXZ'),
    message: 'is compressed',
    hint: 'unpack it: gunzip -c FILE | mage-connector schema STREAM --from -',
  },
  {
    isIt: begins('\xff\xfe', '\xfe\xff'),
    message: 'is UTF-16 text',
    hint: 'convert it, for instance with iconv -f utf-16 -t utf-8',
  },
  {
    isIt: start => /^\s*<(?:!doctype|html|\?xml)/i.test(start),
    message: 'is HTML or XML, which has no records',
    hint: 'is it an error page? records are JSON, JSON Lines, CSV or Parquet',
  },
  {
    isIt: start => start.includes('\0'),
    message: 'is no text',
    hint: 'records are JSON, JSON Lines, CSV or Parquet',
  },
];

/** Throws a UserError for a file of which the first bytes say that it has no records to read. */
export function refuseForeign(bytes: Buffer, name: string): void {
  const start = bytes.subarray(0, 4096).toString('latin1');
  if (start.replace('\xef\xbb\xbf', '').trim() === '') throw new UserError({ where: name, message: 'is empty' });
  const foreign = FOREIGN.find(({ isIt }) => isIt(start));
  if (foreign) throw new UserError({ where: name, message: foreign.message, hint: foreign.hint });
}
