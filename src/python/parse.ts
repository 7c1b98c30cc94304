import { parser } from '@lezer/python';
import type { Element, Sequence } from './edit/sequence.ts';
import { type Place, refuse } from './refusal.ts';
import { readString } from './strings.ts';
import { type SyntaxNode, syntaxTree } from './syntax-node.ts';

/** What was parsed last: the readers of a connector ask for the same few files again and again. */
const parsed = new Map<string, readonly SyntaxNode[] | undefined>();
const PARSED_FILES = 100;

/** The statements at the top level of a Python file; undefined if the file doesn't parse. */
export function topLevel(source: string): readonly SyntaxNode[] | undefined {
  if (parsed.has(source)) return parsed.get(source);
  if (parsed.size >= PARSED_FILES) parsed.clear();
  const statements = syntaxTree(parser.parse(source))?.children;
  parsed.set(source, statements);
  return statements;
}

/** The value of the one top-level assignment `name = …`. Refuses a file that doesn't parse, and none or several of them. */
export function assignedValue(source: string, name: string, place: Place): SyntaxNode {
  const statements = topLevel(source) ?? refuse(place, 'this is not valid Python');
  const [value, ...more] = statements
    .map(node => valueAssignedTo(source, node, name))
    .filter(node => node !== undefined);
  if (!value) return refuse(place, `there is no assignment \`${name} = …\` at the top level`);
  return more.length ? refuse(place, `${name} is assigned ${more.length + 1} times`) : value;
}

function valueAssignedTo(source: string, node: SyntaxNode, name: string): SyntaxNode | undefined {
  if (node.name !== 'AssignStatement') return undefined;
  const parts = node.children.filter(part => part.name !== 'TypeDef' && part.name !== 'Comment');
  const [target, operator, value] = parts;
  if (parts.length !== 3 || target?.name !== 'VariableName' || operator?.name !== 'AssignOp') return undefined;
  return source.slice(target.from, target.to) === name ? value : undefined;
}

/** The elements between an opening and a closing bracket (the first and the last child of `node`). */
export function bracketed(node: SyntaxNode): Sequence {
  const parts = node.children;
  return { open: node.from + 1, close: node.to - 1, elements: separated(parts.slice(1, -1)) };
}

/** Groups comma-separated nodes into elements; comments between them belong to none. */
export function separated(nodes: readonly SyntaxNode[]): readonly Element[] {
  const elements: Element[] = [];
  let current: Element | undefined;
  for (const { name, from, to } of nodes) {
    if (name === 'Comment') continue;
    if (name === ',') {
      if (current) elements.push({ ...current, comma: to });
      current = undefined;
    } else current = { from: current?.from ?? from, to };
  }
  return current ? [...elements, current] : elements;
}

/** The string arguments of an expression `callee(key='value', …)`, by their keywords; empty if it is something else. */
export function keywordArguments(expression: string, callee: string): Readonly<Record<string, string | undefined>> {
  const call = topLevel(expression)?.[0]?.firstChild;
  const [name, list] = call?.name === 'CallExpression' ? call.children : [];
  if (!name || !list || expression.slice(name.from, name.to) !== callee) return {};
  const found: [string, string | undefined][] = [];
  for (const node of list.children.filter(part => part.name === 'AssignOp')) {
    const [key, value] = [node.prevSibling, node.nextSibling];
    if (key && value)
      found.push([expression.slice(key.from, key.to), readString(expression.slice(value.from, value.to))]);
  }
  return Object.fromEntries(found);
}
