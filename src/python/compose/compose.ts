import { type Arrangement, arrange } from './arrange.ts';
import type { Composed, Composition } from './composition.ts';
import { LIBRARY, type Library } from './module.ts';
import { isPlain, printPlain } from './plain-subclass.ts';
import { Printer } from './print.ts';
import { Scope } from './scope.ts';
import { setValues } from './set-values.ts';
import { type Kept, shake } from './shake.ts';
import { type Subclass, subclass } from './subclass.ts';

/**
 * Makes a connector's module out of real ones: one class of a base and its features, without hooks that do nothing and whatever
 * nothing refers to, with its values and names. Throws an Error that names module and definition for what can't be found.
 */
export function compose(module: Composition | Subclass, library = LIBRARY): Composed {
  if (!('constants' in module)) return composed(module, library);
  return isPlain(module) ? printPlain(module) : composed(subclass(module), library);
}

function composed(composition: Composition, library: Library): Composed {
  const arrangement = arrange(library, composition);
  const scope = new Scope(composition, arrangement);
  const values = setValues(composition, arrangement);
  const kept = shake(composition, arrangement, scope, values);
  const printer = new Printer(arrangement, scope, kept, values);
  const text = printer.module(composition.docstring);
  return {
    text,
    needsRuff: printer.needsRuff,
    references: kept.references,
    names: namesOf(arrangement, scope, kept),
  };
}

/** Throws an Error where two things have one name; a class's members may be called as what stands beside it. */
function namesOf({ main, flat }: Arrangement, scope: Scope, kept: Kept): Set<string> {
  const members = new Set([...flat.values()].flatMap(each => each.members));
  const names = [...kept.imports.keys()];
  for (const item of kept.items) {
    const target = item.kind === 'main' || members.has(item) ? undefined : scope.named(item.name);
    if (target) names.push(target.name);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`${main.path}: two definitions or imports are called ${twice}`);
  return new Set(names);
}
