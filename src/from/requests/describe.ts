import { UserError } from '../../base/problems.ts';
import type { DescribedApi, DescribedStream, Understood } from '../described.ts';
import { nextAddresses } from '../responses/next-addresses.ts';
import { sentFields, understandBody } from './body.ts';
import { type HeadersUnderstood, inKey, understandHeaders } from './headers.ts';
import { pagingOf, pagingRole } from './paging-params.ts';
import { baseLength, hostName, idName, isId, segmentsOf, streamName } from './paths.ts';
import { isSecretName, looksRandom } from './secret-names.ts';
import type { SeenRequest } from './seen.ts';
import { Vault } from './vault.ts';

/** What the requests are told to be from, such as "the curl command". */
export interface SeenBy {
  readonly source: string;
  readonly notes: readonly string[];
}

/** Requests of one stream: the same path, but for the IDs in it. */
interface Group {
  readonly segments: readonly string[];
  readonly requests: readonly SeenRequest[];
  /** Those of them whose address a response before has for its next page, whatever it looks like. */
  readonly followed: ReadonlySet<SeenRequest>;
}

/**
 * Describes the API that these requests were sent to; those of a host that fewer went to, and those that change something, are
 * left out. Throws a UserError where none is left.
 */
export function describeRequests(given: readonly SeenRequest[], { source, notes }: SeenBy): DescribedApi {
  const all = given.filter(({ method }) => method === 'GET' || method === 'POST');
  const writing = given.filter(request => !all.includes(request)).map(({ method, url }) => `${method} ${url.pathname}`);
  if (all.length === 0)
    throw new UserError({
      where: source,
      message: `has no GET or POST, but ${writing.join(', ')}`,
      hint: 'a connector only reads',
    });
  const origin = mostFrequent(all.map(({ url }) => url.origin));
  const requests = all.filter(({ url }) => url.origin === origin);
  const others = new Set(all.map(({ url }) => url.host).filter(host => `${new URL(origin).host}` !== host));
  const vault = new Vault();
  const understood = understandHeaders(
    requests.flatMap(({ headers }) => [...headers]),
    vault,
  );
  const groups = grouped(requests);
  const firsts = groups.flatMap(group => group.requests.filter(request => !group.followed.has(request)));
  const scheme = understood.auth ? undefined : queryScheme(firsts, vault);
  const length = baseLength(groups.map(({ segments }) => segments));
  const base = [origin, ...(groups[0]?.segments.slice(0, length) ?? [])].join('/');
  const streams = new Streams(vault, source, understood.auth ?? scheme).of(groups, length);
  return {
    answers: {
      name: { value: hostName(new URL(origin)), grade: 'guessed', evidence: 'the name of the host' },
      base_url: { value: base, grade: 'inferred', evidence: `what all addresses of ${source} begin with` },
      ...(vault.config.length > 0 && {
        config: { value: vault.config, grade: 'inferred', evidence: `values of ${source} that are configured` },
      }),
      ...((understood.auth ?? scheme)
        ? { auth: understood.auth ?? (scheme as Understood<Record<string, unknown>>) }
        : {}),
      ...(Object.keys(understood.headers).length > 0 && {
        headers: { value: understood.headers, grade: 'said', evidence: `the headers of ${source}` },
      }),
    },
    streams,
    credentials: vault.credentials,
    notes: [
      ...notes,
      ...understood.notes,
      ...(writing.length > 0 ? [`${writing.join(', ')} was left out: a connector only reads`] : []),
      ...(others.size > 0 ? [`requests to ${[...others].join(', ')} were left out: a connector has one base URL`] : []),
    ],
  };
}

/** A key among the request parameters, where no header proves who asks. */
function queryScheme(requests: readonly SeenRequest[], vault: Vault): HeadersUnderstood['auth'] {
  const pairs = requests.flatMap(({ url }) => [...url.searchParams]);
  const [name, value] = pairs.find(([param]) => isSecretName(param)) ?? [];
  return name === undefined || value === undefined ? undefined : inKey('query', name, value, vault);
}

/** Requests that differ by their parameters or by IDs only, or lead to each other, in the order of their first ones. */
function grouped(requests: readonly SeenRequest[]): Group[] {
  const groups = new Map<string, { readonly requests: SeenRequest[]; readonly followed: Set<SeenRequest> }>();
  const leading = new Map<string, string>();
  for (const request of requests) {
    const { method, url, body, response } = request;
    const shape = segmentsOf(url).map(segment => (isId(segment) ? '{}' : segment));
    const before = method === 'GET' ? leading.get(url.href) : undefined;
    const key = before ?? `${method} ${shape.join('/')} ${method === 'GET' ? '' : operation(body)}`;
    const group = groups.get(key) ?? { requests: [], followed: new Set() };
    groups.set(key, group);
    group.requests.push(request);
    if (before !== undefined) group.followed.add(request);
    for (const address of response ? nextAddresses({ ...response, url: url.href }) : []) leading.set(address, key);
  }
  return [...groups.values()].map(group => ({
    ...group,
    segments: segmentsOf((group.requests[0] as SeenRequest).url),
  }));
}

