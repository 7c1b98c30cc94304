import type { Arrangement } from './arrange.ts';
import type { Composition } from './composition.ts';
import type { FlatClass } from './flatten.ts';
import type { ImportedName } from './imports.ts';
import { type Item, isRuntime, type RuntimeModule } from './module.ts';

/** What a name of a module's level stands for in the composed module, and how it is called there. */
export type Target = { readonly name: string } & (
  | { readonly item: Item }
  | { readonly flat: FlatClass }
  | { readonly imported: ImportedName }
);

/** Finds out what names stand for. */
export class Scope {
  private readonly byName: ReadonlyMap<string, Item>;
  /** The module that each name in the composition's imports is imported from. */
  private readonly imports: ReadonlyMap<string, string>;

  private readonly composition: Composition;
  private readonly arrangement: Arrangement;

  constructor(composition: Composition, arrangement: Arrangement) {
    this.composition = composition;
    this.arrangement = arrangement;
    this.byName = new Map(arrangement.items.map(item => [item.name, item]));
    this.imports = new Map(
      Object.entries(composition.imports).flatMap(([module, names]) => names.map(name => [name, module] as const)),
    );
  }

  /** What a name in a real module stands for; undefined for one that Python itself has. */
  resolve(module: RuntimeModule, name: string): Target | undefined {
    const own = module.items.find(item => item.name === name);
    if (own) return this.definition(own);
    const imported = module.imports.find(each => (each.alias ?? each.name ?? topOf(each.module)) === name);
    if (!imported) return undefined;
    if (!isRuntime(imported.module)) return { name, imported };
    return this.runtimeImport(module, imported);
  }

  /** What a name in a value that was set stands for. */
  resolveValue(name: string): Target | undefined {
    const module = this.imports.get(name);
    if (module !== undefined) return { name, imported: { module, name, alias: undefined } };
    return this.resolve(this.arrangement.main, name) ?? this.named(name);
  }

  /** The definition of a name in the composed module. */
  named(name: string): Target | undefined {
    const item = this.byName.get(name);
    return item && this.definition(item);
  }

  private definition(item: Item): Target {
    const flat = this.arrangement.flat.get(item);
    if (flat) return { name: flat.as, flat };
    const { name } = item;
    return { name: this.composition.rename[name] ?? name, item: this.byName.get(name) ?? item };
  }

  private runtimeImport(from: RuntimeModule, { module, name, alias }: ImportedName): Target {
    if (name === undefined || alias !== undefined)
      throw new Error(`${from.path}: ${module} can only be imported with from … import, without another name`);
    const place = this.composition.modules[module];
    if (place !== undefined) {
      const renamed = this.composition.rename[name] ?? name;
      return { name: renamed, imported: { module: place, name: renamed, alias: undefined } };
    }
    const target = this.featureNamed(module, name) ?? this.named(name);
    if (!target) throw new Error(`${from.path} imports ${name}, which ${module} does not define`);
    return target;
  }

  /** A class of a chain is no definition of its own any more. */
  private featureNamed(module: string, name: string): Target | undefined {
    for (const [item, flat] of this.arrangement.flat)
      if (item.module.dotted === module && item.name === name) return { name: flat.as, flat };
    return undefined;
  }
}

function topOf(module: string): string {
  return module.split('.')[0] as string;
}
