import { groupBy } from 'lodash-es';
import { bookmarkOf } from './bookmark.ts';
import { type Endpoint, pattern, type Segment, segmentsOf } from './endpoint.ts';
import { type FoundKey, keyOf } from './key.ts';
import type { List, Schemas, UnderstoodStream } from './list.ts';
import { streamNamesFor, wordsOf } from './names.ts';
import { isPaged, pagingOf } from './paging.ts';
import { type LinkedList, Parents } from './parents.ts';
import { findList } from './records.ts';
import type { Shape, Shapes } from './shape.ts';
import { keyBelow } from './shared-key.ts';
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
  const uses = new Map<Shape, number>();
  for (const { item } of lists) uses.set(item, (uses.get(item) ?? 0) + 1);
  const streams = lists.map((list, index) => {
    const above = parents.of(linked[index] as LinkedList);
    const key = keyBelow(list, above, {
      elsewhere: list.item.properties.size > 0 && !list.found.values && (uses.get(list.item) ?? 0) > 1,
      hasDetail: details.has(pattern(segmentsOf(list.endpoint.path))),
    });
    return describedStream({ ...list, key }, linked[index] as LinkedList, above, schemas);
  });
  return { streams, notes: refusals(endpoints) };
}

/** The parameters of the paths of single records, by the path above them. */
function detailParams(endpoints: readonly Endpoint[]): ReadonlyMap<string, string> {
  const found = endpoints.flatMap(({ path }) => {
    const segments = segmentsOf(path);
    const last = segments.at(-1);
    return last && 'param' in last ? [[pattern(segments.slice(0, -1)), last.param] as const] : [];
  });
  // Of several ways to ask for one record, that by its ID counts.
  return new Map(found.sort(([, a], [, b]) => Number(/id$/i.test(a)) - Number(/id$/i.test(b))));
}

function listOf(endpoint: Endpoint, details: ReadonlyMap<string, string>, shapes: Shapes): List[] {
  const segments = segmentsOf(endpoint.path);
  const [word = ''] = wordsOf(endpoint.path);
  const last = segments.at(-1) as Segment | undefined;
  const list = findList(
    endpoint.response,
    {
      word,
      endsInParameter: last !== undefined && 'param' in last,
      paged: isPaged(endpoint.params),
      hasMetadata: endpoint.params.some(({ description }) =>
        /\bin(?:to)? the (?:response )?metadata\b/i.test(description),
      ),
    },
    shapes,
  );
  if (!list) return [];
  // An example shows one response, and says nothing of the others.
  const found = endpoint.fromExample && list.grade === 'said' ? { ...list, grade: 'inferred' as const } : list;
  const item = shapes.of(found.item);
  const key = found.values ? VALUE_KEY : keyOf(item, word, details.get(pattern(segments)), shapes);
  const paging = pagingOf({
    params: endpoint.params,
    beside: found.beside,
    isBare: found.path === '',
    linkHeader: endpoint.headers.some(name => /^link$/i.test(name)),
    headers: endpoint.headers,
    keyField: key?.column,
  });
  const rest = endpoint.params.filter(({ name }) => !paging.params.includes(name));
  return [{ endpoint, found, item, paging, key, bookmark: bookmarkOf(item, rest, shapes, word) }];
}

/** Nothing says that no value comes twice. */
const VALUE_KEY: FoundKey = {
  column: 'value',
  grade: 'guessed',
  evidence: 'records are nothing but this value',
  isShared: true,
};

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
