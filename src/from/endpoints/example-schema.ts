import { isMapping } from '../../base/mapping.ts';
import { isDateTime } from '../../schema/infer/date-time.ts';
import type { Node } from '../../schema/infer/untyped.ts';

const MAX_DEPTH = 8;
const MAX_ITEMS = 20;
const MAX_NAMES = 500;

/** The JSON Schema of a value that a description gives as an example. */
export function schemaOfExample(value: unknown, depth = 0): Node {
  if (value === null || value === undefined) return {};
  if (depth > MAX_DEPTH) return { type: Array.isArray(value) ? 'array' : typeof value };
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map(item => schemaOfExample(item, depth + 1));
    return { type: 'array', ...(items.length > 0 && { items: items.length === 1 ? items[0] : { anyOf: items } }) };
  }
  if (isMapping(value)) {
    const entries = Object.entries(value).slice(0, MAX_NAMES);
    return {
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, inner]) => [name, schemaOfExample(inner, depth + 1)])),
    };
  }
  if (typeof value === 'string')
    return { type: 'string', ...(isDateTime(value) && { format: 'date-time' }), example: value };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number', example: value };
  return { type: typeof value };
}
