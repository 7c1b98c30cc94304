import { type Path, pathText } from '../../base/paths.ts';
import { type FoundList, fieldsBeside, LISTS, type ListContext, MAX_DEPTH, MAX_WIDTH } from './found-list.ts';
import type { Shape, Shapes } from './shape.ts';
import { plainValues } from './values.ts';
import { bare, sameWord } from './words.ts';

/** Names of lists that are about the response, not its records. */
const ASIDE =
  /^(?:errors?|warnings?|messages?|links?|included|includes|meta|metadata|responsemetadata|facets?|aggregations|aggs|filters?|sort|debug|columns|fields|headers|breadcrumbs?|schema|options|tags|notifications|deleted|failures|issues?links)$/;

interface Candidate {
  readonly path: readonly string[];
  readonly item: unknown;
  readonly score: number;
}

/** Where a response's schema has the records; undefined where it is no list of objects. */
export function findList(response: unknown, context: ListContext, shapes: Shapes): FoundList | undefined {
  if (context.endsInParameter && !context.paged) return undefined;
  const whole = shapes.of(response);
  if (whole.type === 'array') return bareList(whole, context, shapes) ?? plainValues(whole, context, shapes);
  if (whole.properties.size === 0) return context.paged ? UNKNOWN : undefined;
  return (
    enveloped(whole, context, shapes) ??
    plainValues(whole, context, shapes) ??
    (context.paged ? mistaken(whole, response, shapes) : undefined)
  );
}

/** A list that pages lead through, of which nothing else is said. */
const UNKNOWN: FoundList = {
  path: undefined,
  item: undefined,
  grade: 'guessed',
  evidence: 'the request has parameters of paging',
  beside: [],
};

function bareList({ items }: Shape, { word, hasMetadata }: ListContext, shapes: Shapes): FoundList | undefined {
  const { type, properties } = shapes.of(items);
  if (type !== undefined && type !== 'object') return undefined;
  const { path, item } = unwrapped([], items, word, shapes);
  return {
    path: pathText(path),
    item: properties.size > 0 ? item : undefined,
    grade: hasMetadata ? 'guessed' : 'said',
    evidence: hasMetadata
      ? 'the response is said to be a list, and a parameter speaks of metadata in it'
      : 'the response is a list',
    beside: [],
  };
}

function enveloped(whole: Shape, context: ListContext, shapes: Shapes): FoundList | undefined {
  const found = candidates(whole, [], shapes, context.word).sort((a, b) => b.score - a.score);
  const [best, second] = found;
  if (!best || best.score < 0 || !isEnvelope(whole, best, context)) return undefined;
  const inner = unwrapped(
    best.path.map(key => ({ key })),
    best.item,
    context.word,
    shapes,
  );
  const path = pathText(inner.path);
  const only = found.filter(({ score }) => score >= 0).length === 1;
  const isNamed = best.score >= 3;
  const stands = isNamed && (!second || second.score < Math.min(2, best.score - 1));
  return {
    path,
    item: inner.item,
    grade: only && isNamed ? 'said' : only || stands ? 'inferred' : 'guessed',
    evidence: only
      ? `the one list of objects in the response is ${path}`
      : `of several lists, ${path} is named like one of records`,
    beside: fieldsBeside(whole, shapes),
  };
}

/** Where each item has nothing but objects, the one that is called like the list is the record: `list[].customer`. */
function unwrapped(
  path: Path,
  item: unknown,
  word: string,
  shapes: Shapes,
): { readonly path: Path; readonly item: unknown } {
  const properties = [...shapes.of(item).properties];
  const same = properties.find(([name]) => sameWord(name, word));
  if (!same || !properties.every(([, { node }]) => shapes.of(node).properties.size > 0)) return { path, item };
  return { path: [...path, { every: true }, { key: same[0] }], item: same[1].node };
}

/** Some descriptions give the schema of one record where the response has a list of them. */
function mistaken(whole: Shape, response: unknown, shapes: Shapes): FoundList | undefined {
  const isRecordOf = [...whole.properties.keys()].some(name => /^(?:id|_id|uuid|name|slug)$/i.test(name));
  const beside = fieldsBeside(whole, shapes).filter(({ path }) => path.length > 1);
  if (!isRecordOf) return undefined;
  return {
    path: '',
    item: response,
    grade: 'guessed',
    evidence: 'it has pages, though the response is said to be one record',
    beside,
  };
}

function isRecord(item: unknown, shapes: Shapes): boolean {
  const { type, properties } = shapes.of(item);
  return properties.size > 0 || type === 'object';
}

function candidates(shape: Shape, path: readonly string[], shapes: Shapes, word: string): Candidate[] {
  const found: Candidate[] = [];
  if (shape.properties.size > MAX_WIDTH) return found;
  for (const [name, { node }] of shape.properties) {
    if (name === '' || name === '*') continue;
    const inner = shapes.of(node);
    const here = [...path, name];
    if (inner.type === 'array' && isRecord(inner.items, shapes))
      found.push({ path: here, item: inner.items, score: scoreOf(here, word, path) });
    else if (here.length < MAX_DEPTH && inner.properties.size > 0 && !ASIDE.test(bare(name)))
      found.push(...candidates(inner, here, shapes, word));
  }
  return found;
}

/** How much a list's name speaks for being that of the records. */
function scoreOf(path: readonly string[], word: string, above: readonly string[]): number {
  const name = bare(path.at(-1) as string);
  if (ASIDE.test(name) && !sameWord(name, word)) return -10;
  const named = sameWord(name, word)
    ? 4
    : LISTS.has(name)
      ? 3
      : bare(word).includes(name) || name.includes(bare(word))
        ? 2
        : 0;
  const inside = above.every(key => LISTS.has(bare(key)) || /^_?(?:embedded|response|data)$/i.test(key));
  return named - (inside ? 0 : 2 * above.length);
}

/** Is the object round a list an envelope, and not a record that has a list? */
function isEnvelope(whole: Shape, best: Candidate, { paged }: ListContext): boolean {
  const isLikeRecord = ['id', '_id', 'uuid', 'createdat', 'name', 'slug'].filter(name =>
    [...whole.properties.keys()].some(key => bare(key) === bare(name)),
  );
  if (best.score >= 3 || paged) return isLikeRecord.length < 2 || paged;
  return best.path.length === 1 && isLikeRecord.length === 0 && whole.properties.size <= 3;
}
