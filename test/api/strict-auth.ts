import { createHmac, type KeyObject, verify } from 'node:crypto';
import type { Reply, Seen } from './strict-server.ts';

/** How the API authenticates, in the terms of the answers. */
export interface AuthRules {
  readonly type: string;
  readonly in?: string;
  readonly name?: string;
  readonly prefix?: string;
  readonly rotating?: boolean;
  readonly client_auth?: string;
  readonly login_method?: string;
  readonly algorithm?: string;
  /** What tokens are verified with, where their key isn't shared. */
  readonly publicKey?: KeyObject;
  readonly [key: string]: unknown;
}

export interface TokenState {
  readonly issued: string[];
  refreshToken: string;
  granted: number;
  lifetime: number;
}

/** The configuration that the rules accept. */
export const CREDENTIALS = {
  access_token: 'a-secret-access-token',
  api_key: 'a-secret-api-key',
  username: 'ada',
  password: 'pässword of öurs',
  client_id: 'the-client',
  client_secret: 'the-client-secret',
  refresh_token: 'first-refresh-token',
  account: 'acme+42',
  private_key: 'a-shared-key-that-is-long-enough-for-hmac',
};

type Verdict = { readonly params: readonly string[] } | { readonly refused: string };

/** Says whether a request is authenticated, and which of its parameters that took. */
export function checkAuth(rules: AuthRules, seen: Seen, tokens: TokenState): Verdict {
  const { authorization } = seen.headers;
  const expect = (found: unknown, wanted: string): Verdict =>
    found === wanted ? { params: [] } : { refused: `${String(found)} isn't what is wanted` };
  switch (rules.type) {
    case 'bearer':
      return expect(authorization, `Bearer ${said(rules.token ?? '{access_token}')}`);
    case 'basic': {
      const pair = [rules.username ?? '{username}', rules.password ?? '{password}'];
      return expect(authorization, `Basic ${base64(pair.map(said).join(':'))}`);
    }
    case 'custom':
      return checkTexts(rules, seen);
    case 'api_key':
      return checkKey(rules, seen);
    case 'jwt':
      return verifyJwt(rules, authorization) ? { params: [] } : { refused: 'bad signature' };
    case 'none':
      return { params: [] };
    default: {
      const header = String(rules.name ?? 'authorization').toLowerCase();
      const prefix = rules.prefix ?? (header === 'authorization' ? 'Bearer ' : '');
      return expect(seen.headers[header], `${prefix}${tokens.issued.at(-1)}`);
    }
  }
}

function checkKey({ in: place = 'header', name = 'X-Api-Key', prefix = '' }: AuthRules, seen: Seen): Verdict {
  const wanted = prefix + CREDENTIALS.api_key;
  const places: Record<string, () => unknown[]> = {
    header: () => [seen.headers[name.toLowerCase()]],
    cookie: () => [
      seen.headers.cookie
        ?.split('; ')
        .find(part => part.startsWith(`${name}=`))
        ?.slice(name.length + 1),
    ],
    query: () => seen.params.getAll(name),
    body: () => [seen.body?.[name]],
  };
  const all = places[place]?.();
  if (all?.length !== 1 || all[0] !== wanted) return { refused: `the ${place} has ${JSON.stringify(all)}` };
  return { params: place === 'query' || place === 'body' ? [name] : [] };
}

/** A text of the answers as the configured credentials make it. */
function said(text: unknown): string {
  return Object.entries(CREDENTIALS).reduce((made, [key, value]) => made.replaceAll(`{${key}}`, value), String(text));
}

function checkTexts(rules: AuthRules, { headers, params, body }: Seen): Verdict {
  const places = {
    headers: (name: string) => [headers[name.toLowerCase()]],
    params: (name: string) => params.getAll(name),
    body: (name: string) => [body?.[name]],
  };
  for (const [place, found] of Object.entries(places))
    for (const [name, text] of Object.entries((rules[place] ?? {}) as Record<string, string>)) {
      const all = found(name);
      if (all.length !== 1 || all[0] !== said(text)) return { refused: `${name} is ${JSON.stringify(all)}` };
    }
  return { params: Object.keys({ ...(rules.params as object), ...(rules.body as object) }) };
}

/** Verifies a token as RFC 7515 and RFC 7518 say. */
function verifyJwt({ algorithm = '', publicKey: key }: AuthRules, authorization = ''): boolean {
  const [head = '', claims = '', signature = ''] = authorization.replace('Bearer ', '').split('.');
  const [signed, given] = [Buffer.from(`${head}.${claims}`), Buffer.from(signature, 'base64url')];
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  const hash = `sha${algorithm.slice(2)}`;
  const isSigned = key
    ? verify(hash, signed, { key, dsaEncoding: 'ieee-p1363' }, given)
    : createHmac(hash, CREDENTIALS.private_key).update(signed).digest().equals(given);
  const { iss, exp } = read(claims);
  return isSigned && read(head).alg === algorithm && iss === 'the-issuer' && exp > Date.now() / 1000;
}

/** The token endpoint (RFC 6749) and the log-in. */
export function grantToken(rules: AuthRules, seen: Seen, tokens: TokenState): Reply {
  const refused = rules.type === 'session_token' ? loginFault(rules, seen) : grantFault(rules, seen, tokens);
  if (refused) return { status: 400, body: { error: 'invalid_grant', error_description: refused } };
  tokens.granted += 1;
  const token = `token-${tokens.granted}`;
  tokens.issued.push(token);
  if (rules.type === 'session_token') return { body: { data: { token } } };
  if (rules.rotating) tokens.refreshToken = `refresh-token-${tokens.granted}`;
  return {
    body: {
      access_token: token,
      expires_in: tokens.lifetime,
      ...(rules.rotating && { refresh_token: tokens.refreshToken }),
    },
  };
}

function loginFault({ login_method = 'POST' }: AuthRules, { method, body, params }: Seen): string | undefined {
  const given = method === 'GET' ? Object.fromEntries(params) : body;
  if (method !== login_method) return `not by ${method}`;
  if (given?.username !== CREDENTIALS.username || given?.password !== CREDENTIALS.password) return 'wrong password';
  return undefined;
}

function grantFault(rules: AuthRules, { text, headers }: Seen, tokens: TokenState): string | undefined {
  const form = new URLSearchParams(text);
  const wanted = rules.type === 'oauth2_client_credentials' ? 'client_credentials' : 'refresh_token';
  if (form.get('grant_type') !== wanted) return `${form.get('grant_type')} is no grant here`;
  const basic = `Basic ${base64(`${CREDENTIALS.client_id}:${CREDENTIALS.client_secret}`)}`;
  const inBody =
    form.get('client_id') === CREDENTIALS.client_id && form.get('client_secret') === CREDENTIALS.client_secret;
  if (rules.client_auth === 'basic' ? headers.authorization !== basic || form.has('client_secret') : !inBody)
    return 'the client is unknown';
  if (wanted === 'refresh_token' && form.get('refresh_token') !== tokens.refreshToken) return 'the token was used';
  return undefined;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
