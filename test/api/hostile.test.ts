import assert from 'node:assert/strict';
import { pathText } from '../../src/base/paths.ts';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { plan, temporaryFolder } from '../support/generate.ts';
import { StrictApi } from './strict-server.ts';
import { connectorOf, ids, items } from './support.ts';

const BAD = `'"""\\ \${x} <%= 1 %> #{y} {{z}} é\u2028`;
/** The same without what stands for a configuration key. */
const SENT = `'"\\\\ %s {} {0} {Z} <%= 1 %> é\u2028`;
/** What a header can have, and no brace. */
const PLAIN = `'"\\\\ %s <%= 1 %> é`;
/** As the texts of requests have it: with braces that are doubled. */
const DOUBLED = SENT.replaceAll(/[{}]/g, '$&$&');
const PATH = pathText([{ key: BAD }]);
const LONG = 'long '.repeat(60).trim();
const properties = { id: 'integer', [BAD]: 'string', updated_at: 'date-time' };

/** Every answer that takes free text, with what would break code that is put together carelessly. */
const HOSTILE = {
  description: BAD,
  base_url: 'http://127.0.0.1:{port}',
  headers: { 'User-Agent': `a long name {z} ${'of a program '.repeat(5)}end`, 'X-Mode': `'"\\ {{z}} <%= 1 %>` },
  auth: {
    type: 'choice',
    schemes: {
      oauth: {
        type: 'oauth2_refresh_token',
        token_url: 'http://127.0.0.1:{port}/token?a=b%20c',
        scopes: [BAD],
        token_params: { [BAD]: BAD },
        rotating: true,
      },
      login: { type: 'session_token', login_path: `/${BAD}`, token_path: PATH, username_field: BAD, prefix: BAD },
      digest: { type: 'digest' },
      aws: { type: 'aws_signature', service: BAD, region: `${PLAIN}{zone}` },
      nested: {
        type: 'session_token',
        login_path: '/x',
        login_body: { [BAD]: [`${PLAIN}\u2028{key}`, { [BAD]: PLAIN }] },
        login_headers: { 'X-Key': `${PLAIN} {key}` },
        token_from_cookie: PLAIN,
        prefix: BAD,
        expires_path: PATH,
        expires_as: 'moment',
      },
      grant: {
        type: 'oauth2_client_credentials',
        token_url: 'http://127.0.0.1:{port}/token',
        grant_type: BAD,
        token_params: { [BAD]: BAD },
        token_headers: { 'X-Key': PLAIN },
        token_path: PATH,
        expires_path: PATH,
      },
      jwt: { type: 'jwt', claims: { [BAD]: BAD }, headers: { [BAD]: LONG } },
      key: { type: 'api_key', in: 'query', name: `'"\\{{z}}`, prefix: `'"\\{{z}} ` },
      none: { type: 'bearer' },
      pair: { type: 'basic', username: `${PLAIN}\u2028{key}`, password: PLAIN },
      token: { type: 'bearer', token: `${PLAIN}{key}` },
      custom: {
        type: 'custom',
        headers: { 'X-Key': `'"\\ {{key}} <%= 1 %> ${LONG}` },
        params: { [BAD]: `${PLAIN}\u2028{key}` },
      },
    },
  },
  pagination: { type: 'cursor', cursor_param: BAD, cursor_path: PATH, has_more_path: PATH, page_size_param: LONG },
  streams: [
    {
      name: 'items',
      path: '/items',
      params: { [BAD]: `${BAD}{port}` },
      records_path: `${PATH}.*.0`,
      records_in: 'map',
      map_key: BAD,
      record_filter: { [BAD]: BAD },
      from_response: { [BAD]: PATH },
      key_properties: [BAD],
      replication_key: 'updated_at',
      bookmark_param: BAD,
      bookmark_end_param: `${LONG} end`,
      bookmark_format: `%d${BAD.replace('\u2028', '')}`,
      text_columns: [BAD],
      schema: { properties },
    },
    {
      name: 'texts',
      path: '/texts/{since:%d`$-}',
      params: {
        [`${BAD}{port}`]: `${BAD}{since:%d '"\\<%%= 1 %%> %% \u2028}{page}`,
        [LONG]: `${LONG} {limit} ${LONG}`,
      },
      body: { [`${BAD}{port}`]: [`${BAD}{until}`, '{page}', { [LONG]: `${LONG} {since:'%%'%Hepoch}` }] },
      pagination: { type: 'page', page_size: 3 },
      replication_key: 'updated_at',
      schema: { properties },
    },
    {
      name: 'jobs',
      path: '/jobs/{item}',
      for_each: { items: [BAD, LONG] },
      pagination: {
        ...{ type: 'job', job_path: PATH, status_url: '/of/{job}', status_path: PATH, done: [BAD], failed: [LONG] },
        ...{ result_path: PATH, result_url: '/$/{result}', download_path: PATH },
      },
      schema: { properties },
    },
    {
      name: 'forms',
      path: '/forms',
      base_url: 'https://{port}.test/$x',
      headers: { "X'`": `${PLAIN} {port} {now:%d'"%%}`, 'X-Long': LONG },
      body_as: 'form',
      body: { [BAD]: [BAD, `{port}${BAD}`], [LONG]: LONG },
      params: { [BAD]: [BAD, true, `${BAD}{port}`] },
      pagination: { type: 'none' },
      schema: { properties },
    },
    {
      name: 'posts',
      path: '/posts',
      graphql: `query { a(b: "{port}", c: "${BAD}") {id} }`,
      body: { [BAD]: [BAD, { [BAD]: '{port}' }], deep: LONG },
      variables: { [BAD]: [BAD, { [BAD]: '{port}' }] },
      pagination: { type: 'keyset', keyset_field: PATH, keyset_param: BAD },
      schema: { properties },
    },
  ],
};

describe('hostile answers of an API', function () {
  this.timeout(120_000);
  needsPython();

  it('are nothing but text in the code', async () => {
    const { checkout, connector, generated } = await connectorOf(HOSTILE);
    assert.deepEqual(await flake8(generated.folder), []);
    const { streams } = await connector.with({ port: '1', access_token: 'x' }).catalog();
    assert.deepEqual(streams.map(({ tap_stream_id }) => tap_stream_id).sort(), [
      'forms',
      'items',
      'jobs',
      'posts',
      'texts',
    ]);
    assert.deepEqual(await flake8(testFolder(checkout, generated.folder)), []);
  });

  it('are sent as they are', async () => {
    const { checkout, connector, generated } = await connectorOf({
      pagination: { type: 'offset', offset_param: `${SENT}o` },
      streams: [
        {
          name: 'items',
          path: '/items',
          params: { q: DOUBLED, [DOUBLED]: 'x' },
          schema: { properties: { id: 'integer' } },
        },
      ],
    });
    const pagination = { type: 'offset', offset_param: `${SENT}o` };
    const api = await new StrictApi({
      resources: [{ path: '/items', records: items(4), params: { q: SENT, [SENT]: 'x' }, pagination }],
    }).listen();
    const configured = connector.with({ port: api.port });
    const outcome = await configured.run({ catalog: selectAll(await configured.catalog()) });
    await api.close();
    assert.deepEqual(ids(outcome), [1, 2, 3, 4], outcome.error);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
  });

  it('give the same connector each time', async () => {
    const cwd = temporaryFolder();
    const answers = { kind: 'api', name: 'Acme', ...HOSTILE };
    const texts = async () => (await plan('api', answers, { cwd })).changes.map(({ content }) => content);
    assert.deepEqual(await texts(), await texts());
  });
});
