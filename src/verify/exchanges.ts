import { type Asked, askedOf, type Exchange, type StreamLeft } from './exchange.ts';
import { isCounted, isPaging, requestText } from './page-params.ts';
import { type Part, partOf, Series } from './series.ts';
import { seriesFault } from './series-findings.ts';

/** Lists that are looked at together; of those before them is kept what is wrong. */
const MOST_OPEN = 500;
const MOST_ENDED = 20;
/** Lists that a request is tried to go on with. */
const MOST_LEADING = 20;
/** Addresses of which the first request is kept. */
const MOST_BEGINS = 20;
const MOST_NAMES = 500;
const MOST_FAILED = 1000;
/** So many pages that follow each other aren't alike by chance, nor is it that something is waited for. */
const MOST_SAME = 100;

/** What one stream asked for in a run, list by list. */
export class Exchanges {
  /** How many responses there were, and how many had rows with the stream's keys, by the lists' addresses. */
  count = 0;
  rows = 0;
  /** What was asked for first at each address, the first few. */
  readonly begins = new Map<string, string>();
  readonly keyed = new Map<string, number>();
  /** The addresses of keyed responses by their numbers, as far back as rows are told of. */
  readonly groups = new Map<number, string>();
  /** What rows have, by name. */
  readonly names = new Set<string>();
  /** Requests that failed and were not answered later on. */
  readonly failed = new Map<string, { readonly asked: Asked; readonly status: number }>();
  left: StreamLeft | undefined;
  /** Whether the run came to this stream; its end is in `left`. */
  isBegun = false;
  /** The request whose rows came again and again, in words. */
  endless: string | undefined;
  #same = { key: '', count: 0 };
  readonly #answered = new Set<string>();
  readonly #series = new Map<string, Series>();
  readonly #leading = new Set<Series>();
  readonly #ended: Series[] = [];

  /** The lists that ended with a fault, and those that may go on. */
  get series(): readonly Series[] {
    return [...this.#ended, ...new Set(this.#series.values())];
  }

  add(exchange: Exchange): void {
    const asked = askedOf(exchange);
    this.#noteStatus(exchange, asked);
    if (exchange.status === 0 || exchange.status >= 300) return;
    this.#answered.add(asked.target);
    for (const name of this.names.size < MOST_NAMES ? exchange.names : []) this.names.add(name);
    if (this.begins.size < MOST_BEGINS && !this.begins.has(asked.target))
      this.begins.set(asked.target, `${exchange.urls[0]} ${exchange.sent}`);
    this.count += 1;
    this.rows += exchange.rows ?? 0;
    if (exchange.isKeyed) this.#note(exchange, asked);
    const part = partOf(exchange, asked);
    const key = keyOf(asked);
    this.#noteSame(part, key);
    const leading = [...this.#leading].reverse();
    const led = leading.find(({ last }) => isLedBy(part, last));
    const series = led ?? this.#series.get(key) ?? leading.find(({ last }) => goesOnFrom(part, last)) ?? new Series();
    series.add(part, led !== undefined);
    this.#keep(key, series);
  }

  /** Whether an address, whatever its parameters, gave something. */
  isAnswered({ target }: Asked): boolean {
    return this.#answered.has(target);
  }

  /** Whether something was asked for otherwise than in another run, such as from another moment on. */
  differs(from: Exchanges): boolean {
    return [...this.begins].some(([target, request]) => (from.begins.get(target) ?? request) !== request);
  }

  /** Notes whether the rows are those of the page before. */
  #noteSame(part: Part, key: string): void {
    const { rows, last } = part.exchange;
    const same = rows && last.length > 0 ? JSON.stringify([key, rows, last]) : '';
    this.#same = { key: same, count: same !== '' && same === this.#same.key ? this.#same.count + 1 : 0 };
    if (this.#same.count >= MOST_SAME)
      this.endless ??= `${MOST_SAME} responses to ${requestText(part)} had the same rows`;
  }

  #noteStatus({ urls, sent, status }: Exchange, asked: Asked): void {
    const request = `${urls[0]} ${sent}`;
    if (status > 0 && status < 400) this.failed.delete(request);
    else if (this.failed.size < MOST_FAILED) this.failed.set(request, { asked, status });
  }

  #note({ exchange }: Exchange, asked: Asked): void {
    const group = groupOf(asked);
    this.keyed.set(group, (this.keyed.get(group) ?? 0) + 1);
    if (this.groups.size < 100_000) this.groups.set(exchange, group);
  }

  #keep(key: string, series: Series): void {
    this.#series.delete(key);
    this.#series.set(key, series);
    this.#leading.delete(series);
    for (const other of this.#leading)
      if (this.#leading.size > MOST_LEADING || !other.last.signs.next) this.#leading.delete(other);
    this.#leading.add(series);
    const [oldest] = this.#series;
    if (this.#series.size <= MOST_OPEN || !oldest) return;
    this.#series.delete(oldest[0]);
    const isOpen = [...this.#series.values()].includes(oldest[1]);
    if (!isOpen && this.#ended.length < MOST_ENDED && seriesFault(oldest[1]) !== undefined) this.#ended.push(oldest[1]);
  }
}

/** What all pages of a list have in common: everything but what says which page is meant. */
function keyOf({ target, params }: Asked): string {
  const common = [...params].filter(([name]) => !isPaging(name)).sort();
  return JSON.stringify([target, common]);
}

/** What is asked for without the words that have digits, which are those of single things, such as a parent. */
function groupOf(asked: Asked): string {
  return keyOf(asked).replaceAll(/[^/\s"]*\d[^/\s"]*/g, '…');
}

/** Whether a request asks for what another's response said that follows. */
function isLedBy({ exchange, asked }: Part, before: Part): boolean {
  const { next } = before.signs;
  return next !== undefined && isNext(exchange, asked, before, next.value);
}

/** Whether a request goes on from the last row of another's response. */
function goesOnFrom({ asked }: Part, before: Part): boolean {
  if (asked.target !== before.asked.target) return false;
  const changed = changedParams(asked, before.asked).filter(([name]) => !isCounted(name));
  const { last } = before.exchange;
  return changed.length > 0 && changed.every(([, sent]) => last.some(value => isSameValue(sent, value)));
}

function isNext(exchange: Exchange, asked: Asked, before: Part, next: string): boolean {
  const from = before.exchange.urls.at(-1) ?? '';
  const meant = /^(https?:\/)?\/|^\?/.test(next) && URL.canParse(next, from) ? new URL(next, from) : undefined;
  if (!meant)
    return (
      changedParams(asked, before.asked).some(([, value]) => value === next) ||
      exchange.urls[0]?.endsWith(`/${next}`) === true
    );
  // Some keep to their own address, and take over the parameters that are new in the next one.
  const old = before.asked.params;
  const news = [...meant.searchParams].filter(([name, value]) => old.get(name) !== value);
  const isThere = `${meant.origin}${meant.pathname}` === asked.target.replace(/^\w+ /, '');
  if (news.length === 0) return isThere;
  return (
    (isThere || asked.target === before.asked.target) && news.every(([name, value]) => asked.params.get(name) === value)
  );
}

/** Parameters that are new, or have other values than before. */
function changedParams({ params }: Asked, before: Asked): [name: string, value: string][] {
  return [...params].filter(([name, value]) => before.params.get(name) !== value);
}

/** Values of a row come in other forms in a request: moments above all. */
function isSameValue(sent: string, value: string | number): boolean {
  if (sent === String(value)) return true;
  const [first, second] = [sent, String(value)].map(text => Date.parse(text));
  return String(value).length >= 10 && !Number.isNaN(first) && first === second;
}
