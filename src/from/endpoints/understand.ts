import { groupBy } from 'lodash-es';
import { bookmarkOf } from './bookmark.ts';
import { type Endpoint, pattern, type Segment, segmentsOf } from './endpoint.ts';
import { keyOf } from './key.ts';
import type { List, Schemas, UnderstoodStream } from './list.ts';
import { streamNamesFor, wordsOf } from './names.ts';
import { isPaged, pagingOf } from './paging.ts';
import { type LinkedList, Parents } from './parents.ts';
import { findList } from './records.ts';
import type { Shapes } from './shape.ts';
import { describedStream } from './stream.ts';

/** The lists among endpoints as streams, and what can't be one though it is a list. */
export function understand(
  endpoints: readonly Endpoint[],
  schemas: Schemas,
): { readonly streams: UnderstoodStream[]; readonly notes: string[] } {
  const details = detailParams(endpoints);
  const usable = endpoints.filter(({ refusal }) => refusal === undefined);
  const lists = withoutTwins(
    usable.flatMap(endpoint => listOf(endpoint, details, schemas.shapes)),
    schemas.shapes,
  );
  const names = streamNamesFor(lists.map(({ endpoint }) => endpoint));
  const linked = lists.map((list, index) => linkedList(list, names[index] as string, schemas.shapes));
  const parents = new Parents(linked);
  const streams = lists.map((list, index) =>
    describedStream(list, linked[index] as LinkedList, parents.of(linked[index] as LinkedList), schemas),
  );
  return { streams, notes: refusals(endpoints) };
}

/** The parameters of the paths of single records, by the path above them. */
function detailParams(endpoints: readonly Endpoint[]): ReadonlyMap<string, string> {
  return new Map(
    endpoints.flatMap(({ path }) => {
      const segments = segmentsOf(path);
      const last = segments.at(-1);
      return last && 'param' in last ? [[pattern(segments.slice(0, -1)), last.param] as const] : [];
    }),
  );
}

function listOf(endpoint: Endpoint, details: ReadonlyMap<string, string>, shapes: Shapes): List[] {
  const segments = segmentsOf(endpoint.path);
  const [word = ''] = wordsOf(endpoint.path);
  const last = segments.at(-1) as Segment | undefined;
  const list = findList(
    endpoint.response,
    { word, endsInParameter: last !== undefined && 'param' in last, paged: isPaged(endpoint.params) },
    shapes,
  );
  if (!list || (endpoint.method === 'POST' && !isPlainSearch(endpoint))) return [];
  // An example shows one response, and says nothing of the others.
  const found = endpoint.fromExample && list.grade === 'said' ? { ...list, grade: 'inferred' as const } : list;
  const item = shapes.of(found.item);
  const key = keyOf(item, word, details.get(pattern(segments)), shapes);
  const paging = pagingOf({
    params: endpoint.params,
    beside: found.beside,
    linkHeader: endpoint.headers.some(name => /^link$/i.test(name)),
    headers: endpoint.headers,
    keyField: key?.column,
  });
  const rest = endpoint.params.filter(({ name }) => !paging.params.includes(name));
  return [{ endpoint, found, item, paging, key, bookmark: bookmarkOf(item, rest, shapes) }];
}

/** A search that needs nothing but its paging. */
function isPlainSearch({ params }: Endpoint): boolean {
  return params.every(({ place, required }) => place !== 'body' || !required);
}

/** A search of what a GET lists as well has nothing new; of one path, GET comes first. */
function withoutTwins(lists: readonly List[], shapes: Shapes): List[] {
  const got = new Set(
    lists.filter(({ endpoint }) => endpoint.method === 'GET').map(({ found }) => shapes.of(found.item)),
  );
  const paths = new Set<string>();
  return lists.filter(({ endpoint, found }) => {
    const isTwin = endpoint.method === 'POST' && found.item !== undefined && got.has(shapes.of(found.item));
    const path = `${endpoint.path} ${JSON.stringify(endpoint.fixed)}`;
    if (isTwin || paths.has(path)) return false;
    paths.add(path);
    return true;
  });
}

function linkedList({ endpoint, item, key }: List, name: string, shapes: Shapes): LinkedList {
  const columns = [...item.properties].filter(
    ([, { node }]) => !['object', 'array'].includes(shapes.of(node).type ?? ''),
  );
  return { name, path: endpoint.path, key: key?.column, columns: columns.map(([column]) => column) };
}

/** Requests that can't be read as they are described, taken together by the reason. */
function refusals(endpoints: readonly Endpoint[]): string[] {
  const refused = endpoints.filter(({ refusal }) => refusal !== undefined);
  return Object.entries(groupBy(refused, 'refusal')).map(([why, group]) => {
    const paths = group.slice(0, 3).map(({ method, path }) => `${method} ${path}`);
    const more = group.length > paths.length ? ` and ${group.length - paths.length} more` : '';
    return `left out, since ${why}: ${paths.join(', ')}${more}`;
  });
}
