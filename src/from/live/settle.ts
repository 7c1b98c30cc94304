import type { DescribedApi, DescribedStream } from '../described.ts';
import { pagingRole } from '../requests/paging-params.ts';
import { learnRecords } from '../responses/learn.ts';
import { recordsIn } from '../responses/records.ts';
import type { NextRequest } from '../responses/sign.ts';
import { withAnswers } from '../with-answers.ts';
import { proofOf } from './auth.ts';
import { type Bounds, LiveClient } from './client.ts';
import { findPages } from './pages.ts';
import { filled, missingNames, type Values } from './texts.ts';

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
  const values = { ...defaults, ...api.credentials, ...configured };
  const base = api.answers.base_url?.value;
  const proof = proofOf(api.answers.auth?.value, values);
  if (typeof proof === 'string') return { streams: api.streams, notes: [proof] };
  const lacking = missingNames([base, api.answers.headers?.value], values);
  if (base === undefined || lacking.length > 0) {
    const what = base === undefined ? 'no base URL is known' : `${lacking.join(', ')} is not known`;
    return { streams: api.streams, notes: [`the API was asked for nothing: ${what}`] };
  }
  const url = filled(base, values);
  const client = new LiveClient(new URL(url).origin, proof, bounds);
  return new Settling({ api, values, base: url.replace(/\/$/, ''), client }).all();
}

class Settling {
  readonly #api: DescribedApi;
  readonly #values: Values;
  readonly #base: string;
  readonly #client: LiveClient;
  readonly #done = new Map<string, DescribedStream>();
  /** The first record of each stream, for its children. */
  readonly #firsts = new Map<string, Readonly<Record<string, unknown>>>();
  readonly #notes: string[] = [];

  constructor(given: {
    readonly api: DescribedApi;
    readonly values: Values;
    readonly base: string;
    readonly client: LiveClient;
  }) {
    this.#api = given.api;
    this.#values = given.values;
    this.#base = given.base;
    this.#client = given.client;
  }

  async all(): Promise<Settled> {
    const isChild = ({ answers }: DescribedStream) => answers.parent !== undefined || answers.parents !== undefined;
    const { streams } = this.#api;
    for (const stream of [...streams.filter(stream => !isChild(stream)), ...streams.filter(isChild)]) {
      this.#done.set(stream.name, await this.#settled(stream));
    }
    const { sent } = this.#client;
    this.#notes.push(`${sent} request${sent === 1 ? ' was' : 's were'} sent to ${new URL(this.#base).host}`);
    return { streams: streams.map(stream => this.#done.get(stream.name) as DescribedStream), notes: this.#notes };
  }

  async #settled(stream: DescribedStream): Promise<DescribedStream> {
    const { answers, name } = stream;
    const values = { ...this.#values, ...this.#ofParents(stream) };
    const lacking = missingNames([answers.path.value, answers.params?.value, answers.body?.value], values);
    if (lacking.length > 0) return this.#left(stream, `${lacking.join(', ')} is not known`);
    const first = await this.#ask(stream, values, undefined);
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
    const found = seen.isList
      ? await findPages(page, next => this.#ask(stream, values, next))
      : { pagination: undefined, second: undefined };
    const bodies = [first.body, ...(found.second === undefined ? [] : [found.second])];
    const learned = learnRecords(stream, bodies);
    this.#notes.push(...learned.differences.map(difference => `${name}: ${difference}`));
    const pagination = found.pagination ?? learned.stream.answers.pagination;
    return pagination ? withAnswers(learned.stream, { ...learned.stream.answers, pagination }) : learned.stream;
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

  #ask({ answers, parameters }: DescribedStream, values: Values, next: NextRequest | undefined) {
    const { path, params, body, method, graphql } = answers;
    const inPath = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encodeURIComponent(value)]));
    const own = new URL(`${this.#base}/${filled(path.value, inPath).replace(/^\//, '')}`);
    const sizes = Object.entries(parameters).filter(([name, value]) => value !== '' && pagingRole(name) === 'size');
    for (const [name, value] of [...sizes, ...Object.entries(filled(params?.value ?? {}, values))])
      own.searchParams.set(name, value);
    for (const [name, value] of next && 'params' in next ? Object.entries(next.params) : [])
      own.searchParams.set(name, value);
    const url = next && 'address' in next ? addressed(next.address, own) : own;
    const query = graphql?.value === undefined ? undefined : { query: graphql.value };
    const fields = filled(body?.value ?? {}, values);
    const form = answers.body_as?.value === 'form' ? new URLSearchParams(fields as Record<string, string>) : undefined;
    const sent = form ?? (query || body ? { ...query, ...fields } : undefined);
    const request = {
      url,
      method: method?.value ?? (sent ? 'POST' : 'GET'),
      headers: filled(this.#api.answers.headers?.value ?? {}, values),
      body: sent,
    } as const;
    return this.#client.ask(request);
  }
}

/** An address that is none is taken for what it is asked from, which shows nothing. */
function addressed(address: string, from: URL): URL {
  return URL.canParse(address, from.href) ? new URL(address, from) : from;
}
