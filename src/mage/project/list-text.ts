import { isMap, isNode, isScalar, isSeq, type Node, parseDocument, stringify, type YAMLSeq } from 'yaml';
import { insertAll, lineStart, linesAfter, newlineAt } from '../../python/edit/insertion.ts';
import { deleteAll, removeElement, wholeLine } from '../../python/edit/removal.ts';
import { type Element, insertElement } from '../../python/edit/sequence.ts';
import type { RegistryKeys } from '../source.ts';

/** With quotes where PyYAML, which reads YAML 1.1, needs them (`yes`, `1:30`). */
const STYLE = { version: '1.1', lineWidth: 0, flowCollectionPadding: false } as const;

/** An entry on one line, for a flow sequence. */
export function flowEntry(keys: RegistryKeys): string {
  return stringify(keys, { ...STYLE, collectionStyle: 'flow' }).trimEnd();
}

/**
 * The text of a metadata.yaml with an entry at the end of its list `sources`, in the form and the indentation of the list.
 * Undefined if the text has a form that it can't be put into.
 */
export function insertEntry(text: string, keys: RegistryKeys): string | undefined {
  const root = parseDocument(text).contents;
  const lines = stringify(keys, STYLE).trimEnd().split('\n');
  if (root === null || (isScalar(root) && root.value === null))
    return appendLines(text, ['sources:', ...listItem(lines, '')]);
  if (!isMap(root) || root.flow) return undefined;
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === 'sources');
  if (!pair) return appendLines(text, ['sources:', ...listItem(lines, '')]);
  const { value } = pair;
  if (isSeq(value) && value.items.length)
    return value.flow ? intoFlow(text, value, flowEntry(keys)) : intoBlock(text, value, lines);
  const key = pair.key as Node;
  return replaceEmpty(text, key.range?.[1] ?? 0, isNode(value) ? value : undefined, lines);
}

/**
 * The text without an item of its list `sources`: the reverse of `insertEntry`. A list that would be left without items goes
 * with its key. Undefined if the text has a form that it can't be taken out of.
 */
export function removeEntry(text: string, index: number): string | undefined {
  const root = parseDocument(text).contents;
  if (!isMap(root) || root.flow) return undefined;
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === 'sources');
  const { key, value } = pair ?? {};
  const item = isSeq(value) ? value.items[index] : undefined;
  if (!isNode(key) || !isSeq(value) || !isNode(item)) return undefined;
  const from = value.items.length > 1 ? (item.range?.[0] ?? 0) : (key.range?.[0] ?? 0);
  if (!value.flow || value.items.length === 1) return withoutLines(text, from, valueEnd(item));
  const elements = value.items.filter(isNode).map(({ range }) => elementAt(text, range?.[0] ?? 0, range?.[1] ?? 0));
  const [start = 0, end = 0] = value.range ?? [];
  return deleteAll(text, removeElement(text, { open: start + 1, close: end - 1, elements }, index));
}

/** Without all lines from one place to another; a block scalar ends behind its last newline. */
function withoutLines(text: string, from: number, to: number): string {
  return deleteAll(text, [{ from: wholeLine(text, from).from, to: wholeLine(text, Math.max(from, to - 1)).to }]);
}

function listItem(lines: readonly string[], indent: string): readonly string[] {
  return lines.map((line, index) => `${indent}${index ? '  ' : '- '}${line}`);
}

function appendLines(text: string, lines: readonly string[]): string {
  const newline = newlineAt(text, text.length);
  const start = text === '' || text.endsWith('\n') ? '' : newline;
  return text + start + lines.map(line => line + newline).join('');
}

/** Behind the last item of a list with one item a line, and the comment on that item's last line. */
function intoBlock(text: string, list: YAMLSeq, lines: readonly string[]): string {
  const start = list.range?.[0] ?? 0;
  const item = listItem(lines, text.slice(lineStart(text, start), start));
  const end = valueEnd(list);
  // A block scalar ends behind its last newline.
  return insertAll(text, [linesAfter(text, text[end - 1] === '\n' ? end - 1 : end, item)]);
}

/** Where the last value inside a block collection ends; the collection's own end is behind the comments that follow it. */
function valueEnd(node: Node): number {
  if (isSeq(node) && !node.flow) return innerEnd(node, node.items.at(-1));
  if (isMap(node) && !node.flow) return innerEnd(node, node.items.at(-1)?.value ?? node.items.at(-1)?.key);
  return node.range?.[1] ?? 0;
}

function innerEnd(outer: Node, inner: unknown): number {
  return isNode(inner) ? valueEnd(inner) : (outer.range?.[1] ?? 0);
}

function intoFlow(text: string, list: YAMLSeq, entry: string): string {
  const [start = 0, end = 0] = list.range ?? [];
  const elements = list.items.filter(isNode).map(({ range }) => elementAt(text, range?.[0] ?? 0, range?.[1] ?? 0));
  const sequence = { open: start + 1, close: end - 1, elements };
  return insertAll(text, insertElement(text, sequence, elements.length, { line: entry }));
}

function elementAt(text: string, from: number, to: number): Element {
  const comma = /^(?:\s|#.*)*,/.exec(text.slice(to));
  return { from, to, comma: comma ? to + comma[0].length : undefined };
}

/** In place of an empty list or an explicit null; an implicit null takes no place. */
function replaceEmpty(text: string, keyEnd: number, value: Node | undefined, lines: readonly string[]): string {
  const colon = text.indexOf(':', keyEnd) + 1;
  const [from = 0, to = 0] = value?.range ?? [];
  const without = to > from ? text.slice(0, colon) + text.slice(to) : text;
  const indent = (/^ */.exec(text.slice(lineStart(text, keyEnd))) ?? [''])[0];
  return insertAll(without, [linesAfter(without, colon, listItem(lines, indent))]);
}
