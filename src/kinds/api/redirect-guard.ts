import { SECRET_HEADER } from '../../base/headers.ts';
import { placeholdersIn, textsIn } from '../../base/placeholders.ts';
import type { ConfigKey } from '../../connector/model.ts';
import { tuple } from '../../python/compose/values.ts';
import type { Scheme } from './auth/scheme.ts';
import type { ApiStreamModel, RedirectGuard } from './model.ts';
import type { PythonFeature } from './python-feature.ts';

/** Those that requests itself keeps from another host on a redirect. */
const KEPT_BACK: readonly string[] = ['authorization', 'cookie'];

interface GuardInput {
  readonly schemes: readonly Scheme[];
  readonly headers: Readonly<Record<string, string>>;
  readonly streams: readonly ApiStreamModel[];
  readonly config: readonly ConfigKey[];
}

/** Finds what of the requests is secret: what authenticates them, and the secrets of the configuration that they name. */
export function redirectGuard({ schemes, headers, streams, config }: GuardInput): RedirectGuard {
  const secrets = config.filter(({ secret }) => secret).map(({ name }) => name);
  const hasSecret = (texts: readonly string[]) => placeholdersIn(texts).some(({ name }) => secrets.includes(name));
  const isSecret = ([name, value]: [string, string]) =>
    hasSecret([value]) || (SECRET_HEADER.test(name) && placeholdersIn([value]).length > 0);
  const names = [
    ...schemes.flatMap(({ secrets: places }) => places.headers),
    ...[headers, ...streams.map(stream => stream.headers)]
      .flatMap(each => Object.entries(each))
      .filter(isSecret)
      .map(([name]) => name),
  ];
  const places = schemes.map(scheme => scheme.secrets);
  return {
    headers: [...new Set(names.filter(name => !KEPT_BACK.includes(name.toLowerCase())))],
    bodies:
      places.some(({ fields, tokenRequest }) => fields.length > 0 || tokenRequest) ||
      streams.some(stream => hasSecret(bodyTexts(stream))),
  };
}

function bodyTexts({ body, params, bodyParams }: ApiStreamModel): string[] {
  return [...textsIn(body), ...bodyParams.flatMap(name => textsIn(params[name]))];
}

/** The feature of the client that holds these secrets back, where there are any. */
export function guardFeatures({ headers, bodies }: RedirectGuard): PythonFeature[] {
  const module = 'kinds/api/python/redirect_guard.py';
  const values = { SECRET_HEADERS: tuple(headers) };
  if (headers.length > 0) return [{ module, class: bodies ? 'GuardedSecrets' : 'GuardedHeaders', values }];
  return bodies ? [{ module, class: 'GuardedBodies', values: {} }] : [];
}
