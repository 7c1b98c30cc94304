import type { Asked, Exchange } from './exchange.ts';
import { limitOf, offsetOf, pageOf } from './page-params.ts';
import { type Signs, signsOf } from './page-signs.ts';

/** One response of a series. */
export interface Part {
  readonly exchange: Exchange;
  readonly asked: Asked;
  readonly signs: Signs;
}

/** Pages beyond this number are not looked at for gaps. */
const MOST_PAGES = 100_000;

/** Requests that belong together: those of one list, page by page. No more than numbers are kept of all but two. */
export class Series {
  #last: Part | undefined;
  count = 0;
  rows = 0;
  /** The numbers of the pages that were asked for. */
  readonly pages = new Set<number>();
  /** Where pages begin, with their rows. */
  readonly offsets = new Map<number, number>();
  /** Whether an earlier response named what follows it, so that one that doesn't is the last. */
  hasSigns = false;
  /** Rows of the longest page. */
  longest = 0;
  /** Whether responses led from page to page, whose numbers say nothing then. */
  isLed = false;

  get last(): Part {
    return this.#last as Part;
  }

  /** `isLed` says that the response before it led to it. */
  add(part: Part, isLed: boolean): void {
    const { exchange, asked } = part;
    const rows = exchange.rows ?? 0;
    // A request that is sent once more gives the same rows.
    if (this.#last && isSame(part, this.#last)) this.rows -= this.#last.exchange.rows ?? 0;
    this.isLed ||= isLed;
    this.count += 1;
    this.rows += rows;
    this.longest = Math.max(this.longest, rows);
    this.hasSigns ||= part.signs.next !== undefined || part.signs.more !== undefined;
    this.#last = part;
    const page = pageOf(asked.params);
    if (this.pages.size < MOST_PAGES) this.pages.add(page ?? 1);
    if (this.offsets.size < MOST_PAGES) this.offsets.set(offsetOf(asked.params) ?? 0, rows);
  }

  /** How many rows a page may have: as many as are asked for, or as many as the longest one had. */
  get size(): number {
    return limitOf(this.last.asked.params) ?? this.longest;
  }
}

/** Reads a response as a part of a series. */
export function partOf(exchange: Exchange, asked: Asked): Part {
  return { exchange, asked, signs: signsOf(exchange) };
}

function isSame(a: Part, b: Part): boolean {
  return a.exchange.urls[0] === b.exchange.urls[0] && a.exchange.sent === b.exchange.sent;
}
