import { isMapping } from '../../base/mapping.ts';

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g;

/** Values by the names that placeholders have. */
export type Values = Readonly<Record<string, string>>;

/** The names in braces, in a text or in the texts of a value, that have no value. */
export function missingNames(value: unknown, values: Values): string[] {
  return namesIn(value).filter(name => !Object.hasOwn(values, name));
}

/** A value with the placeholders of all its texts filled in. */
export function filled<Value>(value: Value, values: Values): Value {
  const fill = (inner: unknown): unknown => {
    if (typeof inner === 'string') return inner.replaceAll(PLACEHOLDER, (whole, name) => values[name] ?? whole);
    if (Array.isArray(inner)) return inner.map(fill);
    return isMapping(inner) ? Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, fill(item)])) : inner;
  };
  return fill(value) as Value;
}

function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(PLACEHOLDER)].map(([, name]) => name as string);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namesIn) : [];
}
