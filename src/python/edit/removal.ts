import { indentBefore, lineEnd, lineStart } from './insertion.ts';
import type { Sequence } from './sequence.ts';

/** A stretch of text to take out. */
export interface Deletion {
  readonly from: number;
  readonly to: number;
}

/** The text without these stretches; their places count in the text as it was. */
export function deleteAll(text: string, deletions: readonly Deletion[]): string {
  const fromTheEnd = [...deletions].sort((a, b) => b.from - a.from);
  return fromTheEnd.reduce((result, { from, to }) => result.slice(0, from) + result.slice(to), text);
}

/** The whole line that contains this place, with its line end; of the last line of a file, that of the line before. */
export function wholeLine(text: string, offset: number): Deletion {
  const [from, end] = [lineStart(text, offset), lineEnd(text, offset)];
  const newline = text.indexOf('\n', end);
  return newline < 0 ? { from: from === 0 ? 0 : lineEnd(text, from - 1), to: end } : { from, to: newline + 1 };
}

/**
 * What to take out so that an element is gone from a sequence: the reverse of `insertElement`. Lines of its own go with the
 * element; where the last element has no comma, the one before it loses its own.
 */
export function removeElement(text: string, sequence: Sequence, index: number): readonly Deletion[] {
  const { elements } = sequence;
  const [previous, element, next] = [elements[index - 1], elements[index], elements[index + 1]];
  if (!element) return [];
  const end = element.comma ?? element.to;
  const comma =
    !next && element.comma === undefined && previous?.comma !== undefined
      ? [{ from: previous.comma - 1, to: previous.comma }]
      : [];
  const ownLine = indentBefore(text, element.from) !== undefined && !text.slice(end, lineEnd(text, end)).trim();
  if (ownLine) return [...comma, { from: wholeLine(text, element.from).from, to: wholeLine(text, end - 1).to }];
  if (next) return [{ from: element.from, to: next.from }];
  if (!previous) return [{ from: element.from, to: end }];
  const before = previous.comma ?? previous.to;
  return [{ from: comma.length > 0 ? before - 1 : before, to: end }];
}
