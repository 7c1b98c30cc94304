import type { SyntaxNode } from '../syntax-node.ts';
import { statementsOf } from './hooks.ts';
import { type Item, isDocstring } from './module.ts';

/** The method that each forwarding one stands for, by its name. */
export type Forwards = ReadonlyMap<string, string>;

/**
 * Methods that do nothing but call another one with the very parameters that they get, `def a(self, x): return self.b(x)`: who
 * calls `self.a` may as well call `self.b`.
 */
export function forwards(members: readonly Item[]): Forwards {
  const next = new Map(
    members.flatMap(item => {
      const target = forwardedTo(item);
      return target === undefined ? [] : [[item.name, target] as const];
    }),
  );
  const last = (name: string): string => {
    const target = next.get(name);
    return target === undefined ? name : last(target);
  };
  return new Map([...next.keys()].map(name => [name, last(name)]));
}

function forwardedTo({ nodes, module: { source } }: Item): string | undefined {
  const [definition] = nodes as [SyntaxNode];
  if (nodes.length > 1 || definition.name !== 'FunctionDefinition') return undefined;
  const parts = definition.children;
  const [statement, ...more] = statementsOf(parts.at(-1) as SyntaxNode).filter(each => !isDocstring(each));
  const list = parts.find(({ name }) => name === 'ParamList');
  if (statement?.name !== 'ReturnStatement' || more.length > 0 || !list) return undefined;
  const names = list.children.filter(({ name }) => !['(', ')', ',', 'TypeDef'].includes(name));
  if (names.some(({ name }) => name !== 'VariableName')) return undefined;
  const passed = names.slice(1).map(({ from, to }) => source.slice(from, to));
  const [, target, given] = /^return self\.(\w+)\((.*)\)$/s.exec(source.slice(statement.from, statement.to)) ?? [];
  return given === passed.join(', ') ? target : undefined;
}
