import {
  type GraphQLArgument,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isLeafType,
  isRequiredArgument,
  parse,
  print,
} from 'graphql';
import type { DescribedKey, DescribedStream, Loss, StreamUnderstood, Understood } from '../described.ts';
import { bookmarkOf } from '../endpoints/bookmark.ts';
import { keyOf } from '../endpoints/key.ts';
import { configName } from '../endpoints/names.ts';
import { recordSchema } from '../endpoints/schema.ts';
import { Shapes } from '../endpoints/shape.ts';
import { bookmarkAnswers } from '../endpoints/stream.ts';
import { firstSentence, singular, snake } from '../endpoints/words.ts';
import { filtersOf, type GraphQLList, listOf } from './lists.ts';
import { MAX_FIELDS, type Selection, selectionOf } from './selection.ts';
import { type Field, hasObjects, listDepth, namedType } from './types.ts';

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

/** A query of so many arguments can't be guessed. */
const MAX_REQUIRED = 4;

/** The lists of a schema's queries, and those one object further, such as `viewer { repositories }`. */
export function streamsOf(schema: GraphQLSchema, path: Understood<string>): GraphQLStream[] {
  const root = Object.values(schema.getQueryType()?.getFields() ?? {});
  const shapes = new Shapes(node => node);
  const taken = new Set<string>();
  return found(root).flatMap(each => {
    const name = nameOf(each, taken);
    const stream = streamOf(each, name, path, shapes);
    if (stream) taken.add(name);
    return stream ? [stream] : [];
  });
}

function found(root: readonly Field[]): Found[] {
  const usable = root.filter(field => isUsable(field));
  const direct = usable.flatMap(field => {
    const list = listOf(field);
    return list ? [{ fields: [field], list }] : [];
  });
  const further = usable.flatMap(field => {
    if (listOf(field) || !hasObjects(field) || listDepth(field) > 0 || field.args.length > MAX_REQUIRED) return [];
    const type = namedType(field);
    const inner = 'getFields' in type ? (Object.values(type.getFields()) as Field[]) : [];
    return inner.flatMap(each => {
      // Lists that are no connection belong to the record.
      const list = isUsable(each) ? listOf(each) : undefined;
      return list && list.pagination.type !== 'none' ? [{ fields: [field, each], list }] : [];
    });
  });
  return [...direct, ...further];
}

/** A field whose required arguments are scalars, which are configured. */
function isUsable(field: Field): boolean {
  const required = field.args.filter(isRequiredArgument);
  return (
    !field.deprecationReason &&
    required.length <= MAX_REQUIRED &&
    !/^(?:node|nodes|__|relay$)/.test(field.name) &&
    required.every(({ type }) => isLeafType(getNamedType(type)))
  );
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
    losses: [...lossesOf(list, key !== undefined), ...cutOff(most)],
  };
  return { stream, keys: variables.keys };
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

interface Variables {
  /** How the query declares them. */
  readonly declared: readonly string[];
  /** The arguments of each field. */
  readonly used: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly keys: readonly DescribedKey[];
}

/** The variables of a query: those of paging, of the filter, and those that are configured. */
function variablesOf(fields: readonly Field[], list: GraphQLList, filter: string | undefined): Variables {
  const declared: string[] = [];
  const values: Record<string, string> = {};
  const keys: DescribedKey[] = [];
  const used = fields.map((field, index) => {
    const isLast = index === fields.length - 1;
    const paging = isLast ? list.paging : {};
    const args = field.args.filter(
      arg => Object.hasOwn(paging, arg.name) || isRequiredArgument(arg) || (isLast && arg.name === filter),
    );
    return args
      .map(arg => {
        const variable = isLast ? arg.name : `${field.name}_${arg.name}`;
        declared.push(`$${variable}: ${arg.type}`);
        if (Object.hasOwn(paging, arg.name)) values[variable] = paging[arg.name] as string;
        else if (arg.name !== filter || !isLast) {
          const key = keyOfArgument(field, arg);
          values[variable] = `{${key.name}}`;
          keys.push(key);
        }
        return `${arg.name}: $${variable}`;
      })
      .join(', ');
  });
  return { declared, used, values, keys };
}

function keyOfArgument(field: Field, { name, type, description }: GraphQLArgument): DescribedKey {
  const named = getNamedType(type);
  const values = isEnumType(named)
    ? `One of ${named
        .getValues()
        .slice(0, 8)
        .map(value => value.name)
        .join(', ')}`
    : '';
  const key = configName(/^(?:id|name|key|slug|login|number)$/i.test(name) ? `${snake(field.name)}_${name}` : name);
  return {
    name: key,
    description: firstSentence(description ?? '') || values || `The argument ${name} of ${field.name}`,
  };
}

/** The longest text that an answer may have, with room for variables. */
const MAX_QUERY = 4000;

/** As many fields of a record as the query has room for. */
function withinLimit(
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
function queryOf(
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
