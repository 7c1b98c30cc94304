import type { SyntaxNode } from '@lezer/common';
import { children } from '../parse.ts';
import type { ComposedClass, RuntimeClass } from './composition.ts';
import {
  definitionOf,
  type Item,
  isDocstring,
  isRuntime,
  type Library,
  leadStart,
  pathOf,
  type RuntimeModule,
  readItems,
} from './module.ts';

/** A class of a real module, taken apart. */
export interface ClassParts {
  readonly module: RuntimeModule;
  readonly item: Item;
  /** The runtime classes that it derives from. */
  readonly parents: readonly ClassParts[];
  readonly members: readonly Item[];
  /** Offset behind the class's line and docstring. */
  readonly headEnd: number;
  readonly hasDocstring: boolean;
}

/** A base class and its features as one class. */
export interface FlatClass {
  readonly base: ClassParts;
  /** The base and all features, each behind those that it derives from. */
  readonly chain: readonly ClassParts[];
  readonly as: string;
  readonly members: readonly Item[];
}

const classes = new Map<Item, ClassParts>();

/** The parts of a class. Throws an Error if the module has no such class. */
export function classParts(library: Library, { module: path, class: name }: RuntimeClass): ClassParts {
  const module = library.module(path);
  const item = module.items.find(each => each.kind === 'class' && each.name === name);
  if (!item) throw new Error(`${path} has no class ${name}`);
  const known = classes.get(item) ?? takeApart(library, module, item);
  classes.set(item, known);
  return known;
}

function takeApart(library: Library, module: RuntimeModule, item: Item): ClassParts {
  const definition = definitionOf(item.nodes[0] as SyntaxNode);
  const parts = children(definition);
  const body = parts.at(-1) as SyntaxNode;
  const statements = children(body).filter(({ name }) => name !== ':' && name !== 'Comment');
  const [first] = statements;
  const hasDocstring = first !== undefined && isDocstring(first);
  const rest = (hasDocstring ? statements.slice(1) : statements).filter(({ name }) => name !== 'PassStatement');
  const start = rest[0] ? leadStart(module.source, rest[0].from) : item.to;
  return {
    module,
    item,
    parents: baseNames(module, definition).flatMap(name => runtimeClass(library, module, name) ?? []),
    members: readItems(module, rest, item.to),
    headEnd: Math.min(start, hasDocstring ? first.to : body.from + 1),
    hasDocstring,
  };
}

function baseNames({ source }: RuntimeModule, definition: SyntaxNode): string[] {
  const list = definition.getChild('ArgList');
  return (list?.getChildren('VariableName') ?? [])
    .filter(({ nextSibling }) => nextSibling?.name !== 'AssignOp')
    .map(({ from, to }) => source.slice(from, to));
}

/** The class of ours that a name stands for in a module; undefined for one of a framework. */
function runtimeClass(library: Library, module: RuntimeModule, name: string): ClassParts | undefined {
  if (module.items.some(item => item.kind === 'class' && item.name === name))
    return classParts(library, { module: module.path, class: name });
  const imported = module.imports.find(each => (each.alias ?? each.name) === name);
  if (!imported || !isRuntime(imported.module)) return undefined;
  return classParts(library, { module: pathOf(imported.module), class: name });
}

/** Makes one class of a base and its features. Throws an Error that names the features if two of them define one member. */
export function flatten(library: Library, module: string, { name, as, features }: ComposedClass): FlatClass {
  const base = classParts(library, { module, class: name });
  const chain: ClassParts[] = [base];
  for (const feature of features) {
    const parts = classParts(library, feature);
    if (!derives(parts, base))
      throw new Error(`${feature.module}: ${feature.class} does not derive from ${name} of ${module}`);
    for (const each of lineage(parts)) if (!chain.includes(each)) chain.push(each);
  }
  return { base, chain, as, members: mergeMembers(chain) };
}

/** True where a class is another, or derives from it. */
export function derives(parts: ClassParts, from: ClassParts): boolean {
  return parts === from || parts.parents.some(parent => derives(parent, from));
}

