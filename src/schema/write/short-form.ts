import type { ColumnSchema, StreamSchema } from '../dialect.ts';
import { SCHEMA_KEYWORDS } from '../read/short-form.ts';

/** The columns of a schema as answers have them for short: what is read from them is the same schema. */
export function shortForms({ properties }: Pick<StreamSchema, 'properties'>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, column]) => [name, shortForm(column)]));
}

function shortForm(column: ColumnSchema): unknown {
  if ('format' in column) return column.format;
  if ('items' in column) return [column.items.type[1]];
  if (!('properties' in column) || column.properties === undefined) return column.type[1];
  const properties = shortForms({ properties: column.properties });
  // A column of such a name would have the whole be taken for a JSON Schema.
  const isAmbiguous = SCHEMA_KEYWORDS.some(keyword => Object.hasOwn(properties, keyword));
  return isAmbiguous ? { type: 'object', properties } : properties;
}
