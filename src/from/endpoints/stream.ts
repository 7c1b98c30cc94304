import type { Node } from '../../schema/infer/untyped.ts';
import type {
  DescribedKey,
  DescribedParent,
  DescribedStream,
  Grade,
  Loss,
  StreamUnderstood,
  Understood,
} from '../described.ts';
import type { List, Schemas, UnderstoodStream } from './list.ts';
import { configName, literal } from './names.ts';
import type { Param } from './param.ts';
import type { FoundParent, LinkedList } from './parents.ts';
import { recordSchema } from './schema.ts';
import { firstSentence } from './words.ts';

/** A list as a stream: its answers, its schema, and what can't be said of it. */
export function describedStream(
  list: List,
  linked: LinkedList,
  parents: readonly FoundParent[],
  schemas: Schemas,
): UnderstoodStream {
  const { endpoint, found } = list;
  const path = pathOf(list, parents);
  const required = requiredParams(list);
  let schema: Node | undefined | null = null;
  // Made when it is asked for: of a thousand streams, a user wants ten.
  const made = () => {
    if (schema === null) schema = recordSchema(found.item, schemas.target);
    return schema;
  };
  const stream: DescribedStream = {
    name: linked.name,
    title: firstSentence(endpoint.title || endpoint.description || ''),
    answers: answersOf(list, { path: path.text, parents, params: required.values }),
    get schema() {
      const columns = made();
      return (
        columns &&
        understood(
          columns,
          endpoint.fromExample ? 'inferred' : 'said',
          endpoint.fromExample ? 'the example of the response' : 'the schema of the response',
        )
      );
    },
    parameters: Object.fromEntries(
      endpoint.params.filter(({ place }) => place === 'query').map(({ name }) => [name, '']),
    ),
    responses: [],
    losses: lossesOf(list),
  };
  return { stream, keys: [...path.keys, ...required.keys], endpoint };
}

function understood<Value>(value: Value, grade: Grade, evidence: string): Understood<Value> {
  return { value, grade, evidence };
}

interface Request {
  readonly path: string;
  readonly parents: readonly FoundParent[];
  readonly params: Readonly<Record<string, string>>;
}

function answersOf(
  { endpoint, found, paging, key, bookmark }: List,
  { path, parents, params }: Request,
): StreamUnderstood {
  const inBody = endpoint.method === 'POST' && endpoint.params.some(({ place }) => place === 'body');
  const [parent] = parents;
  const links: DescribedParent[] = parents.map(({ stream, field, as }) => ({ stream, field, as }));
  return {
    path: understood(path, 'said', `${endpoint.method} ${endpoint.path}`),
    ...(endpoint.method === 'POST' && { method: understood('POST', 'said', endpoint.path) }),
    ...(inBody && { params_in: understood('body', 'said', 'the request has a body') }),
    ...(Object.keys(params).length > 0 && { params: understood(params, 'inferred', 'parameters that are required') }),
    ...(found.path !== undefined && { records_path: understood(found.path, found.grade, found.evidence) }),
    pagination: understood(paging.answer, paging.grade, paging.evidence),
    ...(key && { key_properties: understood([key.column], key.grade, key.evidence) }),
    ...bookmarkAnswers(bookmark),
    ...(parent &&
      links.length === 1 && { parent: understood(links[0] as DescribedParent, parent.grade, parent.evidence) }),
    ...(parent && links.length > 1 && { parents: understood(links, parent.grade, parent.evidence) }),
  };
}

/** What is known of a bookmark, as answers. */
export function bookmarkAnswers(bookmark: List['bookmark']): Partial<StreamUnderstood> {
  if (!bookmark) return {};
  const { column, grade, evidence, filter, format } = bookmark;
  const written = filter?.format ?? format;
  return {
    replication_key: understood(column, grade, evidence),
    ...(filter && { bookmark_param: understood(filter.param, filter.grade, filter.evidence) }),
    ...(written !== undefined &&
      written !== 'iso8601' && {
        bookmark_format: understood(written, filter?.grade ?? grade, filter?.evidence ?? evidence),
      }),
    ...(filter &&
      format !== undefined &&
      filter.format !== format && {
        value_format: understood(format === 'epoch_seconds' ? 'epoch' : 'epoch_ms', 'inferred', evidence),
      }),
  };
}

/** The path with {name} for its parameters: fields of parents, or configuration keys. */
function pathOf(
  { endpoint }: List,
  parents: readonly FoundParent[],
): { readonly text: string; readonly keys: readonly DescribedKey[] } {
  const keys: DescribedKey[] = [];
  const text = endpoint.path.replaceAll(/\{([^{}]+)\}|[^{}]+|[{}]/g, (part, param: string | undefined) => {
    if (param === undefined) return encoded(part);
    const parent = parents.find(found => found.param === param);
    if (parent) return `{${parent.as}}`;
    const name = configName(param);
    const description =
      endpoint.params.find(given => given.place === 'path' && given.name === param)?.description ?? '';
    keys.push({ name, description: firstSentence(description) || `Stands for {${name}} in the path of streams` });
    return `{${name}}`;
  });
  return { text, keys };
}

/** What a path can't have is written by its code. */
function encoded(text: string): string {
  return text
    .replaceAll(/\p{Cs}/gu, '')
    .replaceAll(/[\s"'<>\\^`|{}\p{Cc}\p{Cf}]/gu, character => encodeURIComponent(character));
}

/** Parameters without which the API refuses: their default, or a configuration key. */
function requiredParams(list: List): {
  readonly values: Readonly<Record<string, string>>;
  readonly keys: readonly DescribedKey[];
} {
  const { endpoint, paging, bookmark } = list;
  const values = fixedParams(list);
  const keys: DescribedKey[] = [];
  for (const param of endpoint.params) {
    const isSet = paging.params.includes(param.name) || bookmark?.filter?.param === param.name || isCredential(param);
    if (param.place !== 'query' || !param.required || isSet) continue;
    const known = usualValue(param);
    const name = configName(param.name);
    values[literal(param.name)] = known === undefined ? `{${name}}` : literal(known);
    if (known === undefined)
      keys.push({ name, description: firstSentence(param.description) || `The parameter ${param.name} of requests` });
  }
  return { values, keys };
}

/** What every request has, but for what the pagination and the bookmark set. */
function fixedParams({ endpoint, paging, bookmark }: List): Record<string, string> {
  const isSet = (name: string) => paging.params.includes(name) || bookmark?.filter?.param === name;
  return Object.fromEntries(Object.entries(endpoint.fixed).filter(([name]) => !isSet(name)));
}

function usualValue({ shape }: Param): string | undefined {
  const value = shape.fallback ?? (shape.enumerated.length === 1 ? shape.enumerated[0] : undefined);
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}

/** What authentication sets. */
function isCredential({ name }: Param): boolean {
  return /^(?:authorization|(?:x[-_])?(?:api[-_]?key|api[-_]?token|access[-_]?token|auth[-_]?token)|token|auth|apikey)$/i.test(
    name,
  );
}

function lossesOf({ endpoint, found, paging, key }: List): Loss[] {
  return [
    ...(found.item === undefined
      ? [{ what: 'what its records have is not described', instead: 'the answer schema, by a sample' }]
      : []),
    ...paging.doubts.map(what => ({ what, instead: 'the answer pagination' })),
    ...(key ? [] : [{ what: 'no column is known to identify a record', instead: 'the answer key_properties' }]),
    ...(endpoint.deprecated
      ? [{ what: 'the API calls it deprecated', instead: 'another stream, where there is one' }]
      : []),
  ];
}
