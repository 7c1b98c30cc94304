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
import type { FoundKey } from './key.ts';
import type { List, Schemas, UnderstoodStream } from './list.ts';
import { configName } from './names.ts';
import type { FoundParent, LinkedList } from './parents.ts';
import { type Required, requiredOf } from './required.ts';
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
  const required = requiredOf(list);
  let schema: Node | undefined | null = null;
  // Made when it is asked for: of a thousand streams, a user wants ten.
  const made = () => {
    if (schema === null) schema = recordSchema(found.item, schemas.target);
    return schema;
  };
  const stream: DescribedStream = {
    name: linked.name,
    title: firstSentence(endpoint.title || endpoint.description || ''),
    answers: answersOf(list, { path: path.text, parents, required }),
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
    losses: [...lossesOf(list), ...required.losses],
  };
  return { stream, keys: [...path.keys, ...required.keys], endpoint };
}

function understood<Value>(value: Value, grade: Grade, evidence: string): Understood<Value> {
  return { value, grade, evidence };
}

interface Request {
  readonly path: string;
  readonly parents: readonly FoundParent[];
  readonly required: Required;
}

function answersOf(
  { endpoint, found, paging, key, bookmark }: List,
  { path, parents, required: { params, headers } }: Request,
): StreamUnderstood {
  const inBody = endpoint.method === 'POST' && endpoint.params.some(({ place }) => place === 'body');
  const [parent] = parents;
  const links: DescribedParent[] = parents.map(({ stream, field, as }) => ({ stream, field, as }));
  return {
    path: understood(path, 'said', `${endpoint.method} ${endpoint.path}`),
    ...(endpoint.method === 'POST' && { method: understood('POST', 'said', endpoint.path) }),
    ...(inBody && { params_in: understood('body', 'said', 'the request has a body') }),
    ...(Object.keys(params).length > 0 && { params: understood(params, 'inferred', 'parameters that are required') }),
    ...(Object.keys(headers).length > 0 && { headers: understood(headers, 'inferred', 'headers that are required') }),
    ...(found.path !== undefined && { records_path: understood(found.path, found.grade, found.evidence) }),
    ...(found.values && { records_in: understood('values', found.grade, found.evidence) }),
    pagination: understood(paging.answer, paging.grade, paging.evidence),
    ...(key && { key_properties: understood(keyColumns(key, parents), key.grade, key.evidence) }),
    ...bookmarkAnswers(bookmark),
    ...(parent &&
      links.length === 1 && { parent: understood(links[0] as DescribedParent, parent.grade, parent.evidence) }),
    ...(parent && links.length > 1 && { parents: understood(links, parent.grade, parent.evidence) }),
  };
}

/** A key that is one below each parent only goes with the columns of the parents. */
function keyColumns({ column, isShared }: FoundKey, parents: readonly FoundParent[]): readonly string[] {
  return isShared ? [...parents.map(({ as }) => as), column] : [column];
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
