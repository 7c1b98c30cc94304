import * as v from 'valibot';
import type { Ask } from '../../../answers/ask.ts';
import { choice, fields, line, list, textMap, url } from '../../../answers/fields.ts';
import { headerName } from '../../../answers/header-name.ts';
import type { RawAnswers } from '../../../answers/raw-answers.ts';
import { headerFault } from '../../../base/headers.ts';
import { markdownCode } from '../../../base/markdown.ts';
import type { ConfigKey } from '../../../connector/model.ts';
import type { Value } from '../../../python/compose/values.ts';
import { formatText, formatTexts } from '../../../python/literal.ts';
import { pathValue, placePath } from '../../../records/response-path.ts';
import { checksToken } from './fake.ts';
import { plainKey, secretKey } from './keys.ts';
import { prefix, tokenForm } from './prefix.ts';
import type { SchemeFeature, SchemeOffline, SchemeReport, SchemeTest, SecretPlaces } from './scheme.ts';
import { keysByName } from './secret-names.ts';
import { authTexts, namesWithKeys } from './texts.ts';
import { expiryEntries, expiryValue, FAKE_ANSWERS, lifetime, reportExpiry } from './token-answer.ts';

/** The answers that the grants of OAuth 2 (RFC 6749) have in common. */
export const oauthEntries = {
  token_url: url('Where access tokens come from; {key} stands for a configuration key'),
  scopes: v.optional(list(line('A scope'), 'What the token is asked to be good for')),
  token_params: v.optional(textMap('Further parameters of the token request, such as audience')),
  token_headers: v.optional(authTexts('Further headers of the token request; {key} stands for a configuration key')),
  token_body_as: v.optional(choice(['form', 'json'], 'How the token request writes its parameters (default: form)')),
  client_auth: v.optional(
    choice(
      ['body', 'basic', 'none'],
      'Where the token request has the client_secret: in its body, in basic authentication, or nowhere, as there is none',
    ),
    'body',
  ),
  token_path: v.optional(placePath('Where the response has the token (default: access_token)')),
  ...expiryEntries,
  lifetime_seconds: v.optional(lifetime),
  name: v.optional(headerName('The header that takes the token (default: Authorization)')),
  prefix,
};

const oauth = fields(oauthEntries);
type OAuthAnswer = v.InferOutput<typeof oauth>;

/** What the client of the API is registered with, and what further parameters name. */
export function clientKeys({ client_auth, token_params, token_headers }: OAuthAnswer): ConfigKey[] {
  const client = [
    plainKey('client_id', 'The ID of the application that is registered with the API'),
    secretKey('client_secret', 'Its secret'),
  ];
  const own = client_auth === 'none' ? [] : client;
  const others = keysByName(Object.entries({ ...token_params, ...token_headers })).filter(({ secret }) => secret);
  return [...own, ...others.filter(({ name }) => own.every(key => key.name !== name))];
}

export function oauthTexts({ token_url, token_params, token_headers }: OAuthAnswer): string[] {
  return [token_url, ...Object.values(token_params ?? {}), ...Object.values(token_headers ?? {})];
}

export function oauthSentence({ token_url, name, prefix: given }: OAuthAnswer): string {
  const header = name === undefined && given === undefined ? '' : `, sends them in the header ${headerText(name)}`;
  return `gets access tokens from ${markdownCode(token_url)}${header}, and a new one shortly before one expires or when one is refused`;
}

const headerText = (name = 'Authorization') => markdownCode(name);

export function reportOAuth(answer: OAuthAnswer, report: SchemeReport): void {
  reportExpiry(answer, report);
  for (const [name, value] of Object.entries(answer.token_headers ?? {})) {
    const fault = headerFault(name, value);
    if (fault) report(['token_headers', name], fault);
  }
}

/** Where requests have secrets; `secretBody` says whether the request for a token has one in its body in any case. */
export function oauthSecrets({ name, token_headers = {}, ...answer }: OAuthAnswer, secretBody: boolean): SecretPlaces {
  const secretParams = keysByName(Object.entries(answer.token_params ?? {})).some(({ secret }) => secret);
  return {
    headers: [name ?? 'Authorization', ...namesWithKeys(token_headers)],
    params: [],
    fields: [],
    tokenRequest: secretBody || answer.client_auth === 'body' || secretParams,
  };
}

