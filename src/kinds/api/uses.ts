import { hasPlaceholder, textsIn } from '../../base/placeholders.ts';
import type { ApiStreamModel, ApiUses } from './model.ts';
import type { PaginationAnswer } from './pagination-answers.ts';

interface UsesInput {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly pagination: PaginationAnswer;
  readonly streams: readonly ApiStreamModel[];
}

/** What the streams call for; everything else stays out of the code. */
export function usesOf({ baseUrl, headers, pagination, streams }: UsesInput): ApiUses {
  const incremental = streams.filter(({ replicationKey }) => replicationKey !== undefined);
  const filtered = incremental.filter(({ bookmarkParam }) => bookmarkParam !== undefined);
  const paginations = [pagination, ...streams.flatMap(stream => stream.pagination ?? [])];
  return {
    incremental: incremental.length > 0,
    moments: incremental.some(({ counter }) => !counter),
    counters: incremental.some(({ counter }) => counter),
    serverFilter: filtered.length > 0,
    clientFilter: filtered.length < incremental.length,
    parents: streams.some(({ parents }) => parents.length > 0),
    childBookmarks: incremental.some(({ parents }) => parents.length > 0),
    end: incremental.some(({ bookmarkEndParam }) => bookmarkEndParam !== undefined),
    windows: incremental.some(({ windowDays }) => windowDays !== undefined),
    lookback: incremental.some(({ lookback }) => lookback > 0),
    sorted: incremental.some(({ sorted }) => sorted),
    checkpoints: incremental.some(({ sorted, windowDays }) => sorted || windowDays !== undefined),
    bookmarkFormats: [
      ...new Set(filtered.filter(({ counter }) => !counter).map(({ bookmarkFormat }) => bookmarkFormat)),
    ].sort(),
    textColumns: streams.some(({ textColumns }) => textColumns.length > 0),
    params: streams.some(({ params }) => Object.keys(params).length > 0),
    methods: streams.some(({ method }) => method !== 'GET'),
    body: streams.some(({ body }) => body !== undefined),
    bodyParams: streams.some(({ bodyParams }) => bodyParams.length > 0),
    graphql: streams.some(({ graphql }) => graphql !== undefined),
    emptyStatuses: streams.some(({ emptyStatuses }) => emptyStatuses.length > 0),
    walk: streams.some(({ recordsPath }) => recordsPath.some(key => /^(\*|\d+)$/.test(key))),
    recordsIn: streams.some(({ recordsIn }) => recordsIn !== 'list'),
    maps: streams.some(({ recordsIn }) => recordsIn === 'map'),
    objects: streams.some(({ recordsIn }) => recordsIn === 'object'),
    mapKey: streams.some(({ mapKey }) => mapKey !== undefined),
    recordFilter: streams.some(({ recordFilter }) => Object.keys(recordFilter).length > 0),
    fromResponse: streams.some(({ fromResponse }) => Object.keys(fromResponse).length > 0),
    conversions: streams.some(({ conversions }) => Object.keys(conversions).length > 0),
    booleans: streams.some(({ conversions }) => Object.values(conversions).includes('to_bool')),
    dig: paginations.some(needsDig) || streams.some(({ fromResponse }) => Object.keys(fromResponse).length > 0),
    rawResponses: paginations.some(answer => followsAddress(answer) || readsHeader(answer)),
    urlPagination: paginations.some(followsAddress),
    placeholders: {
      baseUrl: hasPlaceholder([baseUrl]),
      paths: hasPlaceholder(streams.map(({ path }) => path)),
      headers: hasPlaceholder(Object.values(headers)),
      params: hasPlaceholder(streams.flatMap(({ params }) => Object.values(params))),
      body: hasPlaceholder(streams.flatMap(({ body }) => textsIn(body))),
    },
  };
}

/** What a stream's own pagination takes from streams/base.py. */
export function importsOf(pagination: PaginationAnswer | undefined): string[] {
  if (!pagination) return [];
  return [needsDig(pagination) && 'dig', followsAddress(pagination) && 'follow'].filter(name => name !== false);
}

export function needsDig(pagination: PaginationAnswer): boolean {
  return Object.entries(pagination).some(([key, value]) => key.endsWith('_path') && value !== undefined);
}

export function followsAddress({ type }: PaginationAnswer): boolean {
  return type === 'next_url' || type === 'link_header';
}

export function readsHeader(pagination: PaginationAnswer): boolean {
  return pagination.type === 'cursor' && pagination.cursor_header !== undefined;
}
