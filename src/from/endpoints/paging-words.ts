import { bare } from './words.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Names of request parameters, bare, by what they are for in paging. */
export const PAGING_PARAMS = {
  page: words('page pagenumber pageno pagenum pageindex currentpage pageid pagenr'),
  size: words(
    'perpage pagesize limit size maxresults pagelimit top itemsperpage resultsperpage recordsperpage maxitems maxcount ' +
      'rowsperpage maxrecords numresults maxentries pagecount perpagecount resultspage first count rows maxpagesize num ' +
      'numberofresults max take maxrows batchsize',
  ),
  offset: words('offset skip start startat startindex startfrom pageoffset from startrow startrecord resultoffset'),
  cursor: words(
    'cursor pagetoken nexttoken continuationtoken nextcursor startcursor pagecursor pageafter after starttoken marker ' +
      'continuation nextpagetoken scrollid cursormark paginationtoken continuetoken continue nextpage aftercursor ' +
      'exclusivestartkey pagestate startkey pagingtoken nextkey nextid offsettoken pagekey pagebookmark bookmark scrollparam',
  ),
  keyset: words('startingafter afterid idafter sinceid'),
} as const;

export type PagingPurpose = keyof typeof PAGING_PARAMS;

/** Names of what a response has, bare, with the names of the mappings above them. */
const NEXT_CURSOR =
  /^(?:.*(?:pagination|paging|meta|metadata|responsemetadata|cursors?|page|pageinfo|links?))?(?:next(?:page)?(?:cursor|token|pagetoken|marker|key|offset|id|start)?|nextpagekey|cursors?(?:after|next)|after|cursor|endcursor|continuation(?:token)?|nextcontinuationtoken|continuetoken|marker|scrollid|paginationtoken|nextcursormark|lastevaluatedkey|pagetoken|pagingtoken|bookmark|scrollparam)$/;
const NEXT_ADDRESS =
  /^(?:odata)?(?:.*(?:links?|pagination|paging|pages|meta|metadata|page))?(?:next(?:page)?(?:url|uri|link|href|links?)?(?:href|url)?|hrefnext)$/;
const HAS_MORE =
  /(?:^|meta|pagination|paging|pageinfo|page|data|responsemetadata|info)(?:hasmore(?:items|pages|results|data|records)?|hasnext(?:page)?|more(?:results|items|data)?|hasmoreitems|nextpageavailable|ismore|moreavailable)$/;
const PAGES =
  /(?:^|meta|pagination|paging|pages?|data|pageinfo|info)(?:totalpages?|pagecount|pages(?:count|total)?|totalpagecount|lastpage|numpages|numberofpages|maxpage|pagestotal|pagetotal)$/;
const TOTAL =
  /(?:^|meta|pagination|paging|page|data|pageinfo|info)(?:total(?:count|results|items|records|elements|size|hits|rows|entries|number)?|count|recordcount|itemcount|totalnumberofrecords|numresults|resultcount|odatacount|numfound|recordstotal|counttotal)$/;

/** Where the response itself says how many are to be skipped next, an offset is a cursor. */
const NEXT_OFFSET = /nextoffset$/;

export const PAGING_FIELDS = {
  offset: NEXT_OFFSET,
  cursor: NEXT_CURSOR,
  address: NEXT_ADDRESS,
  more: HAS_MORE,
  pages: PAGES,
  total: TOTAL,
} as const;

/** What a request parameter is for in paging; undefined for nothing. */
export function purposeOf(name: string): PagingPurpose | undefined {
  const plain = bare(name);
  return (Object.keys(PAGING_PARAMS) as PagingPurpose[]).find(purpose => PAGING_PARAMS[purpose].has(plain));
}
