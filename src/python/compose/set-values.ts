import type { SyntaxNode } from '../syntax-node.ts';
import type { Arrangement } from './arrange.ts';
import type { Composition } from './composition.ts';
import { type Item, lineStart } from './module.ts';
import { expressionsIn, type PrintedValue, printValue } from './values.ts';

/** A value that stands for that of a constant. */
export interface SetValue extends PrintedValue {
  /** What it stands in the place of. */
  readonly node: SyntaxNode;
  /** The Python of ours in it. */
  readonly expressions: readonly string[];
}

/** Prints the values of a composition. Throws an Error for a constant that there isn't. */
export function setValues({ values, classes }: Composition, arrangement: Arrangement): Map<Item, SetValue> {
  const flats = [...new Set(arrangement.flat.values())];
  return new Map(
    Object.entries(values).map(([key, value]) => {
      const [name, owner] = key.split('.').reverse() as [string, string?];
      const index = classes.findIndex(each => each.name === owner);
      const level = owner === undefined ? arrangement.items : flats[index]?.members;
      const item = level?.find(each => each.name === name && each.kind === 'constant');
      if (!item) throw new Error(`${arrangement.main.path} has no constant ${key} to set`);
      const node = valueNode(item);
      const start = lineStart(item.module.source, node.from);
      const indent = item.nodes[0] ? item.nodes[0].from - lineStart(item.module.source, item.nodes[0].from) : 0;
      const printed = printValue(value, { before: node.from - start, after: 0, indent });
      return [item, { ...printed, node, expressions: expressionsIn(value) }] as const;
    }),
  );
}

/** What stands on the right side of a constant's `=`. Throws an Error if that is more than one value, or none. */
function valueNode({ module: { path }, name, nodes }: Item): SyntaxNode {
  const parts = nodes.flatMap(node => node.children);
  const operator = parts.findIndex(part => part.name === 'AssignOp');
  const [value, ...more] = operator < 0 ? [] : parts.slice(operator + 1);
  if (!value || more.length > 0) throw new Error(`${path}: ${name} is not set to one value that another can stand for`);
  return value;
}
