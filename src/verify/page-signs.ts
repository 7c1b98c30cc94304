import { type Exchange, plainName, type Scalar } from './exchange.ts';

/** What a response says of what follows it. */
export interface Signs {
  /** Where what follows is named: an address or a cursor, and where it stands. */
  readonly next: { readonly where: string; readonly value: string } | undefined;
  /** Where it says that there is more. */
  readonly more: string | undefined;
  /** Whether it says anything of an end, by whatever means. */
  readonly isEnd: boolean;
  /** How many rows there are in all, and where that stands. */
  readonly total: { readonly where: string; readonly value: number } | undefined;
  /** How many pages there are. */
  readonly pages: { readonly where: string; readonly value: number } | undefined;
}

const NEXT =
  /^(.*next(url|link|href|uri|page|pageurl|pagelink|pageuri|pagetoken|pagecursor|token|cursor|marker|offset|recordsurl|key|continuationtoken)?|continuation|continuationtoken|endcursor|cursorsafter)$/;
const INSIDE_NEXT = /^(href|url|link|uri|cursor|after|token|page|offset)$/;
const MORE =
  /^(has|is)?(more|morerecords|moreresults|moreitems|moredata|next|nextpage|nextpages)$|^hasmore|^truncated$|^istruncated$/;
const LAST = /^(is)?(last|lastpage|done|complete|finished|end)$/;
const TOTAL =
  /^(total|totalcount|totalresults|totalitems|totalrecords|totalelements|totalhits|totalrows|totalsize|totalnumber|count|recordcount|itemcount|odatacount|numfound|found|nbhits|resultcount|totalentries|totalobjects)$/;
const PAGES = /^(totalpages|pagecount|pagestotal|pageslast|lastpage|pages|numpages|nbpages|pagetotal)$/;
/** Where responses say it beside their rows. */
const PLACES =
  /^(meta|metadata|paging|pagination|page|pages|links|cursors?|data|result|results|response|info|pageinfo|next|summary|collection|d|responsemetadata|_meta|_links|paginginfo|pagingmetadata|hits|total)$/;

/** Reads what a response says of pages, in its headers and beside its rows. */
export function signsOf(exchange: Exchange): Signs {
  const said = [...headerSigns(exchange), ...(exchange.isRecord ? [] : bodySigns(exchange))];
  const pick = (kind: Sign['kind']) => said.find(sign => sign.kind === kind);
  const next = pick('next');
  const [total, pages] = [pick('total'), pick('pages')];
  return {
    next: next && { where: next.where, value: String(next.value) },
    more: pick('more')?.where,
    isEnd: said.some(({ kind }) => kind === 'end'),
    total: total && { where: total.where, value: Number(total.value) },
    pages: pages && { where: pages.where, value: Number(pages.value) },
  };
}

interface Sign {
  readonly kind: 'next' | 'more' | 'end' | 'total' | 'pages';
  readonly where: string;
  readonly value: Scalar;
}

function headerSigns({ headers }: Exchange): Sign[] {
  return Object.entries(headers).flatMap(([name, value]): Sign[] => {
    const where = `the header ${name}`;
    const plain = plainName(name);
    if (plain === 'link') {
      const [, next] = /<([^>]*)>(?:\s*;[^,<]*)*;\s*rel\s*=\s*"?[^",;]*\bnext\b/i.exec(value) ?? [];
      return [next === undefined ? { kind: 'end', where, value: null } : { kind: 'next', where, value: next }];
    }
    if (/^(x)?(link)?next(page|url|link|cursor)?$/.test(plain)) return [nextSign(where, value)];
    if (/total.*pages?$/.test(plain)) return numberSign('pages', where, value);
    if (
      /^(x)?(wp)?(total|count|totalcount|totalrecords|totalresults|paginationtotalcount|paginationtotal)$/.test(plain)
    )
      return numberSign('total', where, value);
    const [, range] = plain === 'contentrange' ? (/\/(\d+)$/.exec(value) ?? []) : [];
    return range === undefined ? [] : numberSign('total', where, range);
  });
}

function bodySigns({ envelope }: Exchange): Sign[] {
  return Object.entries(envelope).flatMap(([path, value]): Sign[] => {
    if (path.endsWith('[rel=next]')) return [nextSign(path, value)];
    const parts = path.split('.').map(plainName);
    // `@odata.nextLink` is one name.
    const name = path.startsWith('@') ? plainName(path) : (parts.at(-1) ?? '');
    const above = path.startsWith('@') ? [] : parts.slice(0, -1);
    return signOf(path, name, above, value);
  });
}

function signOf(path: string, name: string, above: readonly string[], value: Scalar): Sign[] {
  const isBeside = above.length === 0 || PLACES.test(above.at(-1) ?? '') || above.length < 3;
  if (!isBeside) return [];
  if (typeof value === 'boolean') {
    if (MORE.test(name)) return [{ kind: value ? 'more' : 'end', where: path, value }];
    return LAST.test(name) ? [{ kind: value ? 'end' : 'more', where: path, value }] : [];
  }
  const isNext = NEXT.test(name) || (above.at(-1) === 'next' && INSIDE_NEXT.test(name));
  if (isNext) return [nextSign(path, value)];
  if (PAGES.test(name)) return numberSign('pages', path, value);
  if (TOTAL.test(name) || (above.at(-1) === 'total' && name === 'value')) return numberSign('total', path, value);
  return [];
}

/** Without a value, the response says that nothing follows. */
function nextSign(where: string, value: Scalar): Sign {
  const isNone = value === null || value === '' || value === 0 || value === false;
  return { kind: isNone ? 'end' : 'next', where, value };
}

function numberSign(kind: 'total' | 'pages', where: string, value: Scalar): Sign[] {
  const isNumber = /^\d{1,15}$/.test(String(value ?? ''));
  return isNumber ? [{ kind, where, value }] : [];
}
