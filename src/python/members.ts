import { topLevel } from './parse.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** A statement of a module or of the body of one of its classes, with the comments and empty lines above it. */
export interface Member {
  /** The class that it is in; '' for a statement of the module, as the line is that begins a class. */
  readonly owner: string;
  /** What tells it from the others. */
  readonly key: string;
  readonly text: string;
}

/** The key of what stands behind the last statement. */
const END = '\n';

/**
 * Takes a module apart; joined, the texts are the module again. Undefined for one that doesn't parse or doesn't end with a
 * line's end, or where two members can't be told from each other.
 */
export function membersOf(source: string): readonly Member[] | undefined {
  const statements = topLevel(source);
  if (!statements || (source !== '' && !source.endsWith('\n'))) return undefined;
  const parts = statements.filter(isStatement).flatMap(node => partsOf(source, node));
  const ends = parts.map(({ node, end }) => end ?? endOf(source, node));
  const members = parts.map(({ owner, key }, index) => {
    const text = source.slice(index === 0 ? 0 : ends[index - 1], ends[index]);
    return { owner, key, text };
  });
  const rest = source.slice(ends.at(-1) ?? 0);
  const all = rest === '' ? members : [...members, { owner: '', key: END, text: rest }];
  const names = new Set(all.map(nameOf));
  return names.size === all.length && all.every(({ text }) => text.endsWith('\n')) ? all : undefined;
}

/** A member's name in its module. */
export function nameOf({ owner, key }: Pick<Member, 'owner' | 'key'>): string {
  return `${owner}\n${key}`;
}

interface Part {
  readonly owner: string;
  readonly key: string;
  readonly node: SyntaxNode;
  /** Behind its last line, if that isn't its node's. */
  readonly end?: number;
}

function partsOf(source: string, node: SyntaxNode): Part[] {
  const whole = { owner: '', key: keyOf(source, node), node };
  const definition = undecorated(node);
  const body = definition.name === 'ClassDefinition' ? definition.getChild('Body') : undefined;
  const statements = body ? body.children.filter(isStatement) : [];
  const [first] = statements;
  const head = body ? behindLine(source, body.from) : 0;
  // A class of one line is a statement like any other.
  if (!first || first.from < head) return [whole];
  const inner = statements.map(part => ({ owner: whole.key, key: keyOf(source, part), node: part }));
  return [{ ...whole, end: head }, ...inner];
}

function isStatement({ name }: SyntaxNode): boolean {
  return name !== 'Comment' && name !== ':';
}

/** Behind the end of a statement's last line. */
function endOf(source: string, { from, to }: SyntaxNode): number {
  return behindLine(source, from + source.slice(from, to).trimEnd().length);
}

function behindLine(source: string, offset: number): number {
  const newline = source.indexOf('\n', offset);
  return newline < 0 ? source.length : newline + 1;
}

/**
 * The name that a statement binds, or what an import says. Any other is told by its kind alone, so that one which was changed
 * is not taken for another.
 */
function keyOf(source: string, node: SyntaxNode): string {
  const definition = undecorated(node);
  const kind = `\n${definition.name}`;
  const text = (part: SyntaxNode | null) => (part ? source.slice(part.from, part.to) : kind);
  if (['FunctionDefinition', 'ClassDefinition'].includes(definition.name))
    return text(definition.getChild('VariableName'));
  if (node.name === 'ImportStatement') return text(node);
  if (node.name !== 'AssignStatement') return kind;
  const operator = node.getChild('TypeDef') ?? node.getChild('AssignOp');
  return source.slice(node.from, operator?.from ?? node.to).trim();
}

function undecorated(node: SyntaxNode): SyntaxNode {
  return node.name === 'DecoratedStatement' ? (node.lastChild ?? node) : node;
}
