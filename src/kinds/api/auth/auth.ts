import type { ConfigKey } from '../../../connector/model.ts';
import { type AuthAnswer, chosenFrom } from './answers.ts';
import { SCHEMES } from './registry.ts';
import type { Scheme } from './scheme.ts';

/** How a connector authenticates its requests. */
export interface AuthModel {
  /** None, one, or those that the configuration chooses from. */
  readonly schemes: readonly Scheme[];
  /** The configuration says which of the schemes it is. */
  readonly choice: boolean;
  /** True where some scheme has a secret in the request parameters, or in a JSON body. */
  readonly params: boolean;
  readonly fields: boolean;
}

/** Resolves a validated answer. */
export function resolveAuth(answer: AuthAnswer): AuthModel {
  const options = chosenFrom(answer);
  const schemes = options
    ? Object.entries(options).map(([option, given]) => schemeOf(given, option))
    : answer.type === 'none'
      ? []
      : [schemeOf(answer, undefined)];
  return {
    schemes,
    choice: options !== undefined,
    params: schemes.some(({ secrets }) => secrets.params.length > 0),
    fields: schemes.some(({ secrets }) => secrets.fields.length > 0),
  };
}

function schemeOf(answer: { readonly type: string }, option: string | undefined): Scheme {
  const scheme = SCHEMES.find(({ type }) => type === answer.type);
  if (!scheme) throw new Error(`no authentication scheme is called ${answer.type}`);
  return scheme.resolve(answer, option);
}

/** The keys of the scheme; where the configuration chooses, of each scheme, none of which is needed in any case. */
export function authKeys({ schemes, choice }: AuthModel): ConfigKey[] {
  if (!choice) return schemes.flatMap(({ keys }) => keys);
  const options = schemes.map(({ option }) => String(option));
  const chosen: ConfigKey = {
    name: 'auth_type',
    description: `How requests are authenticated: ${options.join(', ')}`,
    required: false,
    default: options[0],
    secret: false,
  };
  const keys = new Map<string, ConfigKey>();
  // What is a secret to one scheme is one to all.
  for (const key of schemes.flatMap(scheme => scheme.keys))
    keys.set(key.name, { ...key, secret: key.secret || keys.get(key.name)?.secret === true });
  return [chosen, ...[...keys.values()].map(key => ofSchemes(key, schemes))];
}

function ofSchemes(key: ConfigKey, schemes: readonly Scheme[]): ConfigKey {
  const options = schemes.filter(({ keys }) => keys.some(({ name }) => name === key.name)).map(({ option }) => option);
  return { ...key, required: false, description: `${key.description} (with auth_type ${options.join(' or ')})` };
}
