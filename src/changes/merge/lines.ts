import { diff3Merge } from 'node-diff3';
import { isPython } from '../../python/format.ts';
import { mergeMembers } from './members.ts';

/** A text with the changes of two sides. */
export interface Merged {
  readonly text: string;
  /** True where both sides changed the same lines: there the new text stands, and somebody has to be asked. */
  readonly conflict: boolean;
}

/**
 * Merges line by line what the user changed in a file and what a new version of it changes, both compared with what was
 * written last; Python member by member where lines can't be merged. Where that gives no valid Python, it is a conflict as well.
 */
export function mergeLines(path: string, current: string, previous: string, next: string): Merged {
  if (isMerged(current, previous, next)) return { text: current, conflict: false };
  const { text, conflict } = diff3(current, previous, next);
  if (!path.endsWith('.py') || (!conflict && isPython(text))) return { text, conflict };
  const members = mergeMembers(current, previous, next, mergedLines);
  if (members !== undefined && isPython(members)) return { text: members, conflict: false };
  return { text: isPython(text) ? text : next, conflict: true };
}

function mergedLines(current: string, previous: string, next: string): string | undefined {
  if (isMerged(current, previous, next)) return current;
  const { text, conflict } = diff3(current, previous, next);
  return conflict ? undefined : text;
}

/** Has the text what is new already, as a run that was killed leaves it? Then taking it out and merging it gives the same. */
function isMerged(current: string, previous: string, next: string): boolean {
  const without = diff3(current, next, previous);
  if (without.conflict) return false;
  const again = diff3(without.text, previous, next);
  return !again.conflict && again.text === current;
}

function diff3(current: string, previous: string, next: string): Merged {
  const regions = diff3Merge(lines(current), lines(previous), lines(next));
  return {
    text: regions.map(({ ok, conflict }) => (ok ?? conflict?.b ?? []).join('')).join(''),
    conflict: regions.some(region => region.conflict !== undefined),
  };
}

/** Do two texts differ in nothing but the order of their lines? */
export function sameLines(one: string, other: string): boolean {
  const sorted = (text: string) => lines(text).sort().join('');
  return one.length === other.length && sorted(one) === sorted(other);
}

/** A text in the line ends that another has throughout, as a checkout on Windows may; otherwise as it is. */
export function inLineEndsOf(model: string, text: string): string {
  return hasCrlfOnly(model) ? text.replaceAll(/\r?\n/g, '\r\n') : text;
}

/** A text with the line ends that are written, whatever a checkout made of them. */
export function withoutCarriageReturns(text: string): string {
  return hasCrlfOnly(text) ? text.replaceAll('\r\n', '\n') : text;
}

function hasCrlfOnly(text: string): boolean {
  return text.includes('\r\n') && !/(?<!\r)\n/.test(text);
}

/** With their ends, so that joining them gives the text again. */
function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}
