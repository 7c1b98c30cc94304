import * as v from 'valibot';
import { fields } from '../../../../answers/fields.ts';
import { checksHeader } from '../fake.ts';
import { IN_AUTHORIZATION, plainKey, secretKey } from '../keys.ts';
import { authScheme } from '../scheme.ts';

/** User name and password with each request (RFC 7617). */
export const basic = authScheme(fields({ type: v.literal('basic') }), {
  question: { name: 'User name and password with each request (basic authentication)', ask: async () => ({}) },
  keys: () => [plainKey('username', 'The user name'), { ...secretKey('password', 'The password'), required: false }],
  texts: () => [],
  sentence: () => 'sends `username` and `password` (basic authentication); the password may be empty',
  notes: () => [],
  packages: () => [],
  secrets: () => IN_AUTHORIZATION,
  client: () => [{ module: 'kinds/api/auth/basic/scheme.py', class: 'Basic', methods: ['authenticate'], values: {} }],
  offline: (_, { username, password }) => {
    const pair = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
    return checksHeader('Authorization', `Basic ${pair}`);
  },
});
