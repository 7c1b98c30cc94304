import { relative } from 'node:path';
import { UserError } from '../../base/problems.ts';
import { readText } from '../../base/read-text.ts';
import { type Change, isDifference } from '../change.ts';

/**
 * Throws a UserError where a file is no longer what the run has read, since another run, or the user, has written it: what was
 * planned would undo that.
 */
export function refuseStale(changes: readonly Change[], folder: string): void {
  const stale = changes.filter(change => isDifference(change) && readText(change.path) !== change.before);
  if (stale.length === 0) return;
  throw new UserError(
    stale.map(({ path }) => ({
      where: relative(folder, path),
      message: 'has been changed since this run read it, so nothing was written',
      hint: 'run it again',
    })),
  );
}
