import { readdirSync } from 'node:fs';
import { memoize } from 'lodash-es';
import { assetPath, readAsset, readBuiltAsset } from '../../base/assets.ts';
import { classParts } from './classes.ts';
import { boundBy } from './imports.ts';
import { LIBRARY, type RuntimeModule } from './module.ts';

/** Where the build puts what `namesOf` gives, by the paths of modules. */
export const NAMES_PATH = 'names.json';

/**
 * Tells whether some real module below a folder of `src` imports or defines a name, so that a class of that name would hide
 * it; not where that is one of the `composed` classes or derives from one, since these get the connector's own name.
 */
export function takenNames(folder: string, composed: readonly string[]): (name: string) => boolean {
  const modules = memoize(() => modulesByName(folder));
  return name =>
    modules()
      .get(name)
      ?.some(path => isTaken(LIBRARY.module(path), name, composed)) ?? false;
}

/** The modules below a folder by the names that they may have; without a build those are all their words, which takes no parser. */
function modulesByName(folder: string): ReadonlyMap<string, readonly string[]> {
  const built = readBuiltAsset(NAMES_PATH) as Readonly<Record<string, readonly string[]>> | undefined;
  const named = built ? Object.entries(built) : pythonFiles(folder).map(path => [path, wordsOf(path)] as const);
  const modules = new Map<string, string[]>();
  for (const [path, names] of named)
    if (path.startsWith(`${folder}/`))
      for (const name of names) modules.set(name, [...(modules.get(name) ?? []), path]);
  return modules;
}

function pythonFiles(folder: string): string[] {
  return readdirSync(assetPath(folder), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.py'))
    .map(path => `${folder}/${path.replaceAll('\\', '/')}`);
}

function wordsOf(path: string): string[] {
  return [...new Set(readAsset(path).match(/\w+/g))];
}

/** The names that a module has at its module level: imports and definitions. */
export function namesOf({ imports, items }: RuntimeModule): string[] {
  return [...imports.map(boundBy), ...items.map(({ name }) => name)];
}

function isTaken(module: RuntimeModule, name: string, composed: readonly string[]): boolean {
  if (module.imports.some(each => boundBy(each) === name && !each.module.startsWith('kinds.'))) return true;
  const item = module.items.find(each => each.name === name);
  if (item?.kind !== 'class') return item !== undefined;
  return !composed.includes(name) && classParts(LIBRARY, module, name).parents.length === 0;
}
