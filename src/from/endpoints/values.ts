import { pathText } from '../../base/paths.ts';
import { type FoundList, fieldsBeside, LISTS, type ListContext } from './found-list.ts';
import type { Shape, Shapes } from './shape.ts';
import { bare, sameWord } from './words.ts';

/** The column that takes the values, as connectors call it. */
const COLUMN = 'value';

/** A list of plain values, such as names: the response itself, or the one list in it that is called like records. */
export function plainValues(whole: Shape, { word }: ListContext, shapes: Shapes): FoundList | undefined {
  if (whole.type === 'array') return isPlain(whole.items, shapes) ? found('', whole, whole, shapes) : undefined;
  const lists = [...whole.properties].filter(([, { node }]) => isPlain(shapes.of(node).items, shapes));
  const [only, ...others] = lists;
  if (!only || others.length > 0) return undefined;
  const [name, { node }] = only;
  const isNamed = LISTS.has(bare(name)) || sameWord(name, word);
  // A record has values beside a list; an envelope has where pages go on, and how many there are.
  const beside = [...whole.properties].filter(
    ([key]) => key !== name && !/page|next|total|count|cursor|limit|offset|more/i.test(key),
  );
  return isNamed && beside.length === 0 ? found(pathText([{ key: name }]), shapes.of(node), whole, shapes) : undefined;
}

function isPlain(items: unknown, shapes: Shapes): boolean {
  return ['string', 'integer', 'number'].includes(shapes.of(items).type ?? '');
}

function found(path: string, { items }: Shape, whole: Shape, shapes: Shapes): FoundList {
  return {
    path,
    item: { type: 'object', properties: { [COLUMN]: items }, required: [COLUMN] },
    grade: 'inferred',
    evidence: `${path === '' ? 'the response' : path} is a list of plain values`,
    beside: whole.type === 'array' ? [] : fieldsBeside(whole, shapes),
    values: true,
  };
}
