import * as v from 'valibot';
import { fields } from '../../../../answers/fields.ts';
import { headerFault } from '../../../../base/headers.ts';
import { markdownCode } from '../../../../base/markdown.ts';
import { hasPlaceholder } from '../../../../base/placeholders.ts';
import { formatText } from '../../../../python/literal.ts';
import { checksHeader } from '../fake.ts';
import { IN_AUTHORIZATION, secretKey } from '../keys.ts';
import { authScheme } from '../scheme.ts';
import { authText, filled, secretsIn } from '../texts.ts';

const definition = fields({
  type: v.literal('bearer'),
  token: v.optional(
    authText(
      'What the token is put together of, such as "{account}:{key}", whose keys are secrets (default: {access_token})',
    ),
  ),
});

/** A token that is configured (RFC 6750). */
export const bearer = authScheme(definition, {
  question: { name: 'Bearer token: Authorization: Bearer …', ask: async (_, now) => now },
  keys: ({ token }) =>
    token === undefined ? [secretKey('access_token', 'The token that is sent as a bearer token')] : secretsIn([token]),
  texts: ({ token = '' }) => [token],
  sentence: ({ token = 'access_token' }) => `sends ${markdownCode(token)} as a bearer token`,
  report: ({ token }, report) => {
    if (token !== undefined && !hasPlaceholder([token]))
      report(
        'token',
        'names no configuration key, so that a secret would stand in the code',
        'such as "{access_token}"',
      );
    const fault = headerFault('Authorization', `Bearer ${token ?? ''}.`);
    if (fault) report('token', fault);
  },
  notes: () => [],
  packages: () => [],
  secrets: () => IN_AUTHORIZATION,
  client: ({ token }) => {
    const scheme = { module: 'kinds/api/auth/bearer/scheme.py', class: 'Bearer', methods: ['authenticate'] } as const;
    if (token === undefined) return [{ ...scheme, values: {} }];
    const values = { BEARER_TOKEN: formatText(token) };
    return [{ ...scheme, module: 'kinds/api/auth/bearer/text.py', class: 'BearerText', values }];
  },
  offline: ({ token = '{access_token}' }, config) => checksHeader('Authorization', `Bearer ${filled(token, config)}`),
});
