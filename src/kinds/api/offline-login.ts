import { pythonLiteral } from '../../python/literal.ts';
import type { Scheme, SchemeOffline } from './auth/scheme.ts';
import type { ApiModel } from './model.ts';
import { valuesOf } from './python-feature.ts';

/** How the fake API knows its client, as its template needs it; to go with the template. */
export interface Login {
  readonly config: Readonly<Record<string, string>>;
  /** Python's expressions of what a request has, and of what it must have. */
  readonly sent?: string;
  readonly expected?: string;
  /** Those of whether a request is one for a token, and of the answer. */
  readonly asksForToken?: string;
  readonly token?: string;
  readonly tokens: boolean;
  /** Tokens are signed by the connector itself. */
  readonly signs: boolean;
  readonly readsParams: boolean;
  readonly readsBody: boolean;
}

/** Of several schemes, one with tokens is tested if there is one: it has more that can go wrong. */
export function loginOf(model: ApiModel): Login {
  const { schemes } = model.auth;
  const scheme = schemes.find(each => each.offline({}).tests.length > 0) ?? schemes[0];
  const config = testConfig(model, scheme);
  const base = { config, tokens: false, signs: false, readsParams: false, readsBody: false };
  return scheme ? { ...base, ...partOf(scheme.offline(config)) } : base;
}

function partOf({ api, tests, readsBody }: SchemeOffline): Partial<Login> {
  const values = valuesOf(api) as Record<string, never>;
  const literal = (name: string) => pythonLiteral(values[name]);
  const has = (name: string) => [...api, ...tests].some(feature => feature.class === name);
  const common = { readsBody, readsParams: readsBody || has('FakeParam') };
  if (has('FakeHeader'))
    return { ...common, sent: `request.headers.get(${literal('AUTH_HEADER')})`, expected: literal('CREDENTIALS') };
  if (has('FakeParam'))
    return { ...common, sent: `params.get(${literal('AUTH_PARAM')})`, expected: literal('CREDENTIALS') };
  const path = (values.TOKEN_PATH as { items: string[] } | undefined)?.items ?? [];
  const token = path.reduceRight(
    (value, key) => `{${pythonLiteral(key)}: ${value}}`,
    `self.give_token()['access_token']`,
  );
  return {
    ...common,
    tokens: true,
    signs: has('SignedTokenTests'),
    sent: `request.headers.get(${literal('TOKEN_HEADER')})`,
    expected: `${literal('TOKEN_VALUE')}.format(f'token-{self.tokens}')`,
    ...(has('FakeOAuth') && { asksForToken: `'grant_type=' in str(request.body)`, token: 'self.give_token()' }),
    ...(has('FakeLogin') && { asksForToken: `${literal('PASSWORD_FIELD')} in params`, token }),
  };
}

/** A configuration with a value for every key that the tests need. */
function testConfig({ config, baseUrl }: ApiModel, scheme: Scheme | undefined): Record<string, string> {
  const needed = config.filter(({ required, secret }) => required || (secret && scheme?.option === undefined));
  const value = (name: string) => {
    if (name === 'start_date') return '2024-01-01';
    // The port of an address.
    return baseUrl.includes(`:{${name}}`) ? '8080' : `test-${name.replaceAll('_', '-')}`;
  };
  return {
    ...Object.fromEntries(needed.map(({ name }) => [name, value(name)])),
    ...(scheme?.option !== undefined && {
      auth_type: scheme.option,
      ...Object.fromEntries(scheme.keys.map(({ name }) => [name, value(name)])),
    }),
  };
}
