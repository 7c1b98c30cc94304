import type { SyntaxNode } from '../syntax-node.ts';
import type { Span } from './hook-calls.ts';
import { statementsOf } from './hooks.ts';
import { type Item, isDocstring } from './module.ts';

/** A method that only looks its parameter up in something of its module. */
export interface Lookup {
  /** What it looks into, as its own module calls it. */
  readonly mapping: string;
  readonly item: Item;
}

/** Such methods by their names. */
export type Lookups = ReadonlyMap<string, Lookup>;

/** The methods `def find(self, key): return NAMES[key]`: who calls `self.find(x)` may as well have `NAMES[x]`. */
export function lookups(members: readonly Item[]): Lookups {
  return new Map(
    members.flatMap(item => {
      const mapping = mappingOf(item);
      return mapping === undefined ? [] : [[item.name, { mapping, item }] as const];
    }),
  );
}

function mappingOf({ nodes, module: { source } }: Item): string | undefined {
  const [definition] = nodes as [SyntaxNode];
  if (nodes.length > 1 || definition.name !== 'FunctionDefinition') return undefined;
  const text = ({ from, to }: SyntaxNode) => source.slice(from, to);
  const [statement, ...more] = statementsOf(definition.children.at(-1) as SyntaxNode).filter(
    each => !isDocstring(each),
  );
  const list = definition.getChild('ParamList');
  const [, parameter] = /^\(self, (\w+)(?:: \w+)?\)$/.exec(list ? text(list) : '') ?? [];
  if (!statement || more.length > 0 || parameter === undefined) return undefined;
  const [, mapping, key] = /^return (\w+)\[(\w+)\]$/.exec(text(statement)) ?? [];
  return key === parameter ? mapping : undefined;
}

/** A call of a lookup: what stands before the key, and what behind it. */
export interface LookupCall {
  readonly lookup: Lookup;
  readonly opening: Span;
  readonly closing: Span;
}

/** The calls `self.find(x)` in an item. */
export function lookupCalls(item: Item, known: Lookups): LookupCall[] {
  if (known.size === 0) return [];
  const { source } = item.module;
  return item.nodes.flatMap(node =>
    [...node.walk()].flatMap(({ name, from, to, children: [callee, list] }) => {
      const called = name === 'CallExpression' && callee ? source.slice(callee.from, callee.to) : '';
      const lookup = known.get(/^self\.(\w+)$/.exec(called)?.[1] ?? '');
      if (!lookup || !list) return [];
      return [{ lookup, opening: { from, to: list.from + 1 }, closing: { from: to - 1, to } }];
    }),
  );
}