/** Queries of GraphQL have one path: they differ by their text. */
function operation(body: string): string {
  return /"query"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? '';
}

class Streams {
  readonly #vault: Vault;
  readonly #source: string;
  readonly #auth: HeadersUnderstood['auth'];
  readonly #names = new Map<string, string>();

  constructor(vault: Vault, source: string, auth: HeadersUnderstood['auth']) {
    this.#vault = vault;
    this.#source = source;
    this.#auth = auth;
  }

  of(groups: readonly Group[], baseLength: number): DescribedStream[] {
    const byDepth = groups.toSorted((a, b) => a.segments.length - b.segments.length);
    const described = new Map(byDepth.map(group => [group, this.#stream(group, baseLength)]));
    return groups.map(group => described.get(group) as DescribedStream);
  }

  #stream({ segments, requests, followed }: Group, baseLength: number): DescribedStream {
    const [first] = requests as [SeenRequest];
    const own = segments.slice(baseLength);
    const { path, parents } = this.#path(own);
    const name = streamName(own.length > 0 ? own : segments, new Set(this.#names.values()));
    this.#names.set(path, name);
    const { params, parameters: inQuery } = this.#params(requests.filter(request => !followed.has(request)));
    const { answers, losses, parameters: inBody } = understandBody(first, this.#vault);
    const parameters = { ...inQuery, ...inBody };
    const pagination = pagingOf(parameters);
    const said = <Value>(value: Value): Understood<Value> => ({ value, grade: 'said', evidence: `${this.#source}` });
    return {
      name,
      title: '',
      answers: {
        path: said(path),
        ...answers,
        ...(Object.keys(params).length > 0 && { params: said(params) }),
        ...(pagination && { pagination }),
        ...(parents.length === 1 && { parent: parents[0] }),
      },
      parameters,
      responses: requests.flatMap(request => this.#response(request, followed.has(request))),
      losses,
    };
  }

  /** A path in which IDs are what a parent's records have, or what is configured. */
  #path(segments: readonly string[]) {
    const parents: Understood<{ readonly stream: string; readonly field: string; readonly as: string }>[] = [];
    const path = segments.reduce((before, segment, index) => {
      if (index === 0 && looksRandom(segment))
        return `/${this.#vault.kept('path_key', segment, 'The first part of the path')}`;
      if (!isId(segment) || index === 0) return `${before}/${segment.replaceAll(/[{}]/g, encodeURIComponent)}`;
      const as = idName(segments[index - 1] as string);
      const parent = this.#names.get(before);
      if (parent === undefined || index === segments.length - 1 || parents.length > 0)
        return `${before}/${this.#vault.kept(as, segment, `The ID in the path ${before}`)}`;
      parents.push({
        value: { stream: parent, field: 'id', as },
        grade: 'guessed',
        evidence: `the ID behind ${before}`,
      });
      return `${before}/{${as}}`;
    }, '');
    return { path: path || '/', parents };
  }

  /** The parameters that all requests have alike, and those that cut lists into pages or vary. */
  #params(requests: readonly SeenRequest[]) {
    const params: Record<string, string> = {};
    const parameters: Record<string, string> = {};
    for (const [name, value] of (requests[0] as SeenRequest).url.searchParams) {
      if (this.#auth?.value.in === 'query' && this.#auth.value.name === name) continue;
      const varies = requests.some(({ url }) => url.searchParams.get(name) !== value);
      if (pagingRole(name) !== undefined || varies) parameters[name] = value;
      else if (isSecretName(name) || looksRandom(value))
        params[name] = this.#vault.kept(name, value, `The parameter ${name}`);
      else params[name] = this.#vault.plain(value);
    }
    return { params, parameters };
  }

  /** A response; what a response before had for an address is no secret of the user's, such as a token of a page. */
  #response(request: SeenRequest, isFollowed: boolean) {
    const { url, response } = request;
    if (!response) return [];
    const shown = new URL(url);
    for (const [name, value] of url.searchParams) {
      if ((isSecretName(name) && !isFollowed) || Object.values(this.#vault.credentials).includes(value))
        shown.searchParams.delete(name);
    }
    return [{ url: shown.href, sent: sentFields(request), ...response }];
  }
}

function mostFrequent(values: readonly string[]): string {
  const count = (value: string) => values.filter(other => other === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best), values[0] ?? '');
}
