import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import type { Grade } from '../described.ts';
import { configName } from '../endpoints/names.ts';
import { type Description, type Operation, text } from './description.ts';

/** How requests are authenticated. */
export interface Security {
  readonly auth: Readonly<Record<string, unknown>>;
  readonly grade: Grade;
  readonly evidence: string;
  /** Secrets beside the first, which go into headers and parameters as configuration keys. */
  readonly headers: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly secrets: readonly { readonly name: string; readonly description: string }[];
  /** What the answers can't say. */
  readonly losses: readonly string[];
}

const NONE: Security = {
  auth: { type: 'none' },
  grade: 'inferred',
  evidence: '',
  headers: {},
  params: {},
  secrets: [],
  losses: [],
};

/** What is known of one scheme: its answer, or why there is none. */
interface Scheme {
  readonly auth?: Readonly<Record<string, unknown>>;
  readonly grade: Grade;
  readonly loss?: string;
  /** The lower, the sooner it is taken of several. */
  readonly rank: number;
}

/** The places and names of the keys of a description. */
export function keysOfSchemes(given: Described): ReadonlySet<string> {
  const schemes = Object.values(schemesOf(given)).map(scheme => given.references.mapping(scheme));
  return new Set(schemes.map(scheme => `${text(own(scheme, 'in'))} ${text(own(scheme, 'name')).toLowerCase()}`));
}

type Described = Pick<Description, 'references' | 'root' | 'isSwagger'>;

function schemesOf({ references, root, isSwagger }: Described): Node {
  return references.mapping(
    isSwagger ? own(root, 'securityDefinitions') : own(references.mapping(own(root, 'components')), 'securitySchemes'),
  );
}

/** The authentication that most of the streams ask for, by the alternative that needs the least of a user. */
export function securityOf(operations: readonly Operation[], description: Description): Security {
  const { references, root } = description;
  const schemes = schemesOf(description);
  const required = mostCommon(operations.map(({ security }) => alternativesOf(security)));
  const names = Object.keys(schemes);
  const alternatives = required.length > 0 ? required : names.slice(0, 1).map(name => [name]);
  if (alternatives.length === 0) return byParameter(operations);
  const known = new Map(
    names.map(name => [name, schemeOf(references.mapping(schemes[name]), references.mapping(own(root, 'info')))]),
  );
  const usable = alternatives
    .filter(needed => needed.length > 0 && needed.every(name => known.has(name)))
    .sort((a, b) => rankOf(a, known) - rankOf(b, known));
  const [best] = usable;
  if (!best) return { ...NONE, evidence: 'the description has no scheme for it' };
  const others =
    usable.length > 1
      ? `; also possible: ${usable
          .slice(1, 4)
          .map(needed => needed.join(' and '))
          .join(', ')}`
      : '';
  return {
    ...combined(best, schemes, known),
    evidence: `the security scheme ${best.join(' and ')}${others}`,
    ...(required.length === 0 && { grade: 'inferred' as const }),
  };
}

function alternativesOf(security: unknown): string[][] {
  return list(security).flatMap(needed => (isMapping(needed) ? [Object.keys(needed)] : []));
}

