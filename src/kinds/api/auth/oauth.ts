import * as v from 'valibot';
import type { Ask } from '../../../answers/ask.ts';
import { choice, fields, line, list, textMap, url } from '../../../answers/fields.ts';
import type { RawAnswers } from '../../../answers/raw-answers.ts';
import { markdownCode } from '../../../base/markdown.ts';
import type { ConfigKey } from '../../../connector/model.ts';
import { formatText } from '../../../python/literal.ts';
import type { PythonFeature } from '../python-feature.ts';
import { checksToken } from './fake.ts';
import { plainKey, secretKey } from './keys.ts';
import type { SchemeFeature, SchemeOffline, SecretPlaces } from './scheme.ts';

/** The answers that the grants of OAuth 2 (RFC 6749) have in common. */
export const oauthEntries = {
  token_url: url('Where access tokens come from; {key} stands for a configuration key'),
  scopes: v.optional(list(line('A scope'), 'What the token is asked to be good for')),
  token_params: v.optional(textMap('Further parameters of the token request, such as audience')),
  client_auth: v.optional(
    choice(['body', 'basic'], 'Where the token request has the client_secret: in its body or in basic authentication'),
    'body',
  ),
};

const oauth = fields(oauthEntries);
type OAuthAnswer = v.InferOutput<typeof oauth>;

/** What the client of the API is registered with. */
export const CLIENT_KEYS: readonly ConfigKey[] = [
  plainKey('client_id', 'The ID of the application that is registered with the API'),
  secretKey('client_secret', 'Its secret'),
];

export function oauthTexts({ token_url, token_params }: OAuthAnswer): string[] {
  return [token_url, ...Object.values(token_params ?? {})];
}

export function oauthSentence({ token_url }: OAuthAnswer): string {
  return `gets access tokens from ${markdownCode(token_url)}, and a new one shortly before one expires or when one is refused`;
}

/** A token is a bearer token (RFC 6750); `secretBody` says whether the request for it has a secret in its body. */
export function oauthSecrets(secretBody: boolean): SecretPlaces {
  return { headers: ['Authorization'], params: [], fields: [], tokenRequest: secretBody };
}

/** What the token request is made of: its address and parameters, in which {key} stands for a configuration key. */
export function tokenRequest({ token_url, scopes = [], token_params, client_auth }: OAuthAnswer, grant: string) {
  const client = { client_id: '{client_id}', client_secret: '{client_secret}' };
  const more = Object.entries(token_params ?? {}).map(([name, text]) => [name, formatText(text)]);
  return {
    TOKEN_URL: formatText(token_url),
    TOKEN_PARAMS: {
      grant_type: grant,
      ...(client_auth === 'body' && client),
      ...(scopes.length > 0 && { scope: formatLiteral(scopes.join(' ')) }),
      ...Object.fromEntries(more),
    },
  };
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

/** The fake API gives tokens for whatever asks for one as OAuth 2 does; `tests` are features that the tests need beyond that. */
export function oauthOffline(tests: readonly PythonFeature[]): SchemeOffline {
  const api = { module: 'kinds/api/python/offline/fake_oauth.py', class: 'FakeOAuth', values: {} };
  return checksToken('Authorization', 'Bearer {}', { api: [api], tests, readsBody: false });
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
