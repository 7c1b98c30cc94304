import type { FileEntry } from '../../changes/plan.ts';
import type { Composition } from '../../python/compose/composition.ts';
import { tuple } from '../../python/compose/values.ts';
import { plainText, sharedFormats, templateText, withTexts } from '../../python/request-texts.ts';
import { authClient, type ClientFeature } from './auth/client.ts';
import { decoderRoots, ownDecoders } from './formats/own.ts';
import type { ApiModel } from './model.ts';
import { type PythonFeature, valuesOf } from './python-feature.ts';
import { guardFeatures } from './redirect-guard.ts';

const PYTHON = 'kinds/api/python';

/** GraphQL whose decimals keep all of their digits. */
const EXACT_GRAPHQL: PythonFeature = { module: 'kinds/api/formats/json/exact.py', class: 'ExactGraphQL', values: {} };

/** What streams and users call or override, whatever a connector is made of; docs/architecture.md names them. */
const STABLE = ['authenticate', 'hide', 'make_request', 'parse', 'request'];

/** The file of the client: `ApiClient`, with the features that the answers call for. */
export function clientFile(model: ApiModel): FileEntry {
  return { path: 'client.py', content: { python: clientComposition(model) } };
}

function clientComposition(model: ApiModel): Composition {
  const { name, className } = model;
  const auth = authClient(model);
  const features = [...decoders(model), ...ownFeatures(model).map(plain), ...auth.features];
  return {
    module: `${PYTHON}/client.py`,
    docstring: `${name}: the HTTP client, with authentication, time-outs and retries.`,
    classes: [{ name: 'ApiClient', as: `${className}Client`, features }],
    rename: {},
    modules: {},
    imports: {},
    values: clientValues(model, features),
    roots: [...STABLE, ...auth.roots, ...decoderRoots(model)],
    uses: [],
  };
}

function clientValues(
  { headers, uses, config, configTypes, maxWait }: ApiModel,
  features: readonly ClientFeature[],
): Composition['values'] {
  const secrets = config.filter(({ secret }) => secret).map(({ name }) => name);
  return {
    HEADERS: withTexts(
      headers,
      text => (uses.placeholders.headers ? templateText(text, sharedFormats(configTypes)) : plainText(text)),
      name => name,
    ),
    MAX_WAIT: maxWait,
    ...(secrets.length > 0 && { SECRET_KEYS: tuple(secrets) }),
    ...valuesOf(features),
  };
}

/** What reads responses, of all streams alike or of some in formats of their own. */
function decoders(model: ApiModel): ClientFeature[] {
  const { uses, exactDecimals, reading } = model;
  const graphql = exactDecimals ? EXACT_GRAPHQL : feature('graphql.py', 'GraphQL');
  const shared = uses.graphql ? [graphql] : reading.decoder;
  return uses.ownFormats ? ownDecoders(model, shared) : shared.map(plain);
}

/** A feature with the names of its own module. */
function plain(given: PythonFeature): ClientFeature {
  return { ...given, rename: {} };
}

function ownFeatures(model: ApiModel): PythonFeature[] {
  const { auth, clientCertificate, config, rateLimit, uses } = model;
  const required = config.filter(key => key.required).map(({ name }) => name);
  const defaults = config.filter(key => key.default !== undefined && key.default !== '');
  return [
    // A choice of schemes checks what is required together with what the chosen one needs.
    ...(required.length > 0 && !auth.choice
      ? [feature('required_keys.py', 'RequiredKeys', { REQUIRED_KEYS: tuple(required) })]
      : []),
    ...(defaults.length > 0
      ? [
          feature('defaults.py', 'Defaults', {
            DEFAULTS: Object.fromEntries(defaults.map(key => [key.name, key.default ?? null])),
          }),
        ]
      : []),
    ...valueFeatures(model),
    ...(uses.clock ? [feature('clock.py', 'Clock')] : []),
    // A token is a secret as well, whatever it is got with.
    ...(auth.all.length > 0 || config.some(({ secret }) => secret) ? [] : [feature('no_secrets.py', 'NoSecrets')]),
    ...(uses.errors ? [feature('error_rules.py', 'ErrorRules')] : []),
    ...guardFeatures(model.redirectGuard),
    ...(uses.files ? [feature('files.py', uses.ownFormats ? 'OwnFiles' : 'Files')] : []),
    ...(clientCertificate ? [feature('client_certificate.py', 'ClientCertificate')] : []),
    ...(rateLimit
      ? [feature('rate_limit.py', 'RateLimit', { CALLS: rateLimit.calls, PERIOD: rateLimit.seconds })]
      : []),
    ...(uses.parents ? [feature('parent_keys.py', 'ParentKeys')] : []),
    ...(uses.streamHeaders || uses.forms ? [feature('request_parts.py', 'RequestParts')] : []),
    ...(uses.placeholders.headers
      ? [feature('configured_headers.py', uses.placeholders.optional.headers ? 'OptionalHeaders' : 'ConfiguredHeaders')]
      : []),
    ...(uses.placeholders.headers || uses.placeholders.streamHeaders || auth.all.length > 0
      ? []
      : [feature('fixed_headers.py', 'FixedHeaders')]),
  ];
}

/** What makes values of what is configured. */
function valueFeatures({ configTypes, configValues, startDaysAgo }: ApiModel): PythonFeature[] {
  const has = (part: object) => Object.keys(part).length > 0;
  return [
    ...(startDaysAgo === undefined
      ? []
      : [feature('start_days_ago.py', 'StartDaysAgo', { START_DAYS_AGO: startDaysAgo })]),
    ...(has(configValues) ? [feature('configured_values.py', 'Choices', { VALUES: configValues })] : []),
    ...(has(configTypes) ? [feature('configured_values.py', 'Types', { TYPES: configTypes })] : []),
  ];
}

function feature(file: string, className: string, values: PythonFeature['values'] = {}): PythonFeature {
  return { module: `${PYTHON}/${file}`, class: className, values };
}
