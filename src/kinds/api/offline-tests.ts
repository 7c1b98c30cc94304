import type { FileEntry } from '../../changes/plan.ts';
import { pythonLiteral } from '../../python/literal.ts';
import { prefixed, type Scheme } from './auth.ts';
import { momentExpression } from './files.ts';
import type { ApiModel } from './model.ts';
import { followsAddress, needsDig, readsHeader } from './uses.ts';

/** The tests that come with an API connector, relative to the folder that its layout has for tests. */
export function apiTests(model: ApiModel): FileEntry[] {
  const { uses, pagination, streams, responseFormat } = model;
  const around = columnsFromElsewhere(model);
  const flat = responseFormat === 'csv' || responseFormat === 'xml';
  const ownPages = streams.filter(stream => stream.pagination !== undefined);
  const paginations = [pagination, ...ownPages.flatMap(stream => stream.pagination ?? [])];
  const paged = paginations.some(({ type }) => type !== 'none');
  const login = loginOf(model);
  const data = {
    login,
    around,
    flat,
    ownPages,
    paged,
    readsParams: paged || uses.serverFilter || login.readsParams,
    // What a run delivers has more columns than what the fake API has.
    partial: around.length > 0 || flat,
    wraps: uses.recordsIn || streams.some(({ recordsPath }) => recordsPath.length > 0),
    pageUrls: paginations.some(followsAddress),
    pageHeaders: paginations.some(answer => answer.type === 'link_header' || readsHeader(answer)),
    puts: paginations.some(needsDig),
    manyFormats: uses.bookmarkFormats.length > 1,
    bookmark: bookmarkAfter(model),
    asked: askedFor(model),
  };
  return [
    { path: '__init__.py', content: { text: '' } },
    {
      path: `test_${model.uuid}.py`,
      content: { template: 'kinds/api/templates/tests/test_source.py.ejs', data: { ...model, ...data } },
    },
  ];
}

/** Python's expressions of the columns that the API's records don't have. */
function columnsFromElsewhere({ uses }: ApiModel): string[] {
  return [
    uses.parents && 'parent_columns(stream)',
    uses.fromResponse && 'stream.FROM_RESPONSE',
    uses.mapKey && '[stream.MAP_KEY]',
  ].filter(column => column !== false);
}

/** The bookmark that a state has after a number of records. */
function bookmarkAfter({ uses: { counters, moments } }: ApiModel): (count: string) => string {
  if (!moments) return count => count;
  return counters ? count => `to_bookmark(STREAMS[name], ${count})` : count => `to_moment(${count}).isoformat()`;
}

/** What a request asks for as text, from a moment or, where the bookmark is a counter, from the last record on. */
function askedFor({ uses: { bookmarkFormats, counters } }: ApiModel): (moment: string) => string {
  const [format, ...others] = bookmarkFormats;
  if (format === undefined) return () => 'str(last)';
  const counter = counters ? 'str(last) if stream.COUNTER else ' : '';
  if (others.length > 0) return moment => `${counter}str(FORMATS[stream.BOOKMARK_FORMAT](${moment}))`;
  const written = (moment: string) => momentExpression(format, moment);
  return moment => counter + (format.startsWith('epoch_') ? `str(${written(moment)})` : written(moment));
}

/** How the fake API knows its client. */
interface Login {
  readonly config: Readonly<Record<string, string>>;
  /** Python's expressions of what a request has, and of what it must have. */
  readonly sent?: string;
  readonly expected?: string;
  /** Those of whether a request is one for a token, and of the answer. */
  readonly asksForToken?: string;
  readonly token?: string;
  /** Tokens are signed by the connector itself. */
  readonly signs: boolean;
  readonly basic: boolean;
  readonly readsParams: boolean;
  readonly readsBody: boolean;
}

/** Of several schemes, one with tokens is tested if there is one: it has more that can go wrong. */
function loginOf(model: ApiModel): Login {
  const { schemes } = model.auth;
  const scheme = schemes.find(({ tokenMethod }) => tokenMethod !== undefined) ?? schemes[0];
  const config = testConfig(model, scheme);
  const readsBody = scheme?.field !== undefined || scheme?.type === 'session_token';
  const base = {
    config,
    signs: scheme?.type === 'jwt',
    basic: scheme?.type === 'basic',
    readsParams: readsBody || scheme?.param !== undefined,
    readsBody,
  };
  return scheme ? { ...base, ...credentials(scheme, config), ...tokenRequest(scheme) } : base;
}

function credentials({ type, header, param, field, tokenMethod }: Scheme, config: Login['config']): Partial<Login> {
  if (type === 'basic') {
    const pair = pythonLiteral(`${config.username}:${config.password}`);
    return {
      sent: `request.headers.get('Authorization')`,
      expected: `'Basic ' + base64.b64encode(${pair}.encode()).decode()`,
    };
  }
  const placed = header ?? param ?? field;
  if (!placed) return {};
  const name = pythonLiteral(placed.name);
  return {
    sent: header ? `request.headers.get(${name})` : `params.get(${name})`,
    expected: tokenMethod
      ? prefixed(`${placed.prefix}token-`, 'self.tokens')
      : pythonLiteral(placed.prefix + config[type === 'bearer' ? 'access_token' : 'api_key']),
  };
}

function tokenRequest({ answer }: Scheme): Partial<Login> {
  if (answer.type === 'session_token')
    return {
      asksForToken: `${pythonLiteral(answer.password_field)} in params`,
      token: answer.token_path
        .split('.')
        .reduceRight((value, key) => `{${pythonLiteral(key)}: ${value}}`, `self.give_token()['access_token']`),
    };
  if (!answer.type.startsWith('oauth2')) return {};
  return { asksForToken: `'grant_type=' in str(request.body)`, token: 'self.give_token()' };
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
