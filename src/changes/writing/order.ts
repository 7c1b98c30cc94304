import { basename, dirname, relative } from 'node:path';
import { countNames, moduleOnDisk, transitionalText } from '../../python/transitional.ts';
import { type Change, isDifference } from '../change.ts';
import { MANIFEST_FILE } from '../manifest-file.ts';
import type { Write } from './write.ts';

/** A change, or a text that the file has only until the modules that import it are written. */
type OrderedChange = Change & { readonly transitional?: true };

/**
 * What has to be written of changes, in the order in which a connector that is there can be imported and discovers what it did
 * at every moment: new modules, then what they build on, with all that the others still ask for, then what imports them, then
 * what nobody asks for any more is left out; a schema after its stream, since a schema without its stream breaks discovery;
 * and then what says that all is done, the manifest and the registration with Mage.
 */
export function inWriteOrder(changes: readonly Change[], folder: string): readonly Write[] {
  const all: OrderedChange[] = [...transitionalChanges(changes, folder), ...changes.filter(isDifference)];
  const isLate = new Set(all.flatMap(({ path, transitional }) => (transitional ? path : [])));
  const ranked = all.map(change => ({ change, rank: rankOf(change, folder, isLate.has(change.path)) }));
  return asWrites(ranked.sort((a, b) => a.rank - b.rank).map(({ change }) => change));
}

function rankOf(change: OrderedChange, folder: string, isLate: boolean): number {
  const path = relative(folder, change.path);
  if (path.startsWith('..') || path === MANIFEST_FILE) return 7;
  // What goes is no longer imported by then.
  if (change.removed) return 6;
  if (basename(dirname(path)) === 'schemas') return 5;
  if (isLate && !change.transitional) return 4;
  if (change.before === undefined && path !== '__init__.py') return 0;
  if (basename(path) !== '__init__.py') return 1;
  return path === '__init__.py' ? 3 : 2;
}

/** What has to be written of changes, in the order that they have. */
export function asWrites(changes: readonly Change[]): readonly Write[] {
  return changes
    .filter(isDifference)
    .map(({ path, content, removed }) => ({ path, content: removed ? undefined : content }));
}

function transitionalChanges(changes: readonly Change[], folder: string): OrderedChange[] {
  const modules = changes.flatMap(change => {
    const before = rewritten(change, folder);
    return before === undefined ? [] : [{ change, onDisk: moduleOnDisk(before) }];
  });
  const counts = {
    words: countNames(modules.map(({ onDisk }) => onDisk.words)),
    bases: countNames(modules.map(({ onDisk }) => onDisk.bases)),
  };
  return modules.flatMap(({ change, onDisk }) => {
    const text = transitionalText(onDisk, change.content, counts);
    return text === undefined ? [] : [{ ...change, content: text, transitional: true as const }];
  });
}

/** What a module of the connector says that is there and changes. */
function rewritten({ path, before, content, removed }: Change, folder: string): string | undefined {
  const isModule = path.endsWith('.py') && !relative(folder, path).startsWith('..');
  return isModule && !removed && before !== content ? before : undefined;
}
