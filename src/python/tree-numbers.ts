import type { SyntaxNode } from '@lezer/common';
import { Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import { children, topLevel } from './parse.ts';

/**
 * The syntax tree of Python as numbers, four for each node behind those of its children: its type, where it begins, where it
 * ends, and how many numbers it and its children have. Lezer makes the tree of them again without parsing, which is most of what
 * a short run would do. Throws an Error for what doesn't parse.
 */
export function treeNumbers(source: string): number[] {
  const statements = topLevel(source);
  if (!statements) throw new Error('not valid Python');
  const numbers: number[] = [];
  const add = (node: SyntaxNode): void => {
    const before = numbers.length;
    for (const child of children(node)) add(child);
    numbers.push(node.type.id, node.from, node.to, numbers.length - before + 4);
  };
  for (const statement of statements) add(statement);
  return numbers;
}

/** The statements at the top level of a tree of numbers. Those are of the version of the parser that made them. */
export function statementsOf(numbers: readonly number[], source: string): readonly SyntaxNode[] {
  const tree = Tree.build({
    buffer: numbers,
    nodeSet: parser.nodeSet,
    topID: parser.topNode.id,
    length: source.length,
  });
  return children(tree.topNode);
}
