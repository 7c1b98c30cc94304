/** Is this a mapping of keys, as answers are? */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The mappings of what may be a list, as streams and configuration keys are in answers; none of anything else. */
export function mappingsIn(value: unknown): Record<string, unknown>[] {
  return (Array.isArray(value) ? value : []).filter(isMapping);
}

/** A mapping without the keys whose values are undefined. */
export function compact(mapping: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== undefined));
}
