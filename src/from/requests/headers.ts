import { snakeCase } from 'lodash-es';
import type { Understood } from '../described.ts';
import { isSecretName, looksRandom } from './secret-names.ts';
import type { Vault } from './vault.ts';

type Header = readonly [name: string, value: string];
type AuthAnswer = Readonly<Record<string, unknown>>;

/** What HTTP clients and browsers send of themselves. */
const OF_CLIENTS =
  /^(?::.*|host|connection|content-.*|user-agent|origin|referer|sec-.*|accept-.*|cache-control|pragma|dnt|if-.*|priority|te|upgrade.*|x-requested-with|cookie|authorization|proxy-.*|forwarded|x-forwarded-.*|traceparent|tracestate|baggage|sentry-trace|x-.*-?(?:request|trace|correlation)-?id|newrelic|range|expect|keep-alive|transfer-encoding|idempotency-key)$/i;

/** How requests prove who sends them, and the headers that every request has beside that. */
export interface HeadersUnderstood {
  readonly auth: Understood<AuthAnswer> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/** Understands the headers of requests; what is secret goes into the vault, and {key} into its place. */
export function understandHeaders(given: readonly Header[], vault: Vault): HeadersUnderstood {
  const value = (name: string) => given.find(([other]) => other.toLowerCase() === name)?.[1];
  const notes: string[] = [];
  const authorization = value('authorization');
  let auth = authorization === undefined ? undefined : fromAuthorization(authorization, vault);
  const headers: Record<string, string> = {};
  for (const [name, text] of given) {
    const isPlainAccept = /^accept$/i.test(name) && /^(?:\*\/\*|application\/json|text\/)|,/.test(text);
    if (OF_CLIENTS.test(name) || isPlainAccept || Object.keys(headers).some(other => same(other, name))) continue;
    const isSecret = isSecretName(name) || looksRandom(text);
    if (!isSecret) headers[name] = vault.plain(text);
    else if (auth) headers[name] = vault.kept(snakeCase(name), text, `The header ${name}`);
    else auth = inKey('header', name, text, vault);
  }
  const cookies = value('cookie');
  if (cookies !== undefined && auth) notes.push('the cookies were left out, since something else proves who asks');
  if (cookies !== undefined) auth ??= fromCookies(cookies, vault);
  return { auth, headers, notes };
}

/** The scheme of a key that stands in a header, a parameter or a cookie of that name. */
export function inKey(
  place: 'header' | 'query' | 'cookie',
  name: string,
  secret: string,
  vault: Vault,
): Understood<AuthAnswer> {
  vault.keep('api_key', secret);
  const what = place === 'query' ? 'parameter' : place;
  return {
    value: { type: 'api_key', in: place, name },
    grade: 'inferred',
    evidence: `the ${what} ${name} of the request`,
  };
}

function fromAuthorization(text: string, vault: Vault): Understood<AuthAnswer> {
  const said = (value: AuthAnswer, what: string): Understood<AuthAnswer> => ({
    value,
    grade: 'said',
    evidence: `the request's header Authorization (${what})`,
  });
  const [, scheme = '', rest = ''] = /^(\S+)\s+(.*)$/s.exec(text) ?? [];
  if (/^bearer$/i.test(scheme)) {
    vault.keep('access_token', rest);
    return said({ type: 'bearer' }, 'Bearer');
  }
  if (/^basic$/i.test(scheme)) {
    const pair = Buffer.from(rest, 'base64').toString('utf8');
    const at = pair.indexOf(':');
    vault.keep('username', at < 0 ? pair : pair.slice(0, at));
    vault.keep('password', at < 0 ? '' : pair.slice(at + 1));
    return said({ type: 'basic' }, 'Basic');
  }
  const prefix = /^[A-Za-z][\w-]{0,20}$/.test(scheme) ? scheme : undefined;
  vault.keep('api_key', prefix === undefined ? text : rest);
  const value = { type: 'api_key', in: 'header', name: 'Authorization', ...(prefix && { prefix: `${prefix} ` }) };
  return said(value, prefix ?? 'a key alone');
}

/** One cookie is a key; of several nobody can tell which are needed. */
function fromCookies(text: string, vault: Vault): Understood<AuthAnswer> {
  const [first = '', ...others] = text.split(/;\s*/).filter(Boolean);
  const at = first.indexOf('=');
  if (others.length === 0 && at > 0) return inKey('cookie', first.slice(0, at), first.slice(at + 1), vault);
  return inKey('header', 'Cookie', text, vault);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
