import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import { addressOf } from './address.ts';
import { shown } from './pagination.ts';
import { accessIn, type Context, translated } from './template.ts';

/** How requests are authenticated, and the configuration keys that it has of its own. */
export interface FoundAuth {
  readonly auth: Readonly<Record<string, unknown>>;
  /** Why there is no answer for it. */
  readonly loss?: string;
}

const NONE = { type: 'none' };

/** An authenticator as the answer `auth`. */
export function authOf(given: unknown, context: Context): FoundAuth {
  if (!isMapping(given) || own(given, 'type') === 'NoAuth') return { auth: NONE };
  const text = (key: string) => translated(own(given, key), context);
  // What the specification doesn't name is empty text.
  const isUnknown = (key: string) => {
    const name = accessIn(own(given, key));
    return name?.root === 'config' && context.isUnspecified(name.steps.at(-1) as string);
  };
  const type = own(given, 'type');
  if (type === 'BearerAuthenticator') return ifKnown({ type: 'bearer', token: text('api_token') }, given);
  if (type === 'BasicHttpAuthenticator')
    return ifKnown(
      {
        type: 'basic',
        username: text('username') ?? '',
        password: own(given, 'password') === undefined || isUnknown('password') ? '' : text('password'),
      },
      given,
    );
  if (type === 'ApiKeyAuthenticator') return apiKey(given, text('api_token'));
  if (type === 'OAuthAuthenticator')
    return oauth(given, addressOf(own(given, 'token_refresh_endpoint'), context), context);
  if (type === 'SelectiveAuthenticator') return selective(given, context);
  return {
    auth: NONE,
    loss: `requests are authenticated by ${shown(type ?? own(given, 'class_name'))}: override authenticate in client.py`,
  };
}

function ifKnown(auth: Node, given: Node): FoundAuth {
  const unknown = Object.values(auth).includes(undefined);
  return unknown
    ? {
        auth: NONE,
        loss: `the ${own(given, 'type')} has ${shown(own(given, 'api_token') ?? own(given, 'username'))}: override authenticate in client.py`,
      }
    : { auth };
}

function apiKey(given: Node, token: string | undefined): FoundAuth {
  const option = own(given, 'inject_into');
  const name = (isMapping(option) ? own(option, 'field_name') : undefined) ?? own(given, 'header');
  const place = isMapping(option) ? own(option, 'inject_into') : 'header';
  const target = place === 'request_parameter' ? 'params' : place === 'body_json' ? 'body' : 'headers';
  if (typeof name !== 'string' || name.includes('{{') || token === undefined)
    return ifKnown({ token: undefined }, given);
  return { auth: { type: 'custom', [target]: { [name]: token } } };
}

/** Names of fields of the token request that no answer changes. */
const FIELDS: Readonly<Record<string, string>> = {
  client_id_name: 'client_id',
  client_secret_name: 'client_secret',
  refresh_token_name: 'refresh_token',
  grant_type_name: 'grant_type',
};
/** The ID and the secret of the client, as basic authentication has them. */
const BASIC = /^Basic\s+\{\{[\s\S]*client_id[\s\S]*client_secret[\s\S]*\|\s*base64encode[\s\S]*\}\}$/;

/** Client credentials where it says so, else a refresh token, whose keys have names of their own in connectors. */
function oauth(given: Node, token_url: string | undefined, context: Context): FoundAuth {
  const isOdd = Object.entries(FIELDS).some(([key, usual]) => (own(given, key) ?? usual) !== usual);
  if (
    token_url === undefined ||
    !/^(?:https?:\/\/|\{\w+\}\/)/.test(token_url) ||
    isOdd ||
    own(given, 'use_profile_assertion')
  )
    return {
      auth: NONE,
      loss: 'the token is asked for in a way that no answer says: override authenticate in client.py',
    };
  const scopes = list(own(given, 'scopes')).filter(scope => typeof scope === 'string' && !scope.includes('{{'));
  const rotating = isMapping(own(given, 'refresh_token_updater'));
  const type = own(given, 'grant_type') === 'client_credentials' ? 'oauth2_client_credentials' : 'oauth2_refresh_token';
  const [token, expires] = [own(given, 'access_token_name'), own(given, 'expires_in_name')];
  const further = entriesOf(own(given, 'refresh_request_body'), context);
  const given_headers = entriesOf(own(given, 'refresh_request_headers'), context, BASIC);
  const isBasic = given_headers.some(([, value]) => value === BASIC);
  const headers = given_headers.filter(([name, value]) => value !== BASIC && !/^content-type$/i.test(name));
  const isLost = [...further, ...headers].some(([, value]) => value === undefined);
  return {
    ...(isLost && {
      loss: 'the request for tokens has further fields that no answer says: see token_params and token_headers of auth',
    }),
    auth: {
      type,
      token_url,
      ...(scopes.length > 0 && { scopes }),
      ...(!isLost && further.length > 0 && { token_params: Object.fromEntries(further) }),
      ...(!isLost && headers.length > 0 && { token_headers: Object.fromEntries(headers) }),
      ...(isBasic && { client_auth: 'basic' }),
      ...(typeof token === 'string' && token !== 'access_token' && { token_path: token }),
      ...(typeof expires === 'string' &&
        expires !== 'expires_in' && {
          expires_path: expires,
          ...(/_at$/.test(expires) && { expires_as: 'moment' }),
        }),
      ...(rotating && type === 'oauth2_refresh_token' && { rotating: true }),
    },
  };
}

/** Fields or headers of the token request in our grammar; `known` stands for what it fits. */
function entriesOf<Known extends RegExp>(
  given: unknown,
  context: Context,
  known?: Known,
): (readonly [string, string | Known | undefined])[] {
  return Object.entries(isMapping(given) ? given : {})
    .filter(([key]) => key !== '$parameters')
    .map(([key, value]) => [key, known?.test(String(value)) ? known : translated(value, context)] as const);
}

/** Several, of which the configuration chooses one. */
function selective(given: Node, context: Context): FoundAuth {
  const authenticators = own(given, 'authenticators');
  const found = Object.entries(isMapping(authenticators) ? authenticators : {}).map(
    ([name, each]) => [name, authOf(each, context)] as const,
  );
  const known = found.filter(([name, { loss }]) => loss === undefined && /^[A-Za-z][\w. -]*$/.test(name));
  if (known.length === 0)
    return {
      auth: NONE,
      loss: 'requests are authenticated in ways that no answer says: override authenticate in client.py',
    };
  const lost =
    found.length > known.length
      ? { loss: `of the ways to authenticate, ${found.length - known.length} have no answer` }
      : {};
  const schemes = Object.fromEntries(
    known.map(([name, { auth }]) => [name.toLowerCase().replaceAll(/\W+/g, '_'), auth]),
  );
  return { auth: known.length === 1 ? (known[0]?.[1].auth ?? NONE) : { type: 'choice', schemes }, ...lost };
}
