import { offsetOf, pageOf, requestText } from './page-params.ts';
import type { Part, Series } from './series.ts';

/** What was found, what mends it, and whether a person has to judge. */
export interface PageFault {
  readonly what: string;
  readonly mend: string;
  readonly isSure: boolean;
}

/** What a list lacks of what its responses say there is; undefined where nothing tells of more. */
export function seriesFault(series: Series): PageFault | undefined {
  // What has one row is asked for to look something up, or is a record.
  if (series.longest === 0) return undefined;
  return pageGap(series) ?? offsetGap(series) ?? notAsked(series) ?? tooFew(series) ?? fullPage(series);
}

/** Pages that were left out, told by their numbers. */
function pageGap(series: Series): PageFault | undefined {
  const { pages, isLed, last } = series;
  if (isLed || pageOf(last.asked.params) === undefined) return undefined;
  const most = Math.max(...pages);
  const missing: number[] = [];
  for (let page = 1; page < most; page += 1) if (!pages.has(page)) missing.push(page);
  if (missing.length === 0) return undefined;
  return {
    what: `asked ${requestText(last)} for page ${list([...pages].sort((a, b) => a - b))}, and never for ${list(missing)}`,
    mend: 'what is on a page that is left out is lost: begin with the first page, and go on by 1',
    isSure: true,
  };
}

/** Rows between two pages that neither has. */
function offsetGap({ offsets, isLed, last, size }: Series): PageFault | undefined {
  if (isLed) return undefined;
  const starts = [...offsets].sort(([a], [b]) => a - b);
  const [first] = starts;
  if (first && first[0] > 1)
    return {
      what: `asked ${requestText(last)} from row ${first[0]} on first`,
      mend: 'what is before it is lost: begin with the first row',
      isSure: true,
    };
  const lengths = new Set(starts.slice(0, -1).map(([, rows]) => rows));
  for (const [index, [start, rows]] of starts.entries()) {
    const next = starts[index + 1];
    // An API that takes rows out of its pages counts them all the same.
    if (!next || rows === 0 || next[0] <= start + (lengths.size > 1 ? Math.max(rows, size) : rows)) continue;
    return {
      what: `asked ${requestText(last)} from row ${next[0]} on, though from row ${start} on ${rows} rows came`,
      mend: `the ${next[0] - start - rows} rows between are lost: go on by as many rows as came, since an API may give fewer than are asked for`,
      isSure: true,
    };
  }
  return undefined;
}

/** The last response says what follows it, and nothing asked for that. */
function notAsked({ last, size, longest }: Series): PageFault | undefined {
  const { signs, exchange } = last;
  const { next, more } = signs;
  const where = more ?? next?.where;
  const wasSent = next !== undefined && [...last.asked.params.values()].includes(next.value);
  const says = where !== undefined && !(more === undefined && signs.isEnd);
  if (!says || wasSent || exchange.rows === 0) return undefined;
  return {
    what: `nothing asked for what follows ${requestText(last)}, though its response says that there is more (${where})`,
    mend: `what follows is lost: have pagination follow ${where}, until a response has it no more`,
    // Some give a cursor with each page, and one that is not full is the last.
    isSure: more !== undefined || (exchange.rows ?? longest) >= size,
  };
}

/** Fewer rows, or pages, than the responses say there are. */
function tooFew({ last, rows, pages, longest }: Series): PageFault | undefined {
  const { total, pages: inAll } = last.signs;
  const most = Math.max(...pages);
  if (inAll && inAll.value > most && most === pageOf(last.asked.params))
    return {
      what: `${requestText(last)} was the last page that was asked for, though its response says that there are ${inAll.value} (${inAll.where})`,
      mend: 'what is on the others is lost: go on until the last page',
      isSure: true,
    };
  if (!total || total.value <= rows || longest === 0) return undefined;
  return {
    what: `${number(rows)} rows came of ${requestText(last)}, though it says that there are ${number(total.value)} (${total.where})`,
    mend: 'do pages follow, or does a page have more rows than are asked for? What doesn’t come is lost',
    isSure: isPaged(last),
  };
}

/** The last page is full, and nothing says that it is the last. */
function fullPage({ last, count, size, hasSigns }: Series): PageFault | undefined {
  const { signs, exchange, asked } = last;
  const says = hasSigns || signs.isEnd || signs.total !== undefined || signs.pages !== undefined;
  const isFull = exchange.rows !== null && exchange.rows > 1 && exchange.rows >= size;
  if (says || !isFull || exchange.isRecord) return undefined;
  if (isPaged(last) || count > 1)
    return {
      what: `the last page that was asked for, ${requestText(last)}, was full: it had ${number(exchange.rows ?? 0)} rows`,
      mend: 'a page may follow: go on until one is empty, or has fewer rows than are asked for',
      isSure: isPaged(last) && !Object.values(exchange.envelope).some(value => typeof value === 'boolean'),
    };
  if (!ROUND.has(exchange.rows ?? 0) || Object.keys(exchange.envelope).length > 0 || asked.params.size > 0)
    return undefined;
  return {
    what: `exactly ${exchange.rows} rows came of ${requestText(last)}, and nothing says that there are no more`,
    mend: 'is that a page? See how the API goes on, and give it pagination',
    isSure: false,
  };
}

/** What APIs make pages of. */
const ROUND = new Set([20, 25, 30, 40, 50, 100, 200, 250, 500, 1000]);

/** Whether a request says which page it wants. */
function isPaged({ asked }: Part): boolean {
  return pageOf(asked.params) !== undefined || offsetOf(asked.params) !== undefined;
}

const NUMBERS_SHOWN = 5;

function list(numbers: readonly number[]): string {
  const shown = numbers.slice(0, NUMBERS_SHOWN).map(String);
  const more = numbers.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${number(more)} more` : ''}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
