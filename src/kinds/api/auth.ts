import type { ConfigKey } from '../../connector/model.ts';
import { pythonLiteral } from '../../python/literal.ts';
import type { AuthAnswer, SchemeAnswer, SchemeType } from './auth-answers.ts';

/** A scheme as the client's template needs it; values are Python expressions. */
export interface Scheme {
  /** What `auth_type` in the configuration calls it, where that chooses. */
  readonly option?: string;
  readonly type: SchemeType;
  readonly answer: SchemeAnswer;
  readonly keys: readonly ConfigKey[];
  readonly header?: Placed;
  readonly param?: Placed;
  readonly field?: Placed;
  /** The method that gets a new token, where tokens are got. */
  readonly tokenMethod?: string;
}

/** Where a key or token goes, and what stands before it there. */
interface Placed {
  readonly name: string;
  readonly prefix: string;
  readonly value: string;
}

const TOKEN_METHODS: Partial<Record<SchemeType, string>> = {
  oauth2_client_credentials: 'request_token',
  oauth2_refresh_token: 'refresh_token',
  session_token: 'log_in',
  jwt: 'sign_token',
};

/** The schemes of the answers: none, one, or those that the configuration chooses from. */
export function schemesOf(auth: AuthAnswer): Scheme[] {
  if (auth.type === 'none') return [];
  if (auth.type !== 'choice') return [scheme(auth)];
  return Object.entries(auth.schemes).map(([option, answer]) => ({ ...scheme(answer), option }));
}

function scheme(answer: SchemeAnswer): Scheme {
  const { type } = answer;
  const base = { type, answer, keys: keysOf(answer), tokenMethod: TOKEN_METHODS[type] };
  if (type === 'bearer') return { ...base, header: authorization('Bearer ', `self.config['access_token']`) };
  if (type === 'basic') return base;
  if (type === 'api_key') return { ...base, ...placedKey(answer) };
  if (type !== 'session_token') return { ...base, header: authorization('Bearer ', 'self.get_token()') };
  const prefix = answer.prefix ?? (answer.name === 'Authorization' ? 'Bearer ' : '');
  return { ...base, header: { ...authorization(prefix, 'self.get_token()'), name: answer.name } };
}

function authorization(prefix: string, value: string): Placed {
  return { name: 'Authorization', prefix, value: prefix ? prefixed(prefix, value) : value };
}

/** An f-string, in which braces are doubled and the value has the other quotes. */
export function prefixed(prefix: string, value: string): string {
  const text = pythonLiteral(prefix.replaceAll(/[{}]/g, '$&$&'));
  return text.startsWith('(') || text.length > 40
    ? `${pythonLiteral(prefix)} + ${value}`
    : `f${text.slice(0, -1)}{${value.replaceAll("'", '"')}}'`;
}

function placedKey({ in: place, name, prefix = '' }: SchemeAnswer & { type: 'api_key' }): Partial<Scheme> {
  const value = `self.config['api_key']`;
  if (place === 'cookie') return { header: { ...authorization(`${name}=${prefix}`, value), name: 'Cookie' } };
  return { [{ header: 'header', query: 'param', body: 'field' }[place]]: { ...authorization(prefix, value), name } };
}

const secret = (name: string, description: string): ConfigKey => ({ name, description, required: true, secret: true });
const plain = (name: string, description: string): ConfigKey => ({ name, description, required: true, secret: false });

function keysOf(answer: SchemeAnswer): ConfigKey[] {
  const client = [
    plain('client_id', 'The ID of the application that is registered with the API'),
    secret('client_secret', 'Its secret'),
  ];
  const login = [
    plain('username', 'The user name'),
    { ...secret('password', 'The password'), required: answer.type === 'session_token' },
  ];
  switch (answer.type) {
    case 'bearer':
      return [secret('access_token', 'The token that is sent as a bearer token')];
    case 'api_key':
      return [secret('api_key', `The key that is sent in the ${answer.in} ${answer.name}`)];
    case 'basic':
    case 'session_token':
      return login;
    case 'oauth2_client_credentials':
      return client;
    case 'oauth2_refresh_token':
      return [
        ...client,
        secret('refresh_token', 'What access tokens are got with'),
        ...(answer.rotating ? [tokenFile] : []),
      ];
    default:
      return [
        secret('private_key', 'The key that tokens are signed with; of a PEM file all lines, or with \\n between them'),
      ];
  }
}

const tokenFile: ConfigKey = {
  name: 'token_file',
  description: 'A file that keeps the newest refresh token from run to run, on a disk that all runs share',
  required: false,
  secret: false,
};

/** The texts of the answers in which `{key}` may stand for a configuration key. */
export function authTexts(auth: AuthAnswer): string[] {
  return schemesOf(auth).flatMap(({ answer }) => {
    if (answer.type === 'jwt') return [...Object.values(answer.claims ?? {}), ...Object.values(answer.headers ?? {})];
    if (answer.type === 'session_token') return [answer.login_path];
    if ('token_url' in answer) return [answer.token_url, ...Object.values(answer.token_params ?? {})];
    return [];
  });
}
