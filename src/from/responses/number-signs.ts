import { pagingRole } from '../requests/paging-params.ts';
import type { Beside } from './beside.ts';
import type { FirstPage, PagingSign } from './sign.ts';

const TOTAL_PAGES = /^(?:total_?pages|page_?count|pages|last_?page|num_?pages|pages_total|max_page)$/;
const TOTAL =
  /^(?:total|total_?(?:count|results|items|records|size|elements)|count|number_?matched|records_?total|result_?count)$/;
const PAGE = /^(?:page|current_?page|page_?(?:number|no|num|index))$/;
const OFFSET = /^(?:offset|skip|start|start_?at|start_?index|from)$/;

/** Page numbers and offsets: by what the request takes, by what the response has beside its records, and what is usual. */
export function numberSigns(page: FirstPage, beside: readonly Beside[], extra: Record<string, unknown>): PagingSign[] {
  const whole = beside.filter(({ value }) => Number.isSafeInteger(value));
  const pages = whole.find(({ name }) => TOTAL_PAGES.test(name));
  const total = whole.find(({ name, value }) => TOTAL.test(name) && Number(value) >= page.records.length);
  const named = (role: string) => Object.keys(page.parameters).filter(name => pagingRole(name) === role);
  const said = (pattern: RegExp) => whole.filter(({ name }) => pattern.test(name)).map(({ path }) => paramOf(path));
  const pageParams = [...named('page'), ...said(PAGE)];
  const offsetParams = [...named('offset'), ...said(OFFSET)];
  const byPage = (param: string) => pageSign(param, pages, extra);
  const byOffset = (param: string) => offsetSign(param, total, extra, page.records.length);
  const known = [...new Set(pageParams)].map(byPage).concat([...new Set(offsetParams)].map(byOffset));
  const usual = [
    ...(pages || !total ? ['page'] : []).map(byPage),
    byOffset('offset'),
    ...(pages || !total ? [] : [byPage('page')]),
  ];
  const tried = new Set(known.map(({ pagination }) => pagination.page_param ?? pagination.offset_param));
  const isNew = ({ pagination }: PagingSign) => !tried.has(pagination.page_param ?? pagination.offset_param);
  return [...known, ...(known.length > 0 ? [] : usual.filter(isNew))].slice(0, 4);
}

/** What the request calls what the response has at a path: the number of the current page is asked for as page. */
function paramOf(path: string): string {
  const key = /[^.\]["]+$/.exec(path)?.[0] ?? path;
  return /^current_?page$/i.test(key) ? 'page' : key;
}

function pageSign(param: string, pages: Beside | undefined, extra: Record<string, unknown>): PagingSign {
  const total = pages && { total_pages_path: pages.path };
  return {
    pagination: { type: 'page', page_param: param, ...total, ...extra },
    evidence: `?${param}=2`,
    next: { params: { [param]: '2' } },
    first: { [param]: '1' },
    zero: { [param]: '0' },
    isShown: false,
  };
}

function offsetSign(
  param: string,
  total: Beside | undefined,
  extra: Record<string, unknown>,
  records: number,
): PagingSign {
  return {
    pagination: { type: 'offset', offset_param: param, ...(total && { total_path: total.path }), ...extra },
    evidence: `?${param}=${records}`,
    next: { params: { [param]: String(records) } },
    first: { [param]: '0' },
    isShown: false,
  };
}

/** The path of a total that says that this page has everything. */
export function saysAll(records: number, beside: readonly Beside[]): string | undefined {
  return beside.find(({ name, value }) => TOTAL.test(name) && name !== 'count' && value === records)?.path;
}
