import { lineEnd } from '../edit/insertion.ts';
import { topLevel } from '../parse.ts';
import type { SyntaxNode } from '../syntax-node.ts';

/** A class at the top level of a Python file, as far as a new class beside it has to look like it. */
export interface PythonClass {
  readonly name: string;
  /** The base classes, as written. */
  readonly bases: readonly string[];
  readonly from: number;
  /** Behind the last character of its last line. */
  readonly to: number;
  /** What it assigns in its body, in order. */
  readonly attributes: readonly Attribute[];
  readonly methods: readonly Method[];
}

export interface Attribute {
  readonly name: string;
  /** With its annotation, as it stands left of the `=`: `key: Optional[str]`. */
  readonly target: string;
  /** As written. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

export interface Method {
  readonly name: string;
  /** From its line's start, decorators included, to the end of its last line. */
  readonly text: string;
  /** The expression that its body returns, where that is all the body does. */
  readonly returns: SyntaxNode | undefined;
  readonly isProperty: boolean;
  /** Every `self.name` that it reads or calls. */
  readonly uses: ReadonlySet<string>;
}

/** The classes at the top level of a Python file; undefined if it doesn't parse. */
export function readClasses(source: string): readonly PythonClass[] | undefined {
  return topLevel(source)
    ?.map(undecorated)
    .filter(node => node.name === 'ClassDefinition')
    .map(node => readClass(source, node));
}

function undecorated(node: SyntaxNode): SyntaxNode {
  return node.name === 'DecoratedStatement' ? (node.lastChild ?? node) : node;
}

function readClass(source: string, node: SyntaxNode): PythonClass {
  const parts = node.children;
  const body = (parts.find(({ name }) => name === 'Body') ?? node).children;
  const bases = (parts.find(({ name }) => name === 'ArgList') ?? node.firstChild ?? node).children;
  return {
    name: textOf(source, parts.find(({ name }) => name === 'VariableName') ?? node),
    bases: bases.filter(({ name }) => /^(VariableName|MemberExpression)$/.test(name)).map(base => textOf(source, base)),
    from: node.from,
    to: blockEnd(source, node),
    attributes: body.filter(({ name }) => name === 'AssignStatement').flatMap(part => readAttribute(source, part)),
    methods: body.filter(part => undecorated(part).name === 'FunctionDefinition').map(part => readMethod(source, part)),
  };
}

/** Where an indented block ends, the comments at its end included: before the first line that isn't indented. */
function blockEnd(source: string, node: SyntaxNode): number {
  let end = node.from + source.slice(node.from, node.to).trimEnd().length;
  for (;;) {
    const next = /^[^\n]*\n(?:[ \t]*\r?\n)*(?=[ \t]+#)/.exec(source.slice(end));
    if (!next) return lineEnd(source, end);
    end = lineEnd(source, end + next[0].length);
  }
}

function readAttribute(source: string, node: SyntaxNode): Attribute[] {
  const [target, ...rest] = node.children.filter(({ name }) => name !== 'Comment');
  const operator = rest.find(({ name }) => name === 'AssignOp');
  if (target?.name !== 'VariableName' || !operator) return [];
  const value = source.slice(operator.to, node.to).trim();
  return [
    {
      name: textOf(source, target),
      target: source.slice(node.from, operator.from).trim(),
      value,
      from: node.from,
      to: node.to,
    },
  ];
}

function readMethod(source: string, node: SyntaxNode): Method {
  const definition = undecorated(node);
  const parts = definition.children;
  const body = (parts.find(({ name }) => name === 'Body') ?? definition).children.filter(isCode);
  const [only, ...more] = body;
  const start = source.lastIndexOf('\n', node.from) + 1;
  return {
    name: textOf(source, parts.find(({ name }) => name === 'VariableName') ?? definition),
    text: source.slice(start, node.to).trimEnd(),
    returns: only?.name === 'ReturnStatement' && more.length === 0 ? (only.lastChild ?? undefined) : undefined,
    isProperty: node !== definition && /@property\b/.test(source.slice(node.from, definition.from)),
    uses: selfNames(source, definition),
  };
}

/** A docstring or a comment does nothing. */
function isCode({ name, firstChild }: SyntaxNode): boolean {
  if (name === ':' || name === 'Comment') return false;
  return name !== 'ExpressionStatement' || !['String', 'ContinuedString'].includes(firstChild?.name ?? '');
}

function selfNames(source: string, node: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, children } of node.walk()) {
    const [object, dot, property] = name === 'MemberExpression' ? children : [];
    if (object && textOf(source, object) === 'self' && dot?.name === '.' && property)
      names.add(textOf(source, property));
  }
  return names;
}

/** The source text of a node. */
export function textOf(source: string, { from, to }: SyntaxNode): string {
  return source.slice(from, to);
}
