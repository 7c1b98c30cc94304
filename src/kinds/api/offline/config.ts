import type { ConfigKey } from '../../../connector/model.ts';
import type { Scheme } from '../auth/scheme.ts';
import type { ApiModel } from '../model.ts';
import { configuredSize } from '../pagination/page-size.ts';

/** The scheme that is tested: of several, one with tokens if there is one, since it has more that can go wrong. */
export function testedScheme({ auth }: ApiModel): Scheme | undefined {
  return auth.schemes.find(scheme => scheme.offline({}).tests.length > 0) ?? auth.schemes[0];
}

/** A configuration with a value for every key that the tests need. */
export function testConfig(
  { config, configTypes, startDaysAgo, baseUrl, pagination, streams }: ApiModel,
  scheme: Scheme | undefined,
): Record<string, string> {
  const sizes = streams.flatMap(stream => Object.values(configuredSize((stream.pagination ?? pagination).pageSize)));
  const isNeeded = ({ name, required, secret }: ConfigKey) =>
    required ||
    sizes.includes(name) ||
    (secret && scheme?.option === undefined) ||
    // What the tests have is older than any start some days ago.
    (name === 'start_date' && startDaysAgo !== undefined);
  const needed = config.filter(isNeeded);
  const value = (name: string) => {
    if (name === 'start_date') return '2024-01-01';
    // The most that a page of the fake API has.
    if (sizes.includes(name)) return '2';
    const [choice] = config.find(key => key.name === name)?.choices ?? [];
    const typed = choice ?? TYPED[configTypes[name] ?? ''];
    if (typed !== undefined) return typed;
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

const TYPED: Readonly<Record<string, string>> = { list: 'a, b', integer: '1', number: '1.5', date: '2024-01-01' };

/** What stands for the keys that are not configured. */
export function defaultsOf({ config }: ApiModel): Record<string, string> {
  return Object.fromEntries(config.map(({ name, default: value }) => [name, String(value ?? '')]));
}
