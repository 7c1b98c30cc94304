import { assignedValue, bracketed } from '../parse.ts';
import { type Place, refuse } from '../refusal.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { indentBefore, insertAll, newlineAt } from './insertion.ts';
import { deleteAll, removeElement } from './removal.ts';
import { insertElement, type Sequence, sortedIndex } from './sequence.ts';

/** A new element of a list in a Python file that is sorted by a key of its elements. */
export interface SortedElement {
  /** The file, for messages. */
  readonly file: string;
  /** The variable that the list is assigned to; the list may stand inside `sorted(…)`, `… + OTHER` and parentheses. */
  readonly list: string;
  /** The element as Python on one line. */
  readonly entry: string;
  /** The element for a list with one element a line; four spaces a level. */
  readonly block?: readonly string[];
  readonly key: string;
  /** The key of an element of the list, from its text; undefined if it has none. */
  readonly keyOf: (element: string) => string | undefined;
}

/**
 * Puts an element at its sorted place in a list; nothing changes if an element with that key is there already.
 * Throws a UserError, with the element to add by hand, if the file doesn't parse or the list isn't unambiguous.
 */
export function insertSorted(source: string, { file, list, entry, block, key, keyOf }: SortedElement): string {
  const sequence = findList(source, list, { file, byHand: `add to the list ${list}: ${entry},` });
  const keys = elementTexts(source, sequence).map(keyOf);
  if (keys.includes(key)) return source;
  return insertAll(source, insertElement(source, sequence, sortedIndex(keys, key), { line: entry, block }));
}

/**
 * Gives an element of a list another text: `entry` where it stands among others on a line, `block` where it has lines of its
 * own. Nothing changes without the element. Throws a UserError as `insertSorted` does.
 */
export function replaceElement(
  source: string,
  { file, list, entry, block = [entry] }: Omit<SortedElement, 'key' | 'keyOf'>,
  isIt: (element: string) => boolean,
): string {
  const { elements } = findList(source, list, { file, byHand: `write in the list ${list}: ${entry},` });
  const found = elements.find(({ from, to }) => isIt(source.slice(from, to)));
  if (!found) return source;
  const indent = indentBefore(source, found.from);
  const text = indent === undefined ? entry : block.join(newlineAt(source, found.from) + indent);
  return source.slice(0, found.from) + text + source.slice(found.to);
}

/** Takes out the elements of a list that are meant: the reverse of `insertSorted`. Throws a UserError as that does. */
export function removeElements(source: string, list: string, place: Place, isIt: (element: string) => boolean): string {
  const sequence = findList(source, list, place);
  const found = sequence.elements.findIndex(({ from, to }) => isIt(source.slice(from, to)));
  if (found < 0) return source;
  return removeElements(deleteAll(source, removeElement(source, sequence, found)), list, place, isIt);
}

/** The texts of the elements of a list. Throws a UserError as `insertSorted` does. */
export function listElements(source: string, list: string, place: Place): readonly string[] {
  return elementTexts(source, findList(source, list, place));
}

function elementTexts(source: string, { elements }: Sequence): readonly string[] {
  return elements.map(({ from, to }) => source.slice(from, to));
}

function findList(source: string, list: string, place: Place): Sequence {
  const [found, ...more] = listsIn(assignedValue(source, list, place));
  if (!found) return refuse(place, `${list} is not a list`);
  return more.length ? refuse(place, `${list} is made of ${more.length + 1} lists`) : bracketed(found);
}

/** The list displays that make up a value: not those inside an element, nor those in a keyword argument such as `key=`. */
function listsIn(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.name === 'ArrayExpression') return [node];
  if (!['CallExpression', 'ArgList', 'BinaryExpression', 'ParenthesizedExpression'].includes(node.name)) return [];
  return node.children.filter(child => child.prevSibling?.name !== 'AssignOp').flatMap(listsIn);
}
