import type { GraphQLSchema } from 'graphql';
import { groupBy } from 'lodash-es';
import type { DescribedKey, DescribedStream, Loss, StreamUnderstood, Understood } from '../described.ts';
import { bookmarkOf } from '../endpoints/bookmark.ts';
import { keyOf } from '../endpoints/key.ts';
import { recordSchema } from '../endpoints/schema.ts';
import { Shapes } from '../endpoints/shape.ts';
import { bookmarkAnswers } from '../endpoints/stream.ts';
import { firstSentence, singular, snake } from '../endpoints/words.ts';
import { filtersOf, type GraphQLList, listOf } from './lists.ts';
import { queryOf, withinLimit } from './query.ts';
import { MAX_FIELDS, type Selection } from './selection.ts';
import { type Field, hasObjects, listDepth, namedType } from './types.ts';
import { refusalOf, variablesOf } from './variables.ts';

/** A list of the schema, with the fields that lead to it from the root. */
interface Found {
  readonly fields: readonly Field[];
  readonly list: GraphQLList;
}

/** A stream, and the configuration keys that its query needs. */
export interface GraphQLStream {
  readonly stream: DescribedStream;
  readonly keys: readonly DescribedKey[];
}

/** The lists of a schema's queries, and those one object further, such as `viewer { repositories }`. */
export function streamsOf(
  schema: GraphQLSchema,
  path: Understood<string>,
): { readonly streams: GraphQLStream[]; readonly notes: string[] } {
  const root = Object.values(schema.getQueryType()?.getFields() ?? {});
  const shapes = new Shapes(node => node);
  const taken = new Set<string>();
  const lists = found(root);
  const streams = lists.flatMap(each => {
    const name = nameOf(each, taken);
    const stream = refusalIn(each) === undefined ? streamOf(each, name, path, shapes) : undefined;
    if (stream) taken.add(name);
    return stream ? [stream] : [];
  });
  return { streams, notes: refusals(lists) };
}

function refusalIn({ fields }: Found): string | undefined {
  return fields.map(refusalOf).find(refusal => refusal !== undefined);
}

/** Lists that can't be asked for, taken together by the reason. */
function refusals(lists: readonly Found[]): string[] {
  const refused = lists.filter(each => refusalIn(each) !== undefined);
  return Object.entries(groupBy(refused, refusalIn)).map(
    ([why, group]) =>
      `left out, since ${why}: ${group.map(({ fields }) => fields.map(({ name }) => name).join('.')).join(', ')}`,
  );
}

function found(root: readonly Field[]): Found[] {
  const usable = root.filter(isOffered);
  const direct = usable.flatMap(field => {
    const list = listOf(field);
    return list ? [{ fields: [field], list }] : [];
  });
  const further = usable.flatMap(field => {
    if (listOf(field) || !hasObjects(field) || listDepth(field) > 0) return [];
    const type = namedType(field);
    const inner = 'getFields' in type ? (Object.values(type.getFields()) as Field[]) : [];
    return inner.flatMap(each => {
      // Lists that are no connection belong to the record.
      const list = isOffered(each) ? listOf(each) : undefined;
      return list && list.pagination.type !== 'none' ? [{ fields: [field, each], list }] : [];
    });
  });
  return [...direct, ...further];
}

/** A field that is to be used, and no way to any record by its ID. */
function isOffered({ name, deprecationReason }: Field): boolean {
  return !deprecationReason && !/^(?:node|nodes|__|relay$)/.test(name);
}

function nameOf({ fields }: Found, taken: ReadonlySet<string>): string {
  const words = fields.map(({ name }) => snake(name.replace(/^(?:all|list|get)(?=[A-Z])/, '')));
  const whole = words.length > 1 ? `${singular(words[0] as string)}_${words[1]}` : (words[0] as string);
  const name = (/^[a-z]/.test(whole) ? whole : `stream_${whole}`).slice(0, 58);
  let unique = name;
  for (let number = 2; taken.has(unique); number++) unique = `${name}_${number}`;
  return unique;
}

function streamOf(
  { fields, list }: Found,
  name: string,
  path: Understood<string>,
  shapes: Shapes,
): GraphQLStream | undefined {
  const last = fields.at(-1) as Field;
  const { selection, most } = withinLimit(fields, list);
  const schema = recordSchema(selection.schema, () => undefined);
  if (!schema) return undefined;
  const item = shapes.of(selection.schema);
  const filters = filtersOf(last, shapes).filter(({ way }) => !Object.hasOwn(list.paging, way[0] as string));
  const bookmark = bookmarkOf(item, filters, shapes);
  const key = keyOf(item, last.name, undefined, shapes);
  const filter = filters.find(each => each.name === bookmark?.filter?.param);
  const variables = variablesOf(fields, list, filter?.way[0]);
  const where = ['data', ...fields.map(field => field.name)].join('.');
  const understood = <Value>(value: Value): Understood<Value> => ({
    value,
    grade: list.grade,
    evidence: list.evidence,
  });
  const answers: StreamUnderstood = {
    path,
    graphql: {
      value: queryOf(fields, list, variables, selection.text),
      grade: 'inferred',
      evidence: `the query ${fields.map(field => field.name).join('.')}`,
    },
    ...(Object.keys(variables.values).length > 0 && { variables: understood(variables.values) }),
    records_path: understood(list.path === '' ? where : `${where}.${list.path}`),
    ...(list.path.endsWith('.node') && { records_in: understood('object' as const) }),
    pagination: understood(placed(list.pagination, where)),
    ...(key && { key_properties: { value: [key.column], grade: key.grade, evidence: key.evidence } }),
    ...bookmarkAnswers(
      bookmark && {
        ...bookmark,
        filter: bookmark.filter && { ...bookmark.filter, param: `variables.${filter?.way.join('.')}` },
      },
    ),
  };
  const stream = {
    name,
    title: firstSentence(last.description ?? ''),
    answers,
    schema: { value: schema, grade: 'said' as const, evidence: `the type ${list.type.name}` },
    parameters: {},
    responses: [],
    losses: [...lossesOf(list, key !== undefined), ...leftOut(selection), ...cutOff(most)],
  };
  return { stream, keys: variables.keys };
}

/** Fields of the record that the query doesn't ask for. */
function leftOut({ left }: Selection): Loss[] {
  return Object.entries(groupBy(left, 'why')).map(([why, fields]) => ({
    what: `${why}: ${fields.map(({ name }) => name).join(', ')}`,
    instead: 'the answer graphql',
  }));
}

function cutOff(most: number): Loss[] {
  const what = `of the fields of a record, the first ${most} are looked at`;
  return most < MAX_FIELDS ? [{ what, instead: 'the answer graphql' }] : [];
}

function lossesOf({ grade, evidence, pagination }: GraphQLList, hasKey: boolean): Loss[] {
  return [
    ...(pagination.type === 'none' && grade === 'guessed'
      ? [{ what: `${evidence}: only the first page is read as it stands`, instead: 'the answer pagination' }]
      : []),
    ...(hasKey ? [] : [{ what: 'no column is known to identify a record', instead: 'the answer key_properties' }]),
  ];
}

/** The paths of a pagination, which are below the field, from the response. */
function placed(pagination: Readonly<Record<string, unknown>>, where: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(pagination).map(([key, value]) => [key, key.endsWith('_path') ? `${where}.${value}` : value]),
  );
}
