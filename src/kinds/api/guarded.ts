import { hasPlaceholder, placeholderNames, textsIn } from '../../base/placeholders.ts';
import type { ConfigKey } from '../../connector/model.ts';
import type { Scheme } from './auth.ts';
import type { ApiStreamModel } from './model.ts';

/** Headers that carry secrets, which belong into the configuration. */
export const SECRET_HEADER = /^(authorization|proxy-authorization|cookie)$|(api|access|auth)[-_]?(key|token|secret)/i;

/** Those that requests itself keeps from another host on a redirect. */
const KEPT_BACK: readonly string[] = ['authorization', 'cookie'];

/** What would reach another host by a redirect, since requests sends it on. */
export interface Guarded {
  /** The names of the headers that have secrets. */
  readonly headers: readonly string[];
  /** Some request has a secret in its body. */
  readonly bodies: boolean;
}

interface GuardedInput {
  readonly schemes: readonly Scheme[];
  readonly headers: Readonly<Record<string, string>>;
  readonly streams: readonly ApiStreamModel[];
  readonly config: readonly ConfigKey[];
}

/** Finds what of the requests is secret: what authenticates them, and the secrets of the configuration that they name. */
export function guardedOf({ schemes, headers, streams, config }: GuardedInput): Guarded {
  const secrets = config.filter(({ secret }) => secret).map(({ name }) => name);
  const hasSecret = (texts: readonly string[]) => secrets.some(name => placeholderNames(texts).has(name));
  const isSecret = ([name, value]: [string, string]) =>
    hasSecret([value]) || (SECRET_HEADER.test(name) && hasPlaceholder([value]));
  const names = [
    ...schemes.flatMap(({ header }) => header?.name ?? []),
    ...Object.entries(headers)
      .filter(isSecret)
      .map(([name]) => name),
  ];
  return {
    headers: [...new Set(names.filter(name => !KEPT_BACK.includes(name.toLowerCase())))],
    bodies: schemes.some(hasBody) || streams.some(stream => hasSecret(bodyTexts(stream))),
  };
}

/** True where a scheme's key, or what its tokens are got with, stands in a body. */
function hasBody({ field, answer }: Scheme): boolean {
  if (answer.type === 'session_token') return answer.login_method !== 'GET';
  if (answer.type === 'oauth2_client_credentials') return answer.client_auth !== 'basic';
  return field !== undefined || answer.type === 'oauth2_refresh_token';
}

function bodyTexts({ body, params, bodyParams }: ApiStreamModel): string[] {
  return [...textsIn(body), ...bodyParams.flatMap(name => params[name] ?? [])];
}
