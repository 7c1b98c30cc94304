import { own } from '../../schema/infer/untyped.ts';
import type { ApiUnderstood, DescribedApi, DescribedKey, Understood } from '../described.ts';
import { Shapes } from '../endpoints/shape.ts';
import { nameOf } from '../endpoints/title.ts';
import { understand } from '../endpoints/understand.ts';
import { firstSentence } from '../endpoints/words.ts';
import { AUTH_HEADER, authOf, isCollection } from './auth.ts';
import { baseOf } from './base.ts';
import { pairsOf, requestsOf, type SavedRequest, textOf } from './collection.ts';
import { endpointOf } from './endpoints.ts';
import { Variables } from './variables.ts';

/** Headers that a client sets, or that nothing depends on. */
const USUAL =
  /^(?:accept|accept-encoding|accept-language|cache-control|connection|content-.*|cookie|host|origin|postman-token|referer|user-agent)$/i;

/** Understands a parsed collection; undefined for what is none. */
export function readPostman(root: unknown): DescribedApi | undefined {
  if (!isCollection(root)) return undefined;
  const variables = new Variables(pairsOf(own(root, 'variable')));
  const all = requestsOf(root);
  const base = baseOf(all, variables);
  const requests = all.flatMap(request => {
    const path = base.pathOf(request);
    return path === undefined ? [] : [{ request, path }];
  });
  const shapes = new Shapes(node => node);
  const saved = requests.map(({ request, path }) => endpointOf(request, path, variables, shapes));
  const { streams, notes } = understand(
    saved.map(({ endpoint }) => endpoint),
    { shapes, target: () => undefined },
  );
  const read = requests.map(({ request }) => request).filter(({ method }) => method === 'GET');
  const auth = authOf(read.length > 0 ? read : all, variables);
  const headers = headersOf(read, variables);
  const config = [
    ...variables.keysIn([base.text]),
    ...headers.keys,
    ...saved.flatMap(({ keys }) => keys),
    ...streams.flatMap(({ keys }) => keys),
  ];
  const info = own(root, 'info') as Readonly<Record<string, unknown>>;
  return {
    answers: {
      ...named(info),
      ...(base.url !== undefined && { base_url: said(base.url, 'the address of most requests') }),
      ...(config.length > 0 && { config: said(once(config), 'variables of the collection') }),
      auth: { value: auth.auth, grade: auth.grade, evidence: auth.evidence },
      ...(Object.keys(headers.values).length > 0 && {
        headers: said(headers.values, 'headers that all requests have'),
      }),
    },
    streams: streams.map(({ stream }) => stream),
    credentials: auth.credentials,
    notes: [
      ...(base.url === undefined ? ['the collection has no address: the base URL is to be told'] : []),
      ...(all.length > requests.length
        ? [`${all.length - requests.length} requests go to other addresses than ${base.text}, and are left out`]
        : []),
      ...auth.losses,
      ...notes,
    ],
  };
}

function named(info: Readonly<Record<string, unknown>>): Pick<ApiUnderstood, 'name' | 'description'> {
  const name = nameOf(textOf(own(info, 'name')));
  const description = own(info, 'description');
  const about = firstSentence(
    textOf(description) || textOf(own((description ?? {}) as Readonly<Record<string, unknown>>, 'content')),
  );
  return {
    ...(name !== undefined && { name: said(name, 'the name of the collection') }),
    ...(about !== '' && { description: said(about, 'the collection itself') }),
  };
}

function said<Value>(value: Value, evidence: string): Understood<Value> {
  return { value, grade: 'said', evidence };
}

/** The headers that all requests have with the same value, but for those of credentials. */
function headersOf(
  requests: readonly SavedRequest[],
  variables: Variables,
): { readonly values: Record<string, string>; readonly keys: DescribedKey[] } {
  const [first, ...others] = requests;
  const shared = (first?.headers ?? []).filter(
    ({ key, value, sent }) =>
      sent &&
      value !== '' &&
      /^[A-Za-z0-9-]+$/.test(key) &&
      !USUAL.test(key) &&
      !AUTH_HEADER.test(key) &&
      others.every(({ headers }) => headers.some(other => other.key === key && other.value === value && other.sent)),
  );
  return {
    values: Object.fromEntries(shared.map(({ key, value }) => [key, variables.withKeys(value)])),
    keys: variables.keysIn(shared.map(({ value }) => value)),
  };
}

function once(keys: readonly DescribedKey[]): DescribedKey[] {
  return [...new Map([...keys].reverse().map(key => [key.name, key])).values()].reverse();
}
