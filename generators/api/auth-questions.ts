import { url } from '../common/answers/fields.ts';
import type { Ask } from '../common/ask.ts';
import type { RawAnswers } from '../common/kind.ts';

/** Asks how requests are authenticated; rarer ways (several to choose from, signed tokens) are for answers files. */
export async function askAuth(ask: Ask): Promise<RawAnswers> {
  const type = await ask.choice('auth', {
    message: 'How are requests authenticated',
    help: 'the secret becomes a configuration key',
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
  if (type === 'api_key') return { type, ...(await askKey(ask)) };
  if (type === 'session_token') return { type, ...(await askLogin(ask)) };
  if (type === 'oauth2_client_credentials' || type === 'oauth2_refresh_token')
    return { type, ...(await askTokens(ask, type)) };
  return { type };
}

async function askKey(ask: Ask): Promise<RawAnswers> {
  const place = await ask.choice('key_in', {
    message: 'Where does the key go',
    choices: [
      { value: 'header', name: 'A header' },
      { value: 'query', name: 'A request parameter' },
      { value: 'cookie', name: 'A cookie' },
    ],
  });
  const name = await ask.text('key_name', {
    message: `What is the ${place === 'query' ? 'parameter' : place} called`,
    default: place === 'header' ? 'X-Api-Key' : 'api_key',
  });
  return { in: place, name };
}

async function askTokens(ask: Ask, type: string): Promise<RawAnswers> {
  const token_url = await ask.text('token_url', {
    message: 'Where do access tokens come from',
    help: 'such as https://auth.example.com/oauth/token',
    check: url(''),
  });
  const scopes = await ask.list('scopes', {
    message: 'Which scopes are asked for',
    help: 'with commas; empty for none',
  });
  const rotating =
    type === 'oauth2_refresh_token' &&
    (await ask.confirm('rotating', {
      message: 'Does each use of the refresh token replace it',
      help: 'then the newest is kept in a file, from run to run',
    }));
  return { token_url, ...(scopes && { scopes }), ...(rotating && { rotating }) };
}

async function askLogin(ask: Ask): Promise<RawAnswers> {
  return {
    login_path: await ask.text('login_path', {
      message: 'Which path below the base URL takes user name and password',
      default: '/login',
    }),
    token_path: await ask.text('token_path', {
      message: 'Where does its response have the token',
      help: 'keys with dots, such as data.token',
      default: 'token',
    }),
    name: await ask.text('token_header', { message: 'Which header takes the token', default: 'Authorization' }),
  };
}
