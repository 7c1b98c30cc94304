import { readdirSync } from 'node:fs';
import { memoize } from 'lodash-es';
import { assetPath, readAsset } from '../../base/assets.ts';
import { classParts } from './classes.ts';
import { boundBy } from './imports.ts';
import { LIBRARY, type Library, type RuntimeModule } from './module.ts';

/**
 * Tells whether some real module below a folder of `src` imports or defines a name, so that a class of that name would hide
 * it; not where that is one of the `composed` classes or derives from one, since these get the connector's own name.
 */
export function takenNames(folder: string, composed: readonly string[]): (name: string) => boolean {
  const words = memoize(() => new Map(pythonFiles(folder).map(path => [path, wordsOf(path)])));
  return name =>
    [...words()].some(([path, found]) => found.has(name) && isTaken(LIBRARY, LIBRARY.module(path), name, composed));
}

function pythonFiles(folder: string): string[] {
  return readdirSync(assetPath(folder), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.py'))
    .map(path => `${folder}/${path.replaceAll('\\', '/')}`);
}

/** Few names stand anywhere, so that hardly a module has to be parsed. */
function wordsOf(path: string): ReadonlySet<string> {
  return new Set(readAsset(path).match(/\w+/g));
}

function isTaken(library: Library, module: RuntimeModule, name: string, composed: readonly string[]): boolean {
  if (module.imports.some(each => boundBy(each) === name && !each.module.startsWith('kinds.'))) return true;
  const item = module.items.find(each => each.name === name);
  if (item?.kind !== 'class') return item !== undefined;
  return !composed.includes(name) && classParts(library, module, name).parents.length === 0;
}
