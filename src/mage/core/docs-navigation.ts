import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { insertAll } from '../../python/edit/insertion.ts';
import { deleteAll, removeElement } from '../../python/edit/removal.ts';
import { type Element, insertElement, type Sequence, sortedIndex } from '../../python/edit/sequence.ts';
import { type Place, refuse, required } from '../../python/refusal.ts';
import type { Registration } from '../source.ts';

/** The configuration of the documentation, relative to a checkout. */
export const NAVIGATION = 'docs/docs.json';
/** What the pages of sources begin with, relative to docs. */
export const PAGES = 'data-integrations/sources/';
/** The page that stands first in the group of open-source sources; Mage Pro's group has none. */
const FIRST = `${PAGES}overview`;

/** Adds the page of a source to the navigation in docs/docs.json, at its sorted place in the group of sources. */
export function addToNavigation(content: string | undefined, { uuid }: Registration): string {
  const page = PAGES + uuid;
  const place = { file: NAVIGATION, byHand: `add to the pages of the group with "${FIRST}": "${page}",` };
  const text = required(content, place);
  const group = sourceGroup(text, place);
  const pages = group.children ?? [];
  if (pages.some(node => node.value === page)) return text;
  const keys = pages.map(node => (isSourcePage(node.value) ? node.value : undefined));
  const sequence = sequenceOf(text, group);
  return insertAll(text, insertElement(text, sequence, sortedIndex(keys, page), { line: JSON.stringify(page) }));
}

/** Takes the page of a source out of the navigation again. */
export function removeFromNavigation(text: string, { uuid }: Registration): string {
  const page = PAGES + uuid;
  const group = sourceGroup(text, { file: NAVIGATION, byHand: `take out "${page}"` });
  const pages = group.children ?? [];
  const index = pages.findIndex(node => node.value === page);
  return index < 0 ? text : deleteAll(text, removeElement(text, sequenceOf(text, group), index));
}

function sequenceOf(text: string, { offset, length, children = [] }: Node): Sequence {
  return { open: offset + 1, close: offset + length - 1, elements: elementsOf(text, children) };
}

function isSourcePage(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(PAGES) && value !== FIRST;
}

/** The array of pages that names the sources' overview. */
function sourceGroup(text: string, place: Place): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (!tree || errors.length) return refuse(place, 'this is not valid JSON');
  const [group, ...more] = arraysIn(tree).filter(node => node.children?.some(child => child.value === FIRST));
  if (!group) return refuse(place, `no group has the page "${FIRST}"`);
  return more.length ? refuse(place, `several groups have the page "${FIRST}"`) : group;
}

function arraysIn(node: Node): readonly Node[] {
  const inside = (node.children ?? []).flatMap(arraysIn);
  return node.type === 'array' ? [node, ...inside] : inside;
}

function elementsOf(text: string, nodes: readonly Node[]): readonly Element[] {
  return nodes.map(({ offset, length }, index) => {
    const to = offset + length;
    return { from: offset, to, comma: index < nodes.length - 1 ? text.indexOf(',', to) + 1 : undefined };
  });
}
