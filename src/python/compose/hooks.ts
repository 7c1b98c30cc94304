import type { SyntaxNode } from '@lezer/common';
import { children } from '../parse.ts';
import { definitionOf, type Item, isDocstring, lineStart } from './module.ts';

/** A stretch of a module's source. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * True for a method that does nothing unless it is overridden: besides a docstring its body is `pass`, or it returns its
 * first parameter after `self`.
 */
export function isEmptyHook({ kind, nodes, module: { source } }: Item): boolean {
  const [node] = nodes as [SyntaxNode];
  const definition = definitionOf(node);
  if (kind !== 'function' || definition.name !== 'FunctionDefinition') return false;
  const statements = statementsOf(children(definition).at(-1) as SyntaxNode).filter(each => !isDocstring(each));
  const [statement] = statements;
  if (statements.length !== 1 || !statement) return false;
  if (statement.name === 'PassStatement') return true;
  const parameter = firstParameter(definition, source);
  return parameter !== undefined && source.slice(statement.from, statement.to) === `return ${parameter}`;
}

/** The name of the first parameter after `self`. */
function firstParameter(definition: SyntaxNode, source: string): string | undefined {
  const list = definition.getChild('ParamList');
  const names = (list ? children(list) : []).filter(
    ({ name, prevSibling }) => name === 'VariableName' && ['(', ','].includes(prevSibling?.name ?? ''),
  );
  const parameter = names[1];
  return parameter && source.slice(parameter.from, parameter.to);
}

function statementsOf(body: SyntaxNode): SyntaxNode[] {
  return children(body).filter(({ name }) => name !== ':' && name !== 'Comment');
}

/**
 * The statements that call hooks which are gone, with the comments directly above them and the empty lines that would be left over.
 * Throws an Error where such a hook is used in any other way, or where nothing would be left of a block.
 */
export function hookCalls(item: Item, hooks: ReadonlySet<string>): Span[] {
  const spans: Span[] = [];
  for (const node of item.nodes) collect(item, node, hooks, spans);
  return spans;
}

function collect(item: Item, node: SyntaxNode, hooks: ReadonlySet<string>, spans: Span[]): void {
  if (node.name === 'MemberExpression' && calledHook(item, node, hooks))
    refuse(item, node, 'is no statement of its own');
  const inside = children(node);
  const gone = node.name === 'Body' ? inside.filter(child => isHookStatement(item, child, hooks)) : [];
  if (gone[0] && gone.length === statementsOf(node).length) refuse(item, gone[0], 'is all that there is in its block');
  for (const child of inside) {
    if (gone.includes(child)) spans.push(removal(item, node, child));
    else collect(item, child, hooks, spans);
  }
}

function refuse({ module: { path, source }, name }: Item, node: SyntaxNode, reason: string): never {
  const text = source.slice(lineStart(source, node.from), source.indexOf('\n', node.from)).trim();
  throw new Error(`${path}: in ${name}, the call of an empty hook ${reason}: ${text}`);
}

/** The hook that `self.hook` or `cls.hook` names. */
function calledHook({ module: { source } }: Item, node: SyntaxNode, hooks: ReadonlySet<string>): string | undefined {
  const [, name] = /^(?:self|cls)\.(\w+)$/.exec(source.slice(node.from, node.to)) ?? [];
  return name !== undefined && hooks.has(name) ? name : undefined;
}

/** True for `self.hook(…)` and `x = self.hook(x, …)`. */
function isHookStatement(item: Item, node: SyntaxNode, hooks: ReadonlySet<string>): boolean {
  const parts = children(node);
  const call = parts.at(-1);
  const [callee, list] = call?.name === 'CallExpression' ? children(call) : [];
  if (!callee || !list || !calledHook(item, callee, hooks)) return false;
  if (node.name === 'ExpressionStatement') return parts.length === 1;
  const text = ({ from, to }: SyntaxNode) => item.module.source.slice(from, to);
  const [target] = parts;
  const [, argument] = children(list);
  return (
    node.name === 'AssignStatement' &&
    parts.length === 3 &&
    argument !== undefined &&
    text(target as SyntaxNode) === text(argument)
  );
}

/** The lines of a statement and of the comments directly above it, and empty lines behind it where there are some before it. */
function removal({ module: { source } }: Item, block: SyntaxNode, node: SyntaxNode): Span {
  let from = lineStart(source, node.from);
  const indentation = source.slice(from, node.from);
  const lineAbove = () => lineStart(source, from - 1);
  while (from > block.from && source.startsWith(`${indentation}#`, lineAbove())) from = lineAbove();
  const lineEnd = source.indexOf('\n', node.to);
  let to = lineEnd < 0 ? source.length : lineEnd + 1;
  const isFirst = source.slice(block.from, from).trim() === ':';
  const isApart = source[from - 2] === '\n';
  while ((isFirst || isApart) && source[to] === '\n') to += 1;
  return { from, to };
}
