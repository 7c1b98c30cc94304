/** A text that something went wrong with on its way. */
export interface BadText {
  readonly text: string;
  /** What it is, in words. */
  readonly is: 'encoding' | 'missing' | 'python';
}

/** What a line that has such a text has somewhere; only then its columns are looked at. */
const SUSPECT =
  /\\u00[c-e][\da-f]\\u|\\u00c2|\\ufffd|[Â-ï][^\0-\x7f]|\ufffd|"(?:None|nan|NaN|NaT|<NA>|undefined|\[object Object\])"|"(?:\[\{?|\{|b)'|"datetime\./;
/** Characters beyond ASCII, as they stand or escaped. */
const FOREIGN = /\\u[\da-f]{4}|[^\0-\x7f]/;
/** What Python and JavaScript write for a value that is missing. */
const MISSING = /^(None|nan|NaN|NaT|<NA>|undefined|\[object Object\])$/;
/** How Python shows its values: of lists and objects, bytes and moments. */
const PYTHON = /^(\[\{?'.*\]|\{'.*\}|b'.*'|datetime\.\w+\(.*\))$/s;
/** The characters of Windows' code page 1252 from 0x80 on that aren't those of Unicode. */
const CODE_PAGE = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Whether a line has characters that an encoding may have spoilt. */
export function isForeign(line: string): boolean {
  return FOREIGN.test(line);
}

/** Whether a line may have a text that went wrong. */
export function isSuspect(line: string): boolean {
  return SUSPECT.test(line);
}

/** What is wrong with a text; undefined where nothing is. */
export function badText(text: string): BadText['is'] | undefined {
  if (MISSING.test(text)) return 'missing';
  if (PYTHON.test(text)) return 'python';
  return text.includes('\ufffd') || isTwiceEncoded(text) ? 'encoding' : undefined;
}

/** Whether UTF-8 was read in another encoding: its characters are the bytes of UTF-8. */
function isTwiceEncoded(text: string): boolean {
  const bytes = Array.from(text, character => {
    const place = CODE_PAGE.indexOf(character);
    return place >= 0 ? 0x80 + place : (character.codePointAt(0) as number);
  });
  if (bytes.some(byte => byte > 0xff) || bytes.every(byte => byte < 0x80)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
    return true;
  } catch {
    return false;
  }
}
