import * as v from 'valibot';
import { fields } from '../../../../answers/fields.ts';
import { IN_AUTHORIZATION, plainKey, secretKey } from '../keys.ts';
import { authScheme } from '../scheme.ts';

/** User name and password by HTTP digest (RFC 7616). */
export const digest = authScheme(fields({ type: v.literal('digest') }), {
  question: { name: 'User name and password by HTTP digest', ask: async () => ({}) },
  keys: () => [plainKey('username', 'The user name'), secretKey('password', 'The password')],
  texts: () => [],
  sentence: () => 'proves by HTTP digest that it knows `username` and `password`',
  report: () => {},
  notes: () => [],
  packages: () => [],
  secrets: () => IN_AUTHORIZATION,
  client: () => [{ module: 'kinds/api/auth/digest/scheme.py', class: 'Digest', methods: ['authenticate'], values: {} }],
  offline: (_, { username = '', password = '' }) => ({
    tests: [],
    api: [
      {
        module: 'kinds/api/auth/digest/fake.py',
        class: 'FakeDigest',
        names: ['answer', 'complete', 'check_credentials'],
        values: { DIGEST_USER: username, DIGEST_PASSWORD: password },
      },
    ],
    grantsTokens: true,
    readsBody: false,
  }),
});
