import { followPath, pathOf, pathText, valuesAt } from '../../base/paths.ts';
import type { Report } from '../../connector/kind.ts';
import type { ApiStreamModel } from './model.ts';
import { isOmittedAtEnd } from './pagination/last-page.ts';
import type { Pagination } from './pagination/pagination.ts';

/**
 * Tries the paths to what is beside the records on each stream's sample. One that leads to nothing is reported where the sample
 * has much the same key; otherwise the sample may be one page, or have been cut.
 */
export function reportSamples(streams: readonly ApiStreamModel[], inherited: Pagination, report: Report): void {
  for (const { name, sample, fromResponse, pagination = inherited } of streams) {
    const paths = Object.values(fromResponse);
    if (!isOmittedAtEnd(pagination)) paths.push(...pagination.paths);
    for (const path of paths) {
      const meant = meantPath(sample, path);
      if (meant !== undefined)
        report(['streams'], `the sample of ${name} has nothing at ${path}`, `did you mean ${meant}?`);
    }
  }
}

/** The path that leads somewhere in a response where another, much like it, does not. */
function meantPath(sample: unknown, path: string): string | undefined {
  if (typeof sample !== 'object' || sample === null || Array.isArray(sample)) return undefined;
  const { missing, nearest } = followPath(sample, pathOf(path));
  if (missing === undefined) return undefined;
  // A key with dots, which it has to have quotes for.
  if (Object.hasOwn(sample, path)) return pathText([{ key: path }]);
  // A list is rather what the records are in.
  return nearest && !valuesAt(sample, nearest).some(Array.isArray) ? pathText(nearest) : undefined;
}
