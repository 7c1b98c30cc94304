/** Python reads brackets 200 deep at most. */
export const DEEPEST = 90;

/** How many mappings and lists of a JSON value stand in one another. */
export function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}
