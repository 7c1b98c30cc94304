import { type Insertion, indentBefore, lineEnd, lineStart, linesAfter, newlineAt } from './insertion.ts';

/** One element of a bracketed sequence: from its first to behind its last character, and behind its comma if it has one. */
export interface Element {
  readonly from: number;
  readonly to: number;
  readonly comma?: number;
}

/** A bracketed, comma-separated sequence in a text (a Python list or dict, a JSON array): its inside and its elements. */
export interface Sequence {
  /** Behind the opening bracket. */
  readonly open: number;
  /** At the closing bracket. */
  readonly close: number;
  readonly elements: readonly Element[];
}

/** A new element: the one-line form, and the form for a sequence with one element a line, four spaces a level. */
export interface NewElement {
  readonly line: string;
  readonly block?: readonly string[];
}

/** Whether `a` stands behind `b` in a list sorted by name, where upper and lower case count the same. */
export function isAfter(a: string, b: string): boolean {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left === right ? a > b : left > right;
}

/** The place of a new key: before the first greater key, else behind the last key. Elements without a key don't count. */
export function sortedIndex(keys: readonly (string | undefined)[], key: string): number {
  const greater = keys.findIndex(other => other !== undefined && isAfter(other, key));
  if (greater >= 0) return greater;
  const last = keys.findLastIndex(other => other !== undefined);
  return last >= 0 ? last + 1 : keys.length;
}

/**
 * The insertions that put a new element at `index` of a sequence, in the form that the sequence has: its line ends,
 * indentation and trailing comma, and one element a line or several. A comment above an element stays with that element.
 */
export function insertElement(
  text: string,
  sequence: Sequence,
  index: number,
  element: NewElement,
): readonly Insertion[] {
  const { elements } = sequence;
  const next = elements[index];
  if (next) return insertBefore(text, sequence, index, next, element);
  const last = elements.at(-1);
  return last ? insertLast(text, sequence, last, element) : insertFirst(text, sequence, element);
}

function insertBefore(text: string, sequence: Sequence, index: number, next: Element, element: NewElement) {
  const indent = indentBefore(text, next.from);
  if (indent === undefined) return [{ at: next.from, text: `${element.line},${gap(text, sequence)}` }];
  const previous = sequence.elements[index - 1];
  const lines = indented(element, indent);
  return [linesAfter(text, previous ? (previous.comma ?? previous.to) : sequence.open, withComma(lines))];
}

function insertLast(text: string, sequence: Sequence, last: Element, element: NewElement): readonly Insertion[] {
  const end = last.comma ?? last.to;
  const indent = indentBefore(text, last.from);
  const comma = last.comma === undefined ? ',' : '';
  if (indent === undefined) return [{ at: end, text: comma + gap(text, sequence) + element.line + (comma ? '' : ',') }];
  const lines = indented(element, indent);
  const newline = newlineAt(text, end);
  const added = (comma ? lines : withComma(lines)).map(line => newline + line).join('');
  // A comment behind the last element stays on its line; a closing bracket there doesn't.
  const at = Math.min(lineEnd(text, end), sequence.close);
  const behind = text.slice(end, at).trim() ? at : end;
  if (behind === end) return [{ at: end, text: comma + added }];
  return comma
    ? [
        { at: end, text: comma },
        { at: behind, text: added },
      ]
    : [{ at: behind, text: added }];
}

function insertFirst(text: string, { open, close }: Sequence, element: NewElement): readonly Insertion[] {
  const outer = text.slice(lineStart(text, close)).match(/^[ \t]*/)?.[0] ?? '';
  const lines = withComma(indented(element, outer + (outer.includes('\t') ? '\t' : '    ')));
  const newline = newlineAt(text, open);
  if (indentBefore(text, close) !== undefined && close > open) {
    return [{ at: lineStart(text, close), text: lines.map(line => line + newline).join('') }];
  }
  return [{ at: open, text: lines.map(line => newline + line).join('') + newline + outer }];
}

function indented({ line, block = [line] }: NewElement, indent: string): readonly string[] {
  const unit = indent.includes('\t') ? '\t' : '    ';
  return block.map(part => indent + part.replace(/^( {4})+/, levels => unit.repeat(levels.length / 4)));
}

function withComma(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? `${line},` : line));
}

/** What stands between two elements on one line: nothing in compact JSON, otherwise mostly a space. */
function gap(text: string, { elements }: Sequence): string {
  const gaps = elements.slice(1).map((element, index) => text.slice(elements[index]?.comma, element.from));
  return gaps.find(between => /^ *$/.test(between)) ?? ' ';
}
