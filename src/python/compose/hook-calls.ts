import type { SyntaxNode } from '../syntax-node.ts';
import { type EmptyHook, statementsOf } from './hooks.ts';
import { type Item, lineStart } from './module.ts';

/** A stretch of a module's source. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Hooks that are gone, by their names. */
export type GoneHooks = ReadonlyMap<string, EmptyHook>;

const INDENT = 4;

/**
 * What goes from an item with hooks that do nothing: the statements `self.hook(…)`, `x = self.hook(x, …)` and `yield from
 * self.hook(…)`, and of `for x in self.hook(x, …):` all but its body, which moves to the left; the comments directly above go as well.
 * Throws an Error where such a hook is used in any other way, or where nothing would be left of a block.
 */
export function hookCalls(item: Item, hooks: GoneHooks): Span[] {
  const calls = new HookCalls(item, hooks);
  for (const node of item.nodes) calls.collect(node);
  return calls.spans();
}

class HookCalls {
  private readonly item: Item;
  private readonly hooks: GoneHooks;
  private readonly removed: Span[] = [];
  /** How far lines move to the left, by where they begin. */
  private readonly moved = new Map<number, number>();

  constructor(item: Item, hooks: GoneHooks) {
    this.item = item;
    this.hooks = hooks;
  }

  collect(node: SyntaxNode): void {
    if (node.name === 'MemberExpression' && this.hook(node)) this.refuse(node, 'is no statement of its own');
    const inside = node.children;
    const gone = node.name === 'Body' ? inside.filter(child => this.isCall(child)) : [];
    if (gone[0] && gone.length === statementsOf(node).length) this.refuse(gone[0], 'is all that there is in its block');
    for (const child of inside) {
      if (gone.includes(child)) this.removed.push(removal(this.item, node, child));
      else if (this.isLoop(child)) this.unwrap(node, child);
      else this.collect(child);
    }
  }

  spans(): Span[] {
    const moves = [...this.moved].map(([from, columns]) => ({ from, to: from + columns }));
    const isKept = ({ from }: Span) => !this.removed.some(span => span.from <= from && from < span.to);
    return [...this.removed, ...moves.filter(isKept)].sort((a, b) => a.from - b.from);
  }

  private text({ from, to }: SyntaxNode): string {
    return this.item.module.source.slice(from, to);
  }

  private refuse(node: SyntaxNode, reason: string): never {
    const { module, name } = this.item;
    const line = module.source.slice(lineStart(module.source, node.from), module.source.indexOf('\n', node.from));
    throw new Error(`${module.path}: in ${name}, the call of an empty hook ${reason}: ${line.trim()}`);
  }

  /** The hook that `self.hook` or `cls.hook` names. */
  private hook(node: SyntaxNode): EmptyHook | undefined {
    const [, name] = /^(?:self|cls)\.(\w+)$/.exec(this.text(node)) ?? [];
    return name === undefined ? undefined : this.hooks.get(name);
  }

  /** The hook that an expression calls, and the text of the first argument. */
  private call(node: SyntaxNode | undefined): { hook: EmptyHook; argument: string } | undefined {
    const [callee, list] = node?.name === 'CallExpression' ? node.children : [];
    const hook = callee && this.hook(callee);
    const argument = list?.children[1];
    return hook && argument && { hook, argument: this.text(argument) };
  }

  private isCall(node: SyntaxNode): boolean {
    const parts = node.children;
    const call = this.call(parts.at(-1));
    if (!call) return false;
    if (node.name === 'ExpressionStatement') return call.hook === 'nothing' || call.hook === 'same';
    if (node.name === 'YieldStatement') return call.hook === 'never' && parts[1]?.name === 'from';
    return (
      node.name === 'AssignStatement' &&
      call.hook === 'same' &&
      parts.length === 3 &&
      this.text(parts[0] as SyntaxNode) === call.argument
    );
  }

  private isLoop(node: SyntaxNode): boolean {
    if (node.name !== 'ForStatement') return false;
    const [, target, , iterated, body, ...more] = node.children;
    const call = this.call(iterated);
    return (
      call?.hook === 'once' &&
      body?.name === 'Body' &&
      more.length === 0 &&
      this.text(target as SyntaxNode) === call.argument
    );
  }

  private unwrap(block: SyntaxNode, loop: SyntaxNode): void {
    const { source } = this.item.module;
    const body = loop.children.at(-1) as SyntaxNode;
    if (leavesLoop(body)) this.refuse(loop, 'is a loop that is left or continued');
    const { from } = removal(this.item, block, loop);
    const start = source.indexOf('\n', body.from) + 1;
    this.removed.push({ from, to: start });
    for (let line = start; line > 0 && line < body.to; line = source.indexOf('\n', line) + 1)
      if (!isInText(body, line) && source[line] !== '\n') this.moved.set(line, (this.moved.get(line) ?? 0) + INDENT);
    this.collect(body);
  }
}

/** True for a `break` or `continue` of this loop, not of one inside of it. */
function leavesLoop(node: SyntaxNode): boolean {
  return node.children.some(
    child =>
      /^(?:Break|Continue)Statement$/.test(child.name) ||
      (!/^(?:For|While)Statement$|^FunctionDefinition$/.test(child.name) && leavesLoop(child)),
  );
}

/** True where a line begins inside of a text of several lines. */
function isInText(body: SyntaxNode, line: number): boolean {
  for (let node: SyntaxNode | null = body.resolve(line, 0); node && node.from >= body.from; node = node.parent)
    if (/String$/.test(node.name) && node.from < line && line < node.to) return true;
  return false;
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
