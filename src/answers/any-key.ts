import type * as v from 'valibot';
import { isMapping } from '../base/mapping.ts';

/** The keys that Valibot leaves out of objects without a word, since careless code could change every object by them. */
const LEFT_OUT = ['__proto__', 'constructor', 'prototype'];
/** What is put before such a key while Valibot looks at it; no answers file can hold it. */
const MARK = '\0';

/**
 * A definition that takes or refuses keys such as `constructor` like any others: a column, a parameter or a header may have
 * such a name, and a mistyped answer too.
 */
export function withAnyKey<Schema extends v.GenericSchema>(schema: Schema): Schema {
  const run: Schema['~run'] = (dataset, config) => {
    const { value } = dataset;
    if (!isMapping(value) || !LEFT_OUT.some(key => Object.hasOwn(value, key))) return schema['~run'](dataset, config);
    const result = schema['~run']({ ...dataset, value: renamed(value, marked) }, config);
    const output = isMapping(result.value) ? renamed(result.value, unmarked) : result.value;
    const issues = result.issues?.map(issue => ({ ...issue, path: issue.path?.map(item => named(item)) }));
    return { ...result, value: output, ...(issues && { issues }) } as typeof result;
  };
  return { ...schema, '~run': run };
}

function named<Item extends { readonly key?: unknown }>(item: Item): Item {
  return typeof item.key === 'string' ? { ...item, key: unmarked(item.key) } : item;
}

const marked = (key: string) => (LEFT_OUT.includes(key) ? MARK + key : key);
const unmarked = (key: string) => (key.startsWith(MARK) ? key.slice(MARK.length) : key);

/** `fromEntries` makes `__proto__` a property like any other. */
function renamed(value: Record<string, unknown>, name: (key: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [name(key), item]));
}
