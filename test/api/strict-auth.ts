import { createHash, createHmac, type KeyObject, verify } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { set } from 'lodash-es';
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
  aws_access_key_id: 'AKIDEXAMPLE',
  aws_secret_access_key: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  aws_session_token: 'the/session+token==',
  aws_region: 'eu-west-1',
  private_key: 'a-shared-key-that-is-long-enough-for-hmac',
};

type Verdict =
  | { readonly params: readonly string[] }
  | { readonly refused: string; readonly headers?: Record<string, string> };

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
    case 'digest':
      return digestFault(seen) === undefined
        ? { params: [] }
        : { refused: String(digestFault(seen)), headers: { 'WWW-Authenticate': CHALLENGE } };
    case 'aws_signature':
      return expect(authorization, signature(rules, seen));
    case 'custom':
      return checkTexts(rules, seen);
    case 'api_key':
      return checkKey(rules, seen);
    case 'jwt':
      if (rules.token_url !== undefined) return expect(authorization, `Bearer ${tokens.issued.at(-1)}`);
      return verifyJwt(rules, authorization) ? { params: [] } : { refused: 'bad signature' };
    case 'none':
      return { params: [] };
    default: {
      const cookie = rules.token_from_cookie;
      if (cookie !== undefined && !rules.name)
        return expect(seen.headers.cookie, `${String(cookie)}=${tokens.issued.at(-1)}`);
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
    body: () => [(seen.body ?? seen.form)?.[name]],
  };
  const all = places[place]?.();
  if (all?.length !== 1 || all[0] !== wanted) return { refused: `the ${place} has ${JSON.stringify(all)}` };
  return { params: place === 'query' || place === 'body' ? [name] : [] };
}

/** A text of the answers as the configured credentials make it. */
export function said(text: unknown): string {
  return Object.entries(CREDENTIALS).reduce((made, [key, value]) => made.replaceAll(`{${key}}`, value), String(text));
}

function checkTexts(rules: AuthRules, { headers, params, body, form }: Seen): Verdict {
  const places = {
    headers: (name: string) => [headers[name.toLowerCase()]],
    params: (name: string) => params.getAll(name),
    body: (name: string) => [(body ?? form)?.[name]],
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
  if (rules.rotating) tokens.refreshToken = `refresh-token-${tokens.granted}`;
  if (isShaped(rules)) return shapedAnswer(rules, token, tokens);
  if (rules.type === 'session_token') return { body: { data: { token } } };
  return {
    body: {
      access_token: token,
      expires_in: tokens.lifetime,
      ...(rules.rotating && { refresh_token: tokens.refreshToken }),
    },
  };
}

function loginFault(
  { login_method = 'POST', login_body, login_body_as, login_headers }: AuthRules,
  { method, body, params, text, headers }: Seen,
): string | undefined {
  const sent = method === 'GET' ? params : new URLSearchParams(text);
  const given = body ?? Object.fromEntries(sent);
  if (method !== login_method) return `not by ${method}`;
  if ((login_body_as === 'form' || method === 'GET') !== (body === undefined)) return 'not in that form';
  const odd = oddHeader(login_headers, headers);
  if (odd) return odd;
  if (login_body) return isDeepStrictEqual(given, JSON.parse(said(JSON.stringify(login_body)))) ? undefined : text;
  if (given?.username !== CREDENTIALS.username || given?.password !== CREDENTIALS.password) return 'wrong password';
  return undefined;
}

function grantFault(rules: AuthRules, { text, body, headers }: Seen, tokens: TokenState): string | undefined {
  if (rules.type === 'jwt') return assertionFault(rules, new URLSearchParams(text));
  if ((rules.token_body_as === 'json') !== (body !== undefined)) return 'not in that form';
  const form = new URLSearchParams((body as Record<string, string> | undefined) ?? text);
  const wanted = rules.type === 'oauth2_refresh_token' ? 'refresh_token' : (rules.grant_type ?? 'client_credentials');
  const odd = oddHeader(rules.token_headers, headers) ?? oddParam(rules.token_params, form);
  if (odd) return odd;
  if (
    wanted === 'password' &&
    (form.get('username') !== CREDENTIALS.username || form.get('password') !== CREDENTIALS.password)
  )
    return 'wrong password';
  if (form.get('grant_type') !== wanted) return `${form.get('grant_type')} is no grant here`;
  const basic = `Basic ${base64(`${CREDENTIALS.client_id}:${CREDENTIALS.client_secret}`)}`;
  const inBody =
    form.get('client_id') === CREDENTIALS.client_id && form.get('client_secret') === CREDENTIALS.client_secret;
  if (rules.client_auth === 'none') return form.has('client_id') ? 'there are no clients' : undefined;
  if (rules.client_auth === 'basic' ? headers.authorization !== basic || form.has('client_secret') : !inBody)
    return 'the client is unknown';
  if (wanted === 'refresh_token' && form.get('refresh_token') !== tokens.refreshToken) return 'the token was used';
  return undefined;
}

/** Holds a request against RFC 7523. */
function assertionFault(rules: AuthRules, form: URLSearchParams): string | undefined {
  if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') return 'no such grant';
  return verifyJwt(rules, String(form.get('assertion'))) ? oddParam(rules.token_params, form) : 'bad signature';
}

const CHALLENGE =
  'Digest realm="the realm", qop="auth", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv", opaque="FQhe"';

/** Verifies an answer to the challenge as RFC 7616 says. */
function digestFault({ method, target, headers: { authorization = '' } }: Seen): string | undefined {
  const said = Object.fromEntries(
    [...authorization.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name, quoted, plain]) => [
      name,
      quoted ?? plain,
    ]),
  );
  const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  const who = hash(`${CREDENTIALS.username}:the realm:${CREDENTIALS.password}`);
  const [nonce, opaque] = ['7ypf/xlj9XXwfDPEoM4URrv', 'FQhe'];
  const response = hash(`${who}:${nonce}:${said.nc}:${said.cnonce}:auth:${hash(`${method}:${target}`)}`);
  const wanted = { username: CREDENTIALS.username, uri: target, nonce, opaque, response, qop: 'auth' };
  return Object.entries(wanted).find(([name, value]) => said[name] !== value)?.[0];
}

