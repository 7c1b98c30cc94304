import { parse, print } from 'graphql';
import type { GraphQLList } from './lists.ts';
import { MAX_FIELDS, type Selection, selectionOf } from './selection.ts';
import type { Field } from './types.ts';
import type { Variables } from './variables.ts';

/** The longest text that an answer may have, with room for variables. */
const MAX_QUERY = 4000;

/** As many fields of a record as the query has room for. */
export function withinLimit(
  fields: readonly Field[],
  list: GraphQLList,
): { readonly selection: Selection; readonly most: number } {
  let most = MAX_FIELDS;
  let selection = selectionOf(list.type, most);
  const none = { declared: [], used: [], values: {}, keys: [] };
  while (most > 1 && selection.text !== '' && queryOf(fields, list, none, selection.text).length > MAX_QUERY) {
    most = Math.floor(most / 2);
    selection = selectionOf(list.type, most);
  }
  return { selection, most };
}

/** The text of the query, as the library prints it. */
export function queryOf(
  fields: readonly Field[],
  { below, beside }: GraphQLList,
  { declared, used }: Variables,
  selection: string,
): string {
  const records = below.reduceRight((inner, name) => `${name} { ${inner} }`, selection);
  const body = fields.reduceRight(
    (inner, field, index) => `${field.name}${used[index] ? `(${used[index]})` : ''} { ${inner} }`,
    `${records} ${beside}`,
  );
  return print(parse(`query${declared.length > 0 ? ` (${declared.join(', ')})` : ''} { ${body} }`));
}
