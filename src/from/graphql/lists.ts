import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  isRequiredInputField,
} from 'graphql';
import type { Grade } from '../described.ts';
import type { Param } from '../endpoints/param.ts';
import type { Shapes } from '../endpoints/shape.ts';
import { argument, type Field, hasLeaves, hasObjects, leafSchema, listDepth, namedType, plainFields } from './types.ts';

/** A list that a field leads to: where the records are below it, and how its pages follow each other. */
export interface GraphQLList {
  /** What stands between the field and the selection of a record: `nodes`, or `edges node`. */
  readonly below: readonly string[];
  /** Where the records are below the field. */
  readonly path: string;
  readonly type: GraphQLNamedType;
  /** What is asked for beside the records. */
  readonly beside: string;
  readonly pagination: Readonly<Record<string, unknown>>;
  /** The arguments that the pagination sets, and what they are set to. */
  readonly paging: Readonly<Record<string, string>>;
  readonly grade: Grade;
  readonly evidence: string;
}

const PAGE_SIZE = 100;
const FIRST = /^(?:first|limit|pageSize|per_?page|page_?size|take|count|size)$/i;
const AFTER = /^(?:after|cursor|after_?cursor|page_?token|next_?token)$/i;
const OFFSET = /^(?:offset|skip|start)$/i;
const PAGE = /^(?:page|page_?number)$/i;
const LISTS = /^(?:nodes|items|results|data|records|values|docs|documents|objects|entries|rows|collection)$/i;

/** The list that a field has: a connection of Relay, a list in an object, or one that is the field itself. */
export function listOf(field: Field): GraphQLList | undefined {
  if (!hasObjects(field)) return undefined;
  if (listDepth(field) === 1) return bare(field);
  return listDepth(field) === 0 ? (connection(field) ?? enveloped(field)) : undefined;
}

function bare(field: Field): GraphQLList {
  return { below: [], path: '', type: namedType(field), beside: '', ...counted(field, []) };
}

/** nodes, or edges with a node each, beside pageInfo. */
function connection(field: Field): GraphQLList | undefined {
  const fields = plainFields(namedType(field));
  const info = fields.find(({ name }) => name === 'pageInfo');
  const nodes = fields.find(inner => inner.name === 'nodes' && hasObjects(inner));
  const edges = fields.find(({ name }) => name === 'edges');
  const node = edges && plainFields(namedType(edges)).find(inner => inner.name === 'node' && hasObjects(inner));
  const [first, after] = [argument(field, FIRST), argument(field, AFTER)];
  if (!info || (!nodes && !node)) return undefined;
  const whole = {
    below: nodes ? ['nodes'] : ['edges', 'node'],
    path: nodes ? 'nodes' : 'edges.*.node',
    type: namedType((nodes ?? node) as Field),
  };
  if (!after) return { ...whole, beside: '', ...counted(field, fields) };
  return {
    ...whole,
    beside: 'pageInfo { endCursor hasNextPage }',
    pagination: {
      type: 'cursor',
      cursor_path: 'pageInfo.endCursor',
      has_more_path: 'pageInfo.hasNextPage',
      ...(first && { page_size: PAGE_SIZE }),
    },
    paging: { [after.name]: '{cursor}', ...(first && { [first.name]: '{limit}' }) },
    grade: 'said',
    evidence: `${field.name} is a connection with pageInfo`,
  };
}

/** A list in an object, such as items beside total or cursor. */
function enveloped(field: Field): GraphQLList | undefined {
  const fields = plainFields(namedType(field));
  const lists = fields.filter(inner => hasObjects(inner) && listDepth(inner) === 1);
  const items = lists.find(({ name }) => LISTS.test(name));
  // A record has an id of its own.
  if (!items || fields.some(({ name }) => name === 'id')) return undefined;
  const after = argument(field, AFTER);
  const first = argument(field, FIRST);
  const cursor = fields.find(
    inner =>
      /^(?:cursor|next_?cursor|end_?cursor|next_?token|next_?page_?token|after)$/i.test(inner.name) && hasLeaves(inner),
  );
  const whole = { below: [items.name], path: items.name, type: namedType(items) };
  if (after && cursor)
    return {
      ...whole,
      beside: cursor.name,
      pagination: { type: 'cursor', cursor_path: cursor.name, ...(first && { page_size: PAGE_SIZE }) },
      paging: { [after.name]: '{cursor}', ...(first && { [first.name]: '{limit}' }) },
      grade: 'inferred',
      evidence: `${field.name} has ${items.name} and ${cursor.name}`,
    };
  const total = fields.find(inner => /^total(?:_?count)?$/i.test(inner.name) && hasLeaves(inner));
  return { ...whole, beside: total?.name ?? '', ...counted(field, total ? [total] : []) };
}

/** Pages by offset or number, where the field has arguments for them. */
function counted(
  field: Field,
  beside: readonly Field[],
): Pick<GraphQLList, 'pagination' | 'paging' | 'grade' | 'evidence'> {
  const [offset, page, first] = [argument(field, OFFSET), argument(field, PAGE), argument(field, FIRST)];
  const total = beside.find(({ name }) => /^total/i.test(name));
  const size = first ? { page_size: PAGE_SIZE } : {};
  const sized = first ? { [first.name]: '{limit}' } : {};
  if (offset)
    return {
      pagination: { type: 'offset', ...(total && { total_path: total.name }), ...size },
      paging: { [offset.name]: '{offset}', ...sized },
      grade: 'inferred',
      evidence: `${field.name} takes ${offset.name}`,
    };
  if (page)
    return {
      pagination: { type: 'page', ...size },
      paging: { [page.name]: '{page}', ...sized },
      grade: 'inferred',
      evidence: `${field.name} takes ${page.name}`,
    };
  const other = argument(field, AFTER);
  return {
    pagination: { type: 'none' },
    paging: {},
    grade: other || first ? 'guessed' : 'inferred',
    evidence: `${field.name} has no arguments for pages`,
  };
}

/** A value of an argument, and the way to it through the objects of the argument. */
export interface Filter extends Param {
  readonly way: readonly string[];
}

/** What may filter: arguments, and in those that are objects the comparisons of what changes move. */
export function filtersOf(field: Field, shapes: Shapes): Filter[] {
  return field.args.flatMap(arg => inputs(arg, [arg.name], shapes));
}

const CHANGES = /updat|modif|chang|edit/i;

function inputs(
  { type, description }: GraphQLInputField | GraphQLArgument,
  way: readonly string[],
  shapes: Shapes,
): Filter[] {
  const named = getNamedType(type);
  if (isListType(getNullableType(type))) return [];
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    if (way.length > 2 || fields.some(isRequiredInputField)) return [];
    const looked = fields.filter(({ name }) => way.length > 1 || CHANGES.test(name));
    return looked.flatMap(inner => inputs(inner, [...way, inner.name], shapes));
  }
  if (!isLeafType(named)) return [];
  // The last two names tell the moment and the comparison: updatedAt and gte.
  const name = way.slice(-2).join('.');
  return [
    { name, place: 'body', required: false, description: description ?? '', shape: shapes.of(leafSchema(named)), way },
  ];
}
