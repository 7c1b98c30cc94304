import {
  applyEdits,
  findNodeAtLocation,
  modify,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { type Problem, UserError } from '../../base/problems.ts';
import { shown } from '../dialect.ts';
import { styleOf, type TextStyle, written } from './text-style.ts';

/**
 * A value to write into a schema's text: in the place of what stands at the path, or else as the last of its object.
 * Without a value, what stands there goes.
 */
export interface SchemaEdit {
  readonly path: readonly string[];
  readonly value?: object;
}

interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

const OPTIONS = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** Reads a schema that exists. Throws a UserError for what Mage, by Python's json, couldn't read, and for names that stand twice. */
export function parseSchemaText(text: string, file: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, OPTIONS);
  const problems = errors.slice(0, 1).map(({ error, offset }) => syntaxProblem(text, file, error, offset));
  if (text.startsWith('\ufeff'))
    problems.unshift({ where: file, message: 'begins with a byte order mark, which Mage refuses' });
  if (root && problems.length === 0) problems.push(...repeatedNames(root, text, file));
  if (!root || problems.length > 0)
    throw new UserError(problems.map(problem => ({ hint: 'mend it, or write it anew with --replace', ...problem })));
  return root;
}

/** Makes all edits at once and keeps every byte outside of them; what is new is written as its neighbours are. */
export function editSchemaText(text: string, root: Node, edits: readonly SchemaEdit[]): string {
  const style = styleOf(text);
  const added = new Map<Node, SchemaEdit[]>();
  const changes: TextEdit[] = [];
  for (const edit of edits.filter(({ value }) => value)) {
    const node = findNodeAtLocation(root, [...edit.path]);
    const parent = node ?? findNodeAtLocation(root, edit.path.slice(0, -1));
    if (!parent) throw new Error(`there is no place for ${edit.path.join('.')}`);
    if (node) changes.push(replacement(text, node, edit.value, style));
    else added.set(parent, [...(added.get(parent) ?? []), edit]);
  }
  for (const [parent, entries] of added) changes.push(insertion(text, parent, entries, style));
  const written = changes
    .sort((a, b) => b.offset - a.offset)
    .reduce(
      (result, { offset, length, text: by }) => result.slice(0, offset) + by + result.slice(offset + length),
      text,
    );
  return edits
    .filter(({ value }) => !value)
    .reduce((result, { path }) => applyEdits(result, modify(result, [...path], undefined, {})), written);
}

function replacement(text: string, { offset, length }: Node, value: unknown, style: TextStyle): TextEdit {
  const inline = !text.slice(offset, offset + length).includes('\n');
  return { offset, length, text: written(value, { ...style, inline }, indentAt(text, offset)) };
}

function insertion(text: string, parent: Node, entries: readonly SchemaEdit[], style: TextStyle): TextEdit {
  const last = parent.children?.at(-1);
  const end = last ? last.offset + last.length : parent.offset + 1;
  const outer = indentAt(text, parent.offset);
  const gap = last ? gapBefore(text, parent, last) : `${style.eol}${outer}${style.unit}`;
  const inline = last !== undefined && !text.slice(last.offset, end).includes('\n');
  const indent = gap.includes('\n') ? gap.slice(gap.lastIndexOf('\n') + 1) : outer;
  const property = ({ path, value }: SchemaEdit) =>
    `${JSON.stringify(path.at(-1))}:${style.space}${written(value, { ...style, inline }, indent)}`;
  const added = entries.map(property).join(`,${gap}`);
  const close = parent.offset + parent.length - 1;
  if (last) return { offset: end, length: 0, text: `,${gap}${added}` };
  return { offset: end, length: close - end, text: `${gap}${added}${style.eol}${outer}` };
}

/** What stands between the last property and the comma or brace before it. */
function gapBefore(text: string, parent: Node, last: Node): string {
  const before = parent.children?.at(-2);
  const start = before ? before.offset + before.length : parent.offset + 1;
  const gap = text.slice(start, last.offset).replace(',', '');
  // An empty line above the last one is not repeated for each that follows.
  return gap.includes('\n') ? (/\r?\n[^\n]*$/.exec(gap)?.[0] ?? gap) : gap;
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function syntaxProblem(text: string, file: string, error: ParseError['error'], offset: number): Problem {
  const name = printParseErrorCode(error);
  const what = name.replaceAll(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`).toLowerCase();
  const message = name === 'InvalidCommentToken' ? 'has a comment, which Mage refuses' : `is no valid JSON: ${what}`;
  return { where: file, line: lineAt(text, offset), message };
}

/** Of two equal names Python takes the last and drops the other, which can't be meant. */
function repeatedNames(node: Node, text: string, file: string): Problem[] {
  const names = node.type === 'object' ? (node.children ?? []).map(({ children }) => children?.[0]) : [];
  const seen = new Set<unknown>();
  const twice = names.filter(name => seen.size === seen.add(name?.value).size);
  return [
    ...twice.map(name => ({
      where: file,
      line: lineAt(text, name?.offset ?? 0),
      message: `names ${shown(String(name?.value))} twice`,
    })),
    ...(node.children ?? []).flatMap(child => repeatedNames(child, text, file)),
  ];
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
