import { isMapping } from '../../base/mapping.ts';

/** What a mapping has that is a JSON Schema; any other is an object, by the names and types of its own columns. */
export const SCHEMA_KEYWORDS = [
  'type',
  'properties',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
  '$ref',
  'enum',
  'const',
  'format',
];

/**
 * A column's JSON Schema from its short form, at any depth: `integer`, `date-time`, `{id: integer}` for an object,
 * `[string]` and `[{id: integer}]` for arrays. What is a JSON Schema already stays one, but for short forms within it.
 */
export function longForm(column: unknown): unknown {
  if (column === 'date-time') return { type: 'string', format: 'date-time' };
  if (typeof column === 'string') return { type: column };
  if (Array.isArray(column)) return { type: 'array', ...(column.length > 0 && { items: longForm(column[0]) }) };
  if (!isMapping(column)) return column;
  if (!SCHEMA_KEYWORDS.some(keyword => keyword in column)) return { type: 'object', properties: longForms(column) };
  const { properties, items } = column;
  return {
    ...column,
    ...(isMapping(properties) && { properties: longForms(properties) }),
    // As a list they are JSON Schema's own: one for each position.
    ...(items !== undefined && !Array.isArray(items) && { items: longForm(items) }),
  };
}

/** The JSON Schemas of several columns, by their names. */
export function longForms(columns: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, longForm(column)]));
}
