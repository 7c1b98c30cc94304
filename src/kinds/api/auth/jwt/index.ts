import * as v from 'valibot';
import { choice, fields, textMap, whole } from '../../../../answers/fields.ts';
import { formatText } from '../../../../python/literal.ts';
import { checksToken } from '../fake.ts';
import { IN_AUTHORIZATION, secretKey } from '../keys.ts';
import { BEARER_TOKEN } from '../oauth.ts';
import { authScheme } from '../scheme.ts';

const definition = fields({
  type: v.literal('jwt'),
  algorithm: v.optional(
    choice(['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384'], 'How the token is signed'),
    'RS256',
  ),
  claims: v.optional(textMap('What the token says, such as iss; {key} stands for a configuration key')),
  headers: v.optional(textMap("The token's own headers, such as kid; {key} stands for a configuration key")),
  lifetime_seconds: v.optional(whole('How long a token lasts', 1), 300),
});

/** Tokens that the connector signs itself (RFC 7519). */
export const jwt = authScheme(definition, {
  question: undefined,
  keys: () => [
    secretKey('private_key', 'The key that tokens are signed with; of a PEM file all lines, or with \\n between them'),
  ],
  texts: ({ claims, headers }) => [...Object.values(claims ?? {}), ...Object.values(headers ?? {})],
  sentence: ({ algorithm }) => `sends tokens that it signs itself (${algorithm}) with \`private_key\``,
  report: () => {},
  notes: () => [],
  // Signing needs PyJWT, which Mage doesn't have; with keys in pairs also its cryptography.
  packages: ({ algorithm }) => [algorithm.startsWith('HS') ? 'PyJWT' : 'PyJWT[crypto]'],
  secrets: () => IN_AUTHORIZATION,
  client: ({ algorithm, claims, headers, lifetime_seconds }) => [
    BEARER_TOKEN,
    {
      module: 'kinds/api/auth/jwt/scheme.py',
      class: 'Jwt',
      methods: ['request_token'],
      values: {
        ALGORITHM: algorithm,
        CLAIMS: formatted(claims ?? {}),
        TOKEN_HEADERS: formatted(headers ?? {}),
        LIFETIME: lifetime_seconds,
      },
    },
  ],
  offline: () =>
    checksToken('Authorization', 'Bearer {}', {
      api: [],
      tests: [
        { module: 'kinds/api/auth/jwt/offline.py', class: 'SignedTokenTests', names: ['sign_tokens'], values: {} },
      ],
      readsBody: false,
    }),
});

function formatted(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, formatText(text)]));
}
