/** Python's escapes of one character; the numeric ones are decoded by their digits. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};

/** The value of a plain Python string literal ('…' or "…", also raw or triple-quoted); undefined for anything else. */
export function readString(literal: string): string | undefined {
  const match = /^([rRuU]?)("""|'''|"|')([\s\S]*)\2$/.exec(literal);
  if (!match) return undefined;
  const [, prefix = '', , body = ''] = match;
  return prefix.toLowerCase() === 'r' ? body : decode(body);
}

function decode(body: string): string {
  return body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (whole, x, u, long, octal, letter: string) => {
      if (letter !== undefined) return ESCAPES[letter] ?? whole;
      return String.fromCodePoint(octal ? Number.parseInt(octal, 8) : Number.parseInt(x ?? u ?? long, 16));
    },
  );
}

/** A Python string literal in a quote style: the other quote where that needs no escape, and no invisible character as it is. */
export function writeString(value: string, style: "'" | '"'): string {
  const other = style === "'" ? '"' : "'";
  const quote = value.includes(style) && !value.includes(other) ? other : style;
  const body = value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return quote + body.replace(/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, escapeCharacter) + quote;
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}
