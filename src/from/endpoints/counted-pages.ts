import { pathText } from '../../base/paths.ts';
import { type Found, type Paging, pathAnswer } from './paging-facts.ts';
import type { Param } from './param.ts';

/** The number of a page. */
export function byPage({ params, field, size }: Found): Paging | undefined {
  const param = params.get('page');
  if (!param) return undefined;
  const pages = field('pages', ({ shape }) => shape.type !== 'boolean' && shape.type !== 'string');
  const more = pages ? undefined : field('more', ({ shape }) => shape.type === 'boolean');
  const start = field('total', ({ name }) => name === 'totalElements') ? SPRING : firstPage(param);
  return {
    answer: {
      type: 'page',
      page_param: param.name,
      ...(start.value === 1 ? {} : { start_page: start.value }),
      ...pathAnswer('total_pages_path', pages),
      ...pathAnswer('has_more_path', more),
      ...size.answer,
    },
    grade: start.known ? 'said' : pages || more ? 'inferred' : 'guessed',
    evidence: `the parameter ${param.name}${pages ? `, and ${pathText(pages.path)} of the response` : ''}`,
    params: [param.name],
    doubts: [...(start.known ? [] : ['the first page is taken for 1']), ...size.doubts],
  };
}

/** Spring counts from 0, and calls its total so. */
const SPRING = { value: 0, known: true };

/** The number of the first page: the parameter's default or least value, or what its description says. */
function firstPage({ shape, description }: Param): { readonly value: number; readonly known: boolean } {
  for (const value of [shape.fallback, shape.least, shape.example])
    if (value === 0 || value === 1 || value === '0' || value === '1') return { value: Number(value), known: true };
  if (
    /(?:zero|0)[- ](?:based|indexed)|(?:starts?|starting|begins?) (?:at|with|from) (?:0|zero)\b|\(0\.\.|first page is 0/i.test(
      description,
    )
  )
    return { value: 0, known: true };
  if (
    /(?:one|1)[- ](?:based|indexed)|(?:starts?|starting|begins?) (?:at|with|from) (?:1|one)\b|first page is 1/i.test(
      description,
    )
  )
    return { value: 1, known: true };
  return { value: 1, known: false };
}

/** How many records are skipped. */
export function byOffset({ params, field, size }: Found): Paging | undefined {
  const param = params.get('offset');
  if (!param) return undefined;
  const total = field(
    'total',
    ({ shape }) => shape.type === 'integer' || shape.type === 'number' || shape.type === undefined,
  );
  const isCount =
    total !== undefined && /(?:^|\.)count$/i.test(pathText(total.path)) && !/total|all/i.test(total.shape.description);
  const known = total && !isCount ? total : undefined;
  const more = known ? undefined : field('more', ({ shape }) => shape.type === 'boolean');
  const fromOne = param.shape.least === 1 || param.shape.fallback === 1;
  return {
    answer: {
      type: 'offset',
      offset_param: param.name,
      ...pathAnswer('total_path', known),
      ...pathAnswer('has_more_path', more),
      ...size.answer,
    },
    grade: fromOne ? 'guessed' : 'inferred',
    evidence: `the parameter ${param.name}${known ? `, and ${pathText(known.path)} of the response` : ''}`,
    params: [param.name],
    doubts: [...(fromOne ? [`${param.name} begins at 1, and the connector begins at 0`] : []), ...size.doubts],
  };
}
