import { pathText } from '../../base/paths.ts';
import { byOffset, byPage } from './counted-pages.ts';
import { type Field, LISTS } from './found-list.ts';
import { cursor, headerAlone, keyset, linkHeader, nextAddress } from './next-page.ts';
import { pageSizeOf } from './page-size.ts';
import type { Found, Paging, PagingFacts } from './paging-facts.ts';
import { PAGING_FIELDS, type PagingPurpose, purposeOf } from './paging-words.ts';
import type { Param } from './param.ts';
import { bare } from './words.ts';

/** How the pages of a list follow each other, by its parameters and what the response has beside the records. */
export function pagingOf(facts: PagingFacts): Paging {
  const params = new Map<PagingPurpose, Param>();
  for (const param of facts.params) {
    const purpose = purposeIn(param);
    if (purpose && !params.has(purpose)) params.set(purpose, param);
  }
  const found: Found = {
    params,
    size: pageSizeOf(params.get('size')),
    field: (kind, fits = () => true) => facts.beside.find(field => isNamed(field, kind) && fits(field)),
    facts,
  };
  const paging =
    linkHeader(found) ??
    keyset(found) ??
    cursor(found) ??
    nextAddress(found) ??
    byPage(found) ??
    byOffset(found) ??
    headerAlone(found) ??
    unsure(found);
  return { ...paging, params: [...paging.params, ...found.size.params] };
}

/** True where a request has a parameter of paging. */
export function isPaged(params: readonly Param[]): boolean {
  return params.some(param => purposeIn(param) !== undefined);
}

/** What a parameter is for in paging. An offset that is a token is a cursor. */
function purposeIn(param: Param): PagingPurpose | undefined {
  const purpose = purposeOf(param.name);
  const isToken = param.shape.type === 'string' && /token|cursor/i.test(param.description);
  const meant = purpose === 'offset' && isToken ? 'cursor' : purpose;
  return meant && fits(meant, param) ? meant : undefined;
}

/** Names such as `from` and `after` have other meanings for moments and for text. */
function fits(purpose: PagingPurpose, { name, shape, place }: Param): boolean {
  if (place !== 'query' && place !== 'body') return false;
  if (/^date|time/.test(shape.format ?? '') || shape.type === 'boolean' || shape.type === 'array') return false;
  const isNumber = shape.type === 'integer' || shape.type === 'number';
  const isAmbiguous = ['from', 'start', 'first', 'after', 'count', 'max', 'num', 'continue'].includes(bare(name));
  if (purpose === 'cursor') return !(isAmbiguous && isNumber);
  return purpose === 'keyset' || isNumber || (!isAmbiguous && shape.enumerated.length === 0);
}

function isNamed({ path }: Field, kind: keyof typeof PAGING_FIELDS): boolean {
  const keys = path.map(step => bare('key' in step ? step.key : ''));
  // What lies round the whole response says nothing.
  const inner = LISTS.has(keys[0] as string) ? keys.slice(1) : keys;
  return PAGING_FIELDS[kind].test(keys.join('')) || (inner.length > 0 && PAGING_FIELDS[kind].test(inner.join('')));
}

/** Parameters of paging without the other half of it, or none at all. */
function unsure({ params, field }: Found): Paging {
  const param = params.get('cursor') ?? params.get('keyset');
  const rest = [...params.keys()].filter(purpose => purpose !== 'size');
  const sign = field('more') ?? field('cursor') ?? field('address') ?? field('pages');
  return {
    answer: { type: 'none' },
    grade: params.size > 0 || sign ? 'guessed' : 'inferred',
    evidence:
      params.size > 0
        ? `${[...params.values()].map(({ name }) => name).join(', ')} alone doesn't tell how pages follow each other`
        : sign
          ? `the response has ${pathText(sign.path)}, and no parameter is said to lead on`
          : 'it has no parameters of paging',
    params: rest.flatMap(purpose => params.get(purpose)?.name ?? []),
    doubts: [
      ...(param ? [`${param.name} takes a cursor, and the response isn't said to have one`] : []),
      ...(params.size > 0 || sign ? ['only the first page is read as it stands'] : []),
    ],
  };
}
