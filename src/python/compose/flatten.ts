import { type BaseName, type ClassParts, classParts, derives } from './classes.ts';
import type { ComposedClass, Composition, RenamedClass, RuntimeClass } from './composition.ts';
import type { Item, Library, RuntimeModule } from './module.ts';
import { renamedModule } from './renamed.ts';
import { superCalls } from './super-calls.ts';

/** A base class and its features as one class. */
export interface FlatClass {
  readonly base: ClassParts;
  /** All classes that it is made of: the base, what that derives from, and the features, each behind what it derives from. */
  readonly chain: readonly ClassParts[];
  readonly as: string;
  /** What the classes of the chain derive from outside of it. */
  readonly bases: readonly BaseName[];
  readonly members: readonly Item[];
}

/**
 * Makes one class of a base, the runtime classes that it derives from, and its features; classes of modules that stand in the
 * connector themselves stay base classes. Throws an Error that names the features if two of them define one member.
 */
export function flatten(
  library: Library,
  module: RuntimeModule,
  { name, as, features }: ComposedClass,
  placed: Composition['modules'],
): FlatClass {
  const base = classParts(library, module, name);
  const parts = features.map(feature => featureParts(library, feature));
  const foreign = parts.find(each => !derives(each, base));
  if (foreign)
    throw new Error(`${foreign.module.path}: ${foreign.item.name} does not derive from ${name} of ${module.path}`);
  const lineage = [base, ...parts].flatMap(lineageOf).filter(each => !(each.module.dotted in placed));
  const chain = [...new Set([base, ...lineage])];
  const bases = lineage.flatMap(each => each.bases).filter(each => !each.parts || !chain.includes(each.parts));
  return { base, chain, as, bases, members: mergeMembers(chain) };
}

function featureParts(library: Library, feature: RuntimeClass | RenamedClass): ClassParts {
  const module = library.module(feature.module);
  return classParts(library, 'rename' in feature ? renamedModule(module, feature.rename) : module, feature.class);
}

/** A class and the runtime classes that it derives from, each behind its own parents. */
function lineageOf(parts: ClassParts): ClassParts[] {
  return [...new Set([...parts.parents.flatMap(lineageOf), parts])];
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

/**
 * Behind its anchor and what was put there before. Without one a constant stands behind the constants, `__init__` behind
 * those as well, and all else at the end.
 */
function placeOf({ name, anchor }: Slot, isConstant: boolean, slots: readonly Slot[]): number {
  if (anchor && name !== '__init__') return slots.findLastIndex(slot => isBehind(slot, anchor)) + 1;
  return isConstant || name === '__init__'
    ? slots.findLastIndex(slot => slot.definitions[0]?.item.kind === 'constant') + 1
    : slots.length;
}

function isBehind(slot: Slot | undefined, anchor: Slot): boolean {
  return slot === anchor || (slot !== undefined && isBehind(slot.anchor, anchor));
}

/** The definition whose class derives from all others that have one. */
function winner({ name, definitions }: Slot): Slot['definitions'][number] {
  const found = definitions.find(each =>
    definitions.every(other => derives(each.owner, other.owner) || isCopy(each.item, other.item)),
  );
  if (!found) {
    const names = definitions.slice(1).map(({ owner }) => `${owner.item.name} (${owner.module.path})`);
    throw new Error(`${names.join(' and ')} all define ${name}: a class that derives from them has to say what it is`);
  }
  return found;
}

/** True for the same definition, which a module has that was taken several times. */
export function isCopy(a: Item, b: Item): boolean {
  return a.module.path === b.module.path && textOf(a) === textOf(b);
}

function textOf({ module: { source }, from, to }: Item): string {
  return source.slice(from, to);
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
