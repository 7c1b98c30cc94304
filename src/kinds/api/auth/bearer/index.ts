import * as v from 'valibot';
import { fields } from '../../../../answers/fields.ts';
import { checksHeader } from '../fake.ts';
import { IN_AUTHORIZATION, secretKey } from '../keys.ts';
import { authScheme } from '../scheme.ts';

/** A token that is configured (RFC 6750). */
export const bearer = authScheme(fields({ type: v.literal('bearer') }), {
  question: { name: 'Bearer token: Authorization: Bearer …', ask: async () => ({}) },
  keys: () => [secretKey('access_token', 'The token that is sent as a bearer token')],
  texts: () => [],
  sentence: () => 'sends `access_token` as a bearer token',
  notes: () => [],
  packages: () => [],
  secrets: () => IN_AUTHORIZATION,
  client: () => [{ module: 'kinds/api/auth/bearer/scheme.py', class: 'Bearer', methods: ['authenticate'], values: {} }],
  offline: (_, config) => checksHeader('Authorization', `Bearer ${config.access_token}`),
});
