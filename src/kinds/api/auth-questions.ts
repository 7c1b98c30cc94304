import { omit } from 'lodash-es';
import type { Ask } from '../../answers/ask.ts';
import { url } from '../../answers/fields.ts';
import type { RawAnswers } from '../../answers/raw-answers.ts';

/**
 * Asks how requests are authenticated; rarer ways (several to choose from, signed tokens) are for answers files.
 * `now` is what is answered already, and becomes the default.
 */
export async function askAuth(ask: Ask, now: RawAnswers = {}): Promise<RawAnswers> {
  const type = await ask.choice('auth', {
    message: 'How are requests authenticated',
    help: 'the secret becomes a configuration key',
    default: now.type as AskedAuth | undefined,
    choices: [
      { value: 'bearer', name: 'Bearer token: Authorization: Bearer …' },
      { value: 'api_key', name: 'API key in a header, a request parameter or a cookie' },
      { value: 'none', name: 'Not at all' },
      { value: 'basic', name: 'User name and password with each request (basic authentication)' },
      { value: 'oauth2_client_credentials', name: 'OAuth 2: client ID and secret' },
      { value: 'oauth2_refresh_token', name: 'OAuth 2: client ID, secret and refresh token' },
      { value: 'session_token', name: 'A log-in that gives a token' },
    ],
  });
  const same = now.type === type ? now : {};
  if (type === 'api_key') return { ...same, type, ...(await askKey(ask, same)) };
  if (type === 'session_token') return { ...same, type, ...(await askLogin(ask, same)) };
  if (type === 'oauth2_client_credentials' || type === 'oauth2_refresh_token')
    return { ...omit(same, 'scopes', 'rotating'), type, ...(await askTokens(ask, type, same)) };
  return { ...same, type };
}

/** The ways that are asked for. */
type AskedAuth =
  | 'bearer'
  | 'api_key'
  | 'none'
  | 'basic'
  | 'oauth2_client_credentials'
  | 'oauth2_refresh_token'
  | 'session_token';

const text = (value: unknown) => value as string | undefined;

async function askKey(ask: Ask, now: RawAnswers): Promise<RawAnswers> {
  const place = await ask.choice('key_in', {
    message: 'Where does the key go',
    default: now.in as 'header' | 'query' | 'cookie' | undefined,
    choices: [
      { value: 'header', name: 'A header' },
      { value: 'query', name: 'A request parameter' },
      { value: 'cookie', name: 'A cookie' },
    ],
  });
  const name = await ask.text('key_name', {
    message: `What is the ${place === 'query' ? 'parameter' : place} called`,
    default: text(now.name) ?? (place === 'header' ? 'X-Api-Key' : 'api_key'),
  });
  return { in: place, name };
}

async function askTokens(ask: Ask, type: string, now: RawAnswers): Promise<RawAnswers> {
  const token_url = await ask.text('token_url', {
    message: 'Where do access tokens come from',
    help: 'such as https://auth.example.com/oauth/token',
    check: url(''),
    default: text(now.token_url),
  });
  const scopes = await ask.list('scopes', {
    message: 'Which scopes are asked for',
    help: 'with commas; empty for none',
    default: now.scopes as readonly string[] | undefined,
  });
  const rotating =
    type === 'oauth2_refresh_token' &&
    (await ask.confirm('rotating', {
      message: 'Does each use of the refresh token replace it',
      help: 'then the newest is kept in a file, from run to run',
      default: now.rotating === true,
    }));
  return { token_url, ...(scopes && { scopes }), ...(rotating && { rotating }) };
}

async function askLogin(ask: Ask, now: RawAnswers): Promise<RawAnswers> {
  return {
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