/** The header that a request has to have, by the documentation of AWS: "Create a signed AWS API request". */
function signature({ service, region }: AuthRules, { method, target, text, headers }: Seen): string {
  const hash = (data: string) => createHash('sha256').update(data, 'utf8').digest('hex');
  const sign = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data, 'utf8').digest();
  const date = String(headers['x-amz-date']);
  const names = ['host', 'x-amz-date', 'x-amz-security-token'];
  const [path = '', query = ''] = target.split('?');
  const canonical = [
    method,
    // Each segment is encoded once more.
    path.split('/').map(encodeURIComponent).join('/'),
    query.split('&').sort().join('&'),
    ...names.map(name => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    hash(text),
  ].join('\n');
  const scope = [date.slice(0, 8), said(region), service, 'aws4_request'];
  const key = scope.reduce<string | Buffer>(
    (last, part) => sign(last, String(part)),
    `AWS4${CREDENTIALS.aws_secret_access_key}`,
  );
  const proof = sign(key, ['AWS4-HMAC-SHA256', date, scope.join('/'), hash(canonical)].join('\n')).toString('hex');
  const credential = `${CREDENTIALS.aws_access_key_id}/${scope.join('/')}`;
  if (headers['x-amz-security-token'] !== CREDENTIALS.aws_session_token) return 'another session';
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${proof}`;
}

/** True where the answer to a request for a token isn't that of RFC 6749, or of a plain log-in. */
function isShaped(rules: AuthRules): boolean {
  if (rules.type === 'session_token' && rules.token_path === undefined) return true;
  return ['token_path', 'token_from_header', 'token_from_cookie', 'expires_path', 'login_body'].some(
    key => rules[key] !== undefined && !(rules.type === 'session_token' && rules[key] === 'data.token'),
  );
}

function shapedAnswer(rules: AuthRules, token: string, { lifetime, refreshToken }: TokenState): Reply {
  if (rules.token_from_header) return { body: {}, headers: { [String(rules.token_from_header)]: token } };
  if (rules.token_from_cookie)
    return { body: {}, headers: { 'Set-Cookie': `${String(rules.token_from_cookie)}=${token}; Path=/; HttpOnly` } };
  const path = String(rules.token_path ?? '');
  const lasting: Record<string, unknown> = {
    seconds: lifetime,
    minutes: String(lifetime / 60),
    milliseconds: lifetime * 1000,
    moment: new Date(Date.now() + lifetime * 1000).toISOString(),
  };
  const body = set({}, path, token);
  if (rules.expires_path) set(body, String(rules.expires_path), lasting[String(rules.expires_as ?? 'seconds')]);
  if (rules.rotating) set(body, path.replace(/\w+$/, 'refresh_token'), refreshToken);
  return { body: path === '' ? JSON.stringify(token) : body, ...(path === '' && { headers: JSON_TYPE }) };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

function oddHeader(wanted: unknown, headers: Seen['headers']): string | undefined {
  const entries = Object.entries((wanted ?? {}) as Record<string, string>);
  return entries.find(([name, text]) => headers[name.toLowerCase()] !== said(text))?.[0];
}

function oddParam(wanted: unknown, form: URLSearchParams): string | undefined {
  const entries = Object.entries((wanted ?? {}) as Record<string, string>);
  return entries.find(([name, text]) => form.get(name) !== said(text))?.[0];
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
