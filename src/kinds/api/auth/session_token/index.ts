import type { Ask } from '../../../../answers/ask.ts';
import type { RawAnswers } from '../../../../answers/raw-answers.ts';
import { markdownCode } from '../../../../base/markdown.ts';
import { formatText } from '../../../../python/literal.ts';
import { pathValue } from '../../../../records/response-path.ts';
import { checksToken } from '../fake.ts';
import { plainKey, secretKey } from '../keys.ts';
import { authScheme } from '../scheme.ts';
import { keysByName, namedTexts } from '../secret-names.ts';
import { namesWithKeys } from '../texts.ts';
import { definition, sentAs } from './answers.ts';
import { isShaped, reportLogin, shapedLogin, shapedOffline } from './shaped.ts';

/** A log-in with user name and password, or with whatever it asks for, that gives a token. */
export const sessionToken = authScheme(definition, {
  question: { name: 'A log-in that gives a token', ask: askLogin },
  keys: answer =>
    answer.login_body === undefined
      ? [
          plainKey('username', 'The user name'),
          secretKey('password', 'The password'),
          ...keysByName(Object.entries(answer.login_headers ?? {})),
        ]
      : keysByName([...namedTexts(answer.login_body), ...Object.entries(answer.login_headers ?? {})]),
  texts: ({ login_path, login_body, login_headers }) => [
    login_path,
    ...namedTexts(login_body).map(([, text]) => text),
    ...Object.values(login_headers ?? {}),
  ],
  sentence: answer =>
    `logs in at ${markdownCode(answer.login_path)} and sends the token that it gets in the header ${markdownCode(sentAs(answer).name)}`,
  report: reportLogin,
  notes: () => [],
  packages: () => [],
  secrets: answer => ({
    headers: [sentAs(answer).name, ...namesWithKeys(answer.login_headers ?? {})],
    params: [],
    fields: [],
    tokenRequest: answer.login_method === 'POST',
  }),
  client: (answer, { baseUrl }) => {
    const { name, form } = sentAs(answer);
    const LOGIN_URL = formatText(`${baseUrl}/${answer.login_path.replace(/^\/+/, '')}`);
    if (isShaped(answer)) return shapedLogin(answer, LOGIN_URL, sentAs(answer));
    return [
      {
        module: 'kinds/api/auth/session_token/scheme.py',
        class: 'SessionToken',
        methods: ['authenticate', 'request_token'],
        values: {
          LOGIN_URL,
          LOGIN_METHOD: answer.login_method.toLowerCase(),
          LOGIN_IN: answer.login_method === 'GET' ? 'params' : 'json',
          USERNAME_FIELD: answer.username_field ?? 'username',
          PASSWORD_FIELD: answer.password_field ?? 'password',
          TOKEN_PATH: pathValue(answer.token_path ?? ''),
          TOKEN_HEADER: name,
          TOKEN_VALUE: form,
          LIFETIME: answer.lifetime_seconds,
        },
      },
    ];
  },
  offline: answer => {
    if (isShaped(answer)) return shapedOffline(answer, sentAs(answer));
    const values = {
      PASSWORD_FIELD: answer.password_field ?? 'password',
      TOKEN_PATH: pathValue(answer.token_path ?? ''),
    };
    const { name, form } = sentAs(answer);
    const api = [{ module: 'kinds/api/auth/session_token/fake.py', class: 'FakeLogin', names: ['answer'], values }];
    return checksToken(name, form, { api, tests: [], readsBody: true });
  },
});

async function askLogin(ask: Ask, now: RawAnswers): Promise<RawAnswers> {
  const text = (value: unknown) => value as string | undefined;
  const login_path = await ask.text('login_path', {
    message: 'Which path below the base URL takes user name and password',
    default: text(now.login_path) ?? '/login',
  });
  // Where the token stands elsewhere than at a path, the answers say so, and how it is sent.
  if (now.login_path !== undefined && now.token_path === undefined) return { ...now, login_path };
  return {
    ...now,
    login_path,
    token_path: await ask.text('token_path', {
      message: 'Where does its response have the token',
      help: 'keys with dots, such as data.token',
      default: text(now.token_path) ?? 'token',
    }),
    name: await ask.text('token_header', {
      message: 'Which header takes the token',
      check: definition.entries.name,
      default: text(now.name) ?? 'Authorization',
    }),
  };
}
