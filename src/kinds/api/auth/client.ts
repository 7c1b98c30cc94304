import { dictOf, tuple } from '../../../python/compose/values.ts';
import type { ApiModel } from '../model.ts';
import type { PythonFeature } from '../python-feature.ts';
import type { Scheme, SchemeFeature } from './scheme.ts';

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
  const shapesRefreshes = auth.schemes
    .flatMap(scheme => scheme.client({ baseUrl, shapesRefreshes: false }))
    .some(({ values }) => 'TOKEN_ANSWER' in values);
  const api = { baseUrl, shapesRefreshes };
  if (!auth.choice)
    return {
      features: auth.schemes.flatMap(scheme => scheme.client(api)).map(feature => ({ ...feature, rename: {} })),
      roots: [],
    };
  const chosen = auth.schemes.flatMap(scheme => scheme.client(api).map(feature => ofOption(feature, scheme)));
  const roots = chosen.flatMap(({ methods, rename }) => methods.map(name => rename[name] as string));
  const gets = chosen.some(({ methods }) => methods.includes('request_token'));
  return { features: [...dispatch(model, gets), ...chosen], roots };
}

/** The names of a feature get that of its option, so that any schemes can stand side by side, also two of the same type. */
function ofOption({ values, ...feature }: SchemeFeature, { option = '' }: Scheme): SchemeFeature & ClientFeature {
  const named = (name: string) => `${option.toUpperCase()}_${name}`;
  const constants = Object.keys(values);
  return {
    ...feature,
    values: Object.fromEntries(constants.map(name => [named(name), values[name] as PythonFeature['values'][string]])),
    rename: {
      ...Object.fromEntries(feature.methods.map(name => [name, `${name}_by_${option}`])),
      ...Object.fromEntries(constants.map(name => [name, named(name)])),
    },
  };
}

/** What calls the methods of the option that the configuration names. */
function dispatch({ auth, config }: ApiModel, getsTokens: boolean): ClientFeature[] {
  const always = config.filter(({ required }) => required).map(({ name }) => name);
  const needed = auth.schemes.map(({ option = '', keys }) => {
    const own = keys.filter(({ required }) => required).map(({ name }) => name);
    return [option, tuple([...always, ...own])] as const;
  });
  const choice = {
    module: 'kinds/api/auth/choice/choice.py',
    class: 'AuthChoice',
    values: { AUTH_KEYS: dictOf(needed) },
    rename: {},
  };
  const tokens = { module: 'kinds/api/auth/choice/token_choice.py', class: 'TokenChoice', values: {}, rename: {} };
  return getsTokens ? [choice, tokens] : [choice];
}
