import { type ClassParts, derives } from './classes.ts';
import type { Composition } from './composition.ts';
import { type FlatClass, flatten, isCopy } from './flatten.ts';
import { type Item, isRuntime, type Library, pathOf, type RuntimeModule } from './module.ts';

/** What a composed module is made of, in order, before what nothing refers to is left out. */
export interface Arrangement {
  readonly main: RuntimeModule;
  /** Definitions of the module level; a base class stands for its composed class. */
  readonly items: readonly Item[];
  /** The composed class that each class of its chain has become. */
  readonly flat: ReadonlyMap<Item, FlatClass>;
}

/**
 * Puts the definitions of all modules that are composed into one order. What a feature's module has before its class goes before
 * the base class, constants first of all; what it has behind goes to the end. Of other modules the leading constants go
 * first, the rest to the end. A name that the module of a feature's base class has as well is replaced in place.
 */
export function arrange(library: Library, composition: Composition): Arrangement {
  const { module, modules: placed } = composition;
  const main = typeof module === 'string' ? library.module(module) : library.written(module);
  const classes = composition.classes.map(each => flatten(library, main, each, placed));
  const chain = classes.flatMap(each => each.chain);
  const flat = new Map(classes.flatMap(each => each.chain.map(({ item }) => [item, each] as const)));
  const bases = new Set(classes.map(({ base }) => base.item));
  const order = new Order(
    main.items.filter(item => bases.has(item) || !flat.has(item)),
    bases,
  );
  const modules = closure(library, [main, ...chain.map(({ module }) => module)], placed);
  for (const module of modules.filter(each => each !== main)) order.add(module, chain, new Set(flat.keys()));
  return { main, items: order.items, flat };
}

/** The modules and those that they import to be composed as well, without those that stand in the connector. */
function closure(library: Library, modules: readonly RuntimeModule[], placed: Composition['modules']): RuntimeModule[] {
  const found = new Set(modules);
  // A set that grows while it is gone through gives what was added, too.
  for (const module of found)
    for (const { module: dotted } of module.imports)
      if (isRuntime(dotted) && !(dotted in placed)) found.add(library.module(pathOf(dotted)));
  return [...found];
}

class Order {
  readonly items: Item[];
  private constants = 0;

  private readonly bases: ReadonlySet<Item>;

  constructor(items: readonly Item[], bases: ReadonlySet<Item>) {
    this.bases = bases;
    this.items = [...items];
  }

  add(module: RuntimeModule, chain: readonly ClassParts[], chained: ReadonlySet<Item>): void {
    const own = chain.filter(parts => parts.module === module);
    const isLeading = leading(module, own);
    for (const item of module.items.filter(each => !chained.has(each))) {
      const index = this.items.findIndex(({ name }) => name === item.name);
      if (index >= 0) this.items[index] = replaced(this.items[index] as Item, item, own, chain);
      else if (isLeading(item)) this.addBefore(item);
      else this.addBehind(item);
    }
  }

  private addBefore(item: Item): void {
    if (item.kind === 'constant') this.items.splice(this.constants++, 0, item);
    else
      this.items.splice(
        this.items.findIndex(each => this.bases.has(each)),
        0,
        item,
      );
  }

  private addBehind(item: Item): void {
    const end = this.items.findIndex(({ kind }) => kind === 'main');
    this.items.splice(end < 0 ? this.items.length : end, 0, item);
  }
}

/** What stands before a module's class; in a module without one of the chain, the constants before all else. */
function leading({ items }: RuntimeModule, own: readonly ClassParts[]): (item: Item) => boolean {
  const first = items.findIndex(item =>
    own.length > 0 ? own.some(parts => parts.item === item) : item.kind !== 'constant',
  );
  const end = first < 0 ? items.length : first;
  return item => items.indexOf(item) < end;
}

function replaced(old: Item, item: Item, own: readonly ClassParts[], chain: readonly ClassParts[]): Item {
  if (isCopy(old, item)) return old;
  const earlier = chain.filter(parts => parts.module === old.module);
  if (own.some(parts => earlier.some(other => derives(parts, other)))) return item;
  throw new Error(`${old.module.path} and ${item.module.path} both define ${item.name}`);
}
