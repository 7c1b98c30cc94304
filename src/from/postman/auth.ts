import { isMapping } from '../../base/mapping.ts';
import { type Node, own } from '../../schema/infer/untyped.ts';
import type { Grade } from '../described.ts';
import { type Pair, pairsOf, type SavedRequest, textOf } from './collection.ts';
import type { Variables } from './variables.ts';

/** How requests are authenticated, and the secrets that stand in the collection. */
export interface SavedAuth {
  readonly auth: Readonly<Record<string, unknown>>;
  readonly grade: Grade;
  readonly evidence: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly losses: readonly string[];
}

const NONE: SavedAuth = {
  auth: { type: 'none' },
  grade: 'inferred',
  evidence: 'the collection has none',
  credentials: {},
  losses: [],
};

/** The authentication that most requests have: that of the collection and its folders, or a header. */
export function authOf(requests: readonly SavedRequest[], variables: Variables): SavedAuth {
  const kinds = new Map<string, { count: number; auth: Node }>();
  for (const { auth } of requests) {
    const type = textOf(own(auth ?? {}, 'type'));
    if (!auth || type === '' || type === 'noauth') continue;
    kinds.set(type, { count: (kinds.get(type)?.count ?? 0) + 1, auth });
  }
  const [most] = [...kinds].sort((a, b) => b[1].count - a[1].count);
  if (!most) return byHeader(requests, variables);
  return ofType(most[0], new Map(pairsOf(own(most[1].auth, most[0])).map(pair => [pair.key, pair])), variables);
}

function ofType(type: string, pairs: ReadonlyMap<string, Pair>, variables: Variables): SavedAuth {
  const value = (key: string) => variables.filled(pairs.get(key)?.value ?? '');
  const found = (auth: Node, secrets: Readonly<Record<string, string>>): SavedAuth => ({
    ...NONE,
    auth,
    grade: 'said',
    evidence: `the collection's auth is ${type}`,
    credentials: known(secrets),
  });
  if (type === 'bearer') return found({ type: 'bearer' }, { access_token: value('token') });
  if (type === 'basic') return found({ type: 'basic' }, { username: value('username'), password: value('password') });
  if (type === 'apikey') {
    const name = value('key');
    const place = value('in') === 'query' ? 'query' : 'header';
    if (name !== '' && !name.includes('{'))
      return found({ type: 'api_key', in: place, name }, { api_key: value('value') });
  }
  if (type === 'oauth2') return oauth(value, found);
  const losses = [`the collection's auth ${type} has no answer: override authenticate in client.py`];
  return { ...NONE, grade: 'said', evidence: `the collection's auth is ${type}`, losses };
}

function oauth(
  value: (key: string) => string,
  found: (auth: Node, secrets: Readonly<Record<string, string>>) => SavedAuth,
): SavedAuth {
  const token_url = value('accessTokenUrl');
  const client = { client_id: value('clientId'), client_secret: value('clientSecret') };
  if (!/^https?:\/\/[^\s"'<>\\^`{|}]+$/.test(token_url))
    return found({ type: 'bearer' }, { access_token: value('accessToken') });
  const scopes = value('scope')
    .split(/\s+/)
    .filter(scope => scope !== '' && !scope.includes('{'));
  const more = scopes.length > 0 ? { scopes } : {};
  if (value('grant_type') === 'client_credentials')
    return found({ type: 'oauth2_client_credentials', token_url, ...more }, client);
  return found({ type: 'oauth2_refresh_token', token_url, ...more }, client);
}

/** A header that most requests have. */
function byHeader(requests: readonly SavedRequest[], variables: Variables): SavedAuth {
  const headers = requests.flatMap(({ headers }) => headers.filter(({ key, sent }) => sent && AUTH_HEADER.test(key)));
  const [header] = headers;
  if (!header || headers.length * 2 < requests.length) return NONE;
  const value = variables.filled(header.value);
  const [, word = '', token = value] = /^(\S+)\s+(.*)$/s.exec(value) ?? [];
  const evidence = `requests have the header ${header.key}`;
  if (!/^authorization$/i.test(header.key))
    return {
      ...NONE,
      auth: { type: 'api_key', in: 'header', name: header.key },
      grade: 'said',
      evidence,
      credentials: known({ api_key: value }),
    };
  if (/^basic$/i.test(word)) return { ...NONE, auth: { type: 'basic' }, grade: 'said', evidence };
  if (/^bearer$/i.test(word))
    return { ...NONE, auth: { type: 'bearer' }, grade: 'said', evidence, credentials: known({ access_token: token }) };
  const prefix = /^[A-Za-z-]{2,20}$/.test(word) ? { prefix: `${word} ` } : {};
  return {
    ...NONE,
    auth: { type: 'api_key', in: 'header', name: header.key, ...prefix },
    grade: 'said',
    evidence,
    credentials: known({ api_key: 'prefix' in prefix ? token : value }),
  };
}

export const AUTH_HEADER =
  /^(?:authorization|(?:x[-_])?(?:api|access|auth)[-_]?(?:key|token)|.*(?:secret|token|api-?key)$)/i;

/** Those that have a value of their own, and no variable. */
function known(secrets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== '' && !value.includes('{{')));
}

/** True for what may be a collection. */
export function isCollection(root: unknown): root is Node {
  return isMapping(root) && Array.isArray(own(root, 'item')) && isMapping(own(root, 'info'));
}
