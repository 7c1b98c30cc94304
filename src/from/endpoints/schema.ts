import type { Node } from '../../schema/infer/untyped.ts';
import { type CheckedSchema, checkSchema } from '../../schema/read/check.ts';
import { JsonSchemaReader } from '../../schema/read/json-schema.ts';

/** The most parts of a schema that a connector has use for; the columns count more than what lies in them. */
const MAX_NODES = 3000;

/**
 * The columns of a record by its schema, in Mage's dialect; undefined where it names none. Large schemas are described less deep,
 * so that every column has its type. A column of several types has none, and so becomes JSON text.
 */
export function recordSchema(item: unknown, target: (reference: string) => unknown): Node | undefined {
  let checked: CheckedSchema | undefined;
  for (const depth of [4, 2, 1, 0]) {
    const nodes = depth === 0 ? MAX_NODES * 20 : MAX_NODES;
    const reader = new JsonSchemaReader(item, 'schema', { target, depth, nodes });
    checked = checkSchema(item, 'schema', reader);
    if (!reader.isCut) break;
  }
  const columns = Object.entries(checked?.schema.properties ?? {});
  if (columns.length === 0) return undefined;
  const untyped = new Set(checked?.textColumns);
  return {
    type: 'object',
    properties: Object.fromEntries(columns.map(([name, column]) => [name, untyped.has(name) ? {} : column])),
  };
}
