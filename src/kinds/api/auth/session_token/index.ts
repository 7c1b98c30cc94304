import * as v from 'valibot';
import type { Ask } from '../../../../answers/ask.ts';
import { choice, fields, line, whole } from '../../../../answers/fields.ts';
import type { RawAnswers } from '../../../../answers/raw-answers.ts';
import { markdownCode } from '../../../../base/markdown.ts';
import { formatText } from '../../../../python/literal.ts';
import { keysPath, pathValue } from '../../response-path.ts';
import { checksToken } from '../fake.ts';
import { plainKey, secretKey } from '../keys.ts';
import { prefix } from '../prefix.ts';
import { authScheme } from '../scheme.ts';

const definition = fields({
  type: v.literal('session_token'),
  login_path: line('The path below the base URL that user name and password are sent to'),
  login_method: v.optional(choice(['POST', 'GET'], 'How they are sent: as JSON, or as request parameters'), 'POST'),
  username_field: v.optional(line('What the user name is called in that request'), 'username'),
  password_field: v.optional(line('What the password is called in that request'), 'password'),
  token_path: keysPath('Where the response has the token, such as data.token'),
  name: v.optional(line('The header that takes the token'), 'Authorization'),
  prefix,
  lifetime_seconds: v.optional(whole('How long a token lasts', 1), 3600),
});

type Answer = v.InferOutput<typeof definition>;

/** A log-in with user name and password that gives a token. */
export const sessionToken = authScheme(definition, {
  question: { name: 'A log-in that gives a token', ask: askLogin },
  keys: () => [plainKey('username', 'The user name'), secretKey('password', 'The password')],
  texts: ({ login_path }) => [login_path],
  sentence: ({ login_path, name }) =>
    `logs in at ${markdownCode(login_path)} and sends the token that it gets in the header ${markdownCode(name)}`,
  report: () => {},
  notes: () => [],
  packages: () => [],
  secrets: ({ name, login_method }) => ({
    headers: [name],
    params: [],
    fields: [],
    tokenRequest: login_method === 'POST',
  }),
  client: (answer, { baseUrl }) => [
    {
      module: 'kinds/api/auth/session_token/scheme.py',
      class: 'SessionToken',
      methods: ['authenticate', 'request_token'],
      values: {
        LOGIN_URL: formatText(`${baseUrl}/${answer.login_path.replace(/^\/+/, '')}`),
        LOGIN_METHOD: answer.login_method.toLowerCase(),
        LOGIN_IN: answer.login_method === 'GET' ? 'params' : 'json',
        USERNAME_FIELD: answer.username_field,
        PASSWORD_FIELD: answer.password_field,
        TOKEN_PATH: pathValue(answer.token_path),
        TOKEN_HEADER: answer.name,
        TOKEN_VALUE: tokenForm(answer),
        LIFETIME: answer.lifetime_seconds,
      },
    },
  ],
  offline: answer =>
    checksToken(answer.name, tokenForm(answer), {
      api: [
        {
          module: 'kinds/api/auth/session_token/fake.py',
          class: 'FakeLogin',
          values: { PASSWORD_FIELD: answer.password_field, TOKEN_PATH: pathValue(answer.token_path) },
        },
      ],
      tests: [],
      readsBody: true,
    }),
});

/** The header's value, in which {} stands for the token. */
function tokenForm({ prefix: given, name }: Answer): string {
  const before = given ?? (name === 'Authorization' ? 'Bearer ' : '');
  return `${before.replaceAll(/[{}]/g, '$&$&')}{}`;
}

async function askLogin(ask: Ask, now: RawAnswers): Promise<RawAnswers> {
  const text = (value: unknown) => value as string | undefined;
  return {
    ...now,
    login_path: await ask.text('login_path', {
      message: 'Which path below the base URL takes user name and password',
      default: text(now.login_path) ?? '/login',
    }),
    token_path: await ask.text('token_path', {
      message: 'Where does its response have the token',
      help: 'keys with dots, such as data.token',
      default: text(now.token_path) ?? 'token',
    }),
    name: await ask.text('token_header', {
      message: 'Which header takes the token',
      default: text(now.name) ?? 'Authorization',
    }),
  };
}
