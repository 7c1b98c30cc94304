import type { Values } from './texts.ts';

type AuthAnswer = Readonly<Record<string, unknown>>;

/** What requests have more to prove who asks. */
export interface Proof {
  readonly headers: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
}

const NOTHING: Proof = { headers: {}, params: {} };

/** What proves who asks, or in a sentence why nothing can. */
export function proofOf(auth: AuthAnswer | undefined, values: Values): Proof | string {
  const type = String(auth?.type ?? 'none');
  const header = (name: string, value: string): Proof => ({ headers: { [name]: value }, params: {} });
  if (type === 'none') return NOTHING;
  if (type === 'bearer')
    return values.access_token === undefined
      ? lacks('access_token')
      : header('Authorization', `Bearer ${values.access_token}`);
  if (type === 'basic') {
    if (values.username === undefined) return lacks('username');
    const pair = Buffer.from(`${values.username}:${values.password ?? ''}`, 'utf8').toString('base64');
    return header('Authorization', `Basic ${pair}`);
  }
  if (type !== 'api_key') return `what ${type} needs first is not asked for here`;
  if (values.api_key === undefined) return lacks('api_key');
  const [place, name] = [auth?.in ?? 'header', String(auth?.name ?? 'X-Api-Key')];
  if (place === 'body') return 'its key goes into bodies';
  const key = `${String(auth?.prefix ?? '')}${values.api_key}`;
  if (place === 'query') return { headers: {}, params: { [name]: key } };
  return place === 'cookie' ? header('Cookie', `${name}=${key}`) : header(name, key);
}

/** The configuration keys without which a scheme proves nothing, of those that the API is asked by. */
export const withKeys: Readonly<Record<string, readonly string[]>> = {
  bearer: ['access_token'],
  basic: ['username', 'password'],
  api_key: ['api_key'],
};

function lacks(key: string): string {
  return `${key} is not known (--config FILE or the environment, as MAGE_CONNECTOR_${key.toUpperCase()}, can have it)`;
}
