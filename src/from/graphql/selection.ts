import type { GraphQLNamedType } from 'graphql';
import type { Node } from '../../schema/infer/untyped.ts';
import { type Field, hasLeaves, hasObjects, leafSchema, listDepth, namedType, plainFields } from './types.ts';

/** The most fields that are asked for of one record; servers count them. */
export const MAX_FIELDS = 150;
const MAX_INNER = 20;

/** What is asked for of a record: the text of the selection, and the schema of what comes back. */
export interface Selection {
  readonly text: string;
  readonly schema: Node;
}

/**
 * The scalars of a type; of the objects in it the `id`, which refers to them, or, where they have none, their own scalars.
 * Lists of objects are streams of their own.
 */
export function selectionOf(type: GraphQLNamedType, most: number): Selection {
  const parts: string[] = [];
  const properties: [string, Node][] = [];
  for (const field of plainFields(type).slice(0, most)) {
    const inner = part(field);
    if (!inner) continue;
    parts.push(inner.text);
    properties.push([field.name, inner.schema]);
  }
  return { text: parts.join(' '), schema: { type: 'object', properties: Object.fromEntries(properties) } };
}

function part(field: Field): Selection | undefined {
  if (hasLeaves(field)) return { text: field.name, schema: inLists(leafSchema(namedType(field)), listDepth(field)) };
  if (!hasObjects(field) || listDepth(field) > 0) return undefined;
  const leaves = plainFields(namedType(field)).filter(inner => hasLeaves(inner) && listDepth(inner) === 0);
  const id = leaves.find(({ name }) => name === 'id');
  const chosen = id ? [id] : leaves.slice(0, MAX_INNER);
  if (chosen.length === 0) return undefined;
  const schema = {
    type: 'object',
    properties: Object.fromEntries(chosen.map(inner => [inner.name, leafSchema(namedType(inner))])),
  };
  return { text: `${field.name} { ${chosen.map(({ name }) => name).join(' ')} }`, schema };
}

function inLists(schema: Node, depth: number): Node {
  return depth === 0 ? schema : { type: 'array', items: inLists(schema, depth - 1) };
}
