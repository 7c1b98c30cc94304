import type { Arrangement } from './arrange.ts';
import type { Composition } from './composition.ts';
import type { FlatClass } from './flatten.ts';
import { type Forwards, forwards } from './forwards.ts';
import { type GoneHooks, hookCalls, type Span } from './hook-calls.ts';
import { emptyHook } from './hooks.ts';
import { boundBy, type ImportedName } from './imports.ts';
import { type LookupCall, type Lookups, lookupCalls, lookups } from './lookups.ts';
import type { Item, RuntimeModule } from './module.ts';
import { expressionReferences, type Reference, referencesIn } from './references.ts';
import type { Scope, Target } from './scope.ts';
import type { SetValue } from './set-values.ts';

/** What a composed module keeps. */
export interface Kept {
  readonly items: ReadonlySet<Item>;
  readonly imports: ReadonlyMap<string, ImportedName>;
  /** The statements that go from an item, in order. */
  readonly removed: (item: Item) => readonly Span[];
  /** Methods of an item's class that others are called instead of. */
  readonly forwards: (item: Item) => Forwards;
  /** The calls in an item that only look something up. */
  readonly lookups: (item: Item) => readonly LookupCall[];
  /** All names and attributes that are referred to, as the real modules have them. */
  readonly references: ReadonlySet<string>;
}

/** Finds what roots refer to, and what that refers to, and so on. Throws an Error for a root that there isn't. */
export function shake(
  composition: Composition,
  arrangement: Arrangement,
  scope: Scope,
  values: ReadonlyMap<Item, SetValue>,
): Kept {
  const shaker = new Shaker(arrangement, scope, values, new Set([...composition.roots, ...composition.uses]));
  for (const root of composition.roots) {
    if (!shaker.knows(root)) throw new Error(`${arrangement.main.path} is to keep ${root}, which is not there`);
  }
  shaker.run();
  return shaker;
}

class Shaker implements Kept {
  readonly items = new Set<Item>();
  readonly imports = new Map<string, ImportedName>();
  readonly references = new Set<string>();
  private readonly queue: Item[] = [];
  private readonly classes: readonly FlatClass[];
  private readonly spans = new Map<Item, readonly Span[]>();
  private readonly hooks = new Map<Item, GoneHooks>();
  private readonly forwarding = new Map<Item, Forwards>();
  private readonly looking = new Map<Item, Lookups>();

  private readonly arrangement: Arrangement;
  private readonly scope: Scope;
  private readonly values: ReadonlyMap<Item, SetValue>;
  private readonly wanted: ReadonlySet<string>;

  constructor(
    arrangement: Arrangement,
    scope: Scope,
    values: ReadonlyMap<Item, SetValue>,
    wanted: ReadonlySet<string>,
  ) {
    this.arrangement = arrangement;
    this.scope = scope;
    this.values = values;
    this.wanted = wanted;
    this.classes = [...new Set(arrangement.flat.values())];
    for (const { members } of this.classes) {
      const hooks = new Map(
        members.flatMap(item => {
          const hook = wanted.has(item.name) ? undefined : emptyHook(item);
          return hook ? [[item.name, hook] as const] : [];
        }),
      );
      const unwanted = members.filter(({ name }) => !wanted.has(name));
      const forwarding = forwards(unwanted);
      const looking = lookups(unwanted);
      for (const member of members) {
        this.looking.set(member, looking);
        this.hooks.set(member, hooks);
        this.forwarding.set(member, forwarding);
      }
    }
  }

  knows(name: string): boolean {
    return (
      this.scope.named(name) !== undefined ||
      this.classes.some(({ members }) => members.some(item => item.name === name))
    );
  }

  run(): void {
    for (const { base } of this.classes) this.keep(base.item);
    for (const item of this.arrangement.items) if (item.kind === 'main') this.keep(item);
    for (const name of this.wanted) {
      this.keepTarget(this.scope.named(name));
      this.keepMembers(name);
    }
    for (let item = this.queue.shift(); item; item = this.queue.shift()) this.follow(item);
  }

  removed(item: Item): readonly Span[] {
    const hooks = this.hooks.get(item);
    const spans = this.spans.get(item) ?? (hooks ? hookCalls(item, hooks) : []);
    this.spans.set(item, spans);
    return spans;
  }

  forwards(item: Item): Forwards {
    return this.forwarding.get(item) ?? new Map();
  }

  lookups(item: Item): readonly LookupCall[] {
    return lookupCalls(item, this.looking.get(item) ?? new Map());
  }

  private keep(item: Item): void {
    if (this.items.has(item)) return;
    this.items.add(item);
    this.queue.push(item);
  }

  private keepTarget(target: Target | undefined): void {
    if (!target) return;
    if ('item' in target) this.keep(target.item);
    if ('imported' in target) this.imports.set(boundBy(target.imported), target.imported);
  }

  private keepMembers(name: string): void {
    for (const { members } of this.classes)
      for (const item of members) if (item.name === name && !this.hooks.get(item)?.has(name)) this.keep(item);
  }

  private follow(item: Item): void {
    const flat = this.arrangement.flat.get(item);
    const value = this.values.get(item);
    if (value) this.followValue(value);
    else if (flat) {
      this.followReferences(item, headReferences(item));
      for (const { module, name } of flat.bases) this.followName(module, name);
      for (const member of flat.members) if (/^__\w+__$/.test(member.name)) this.keep(member);
    } else this.followReferences(item, keptReferences(item, this.removed(item)));
  }

  private followReferences(item: Item, references: readonly Reference[]): void {
    const isMember = this.hooks.has(item);
    const forwarding = this.forwards(item);
    const calls = this.lookups(item).filter(({ opening }) => references.some(({ from }) => isWithin(from, opening)));
    for (const { lookup } of calls) this.followName(lookup.item.module, lookup.mapping);
    for (const { name, from, isAttribute, isOwn } of references) {
      if (calls.some(({ opening }) => isWithin(from, opening))) continue;
      if (isAttribute) this.references.add(name);
      else this.followName(item.module, name);
      if (isAttribute || (isMember && item.kind === 'constant'))
        this.keepMembers((isOwn && forwarding.get(name)) || name);
    }
  }

  private followName(module: RuntimeModule, name: string): void {
    this.references.add(name);
    this.keepTarget(this.scope.resolve(module, name));
  }

  private followValue({ expressions }: SetValue): void {
    for (const { name, isAttribute } of expressions.flatMap(expressionReferences)) {
      this.references.add(name);
      if (isAttribute) this.keepMembers(name);
      else this.keepTarget(this.scope.resolveValue(name));
    }
  }
}

function isWithin(from: number, span: Span): boolean {
  return span.from <= from && from < span.to;
}

/** What an item refers to, without the statements that go. */
export function keptReferences(item: Item, removed: readonly Span[]): Reference[] {
  const all = item.nodes.flatMap(node => referencesIn(item.module.source, node));
  return all.filter(({ from }) => !removed.some(span => isWithin(from, span)));
}

/** What the decorators and base classes of a class refer to. */
export function headReferences(item: Item): Reference[] {
  const body = item.nodes[0]?.getChild('Body') ?? item.nodes[0]?.lastChild?.getChild('Body');
  return keptReferences(item, []).filter(({ from }) => body && from < body.from);
}
