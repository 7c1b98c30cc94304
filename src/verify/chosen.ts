import { nearest } from '../base/names.ts';
import { UserError } from '../base/problems.ts';
import type { CatalogStream } from './catalog.ts';

/** The streams that a user names, all where he names none. Throws a UserError for names that there aren't. */
export function chosenStreams(
  found: readonly CatalogStream[],
  wanted: readonly string[] | undefined,
): readonly CatalogStream[] {
  if (!wanted) return found;
  const names = found.map(stream => stream.tap_stream_id);
  const missing = wanted.filter(name => !names.includes(name));
  if (missing.length === 0) return found.filter(stream => wanted.includes(stream.tap_stream_id));
  throw new UserError(
    missing.map(name => ({
      where: '--streams',
      message: `there is no stream ${name}`,
      hint: `did you mean ${nearest(name, names) ?? names.slice(0, 8).join(', ')}?`,
    })),
  );
}
