import { basename, dirname, relative } from 'node:path';
import { RECORD_FILE } from './existing.ts';
import type { Change } from './plan.ts';

/**
 * The order in which a connector's files are written, so that one which is there can be imported and discovers what it did at
 * every moment: new modules, then what they build on, then what imports them; a schema after its stream, since a schema
 * without its stream breaks discovery; and then what says that all is done, the record and the registration with Mage.
 */
export function inWriteOrder<Some extends Change>(changes: readonly Some[], folder: string): readonly Some[] {
  const rank = (change: Some): number => {
    const path = relative(folder, change.path);
    if (path.startsWith('..') || path === RECORD_FILE) return 6;
    // What goes is no longer imported by then.
    if (change.removed) return 5;
    if (basename(dirname(path)) === 'schemas') return 4;
    if (change.before === undefined && path !== '__init__.py') return 0;
    if (basename(path) !== '__init__.py') return 1;
    return path === '__init__.py' ? 3 : 2;
  };
  return [...changes].sort((a, b) => rank(a) - rank(b));
}
