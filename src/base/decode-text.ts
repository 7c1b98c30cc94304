import { UserError } from './problems.ts';

/** The text of a file, without a byte order mark: UTF-8, or UTF-16 by its mark. Throws a UserError where it is neither. */
export function decodeText(bytes: Uint8Array, file: string): string {
  const [encoding, name] = markedEncoding(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    const at = encoding === 'utf-8' ? firstFault(bytes) : undefined;
    const place = at === undefined ? '' : `: byte ${at} is 0x${bytes[at]?.toString(16).padStart(2, '0')}`;
    throw new UserError(
      {
        where: file,
        message: `is not ${name} text${place}`,
        hint: 'convert it, for instance with iconv -f latin1 -t utf-8',
      },
      { cause: error },
    );
  }
}

function markedEncoding([first, second]: Uint8Array): readonly [string, string] {
  if (first === 0xff && second === 0xfe) return ['utf-16le', 'UTF-16'];
  if (first === 0xfe && second === 0xff) return ['utf-16be', 'UTF-16'];
  return ['utf-8', 'UTF-8'];
}

/** The position of the first byte that is of no UTF-8, by halves: what comes before it can be decoded in part. */
function firstFault(bytes: Uint8Array): number {
  let [sound, end] = [0, bytes.length];
  while (sound < end - 1) {
    const middle = (sound + end) >> 1;
    if (isSoundUntil(bytes, middle)) sound = middle;
    else end = middle;
  }
  // A character that is cut off, or goes on wrongly, begins earlier.
  while (sound > 0 && !isSoundUntil(bytes, sound, true)) sound -= 1;
  return sound;
}

function isSoundUntil(bytes: Uint8Array, end: number, isWhole = false): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: !isWhole });
    return true;
  } catch {
    return false;
  }
}
