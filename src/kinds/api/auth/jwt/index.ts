import * as v from 'valibot';
import { choice, fields, textMap, url, whole } from '../../../../answers/fields.ts';
import { markdownCode } from '../../../../base/markdown.ts';
import { formatText } from '../../../../python/literal.ts';
import { checksToken } from '../fake.ts';
import { IN_AUTHORIZATION, secretKey } from '../keys.ts';
import { BEARER_TOKEN, FAKE_OAUTH } from '../oauth.ts';
import { authScheme, type SchemeFeature } from '../scheme.ts';
import { keysByName } from '../secret-names.ts';

const FOLDER = 'kinds/api/auth/jwt';

const definition = fields({
  type: v.literal('jwt'),
  algorithm: v.optional(
    choice(['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384'], 'How the token is signed'),
    'RS256',
  ),
  claims: v.optional(textMap('What the token says, such as iss; {key} stands for a configuration key')),
  headers: v.optional(textMap("The token's own headers, such as kid; {key} stands for a configuration key")),
  lifetime_seconds: v.optional(whole('How long a token lasts', 1), 300),
  token_url: v.optional(
    url('Where the signed token is given for an access token (RFC 7523), such as https://oauth2.googleapis.com/token'),
  ),
  token_params: v.optional(textMap('Further parameters of that request; {key} stands for a configuration key')),
});

type Answer = v.InferOutput<typeof definition>;

/** Tokens that the connector signs itself (RFC 7519). */
export const jwt = authScheme(definition, {
  question: undefined,
  keys: ({ token_params = {} }) => [
    secretKey('private_key', 'The key that tokens are signed with; of a PEM file all lines, or with \\n between them'),
    ...keysByName(Object.entries(token_params)).filter(({ secret }) => secret),
  ],
  texts: ({ claims, headers, token_url, token_params }) => [
    ...[claims, headers, token_params].flatMap(texts => Object.values(texts ?? {})),
    ...(token_url === undefined ? [] : [token_url]),
  ],
  sentence: ({ algorithm, token_url }) =>
    token_url === undefined
      ? `sends tokens that it signs itself (${algorithm}) with \`private_key\``
      : `gets access tokens from ${markdownCode(token_url)} for what it signs itself (${algorithm}) with \`private_key\``,
  report: ({ token_url, token_params }, report) => {
    if (token_params !== undefined && token_url === undefined) report('token_params', 'has no use without a token_url');
  },
  notes: () => [],
  // Signing needs PyJWT, which Mage doesn't have; with keys in pairs also its cryptography.
  packages: ({ algorithm }) => [algorithm.startsWith('HS') ? 'PyJWT' : 'PyJWT[crypto]'],
  secrets: ({ token_url }) => ({ ...IN_AUTHORIZATION, tokenRequest: token_url !== undefined }),
  client: answer => [BEARER_TOKEN, signerOf(answer)],
  offline: ({ token_url }) =>
    checksToken('Authorization', 'Bearer {}', {
      api: token_url === undefined ? [] : [FAKE_OAUTH],
      tests: [
        {
          module: `${FOLDER}/offline.py`,
          class: token_url === undefined ? 'SignedTokenTests' : 'SignedGrantTests',
          names: ['sign_tokens'],
          values: {},
        },
      ],
      readsBody: false,
    }),
});

/** What sends the signed token itself, or what is given for it. */
function signerOf({
  algorithm,
  claims,
  headers,
  lifetime_seconds,
  token_url,
  token_params = {},
}: Answer): SchemeFeature {
  const methods = ['request_token'] as const;
  const values = {
    ALGORITHM: algorithm,
    CLAIMS: formatted(claims ?? {}),
    TOKEN_HEADERS: formatted(headers ?? {}),
    LIFETIME: lifetime_seconds,
  };
  if (token_url === undefined) return { module: `${FOLDER}/scheme.py`, class: 'Jwt', methods, values };
  const params = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', ...formatted(token_params) };
  const request = { TOKEN_URL: formatText(token_url), TOKEN_PARAMS: params };
  return { module: `${FOLDER}/grant.py`, class: 'JwtGrant', methods, values: { ...request, ...values } };
}

function formatted(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, formatText(text)]));
}
