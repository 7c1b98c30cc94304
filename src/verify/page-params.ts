import { type Asked, plainName } from './exchange.ts';

const PAGE = /^(page|pagenumber|pageno|pagenum|pageindex|currentpage|pagenr|p|pg)$/;
const OFFSET =
  /^(offset|skip|start|startat|startindex|startposition|startrow|firstresult|pageoffset|sysparmoffset|resultoffset|from|begin)$/;
const LIMIT =
  /^(limit|perpage|pagesize|pagelimit|size|count|top|max|maxresults|maxitems|rows|take|first|hitsperpage|n|sysparmlimit|resultrecordcount|itemsperpage|results|num|maxpagesize)$/;
const CURSOR =
  /^(cursor|after|startingafter|sinceid|maxid|lastid|afterid|token|pagetoken|nextpagetoken|nexttoken|continuation|continuationtoken|scrollid|marker|pageafter|pagecursor|nextcursor|skiptoken|cursormark|startkey|key)$/;

/** The name of a parameter as it is compared: what stands before it in a body doesn't count. */
function nameOf(param: string): readonly string[] {
  return [plainName(param), plainName(param.split('.').at(-1) ?? '')];
}

function isOne(names: RegExp, param: string): boolean {
  return nameOf(param).some(name => names.test(name));
}

/** Whether a parameter says which page is meant, or how long it is. */
export function isPaging(param: string): boolean {
  return [PAGE, OFFSET, LIMIT, CURSOR].some(names => isOne(names, param));
}

/** Whether a parameter counts pages or rows. */
export function isCounted(param: string): boolean {
  return isOne(PAGE, param) || isOne(OFFSET, param);
}

/** The number of the page that is asked for. */
export function pageOf(params: ReadonlyMap<string, string>): number | undefined {
  return numberOf(params, PAGE);
}

/** How many rows are to be left out before the page. */
export function offsetOf(params: ReadonlyMap<string, string>): number | undefined {
  return numberOf(params, OFFSET);
}

/** How many rows a page is to have. */
export function limitOf(params: ReadonlyMap<string, string>): number | undefined {
  return numberOf(params, LIMIT);
}

function numberOf(params: ReadonlyMap<string, string>, names: RegExp): number | undefined {
  for (const [name, value] of params) if (/^\d{1,9}$/.test(value) && isOne(names, name)) return Number(value);
  return undefined;
}

/** A request as a user knows it: without what may be secret. */
export function requestText({ asked }: { readonly asked: Asked }): string {
  const [method, url] = asked.target.split(' ');
  const shown = [...asked.params].filter(([name, value]) => isPaging(name) && /^\d{1,9}$/.test(value));
  const query = shown.map(([name, value]) => `${name}=${value}`).join('&');
  return `${method} ${new URL(url ?? '').pathname}${query ? `?${query}` : ''}`;
}
