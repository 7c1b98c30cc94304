import { UserError } from '../../base/problems.ts';
import type { Sequence } from '../edit/sequence.ts';
import { bracketed, topLevel } from '../parse.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { textOf } from './classes.ts';
import type { ConnectorFiles } from './files.ts';
import type { Registry } from './registry.ts';

/** A list of stream classes beside the registry, such as those that a plan of the API has. */
export interface ClassList {
  readonly name: string;
  readonly sequence: Sequence;
  readonly classes: readonly string[];
  /** The whole statement. */
  readonly statement: string;
}

/** The lists in a text whose elements are all classes of the registry; `added` may be among them. */
export function classLists(text: string, registry: Registry, added?: string): readonly ClassList[] {
  const known = new Set([...registry.streams.map(({ definition }) => definition.name), added]);
  return (topLevel(text) ?? []).flatMap((node): ClassList[] => {
    const [target, operator, value] = node.name === 'AssignStatement' ? node.children : [];
    if (!target || operator?.name !== 'AssignOp' || !value) return [];
    const display = listIn(value);
    const sequence = display && bracketed(display);
    const classes = sequence?.elements.map(({ from, to }) => text.slice(from, to)) ?? [];
    if (!sequence || classes.length === 0 || !classes.every(name => known.has(name))) return [];
    return [{ name: textOf(text, target), sequence, classes, statement: textOf(text, node) }];
  });
}

function listIn(node: SyntaxNode): SyntaxNode | undefined {
  if (node.name === 'ArrayExpression') return node;
  return node.name === 'BinaryExpression' ? node.children.map(listIn).find(Boolean) : undefined;
}

/**
 * The list that a new stream has to stand in beside the registry: the only one, or the one that all others are made of.
 * Undefined if there is none. Throws a UserError if several are independent.
 */
export function commonList(files: ConnectorFiles, registry: Registry): ClassList | undefined {
  const lists = classLists(files.python.get(registry.file) ?? '', registry);
  const common = lists.find(({ name }) =>
    lists.every(other => other.name === name || new RegExp(`\\b${name}\\b`).test(other.statement)),
  );
  if (common || lists.length === 0) return common;
  throw new UserError({
    where: registry.file,
    message: `its streams are in ${lists.map(({ name }) => name).join(' and ')} as well`,
    hint: 'which of them the stream belongs to must be decided by hand; nothing was changed',
  });
}
