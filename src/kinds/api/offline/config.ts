import type { Scheme } from '../auth/scheme.ts';
import type { ApiModel } from '../model.ts';

/** The scheme that is tested: of several, one with tokens if there is one, since it has more that can go wrong. */
export function testedScheme({ auth }: ApiModel): Scheme | undefined {
  return auth.schemes.find(scheme => scheme.offline({}).tests.length > 0) ?? auth.schemes[0];
}

/** A configuration with a value for every key that the tests need. */
export function testConfig({ config, baseUrl }: ApiModel, scheme: Scheme | undefined): Record<string, string> {
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

/** What stands for the keys that are not configured. */
export function defaultsOf({ config }: ApiModel): Record<string, string> {
  return Object.fromEntries(config.map(({ name, default: value }) => [name, String(value ?? '')]));
}
