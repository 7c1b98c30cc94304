import { dictOf, tuple } from '../../../python/compose/values.ts';
import type { ApiModel } from '../model.ts';
import type { PythonFeature } from '../python-feature.ts';
import type { AuthenticatedApi, Scheme, SchemeFeature } from './scheme.ts';

/** A feature of the client; `rename` has the names that are not to be those of its own module. */
export interface ClientFeature extends PythonFeature {
  readonly rename: Readonly<Record<string, string>>;
}

interface AuthClient {
  readonly features: readonly ClientFeature[];
  /** Methods that are called by names which are put together at run time. */
  readonly roots: readonly string[];
}

/** What the client needs to authenticate its requests. */
export function authClient(model: ApiModel): AuthClient {
  const { auth, baseUrl } = model;
  const shapesRefreshes = auth.all
    .flatMap(scheme => scheme.client({ baseUrl, shapesRefreshes: false }))
    .some(({ values }) => 'TOKEN_ANSWER' in values);
  const api = { baseUrl, shapesRefreshes };
  if (!auth.choice && auth.own.length === 0)
    return {
      features: auth.schemes.flatMap(scheme => scheme.client(api)).map(feature => ({ ...feature, rename: {} })),
      roots: [],
    };
  const chosen = namedSchemes(model).flatMap(([name, scheme]) =>
    featuresOf(scheme, api).map(feature => ofName(feature, name)),
  );
  const roots = chosen.flatMap(({ methods, rename }) => methods.map(name => rename[name] as string));
  const gets = chosen.some(({ methods }) => methods.includes('request_token'));
  return { features: [...dispatch(model, gets), ...chosen], roots };
}

/** What each scheme is called in the client. */
function namedSchemes({ auth }: ApiModel): readonly (readonly [string, Scheme | undefined])[] {
  const ofConnector = auth.choice
    ? auth.schemes.map(scheme => [String(scheme.option), scheme] as const)
    : [['connector', auth.schemes[0]] as const];
  return [...ofConnector, ...auth.own.map(({ name, scheme }) => [name, scheme] as const)];
}

const NO_AUTH: SchemeFeature = {
  module: 'kinds/api/auth/streams/no_auth.py',
  class: 'NoAuth',
  methods: ['authenticate'],
  values: {},
};

function featuresOf(scheme: Scheme | undefined, api: AuthenticatedApi): readonly SchemeFeature[] {
  return scheme?.client(api) ?? [NO_AUTH];
}

/** The names of a feature get that of its scheme, so that any schemes can stand side by side, also two of the same type. */
function ofName({ values, ...feature }: SchemeFeature, scheme: string): SchemeFeature & ClientFeature {
  const named = (name: string) => `${scheme.toUpperCase()}_${name}`;
  const constants = Object.keys(values);
  return {
    ...feature,
    values: Object.fromEntries(constants.map(name => [named(name), values[name] as PythonFeature['values'][string]])),
    rename: {
      ...Object.fromEntries(feature.methods.map(name => [name, `${name}_by_${scheme}`])),
      ...Object.fromEntries(constants.map(name => [name, named(name)])),
    },
  };
}

/** What calls the methods of the scheme that the configuration names, or the stream. */
function dispatch(model: ApiModel, getsTokens: boolean): ClientFeature[] {
  const { choice, own } = model.auth;
  const STREAM_AUTHS = tuple(own.map(({ name }) => name));
  const values = { ...(choice && { AUTH_KEYS: authKeysValue(model) }), ...(own.length > 0 && { STREAM_AUTHS }) };
  const feature = (file: string, name: string) => ({
    module: `kinds/api/auth/${file}.py`,
    class: name,
    values: {},
    rename: {},
  });
  const chooses =
    own.length > 0 ? feature('streams/chosen_auth', 'ChosenAuth') : feature('choice/choice', 'AuthChoice');
  const tokens =
    own.length > 0 ? feature('streams/chosen_tokens', 'ChosenTokens') : feature('choice/token_choice', 'TokenChoice');
  const [first, second] = choice
    ? [chooses, tokens]
    : [feature('streams/stream_auth', 'StreamAuth'), feature('streams/stream_tokens', 'StreamTokens')];
  return [{ ...first, values }, ...(getsTokens ? [second] : [])];
}

/** The keys that each scheme of a choice needs, beside those that all of them need. */
function authKeysValue({ auth, config }: ApiModel) {
  const always = config.filter(({ required }) => required).map(({ name }) => name);
  return dictOf(
    auth.schemes.map(({ option = '', keys }) => {
      const own = keys.filter(({ required }) => required).map(({ name }) => name);
      return [option, tuple([...new Set([...always, ...own])])] as const;
    }),
  );
}
