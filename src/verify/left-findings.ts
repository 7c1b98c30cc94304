import type { PageLeft } from './exchange.ts';
import type { Exchanges } from './exchanges.ts';
import type { PageFault } from './series-findings.ts';

/**
 * Rows that responses had, and no record came of. `isThere` tells whether a key came with another response, and `isCut` whether
 * the configuration says from when on records are wanted.
 */
export function leftFault(
  exchanges: Exchanges,
  isThere: (key: readonly string[]) => boolean,
  isCut: boolean,
): PageFault | undefined {
  const { left, keyed } = exchanges;
  if (!left?.isCompared) return undefined;
  const pages = ownPages(exchanges);
  const lost = pages.map(page => withoutThere(page, isThere)).filter(page => page.left > 0);
  if (lost.length === 0) return undefined;
  const groups = new Set(pages.map(page => exchanges.groups.get(page.exchange)));
  const all = [...groups].reduce((sum, group) => sum + (keyed.get(group ?? '') ?? 0), 0);
  const whole = lost.filter(page => page.left === page.rows);
  const cut = lost.filter(page => page.left < page.rows);
  const edge = cut.length === 0 ? undefined : edgeOf(lost, all);
  if (edge !== undefined) return edge;
  const rows = lost.reduce((sum, page) => sum + page.left, 0);
  const example = lost[0]?.first[0]?.[1] ?? [];
  if (whole.length > 0 && cut.length === 0)
    return {
      what: `${of(whole.length, all)} responses had rows of which none came, ${rows} in all, such as ${example.join(', ')}`,
      mend: 'they were read and are lost: is a page left out where it is delivered, such as the last?',
      isSure: !isCut,
    };
  return {
    what: `${rows} row${rows === 1 ? '' : 's'} that responses had did not come, such as ${example.join(', ')}`,
    mend: 'is that what a filter leaves out? Else they are lost between the response and yield',
    isSure: false,
  };
}

/** Of lists that no record came of, such as parents, nothing has to come. */
function ownPages({ left, keyed, groups }: Exchanges): PageLeft[] {
  const pages = left?.pages ?? [];
  const untouched = new Map<string, number>();
  for (const { exchange, left: count, rows } of pages) {
    const group = groups.get(exchange) ?? '';
    if (count === rows) untouched.set(group, (untouched.get(group) ?? 0) + 1);
  }
  const isOwn = (group: string) => (untouched.get(group) ?? 0) < (keyed.get(group) ?? 0);
  return pages.filter(({ exchange }) => isOwn(groups.get(exchange) ?? ''));
}

/** What is left of a page without the rows that came by another one. */
function withoutThere(page: PageLeft, isThere: (key: readonly string[]) => boolean): PageLeft {
  const first = page.first.filter(([, key]) => !isThere(key));
  // Of those that aren't told of, what the first ones are.
  return { ...page, first, left: first.length === 0 ? 0 : page.left - (page.first.length - first.length) };
}

/** Pages that each lose their first or their last row; of one page, or of a few, that may be chance and a condition's doing. */
function edgeOf(pages: readonly PageLeft[], all: number): PageFault | undefined {
  const isAt = (place: (page: PageLeft) => number) =>
    pages.every(page => page.left === 1 && page.first[0]?.[0] === place(page));
  const edge = isAt(() => 0) ? 'first' : isAt(({ rows }) => rows - 1) ? 'last' : undefined;
  if (edge === undefined || pages.length < 2 || pages.length < all - 1) return undefined;
  const keys = pages.slice(0, 3).map(({ first }) => first[0]?.[1].join(' '));
  return {
    what: `the ${edge} row of ${of(pages.length, all)} responses did not come: ${keys.join(', ')}`,
    mend: `they were read and are lost: does a slice or a loop leave out the ${edge} one?`,
    isSure: true,
  };
}

function of(count: number, all: number): string {
  return count === all && all > 1 ? `all ${all}` : `${count} of ${all}`;
}
