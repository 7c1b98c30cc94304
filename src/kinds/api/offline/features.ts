import type { Value } from '../../../python/compose/values.ts';

/** A feature of the offline tests, taken by names that may not be those of its own module. */
export interface OfflineFeature {
  readonly module: string;
  readonly class: string;
  readonly rename: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Value>>;
}

/** A feature that stands in python/offline/. */
export function offlineFeature(
  file: string,
  className: string,
  { rename = {}, values = {} }: { rename?: OfflineFeature['rename']; values?: OfflineFeature['values'] } = {},
): OfflineFeature {
  return { module: `kinds/api/python/offline/${file}.py`, class: className, rename, values };
}

/** The feature where it is needed. */
export function offlineWhen(needed: boolean, file: string, className: string): OfflineFeature[] {
  return needed ? [offlineFeature(file, className)] : [];
}