/** True where the request or its answer is none of those that RFC 6749 has. */
export function isShaped(answer: OAuthAnswer): boolean {
  const { token_headers, token_body_as, token_path, expires_path, lifetime_seconds } = answer;
  return [token_headers, token_path, expires_path, lifetime_seconds].some(Boolean) || token_body_as === 'json';
}

/** The parameters of the token request, in which {key} stands for a configuration key. */
function tokenParams({ scopes = [], token_params, client_auth }: OAuthAnswer, grant: Readonly<Record<string, string>>) {
  const client = { client_id: '{client_id}', client_secret: '{client_secret}' };
  const more = Object.entries(token_params ?? {}).map(([name, text]) => [name, formatText(text)]);
  return {
    ...grant,
    ...(client_auth === 'body' && client),
    ...(scopes.length > 0 && { scope: formatLiteral(scopes.join(' ')) }),
    ...Object.fromEntries(more),
  };
}

/** What the token request is made of: its address and parameters. */
export function tokenRequest(answer: OAuthAnswer, grant: Readonly<Record<string, string>>) {
  return { TOKEN_URL: formatText(answer.token_url), TOKEN_PARAMS: tokenParams(answer, grant) };
}

/** The same where it has a shape of its own: all that it has, as requests takes it. */
export function shapedRequest(answer: OAuthAnswer, grant: Readonly<Record<string, string>>): Record<string, Value> {
  const { token_url, token_headers = {}, token_body_as, client_auth } = answer;
  return {
    TOKEN_URL: formatText(token_url),
    TOKEN_REQUEST: {
      headers: { Accept: 'application/json', ...(formatTexts(token_headers) as Record<string, string>) },
      [token_body_as === 'json' ? 'json' : 'data']: tokenParams(answer, grant),
      ...(client_auth === 'basic' && { auth: ['{client_id}', '{client_secret}'] }),
    },
  };
}

/** Where the answer to such a request has the token, and how long that lasts. */
export function tokenPlaces({ token_path = 'access_token', ...answer }: OAuthAnswer) {
  return { path: pathValue(token_path), expires: expiryValue(answer, 'expires_in') };
}

/** Scopes have no placeholders, so every brace is one. */
const formatLiteral = (text: string) => text.replaceAll(/[{}]/g, '$&$&');

/** What sends a token as a bearer token. */
export const BEARER_TOKEN: SchemeFeature = {
  module: 'kinds/api/python/bearer_token.py',
  class: 'BearerToken',
  methods: ['authenticate'],
  values: {},
};

/** What sends a token as the answers say: as a bearer token, or in a form of its own. */
export function tokenSender({ name, prefix: given }: OAuthAnswer): SchemeFeature {
  if (name === undefined && given === undefined) return BEARER_TOKEN;
  return {
    module: 'kinds/api/python/token_header.py',
    class: 'TokenHeader',
    methods: ['authenticate'],
    values: { TOKEN_HEADER: name ?? 'Authorization', TOKEN_VALUE: tokenForm(name ?? 'Authorization', given) },
  };
}

/** The fake API that gives tokens as OAuth 2 does. */
export const FAKE_OAUTH: SchemeTest = {
  module: 'kinds/api/python/offline/fake_oauth.py',
  class: 'FakeOAuth',
  names: ['answer'],
  values: {},
};

/** The fake API gives tokens for whatever asks for one; `tests` are features that the tests need beyond that. */
export function oauthOffline(answer: OAuthAnswer, tests: readonly SchemeTest[]): SchemeOffline {
  const { name = 'Authorization', prefix: given, token_path = 'access_token' } = answer;
  const api = isShaped(answer) ? { ...FAKE_ANSWERS, values: { TOKEN_PATH: pathValue(token_path) } } : FAKE_OAUTH;
  return checksToken(name, tokenForm(name, given), { api: [api], tests, readsBody: false });
}

/** Asks for the token's address and its scopes. */
export async function askOAuth(ask: Ask, { scopes: known, ...now }: RawAnswers): Promise<RawAnswers> {
  const token_url = await ask.text('token_url', {
    message: 'Where do access tokens come from',
    help: 'such as https://auth.example.com/oauth/token',
    check: url(''),
    default: now.token_url as string | undefined,
  });
  const scopes = await ask.list('scopes', {
    message: 'Which scopes are asked for',
    help: 'with commas; empty for none',
    default: known as readonly string[] | undefined,
  });
  return { ...now, token_url, ...(scopes && { scopes }) };
}
