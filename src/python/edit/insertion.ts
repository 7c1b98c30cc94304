/** Text to put into a file at one place. An edit of a user's file is nothing but insertions: no byte of it is changed. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** The text with all insertions made; their places count in the text as it was. */
export function insertAll(text: string, insertions: readonly Insertion[]): string {
  const fromTheEnd = [...insertions].sort((a, b) => b.at - a.at);
  return fromTheEnd.reduce((result, { at, text: added }) => result.slice(0, at) + added + result.slice(at), text);
}

/** The line end used around this place: the next one in the text, else the one before, else `\n`. */
export function newlineAt(text: string, offset: number): '\n' | '\r\n' {
  const next = text.indexOf('\n', offset);
  const found = next >= 0 ? next : text.lastIndexOf('\n', offset);
  return found > 0 && text[found - 1] === '\r' ? '\r\n' : '\n';
}

/** Where the line that contains this place begins. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line that contains this place ends, before its `\n` or `\r\n`. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** The white space between the start of the line and this place; undefined if anything else stands there. */
export function indentBefore(text: string, offset: number): string | undefined {
  const before = text.slice(lineStart(text, offset), offset);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/** Whole lines to be put in after the line that contains this place, whether or not the file ends in a newline. */
export function linesAfter(text: string, offset: number, lines: readonly string[]): Insertion {
  const newline = newlineAt(text, offset);
  const at = lineEnd(text, offset);
  const added = lines.map(line => newline + line).join('');
  return { at, text: at === text.length ? added + newline : added };
}

/** Whole lines to be put in before the line that contains this place. */
export function linesBefore(text: string, offset: number, lines: readonly string[]): Insertion {
  const newline = newlineAt(text, offset);
  return { at: lineStart(text, offset), text: lines.map(line => line + newline).join('') };
}
