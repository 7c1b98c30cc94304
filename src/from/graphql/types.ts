import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';
import type { Node } from '../../schema/infer/untyped.ts';

export type Field = GraphQLField<unknown, unknown>;

/** Scalars beyond the five of GraphQL itself, by the names that they usually have. */
const MOMENT =
  /^(?:date_?time(?:utc|offset|iso)?|iso8601_?date_?time|timestamp(?:tz)?|instant|utcdatetime|offsetdatetime|zoneddatetime)$/i;
const TEXT =
  /^(?:uuid|guid|uri|url|email\w*|html|date|iso8601date|localdate|time|color\w*|string\w*|locale|currency\w*|country\w*|phone\w*|slug|markdown|cursor|base64\w*|gitobjectid|xml)$/i;

/** The fields of an object that are no argument's business: those that can be asked for as they are. */
export function plainFields(type: GraphQLNamedType): Field[] {
  return currentFields(type).filter(isPlain);
}

/** The fields of an object but for those that are to be given up. */
export function currentFields(type: GraphQLNamedType): Field[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).filter(field => !field.deprecationReason);
}

/** True for a field that needs no argument. */
export function isPlain(field: Field): boolean {
  return !field.args.some(isRequiredArgument);
}

/** The field's type without lists and non-null. */
export function namedType(field: Field): GraphQLNamedType {
  return getNamedType(field.type);
}

/** How many lists lie round the field's values. */
export function listDepth({ type }: Field): number {
  let depth = 0;
  let inner = getNullableType(type);
  while (isListType(inner)) {
    depth += 1;
    inner = getNullableType(inner.ofType);
  }
  return depth;
}

/** A field that has objects, interfaces or one of several, whose fields can be asked for. */
export function hasObjects(field: Field): boolean {
  const type = namedType(field);
  return isObjectType(type) || isInterfaceType(type) || isUnionType(type);
}

/** A field that has scalars. */
export function hasLeaves(field: Field): boolean {
  return isLeafType(namedType(field));
}

/** The JSON Schema of a scalar or enum; empty where its values may be of any type. */
export function leafSchema(type: GraphQLNamedType): Node {
  if (isEnumType(type)) return { type: 'string' };
  const known: Readonly<Record<string, Node>> = {
    Int: { type: 'integer' },
    Float: { type: 'number' },
    String: { type: 'string' },
    Boolean: { type: 'boolean' },
    ID: { type: 'string' },
  };
  const own = Object.hasOwn(known, type.name) ? known[type.name] : undefined;
  if (own) return own;
  if (MOMENT.test(type.name)) return { type: 'string', format: 'date-time' };
  return TEXT.test(type.name) ? { type: 'string' } : {};
}

/** The argument of one of these names, whatever its signs and case. */
export function argument(field: Field, names: RegExp): GraphQLArgument | undefined {
  return field.args.find(({ name }) => names.test(name));
}