/** A class and the runtime classes that it derives from, each behind its own parents. */
function lineage(parts: ClassParts): ClassParts[] {
  return [...new Set([...parts.parents.flatMap(lineage), parts])];
}

/** A member's place among the others is that of its first definition. */
interface Slot {
  readonly name: string;
  readonly definitions: { readonly owner: ClassParts; readonly item: Item }[];
  /** The member that it was put behind. */
  readonly anchor: Slot | undefined;
}

function mergeMembers(chain: readonly ClassParts[]): Item[] {
  const slots: Slot[] = [];
  for (const owner of chain) {
    let previous: { readonly slot: Slot; readonly isConstant: boolean } | undefined;
    for (const item of owner.members) {
      const isConstant = item.kind === 'constant';
      const known = slots.find(({ name }) => name === item.name);
      const anchor = owner !== chain[0] && previous?.isConstant === isConstant ? previous.slot : undefined;
      const slot = known ?? { name: item.name, definitions: [], anchor };
      slot.definitions.push({ owner, item });
      if (!known) slots.splice(owner === chain[0] ? slots.length : placeOf(slot, isConstant, slots), 0, slot);
      previous = { slot, isConstant };
    }
  }
  return slots.map(slot => {
    const found = winner(slot);
    refuseSuper(found, chain);
    return found.item;
  });
}

/** Behind its anchor and what was put there before; without one a constant stands behind the constants, all else at the end. */
function placeOf({ anchor }: Slot, isConstant: boolean, slots: readonly Slot[]): number {
  if (anchor) return slots.findLastIndex(slot => isBehind(slot, anchor)) + 1;
  return isConstant ? slots.findLastIndex(slot => slot.definitions[0]?.item.kind === 'constant') + 1 : slots.length;
}

function isBehind(slot: Slot | undefined, anchor: Slot): boolean {
  return slot === anchor || (slot !== undefined && isBehind(slot.anchor, anchor));
}

/** The definition whose class derives from all others that have one. */
function winner({ name, definitions }: Slot): Slot['definitions'][number] {
  const found = definitions.find(({ owner }) => definitions.every(other => derives(owner, other.owner)));
  if (!found) {
    const names = definitions.slice(1).map(({ owner }) => `${owner.item.name} (${owner.module.path})`);
    throw new Error(`${names.join(' and ')} all define ${name}: a class that derives from them has to say what it is`);
  }
  return found;
}

/** A call of a framework's method: `super().m`, or `super(Base, self).m` where a runtime class in between has an `m`, too. */
export function superCalls({ module: { source }, from, to }: Item): SuperCall[] {
  return [...source.slice(from, to).matchAll(/\bsuper\((?:(\w+), (?:self|cls))?\)(?=\.(\w+))/g)].map(match => ({
    from: from + match.index,
    to: from + match.index + match[0].length,
    above: match[1],
    method: match[2] as string,
  }));
}

export interface SuperCall {
  readonly from: number;
  readonly to: number;
  /** The class above which the method is looked for, if one is named. */
  readonly above: string | undefined;
  readonly method: string;
}

/** In the composed class `super` is a framework's class: what it means in the real module has to be one, too. */
function refuseSuper({ owner, item }: Slot['definitions'][number], chain: readonly ClassParts[]): void {
  for (const { above, method } of superCalls(item)) {
    const start = above === undefined ? owner : chain.find(parts => parts.item.name === above && derives(owner, parts));
    if (!start)
      throw new Error(`${item.module.path}: ${item.name} looks above ${above}, which it does not derive from`);
    const own = chain.find(parts => parts !== start && derives(start, parts) && hasMember(parts, method));
    if (own)
      throw new Error(
        `${item.module.path}: super().${method} in ${item.name} is that of ${own.item.name}, which the composed class replaces; super(${own.item.name}, self) looks above it`,
      );
  }
}

function hasMember({ members }: ClassParts, name: string): boolean {
  return members.some(member => member.name === name);
}
