import { isMapping } from '../../base/mapping.ts';
import { placeholdersIn, splitText, textsIn } from '../../base/placeholders.ts';
import { isOwnName } from '../../base/text-names.ts';

/** Values by the names that stand in braces. */
export type Values = Readonly<Record<string, string>>;

/** The names in braces, in a text or in the texts of a value, that have no value. */
export function missingNames(value: unknown, values: Values): string[] {
  const names = placeholdersIn(textsIn(value)).map(({ name }) => name);
  return [...new Set(names.filter(name => !Object.hasOwn(values, name)))];
}

/** A value with the names in braces of all its texts filled in, as far as they have values. */
export function filled<Value>(value: Value, values: Values): Value {
  const part = (each: ReturnType<typeof splitText>[number]) =>
    typeof each === 'string' ? each : (values[each.name] ?? `{${each.name}}`);
  const fill = (inner: unknown): unknown => {
    if (typeof inner === 'string') return splitText(inner).map(part).join('');
    if (Array.isArray(inner)) return inner.map(fill);
    return isMapping(inner) ? Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, fill(item)])) : inner;
  };
  return fill(value) as Value;
}

/** Parameters without those that a first request leaves out, since what they name has no value yet, such as {cursor}. */
export function withoutOpen<Params extends Readonly<Record<string, unknown>>>(params: Params, values: Values): Params {
  const isOpen = (value: unknown) => missingNames(value, values).some(isOwnName);
  return Object.fromEntries(Object.entries(params).filter(([, value]) => !isOpen(value))) as Params;
}
