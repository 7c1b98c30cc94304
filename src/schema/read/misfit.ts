import type { Column, Values } from '../infer/column.ts';
import type { Facts, JsonType } from '../infer/facts.ts';
import type { Kind } from '../infer/numbers.ts';

/** In what the values of a column contradict its schema, if they do; null aside. `values`: what the strings of the sample are. */
export function misfitOf(facts: Facts, column: Column, values: Values): string | undefined {
  const { types } = facts;
  // Without a type the schema says nothing that could be contradicted; and the text of a CSV field is a string in any case.
  if (types.size === 0) return undefined;
  const isText = values === 'text' && types.has('string');
  const strays = isText ? [] : strayKinds(types, column.kinds);
  if (strays.length > 0) return `the sample has ${strays.join(', ')}`;
  if (facts.dateTime && (isText ? column.count > 0 : column.kinds.has('string')) && !column.isDateTime)
    return 'the sample has text that is no date-time';
  if (!facts.items?.types.size || !column.items) return undefined;
  const items = strayKinds(facts.items.types, column.items.kinds);
  // The dialect calls items nullable, but null items break PostgreSQL's arrays: no sample with some gets a column of arrays.
  if (column.items.kinds.has('null')) items.push('nulls');
  return items.length > 0 ? `the sample has ${items.join(', ')} in it` : undefined;
}

const NAMES: Partial<Record<Kind, string>> = {
  integer: 'integers',
  long: 'integers',
  float: 'fractions',
  huge: 'numbers',
  boolean: 'booleans',
  string: 'text',
  object: 'objects',
  array: 'arrays',
};

function strayKinds(types: ReadonlySet<JsonType>, kinds: ReadonlySet<Kind>): string[] {
  const strays = [...kinds].filter(kind => kind !== 'null' && !allows(types, kind));
  return [...new Set(strays.map(kind => NAMES[kind] ?? kind))].sort();
}

function allows(types: ReadonlySet<JsonType>, kind: Kind): boolean {
  if (kind === 'integer' || kind === 'long') return types.has('integer') || types.has('number');
  if (kind === 'float' || kind === 'huge') return types.has('number');
  return types.has(kind);
}
