import type { Tree } from '@lezer/common';

/**
 * A node of Python's syntax tree, with the names of Lezer's grammar, as a plain object: composing asks for each of them several
 * times, and Lezer makes its own anew each time.
 */
export class SyntaxNode {
  readonly name: string;
  /** Offset of its first character. */
  readonly from: number;
  /** Offset behind its last character. */
  readonly to: number;
  /** What it stands in; null for the whole file, a `Script`. */
  readonly parent: SyntaxNode | null;
  /** All of them, the punctuation too. */
  readonly children: readonly SyntaxNode[] = [];
  private readonly index: number;

  /** Makes the last child of its parent. */
  constructor(name: string, from: number, to: number, parent: SyntaxNode | null) {
    this.name = name;
    this.from = from;
    this.to = to;
    this.parent = parent;
    this.index = parent ? (parent.children as SyntaxNode[]).push(this) - 1 : 0;
  }

  get firstChild(): SyntaxNode | null {
    return this.children[0] ?? null;
  }

  get lastChild(): SyntaxNode | null {
    return this.children.at(-1) ?? null;
  }

  get prevSibling(): SyntaxNode | null {
    return this.parent?.children[this.index - 1] ?? null;
  }

  get nextSibling(): SyntaxNode | null {
    return this.parent?.children[this.index + 1] ?? null;
  }

  /** The first child of that name. */
  getChild(name: string): SyntaxNode | null {
    return this.children.find(child => child.name === name) ?? null;
  }

  /** The node and all that is in it, each before what is in it. */
  *walk(): Generator<SyntaxNode> {
    yield this;
    for (const child of this.children) yield* child.walk();
  }

  /** The innermost node in this one that an offset is inside of, or with `side` 1 also one that begins there; else this one. */
  resolve(offset: number, side: 0 | 1): SyntaxNode {
    const inner = this.children.find(({ from, to }) => (side ? from <= offset : from < offset) && offset < to);
    return inner ? inner.resolve(offset, side) : this;
  }
}

/** The tree that Lezer has parsed; undefined if something in it isn't Python. */
export function syntaxTree(tree: Tree): SyntaxNode | undefined {
  const cursor = tree.cursor();
  const root = new SyntaxNode(cursor.name, cursor.from, cursor.to, null);
  let isBroken = cursor.type.isError;
  const fill = (parent: SyntaxNode): void => {
    if (!cursor.firstChild()) return;
    do {
      isBroken ||= cursor.type.isError;
      fill(new SyntaxNode(cursor.name, cursor.from, cursor.to, parent));
    } while (!isBroken && cursor.nextSibling());
    cursor.parent();
  };
  fill(root);
  return isBroken ? undefined : root;
}

/**
 * A tree as JSON: the names that its nodes have, and four numbers for each node, before those of its children: the index of its
 * name, where it begins, where it ends, and how many children it has.
 */
export interface WrittenTree {
  readonly names: readonly string[];
  readonly nodes: readonly number[];
}

/** Reading what this makes takes much less time than parsing, which is most of what a short run would do. */
export function writeTree(root: SyntaxNode): WrittenTree {
  const names = new Map<string, number>();
  const nodes: number[] = [];
  for (const { name, from, to, children } of root.walk()) {
    if (!names.has(name)) names.set(name, names.size);
    nodes.push(names.get(name) as number, from, to, children.length);
  }
  return { names: [...names.keys()], nodes };
}

/** The tree that was written. */
export function readTree({ names, nodes }: WrittenTree): SyntaxNode {
  let at = 0;
  const read = (parent: SyntaxNode | null): SyntaxNode => {
    const [name, from, to, count] = [names[nodes[at] as number], nodes[at + 1], nodes[at + 2], nodes[at + 3]];
    at += 4;
    const node = new SyntaxNode(name as string, from as number, to as number, parent);
    for (let child = 0; child < (count as number); child += 1) read(node);
    return node;
  };
  return read(null);
}

/** The same tree with its offsets moved. */
export function movedTree(
  node: SyntaxNode,
  moved: (offset: number) => number,
  parent: SyntaxNode | null = null,
): SyntaxNode {
  const copy = new SyntaxNode(node.name, moved(node.from), moved(node.to), parent);
  for (const child of node.children) movedTree(child, moved, copy);
  return copy;
}
