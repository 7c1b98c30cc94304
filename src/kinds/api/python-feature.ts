import type { RuntimeClass } from '../../python/compose/composition.ts';
import type { Value } from '../../python/compose/values.ts';

/** A class of real Python that a connector needs, and what its constants are there. */
export interface PythonFeature extends RuntimeClass {
  /** By the names that the constants have in the feature's own module. */
  readonly values: Readonly<Record<string, Value>>;
}

/** The values of several features. */
export function valuesOf(features: readonly PythonFeature[]): Record<string, Value> {
  return Object.assign({}, ...features.map(({ values }) => values));
}
