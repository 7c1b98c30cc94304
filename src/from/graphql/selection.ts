import { type GraphQLNamedType, isUnionType } from 'graphql';
import type { Node } from '../../schema/infer/untyped.ts';
import {
  currentFields,
  type Field,
  hasLeaves,
  hasObjects,
  isPlain,
  leafSchema,
  listDepth,
  namedType,
  plainFields,
} from './types.ts';

/** The most fields that are asked for of one record; servers count them. */
export const MAX_FIELDS = 150;
const MAX_INNER = 20;

/** What is asked for of a record: the text of the selection, and the schema of what comes back. */
export interface Selection {
  readonly text: string;
  readonly schema: Node;
  /** Fields that are not asked for, and why. */
  readonly left: readonly LeftOut[];
}

interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/** A field as it is asked for, and why it, or all that is in it, isn't. */
interface Part {
  readonly asked?: { readonly text: string; readonly schema: Node };
  readonly why?: string;
}

/**
 * The scalars of a type; of the objects and lists of objects in it the `id`, which refers to them, or, where they have none,
 * their own scalars. Of a type that is one of several, the fields of each.
 */
export function selectionOf(type: GraphQLNamedType, most: number): Selection {
  if (isUnionType(type)) return ofSeveral(type.getTypes(), most);
  return together(
    currentFields(type)
      .slice(0, most)
      .map(field => [field, part(field)] as const),
  );
}

function together(parts: readonly (readonly [Field, Part])[]): Selection {
  const asked = parts.flatMap(([field, each]) => (each.asked ? [[field, each.asked] as const] : []));
  return {
    text: asked.map(([, { text }]) => text).join(' '),
    schema: { type: 'object', properties: Object.fromEntries(asked.map(([{ name }, { schema }]) => [name, schema])) },
    left: parts.flatMap(([{ name }, { why }]) => (why === undefined ? [] : [{ name, why }])),
  };
}

/** Fields of one name have to be of one type in a query: the others are left out. */
function ofSeveral(types: readonly GraphQLNamedType[], most: number): Selection {
  const known = new Map<string, string>();
  const odd = new Set<string>();
  for (const { name, type } of types.flatMap(plainFields))
    if ((known.get(name) ?? String(type)) !== String(type)) odd.add(name);
    else known.set(name, String(type));
  const each = types.map(type => ({
    type,
    selection: together(
      currentFields(type)
        .slice(0, Math.ceil(most / types.length))
        .map(field => [field, odd.has(field.name) ? { why: 'fields of several types' } : part(field)] as const),
    ),
  }));
  const fragments = each.flatMap(({ type, selection: { text } }) => (text ? [`... on ${type.name} { ${text} }`] : []));
  return {
    text: ['__typename', ...fragments].join(' '),
    schema: {
      type: 'object',
      properties: Object.assign(
        { __typename: { type: 'string' } },
        ...each.map(({ selection }) => selection.schema.properties),
      ),
    },
    left: [...new Map(each.flatMap(({ selection }) => selection.left).map(one => [one.name, one])).values()],
  };
}

function part(field: Field): Part {
  if (!isPlain(field)) return { why: 'fields that need arguments' };
  const depth = listDepth(field);
  if (hasLeaves(field)) return { asked: { text: field.name, schema: inLists(leafSchema(namedType(field)), depth) } };
  const { text, properties } = inner(namedType(field));
  const why = hasPages(field) ? 'lists inside of records that have pages' : undefined;
  if (text === '') return { why: why ?? 'objects without fields of one value' };
  const schema = inLists({ type: 'object', properties }, depth);
  return { asked: { text: `${field.name} { ${text} }`, schema }, ...(why !== undefined && { why }) };
}

/** A connection: its records would need pages of their own. */
function hasPages(field: Field): boolean {
  return hasObjects(field) && plainFields(namedType(field)).some(({ name }) => name === 'pageInfo');
}

interface Inner {
  readonly text: string;
  readonly properties: Readonly<Record<string, Node>>;
}

function inner(type: GraphQLNamedType): Inner {
  if (isUnionType(type)) return innerOfSeveral(type.getTypes());
  const leaves = plainFields(type).filter(field => hasLeaves(field) && listDepth(field) === 0);
  const id = leaves.find(({ name }) => name === 'id');
  const chosen = id ? [id] : leaves.slice(0, MAX_INNER);
  return {
    text: chosen.map(({ name }) => name).join(' '),
    properties: Object.fromEntries(chosen.map(field => [field.name, leafSchema(namedType(field))])),
  };
}

/** What it is, and its `id`, where that is of one type in all. */
function innerOfSeveral(types: readonly GraphQLNamedType[]): Inner {
  const ids = types.flatMap(type => plainFields(type).filter(field => field.name === 'id' && hasLeaves(field)));
  const [first] = ids;
  const isAlike = first && ids.every(({ type }) => String(type) === String(first.type));
  const owners = types.filter(type => plainFields(type).some(({ name }) => name === 'id'));
  return {
    text: ['__typename', ...(isAlike ? owners.map(({ name }) => `... on ${name} { id }`) : [])].join(' '),
    properties: { __typename: { type: 'string' }, ...(isAlike && { id: leafSchema(namedType(first)) }) },
  };
}

function inLists(schema: Node, depth: number): Node {
  return depth === 0 ? schema : { type: 'array', items: inLists(schema, depth - 1) };
}
