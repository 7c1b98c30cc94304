import * as v from 'valibot';
import { fields } from '../../../../answers/fields.ts';
import { markdownCode } from '../../../../base/markdown.ts';
import { hasPlaceholder, placeholderNames } from '../../../../base/placeholders.ts';
import type { ConfigKey } from '../../../../connector/model.ts';
import { formatText } from '../../../../python/literal.ts';
import { checksHeader } from '../fake.ts';
import { IN_AUTHORIZATION, plainKey, secretKey } from '../keys.ts';
import { authScheme } from '../scheme.ts';
import { authText, filled, namesIn, secretsIn } from '../texts.ts';

const definition = fields({
  type: v.literal('basic'),
  username: v.optional(authText('What is sent as the user name, such as "{api_key}" (default: {username})')),
  password: v.optional(authText('What is sent as the password, such as x or empty text (default: {password})')),
});

type Answer = v.InferOutput<typeof definition>;

/** User name and password with each request (RFC 7617). */
export const basic = authScheme(definition, {
  question: { name: 'User name and password with each request (basic authentication)', ask: async (_, now) => now },
  keys: answer =>
    isPlain(answer)
      ? [plainKey('username', 'The user name'), { ...secretKey('password', 'The password'), required: false }]
      : pairKeys(pairOf(answer)),
  texts: answer => (isPlain(answer) ? [] : pairOf(answer)),
  sentence: answer => {
    if (isPlain(answer)) return 'sends `username` and `password` (basic authentication); the password may be empty';
    const [username, password] = pairOf(answer).map(text => (text === '' ? 'nothing' : markdownCode(text)));
    return `sends ${username} as user name and ${password} as password (basic authentication)`;
  },
  report: (answer, report) => {
    if (!isPlain(answer) && !hasPlaceholder(pairOf(answer)))
      report('username', 'names no configuration key, so that secrets would stand in the code', 'such as "{api_key}"');
  },
  notes: () => [],
  packages: () => [],
  secrets: () => IN_AUTHORIZATION,
  client: answer => {
    const scheme = { module: 'kinds/api/auth/basic/scheme.py', class: 'Basic', methods: ['authenticate'] } as const;
    if (isPlain(answer)) return [{ ...scheme, values: {} }];
    const [USERNAME, PASSWORD] = pairOf(answer).map(formatText) as [string, string];
    return [
      { ...scheme, module: 'kinds/api/auth/basic/texts.py', class: 'BasicTexts', values: { USERNAME, PASSWORD } },
    ];
  },
  offline: (answer, config) => {
    const pair = pairOf(answer).map(text => filled(text, config));
    return checksHeader('Authorization', `Basic ${Buffer.from(pair.join(':'), 'utf8').toString('base64')}`);
  },
});

function isPlain({ username, password }: Answer): boolean {
  return username === undefined && password === undefined;
}

function pairOf({ username = '{username}', password = '{password}' }: Answer): [string, string] {
  return [username, password];
}

/** Where the password names no key, the secret is in the user name. */
function pairKeys([username, password]: [string, string]): ConfigKey[] {
  const secrets = secretsIn([password]);
  const others = secrets.length > 0 ? namesIn([username]) : secretsIn([username]);
  return [...others.filter(({ name }) => !placeholderNames([password]).has(name)), ...secrets];
}