/** The requirement that occurs most often. */
function mostCommon(requirements: readonly string[][][]): string[][] {
  const counts = new Map<string, number>();
  for (const requirement of requirements) {
    const key = JSON.stringify(requirement);
    if (requirement.some(needed => needed.length > 0)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most ? JSON.parse(most[0]) : [];
}

function rankOf(needed: readonly string[], known: ReadonlyMap<string, Scheme>): number {
  return needed.reduce((sum, name) => sum + (known.get(name)?.rank ?? 100), 0);
}

/** The first scheme as `auth`, keys beside it as headers and parameters. */
function combined(names: readonly string[], schemes: Node, known: ReadonlyMap<string, Scheme>): Security {
  const [first, ...rest] = names.map(name => ({ name, scheme: known.get(name) as Scheme }));
  let security: Security = {
    ...NONE,
    auth: first?.scheme.auth ?? { type: 'none' },
    grade: first?.scheme.grade ?? 'guessed',
    losses: first?.scheme.loss === undefined ? [] : [first.scheme.loss],
  };
  for (const { name, scheme } of rest) {
    const { in: place, name: key } = (scheme.auth ?? {}) as { in?: string; name?: string };
    const secret = configName(name);
    if (scheme.auth?.type !== 'api_key' || key === undefined || (place !== 'header' && place !== 'query')) {
      security = { ...security, losses: [...security.losses, `${name} beside ${first?.name} can't be said`] };
      continue;
    }
    const target = place === 'header' ? 'headers' : 'params';
    security = {
      ...security,
      [target]: { ...security[target], [key]: `{${secret}}` },
      secrets: [...security.secrets, { name: secret, description: text(own(schemes[name] as Node, 'description')) }],
    };
  }
  return security;
}

/** What AWS's own descriptions say that requests are signed for; those of others are behind its gateway. */
function signingName(info: Node): string {
  return text(own(info, 'x-aws-signingName')) || 'execute-api';
}

function schemeOf(scheme: Node, info: Node): Scheme {
  const type = text(own(scheme, 'type')).toLowerCase();
  const about = text(own(scheme, 'description'));
  if (Object.keys(scheme).some(key => /amazon-apigateway-authtype/i.test(key)))
    return { auth: { type: 'aws_signature', service: signingName(info) }, grade: 'said', rank: 7 };
  if (type === 'basic' || (type === 'http' && /^basic$/i.test(text(own(scheme, 'scheme')))))
    return { auth: { type: 'basic' }, grade: 'said', rank: 3 };
  if (type === 'http' && /^bearer$/i.test(text(own(scheme, 'scheme'))))
    return { auth: { type: 'bearer' }, grade: 'said', rank: 1 };
  if (type === 'http' && /^digest$/i.test(text(own(scheme, 'scheme'))))
    return { auth: { type: 'digest' }, grade: 'said', rank: 3 };
  if (type === 'apikey') return apiKey(scheme, about);
  if (type === 'oauth2') return oauth(scheme);
  if (type === 'openidconnect') return { auth: { type: 'bearer' }, grade: 'guessed', rank: 6 };
  const what = [type, text(own(scheme, 'scheme'))].filter(Boolean).join(' ');
  return {
    grade: 'said',
    rank: 50,
    loss: `the scheme ${what || 'without a type'} has no answer: override authenticate in client.py`,
  };
}

/** A key in the header Authorization is mostly a token with a word before it. */
function apiKey(scheme: Node, about: string): Scheme {
  const place = text(own(scheme, 'in'));
  const name = text(own(scheme, 'name'));
  if (!['header', 'query', 'cookie'].includes(place) || name === '')
    return { grade: 'guessed', rank: 50, loss: 'a key whose place is not said' };
  if (place === 'header' && /^authorization$/i.test(name)) {
    const [, word] =
      /\b(Bearer|Token|Apikey|ApiKey|Api-Key|Key|JWT|Basic)\b[ :=]*(?:[<{[$("'`]|your|api|access|token|x{3}|\.\.\.)/i.exec(
        about,
      ) ?? [];
    if (/^basic$/i.test(word ?? '')) return { auth: { type: 'basic' }, grade: 'inferred', rank: 3 };
    if (word === undefined) return { auth: { type: 'api_key', in: 'header', name }, grade: 'guessed', rank: 4 };
    return /^bearer$/i.test(word)
      ? { auth: { type: 'bearer' }, grade: 'inferred', rank: 1 }
      : { auth: { type: 'api_key', in: 'header', name, prefix: `${word} ` }, grade: 'inferred', rank: 2 };
  }
  return { auth: { type: 'api_key', in: place, name }, grade: 'said', rank: place === 'cookie' ? 8 : 2 };
}

function oauth(scheme: Node): Scheme {
  const flows = own(scheme, 'flows');
  const swaggerFlow = text(own(scheme, 'flow'));
  const flow = (names: readonly string[]): Node | undefined => {
    if (names.includes(swaggerFlow)) return scheme;
    const name = names.find(each => isMapping(flows) && isMapping(own(flows, each)));
    return name === undefined ? undefined : (own(flows as Node, name) as Node);
  };
  const client = flow(['clientCredentials', 'application']);
  const user = flow(['authorizationCode', 'accessCode']);
  const tokenUrl = (given: Node | undefined) =>
    given &&
    [own(given, 'refreshUrl'), own(given, 'tokenUrl')]
      .map(text)
      .find(url => /^https?:\/\/[^\s"'<>\\^`{|}]+$/.test(url) && URL.canParse(url));
  const ofClient = tokenUrl(client);
  if (ofClient !== undefined) {
    const scopes = own(client as Node, 'scopes');
    const some = isMapping(scopes)
      ? Object.keys(scopes)
          .filter(name => /read|\*|default/i.test(name))
          .slice(0, 10)
      : [];
    return {
      auth: { type: 'oauth2_client_credentials', token_url: ofClient, ...(some.length > 0 && { scopes: some }) },
      grade: 'said',
      rank: 4,
    };
  }
  const ofUser = tokenUrl(user);
  if (ofUser !== undefined)
    return { auth: { type: 'oauth2_refresh_token', token_url: ofUser }, grade: 'said', rank: 5 };
  return { auth: { type: 'bearer' }, grade: 'inferred', rank: 6 };
}

/** Some descriptions have credentials among the parameters alone. */
function byParameter(operations: readonly Operation[]): Security {
  const half = operations.length / 2;
  const named = (place: string, name: RegExp) => {
    const matching = operations.flatMap(
      ({ params }) => params.find(param => param.place === place && name.test(param.name)) ?? [],
    );
    return matching.length > half || (matching.length > 0 && matching[0]?.required && matching.length >= half)
      ? matching[0]
      : undefined;
  };
  const authorization = named('header', /^authorization$/i);
  if (authorization)
    return {
      ...NONE,
      ...(apiKey({ in: 'header', name: authorization.name }, authorization.description) as { auth: Node }),
      grade: 'guessed',
      evidence: `requests have the header ${authorization.name}`,
    };
  const key = named('header', KEY_NAME) ?? named('query', KEY_NAME);
  if (!key) return { ...NONE, evidence: 'the description asks for none' };
  return {
    ...NONE,
    auth: { type: 'api_key', in: key.place, name: key.name },
    grade: 'inferred',
    evidence: `requests have the ${key.place === 'query' ? 'parameter' : 'header'} ${key.name}`,
  };
}

const KEY_NAME =
  /^(?:x-)?(?:api[-_]?(?:key|token)|access[-_]?token|auth[-_]?token|app[-_]?(?:key|token)|subscription-key|ocp-apim-subscription-key|token|auth)$/i;
