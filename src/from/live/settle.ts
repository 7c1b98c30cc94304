import { isEqual } from 'lodash-es';
import type { DescribedApi, DescribedStream, Understood } from '../described.ts';
import { learnRecords } from '../responses/learn.ts';
import { recordsIn } from '../responses/records.ts';
import type { FirstPage, NextRequest } from '../responses/sign.ts';
import { pagingSigns } from '../responses/signs.ts';
import { withAnswers } from '../with-answers.ts';
import { type Proof, proofOf } from './auth.ts';
import { type Bounds, LiveClient } from './client.ts';
import { describedSign } from './described-sign.ts';
import { findFilter, withFilter } from './filters.ts';
import { type AskPage, findPages, type PagesFound } from './pages.ts';
import { names, type Place, requestFor } from './request.ts';
import { filled, missingNames, type Values, withoutOpen } from './texts.ts';

/** An API as its own answers settle it. */
export interface Settled {
  readonly streams: readonly DescribedStream[];
  /** What to know of it, each with its stream. */
  readonly notes: readonly string[];
}

/** Asks an API for the first pages of its streams, parents first, and settles by them what was left open. */
export async function settleLive(api: DescribedApi, configured: Values, bounds: Bounds): Promise<Settled> {
  const defaults = Object.fromEntries(
    (api.answers.config?.value ?? []).flatMap(({ name, default: value }) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
  return new Settling(api, { ...defaults, ...api.credentials, ...configured }, new LiveClient(bounds)).all();
}

/** Of an API in which so many streams have shown no filter by what changed, the others are not asked for one. */
const MAX_WITHOUT = 2;

/** Where and as whom a stream is asked. */
interface Asked extends Place {
  readonly proof: Proof;
}

class Settling {
  readonly #api: DescribedApi;
  readonly #values: Values;
  readonly #client: LiveClient;
  readonly #done = new Map<string, DescribedStream>();
  /** The first record of each stream, for its children. */
  readonly #firsts = new Map<string, Readonly<Record<string, unknown>>>();
  /** The first page of each stream that has a list, and how others are asked for. */
  readonly #firstPages = new Map<string, { readonly page: FirstPage; readonly ask: AskPage }>();
  readonly #notes: string[] = [];

  constructor(api: DescribedApi, values: Values, client: LiveClient) {
    this.#api = api;
    this.#values = values;
    this.#client = client;
  }

  async all(): Promise<Settled> {
    const { streams } = this.#api;
    const places = streams.map(stream => this.#place(stream));
    const [first] = places;
    // What holds for all of them is said once.
    if (typeof first === 'string' && places.every(place => place === first))
      return { streams, notes: [`the API was asked for nothing: ${first}`] };
    const isChild = ({ answers }: DescribedStream) => answers.parent !== undefined || answers.parents !== undefined;
    for (const stream of [...streams.filter(stream => !isChild(stream)), ...streams.filter(isChild)]) {
      this.#done.set(stream.name, await this.#settled(stream, places[streams.indexOf(stream)] as Asked | string));
    }
    await this.#filters();
    for (const [host, sent] of this.#client.hosts)
      this.#notes.push(`${sent} request${sent === 1 ? ' was' : 's were'} sent to ${host}`);
    return { streams: streams.map(stream => this.#done.get(stream.name) as DescribedStream), notes: this.#notes };
  }

  /** Where a stream is asked, or why it can't be. */
  #place({ answers: own }: DescribedStream): Asked | string {
    const { answers } = this.#api;
    const base = own.base_url?.value ?? answers.base_url?.value;
    if (base === undefined) return 'no base URL is known';
    const proof = proofOf(own.auth?.value ?? answers.auth?.value, this.#values);
    if (typeof proof === 'string') return proof;
    const headers = { ...answers.headers?.value, ...own.headers?.value };
    const lacking = missingNames([base, withoutOpen(headers, this.#values)], this.#values);
    if (lacking.length > 0) return `${lacking.join(', ')} is not known`;
    const url = filled(base, this.#values).replace(/\/$/, '');
    if (!URL.canParse(url)) return 'its base URL is no address';
    return { base: url, headers, proof, pagination: own.pagination ?? answers.pagination };
  }

  async #settled(stream: DescribedStream, place: Asked | string): Promise<DescribedStream> {
    const { answers, name } = stream;
    if (typeof place === 'string') return this.#left(stream, place);
    const values = { ...this.#values, ...this.#ofParents(stream) };
    const ask = (next: NextRequest | undefined) => {
      const request = requestFor(stream, place, values, next);
      return this.#client.ask({ ...request, base: new URL(place.base), proof: place.proof });
    };
    const lacking = this.#lacking(stream, place, values);
    if (lacking.length > 0) return this.#left(stream, `${lacking.join(', ')} is not known`);
    const first = await ask(undefined);
    if ('failure' in first) return this.#left(stream, first.failure);
    const seen = recordsIn(first.body, answers.records_path);
    if (!seen) return this.#left(stream, 'its response has no records');
    if (seen.isList) this.#firsts.set(name, seen.records[0] as Record<string, unknown>);
    const page = {
      response: first,
      recordsPath: seen.path.value,
      records: seen.records,
      parameters: stream.parameters,
    };
    if (seen.isList) this.#firstPages.set(name, { page, ask });
    const found = seen.isList ? await this.#pages(stream, page, place, ask) : undefined;
    const learned = learnRecords(stream, [first.body, ...(found?.second === undefined ? [] : [found.second])]);
    this.#notes.push(...learned.differences.map(difference => `${name}: ${difference}`));
    const pagination = found && proven(found.pagination, place.pagination);
    return pagination ? withAnswers(learned.stream, { ...learned.stream.answers, pagination }) : learned.stream;
  }

  /** Tries first what is described, unless that is a guess; of a query language nothing else is tried, since its text says what pages have. */
  #pages(
    stream: DescribedStream,
    page: FirstPage,
    { pagination }: Place,
    ask: (next: NextRequest) => ReturnType<LiveClient['ask']>,
  ): Promise<PagesFound> {
    const sign = describedSign(stream, pagination?.value, page);
    const described = sign ? [sign] : [];
    const others = stream.answers.graphql ? [] : pagingSigns(page);
    const isGuess = pagination?.grade === 'guessed';
    return findPages(page, isGuess ? [...others, ...described] : [...described, ...others], ask);
  }

  /** Looks for filters by what changed with the requests that are left, where none is known. */
  async #filters(): Promise<void> {
    const styles: string[] = [];
    let without = 0;
    for (const [name, { page, ask }] of this.#firstPages) {
      const stream = this.#done.get(name) as DescribedStream;
      const column = filterableBy(stream.answers);
      if (column === undefined || (without >= MAX_WITHOUT && styles.length === 0)) continue;
      const found = await findFilter(column, page, styles, ask);
      if (!found) without += 1;
      else {
        styles.push(found.filter.style);
        this.#done.set(name, withAnswers(stream, withFilter(stream.answers, found)));
      }
    }
  }

  /** The names in braces that a first request can't do without, and that have no value. */
  #lacking({ answers }: DescribedStream, { pagination }: Place, values: Values): string[] {
    const { page_size, start_page } = pagination?.value ?? {};
    const known = { ...values, limit: String(page_size), page: String(start_page), offset: '0' };
    const open = [answers.params?.value ?? {}, (answers.variables?.value ?? {}) as Record<string, unknown>];
    return missingNames(
      [answers.path.value, answers.body?.value, ...open.map(each => withoutOpen(each, known))],
      known,
    );
  }

  #left(stream: DescribedStream, why: string): DescribedStream {
    this.#notes.push(`${stream.name} was not settled: ${why}`);
    return stream;
  }

  #ofParents({ answers }: DescribedStream): Values {
    const parents = answers.parents?.value ?? (answers.parent ? [answers.parent.value] : []);
    const entries = parents.flatMap(({ stream, field, as }) => {
      const value = this.#firsts.get(stream)?.[field];
      return value === undefined || value === null ? [] : [[as, String(value)] as const];
    });
    return Object.fromEntries(entries);
  }
}

/** The bookmark of a stream that is asked for by GET, and by no filter yet. */
function filterableBy(answers: DescribedStream['answers']): string | undefined {
  const { method, graphql, params, path, params_in, bookmark_param, bookmark_format, replication_key } = answers;
  const isPlain = method?.value !== 'POST' && !graphql && params_in?.value !== 'body';
  const isFiltered = bookmark_param !== undefined || names('since', { params, path });
  return isPlain && !isFiltered && bookmark_format?.value !== 'integer' ? replication_key?.value : undefined;
}

type Paging = Understood<Readonly<Record<string, unknown>>>;

/** What was found of the pages, unless it says less than what is described. */
function proven(found: Paging | undefined, described: Paging | undefined): Paging | undefined {
  if (!found || !described || described.grade === 'guessed' || found.grade === 'said') return found;
  const isLess = isEqual(found.value, described.value) || found.value.type === 'none';
  return isLess ? undefined : found;
}
