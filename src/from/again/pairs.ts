import { isEqual } from 'lodash-es';
import type { RawAnswers } from '../../answers/raw-answers.ts';
import type { DescribedApi, DescribedStream } from '../described.ts';

/** The streams of a connector that those of a description are, whatever either calls them. */
export type Pairs = ReadonlyMap<DescribedStream, RawAnswers>;

/** What a stream asks for. */
export interface Request {
  readonly name: unknown;
  /** From the root of the host. */
  readonly address: string;
  /** Below the base URL. */
  readonly path: string;
  readonly rest: readonly unknown[];
}

/** Is a described stream the recorded one? The surest first. */
const SAME: readonly ((a: Request, b: Request) => boolean)[] = [
  (a, b) => a.name === b.name && isSamePlace(a, b),
  (a, b) => isSamePlace(a, b) && isEqual(a.rest, b.rest),
  (a, b) => isSamePlace(a, b),
  (a, b) => a.name === b.name,
];

/** Finds for each stream of a description the one of a connector that it is, each for one alone. */
export function pairsOf(api: DescribedApi, connector: RawAnswers, recorded: readonly RawAnswers[]): Pairs {
  const described = api.streams.map(stream => [stream, describedRequest(stream, api)] as const);
  const standing = recorded.map(stream => [stream, recordedRequest(stream, connector)] as const);
  const pairs = new Map<DescribedStream, RawAnswers>();
  for (const isSame of SAME) {
    const free = standing.filter(([stream]) => ![...pairs.values()].includes(stream));
    for (const [stream, request] of described) {
      if (pairs.has(stream)) continue;
      const twin = free.find(([other, its]) => isSame(request, its) && ![...pairs.values()].includes(other));
      if (twin) pairs.set(stream, twin[0]);
    }
  }
  return pairs;
}

/** True for requests of one address and method, whatever else they send. */
export function isSamePlace(a: Request, b: Request): boolean {
  return (a.path === b.path || a.address === b.address) && isEqual(a.rest.slice(0, 2), b.rest.slice(0, 2));
}

/** What a described stream asks for. */
export function describedRequest({ name, answers }: DescribedStream, api: DescribedApi): Request {
  const given = Object.fromEntries(Object.entries(answers).map(([key, understood]) => [key, understood?.value]));
  return request({ ...given, name }, api.answers.base_url?.value);
}

/** What a stream of a connector asks for. */
export function recordedRequest(stream: RawAnswers, connector: RawAnswers): Request {
  return request(stream, connector.base_url);
}

function request(stream: RawAnswers, ofAll: unknown): Request {
  const base = String(stream.base_url ?? ofAll ?? '');
  const path = bare(String(stream.path));
  return {
    name: stream.name,
    path,
    address: bare(`${base.replace(/^https?:\/\//, '')}/${path}`),
    rest: [stream.method ?? 'GET', stream.graphql, stream.params ?? {}, stream.body ?? {}],
  };
}

/** Slashes at the ends and the names of what is put in say nothing of what is asked for. */
function bare(path: string): string {
  return path
    .replaceAll(/\{[^}]*\}/g, '{}')
    .replaceAll(/\/{2,}/g, '/')
    .replaceAll(/^\/+|\/+$/g, '');
}
