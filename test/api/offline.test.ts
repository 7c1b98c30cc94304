import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readConnector } from '../../src/connector/existing.ts';
import { planStreamsEdit } from '../../src/streams/ours.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { write } from '../stream/connectors.ts';
import { generate, kindOf, temporaryFolder } from '../support/generate.ts';
import { type Built, connectorOf, edit, SCHEMA } from './support.ts';

type Answers = Record<string, unknown>;

const ITEMS = { name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA };
const BY_UPDATE = { replication_key: 'updated_at' };
const FILTERED = { ...BY_UPDATE, bookmark_param: 'since' };
const token_url = 'https://{region}.acme.test/token';

const LOGIN = { type: 'session_token', login_path: '/login' };

const OWN_AUTHS: readonly Answers[] = [
  { type: 'bearer' },
  { type: 'bearer', token: 'x {token}' },
  { type: 'api_key', in: 'query', name: 'key' },
  { type: 'api_key', in: 'cookie', name: 'key' },
  { type: 'api_key', in: 'body', name: 'key' },
  { type: 'basic' },
  { type: 'custom', headers: { 'X-Key': '{key}' }, params: { key: '{key}' } },
  { type: 'digest' },
  { type: 'aws_signature', service: 'es', region: '{zone}' },
  { type: 'aws_signature', service: 'execute-api', region: 'us-1' },
  { type: 'jwt' },
  { type: 'oauth2_client_credentials', token_url },
  { type: 'oauth2_client_credentials', token_url, token_path: 'data.token', prefix: 'Own ' },
  { type: 'oauth2_refresh_token', token_url, rotating: true },
  { ...LOGIN, token_path: 'a.b' },
  { ...LOGIN, token_path: 'token', username_field: 'user', password_field: 'word', name: 'X-Token' },
  { ...LOGIN, token_from_cookie: 'sid' },
  { ...LOGIN, token_from_header: 'X-Token', name: 'X-Token' },
];

/** What the matrix doesn't have. */
const CONNECTORS: Readonly<Record<string, Answers>> = {
  'pages of one kind, of which a stream says less than the others': {
    pagination: { type: 'offset', total_path: 'meta.total' },
    streams: [
      { ...ITEMS, records_path: 'data' },
      { ...ITEMS, name: 'tags', path: '/tags', pagination: { type: 'offset' } },
    ],
  },
  'pages of one kind, of which each stream says another thing': {
    pagination: { type: 'page', total_pages_path: 'pages' },
    streams: [
      { ...ITEMS, records_path: 'data' },
      { ...ITEMS, name: 'tags', path: '/tags', pagination: { type: 'page' } },
      {
        ...ITEMS,
        name: 'teams',
        path: '/teams',
        records_path: 'data',
        pagination: { type: 'page', has_more_path: 'more' },
      },
    ],
  },
  'CSV, with a column that the format has no place for': {
    response_format: 'csv',
    csv_delimiter: ';',
    pagination: { type: 'page' },
    streams: [
      {
        ...ITEMS,
        ...BY_UPDATE,
        schema: {
          properties: {
            id: 'integer',
            won: 'boolean',
            amount: 'number',
            tags: { type: 'array', items: { type: 'string' } },
            updated_at: 'date-time',
          },
        },
      },
    ],
  },
  'lists of the answers and of the configuration': {
    pagination: { type: 'page' },
    config: [{ name: 'kinds', default: 'a, b' }],
    streams: [
      { ...ITEMS, ...FILTERED, path: '/{region}/items', for_each: { config: 'regions', as: 'region' } },
      {
        ...ITEMS,
        name: 'kinds',
        path: '/{kind}',
        key_properties: ['id', 'kind'],
        for_each: { config: 'kinds', as: 'kind' },
      },
      { ...ITEMS, name: 'years', path: '/{item}', for_each: { items: [2023, 2024, 2025] } },
      {
        ...{ ...ITEMS, name: 'notes', key_properties: [], path: '/{year}/{item}', for_each: { items: ['a', 'b'] } },
        parent: { stream: 'items', field: 'id', as: 'year' },
      },
      { ...ITEMS, name: 'plain' },
    ],
  },
  'jobs, and their results by ids or by addresses': {
    auth: { type: 'api_key' },
    pagination: {
      ...{ type: 'job', job_path: 'id', status_url: '/jobs/{job}', status_path: 'job.state' },
      ...{
        done: ['DONE'],
        failed: ['FATAL'],
        result_path: 'job.document',
        result_url: '/documents/{result}',
        download_path: 'url',
      },
    },
    streams: [
      { ...ITEMS, ...FILTERED, method: 'POST', body: { kind: 'items' } },
      {
        ...{ ...ITEMS, name: 'rows', path: '/rows', records_path: 'rows' },
        pagination: { type: 'job', job_path: 'links.self', status_path: 'state', done: ['ok'] },
      },
      {
        ...{ ...ITEMS, name: 'files', path: '/files' },
        pagination: {
          type: 'job',
          job_path: 'id',
          status_url: 'f/{job}',
          status_path: 's',
          done: ['ok'],
          result_path: 'u',
        },
      },
    ],
  },
  'jobs that make CSV': {
    response_format: 'csv',
    pagination: {
      ...{ type: 'job', job_path: 'id', status_url: '/jobs/{job}', status_path: 'state', done: ['DONE'] },
      result_url: '/jobs/{job}/result',
    },
    streams: [ITEMS],
  },
  'jobs that make XML': {
    response_format: 'xml',
    pagination: { type: 'job', job_path: 'id', status_path: 'state', done: ['DONE'], result_path: 'url' },
    streams: [{ ...ITEMS, records_path: 'data.rows.row' }],
  },
  'XML in several places': { response_format: 'xml', streams: [{ ...ITEMS, records_path: 'data.groups.*.row' }] },
  'an address in a list of links': {
    pagination: { type: 'next_url', next_url_path: 'links[rel=next].href' },
    streams: [
      { ...ITEMS, records_path: 'results[-1].rows' },
      { ...ITEMS, name: 'others', records_path: 'a[kind=x].rows' },
    ],
  },
  'a cursor in the last record': {
    pagination: { type: 'cursor', cursor_path: 'hits.rows[-1].sort', has_more_path: 'hits["more.rows"]' },
    streams: [{ ...ITEMS, records_path: 'hits.rows' }],
  },
  'an address in a header, and a flag of success': {
    pagination: { type: 'next_url', next_url_header: 'Next-Page', omitted_at_end: true },
    streams: [{ ...ITEMS, records_path: 'rows', omits_empty: true }],
  },
  XML: { response_format: 'xml', streams: [{ ...ITEMS, ...BY_UPDATE, records_path: 'data.rows.row' }] },
  'JSON Lines': { response_format: 'jsonl', pagination: { type: 'link_header' }, streams: [{ ...ITEMS, ...FILTERED }] },
  'single objects, maps with their keys, filters and values from around': {
    streams: [
      { ...ITEMS, name: 'one', records_in: 'object', records_path: 'data', ...BY_UPDATE },
      { ...ITEMS, name: 'map', records_in: 'map', map_key: 'name' },
      {
        ...ITEMS,
        name: 'kept',
        record_filter: { kind: 'x', name: 'Ada' },
        from_response: { at: 'meta.at' },
        schema: { properties: { ...SCHEMA.properties, at: 'string' } },
        records_path: 'rows.1.*',
      },
    ],
  },
  'rows by names of every place, columns and maps, that say that they are none of a failure': {
    success_when: { 'meta.code': 0 },
    streams: [
      { ...ITEMS, records_path: 'values', records_in: 'rows' },
      { ...ITEMS, name: 'named', records_path: 'rows', records_in: 'rows', column_names: ['name', 'id', 'updated_at'] },
      { ...ITEMS, name: 'told', records_path: 'rows', records_in: 'rows', columns_path: 'names' },
      { ...ITEMS, name: 'fields', records_path: 'rows', records_in: 'rows', columns_path: 'schema[0].fields.*.name' },
      { ...ITEMS, name: 'columns', records_path: 'hourly', records_in: 'columns', ...BY_UPDATE },
      {
        ...ITEMS,
        name: 'rates',
        ...{ records_path: 'rates', records_in: 'map', map_key: 'name', value_column: 'id' },
        ...{ from_response: { base: 'base.name' }, key_properties: ['base', 'name'] },
        schema: { properties: { base: 'string', name: 'string', id: 'integer' } },
      },
      {
        ...ITEMS,
        name: 'days',
        records_path: 'days',
        records_in: 'map',
        map_key: 'updated_at',
        ...BY_UPDATE,
        key_properties: ['updated_at'],
      },
    ],
  },
  'a number of pages before the records of a list': {
    pagination: { type: 'page', total_pages_path: '[0].pages' },
    streams: [{ ...ITEMS, records_path: '[1]' }],
  },
  'a keyset field that is no column, and a cursor in a header': {
    pagination: { type: 'keyset', keyset_field: 'token', has_more_path: 'more' },
    streams: [
      { ...ITEMS, records_path: 'data' },
      { ...ITEMS, name: 'others', pagination: { type: 'cursor', cursor_header: 'X-Next' } },
    ],
  },
  'several parents, several levels, look-back, windows and both filters': {
    streams: [
      { ...ITEMS, name: 'teams' },
      { ...ITEMS, name: 'kinds', ...BY_UPDATE, lookback_seconds: 90 },
      {
        ...ITEMS,
        name: 'people',
        path: '/{team}/people',
        parent: { stream: 'teams', field: 'id', as: 'team' },
        ...FILTERED,
        bookmark_format: 'epoch_seconds',
      },
      {
        ...ITEMS,
        name: 'notes',
        path: '/notes/{team}/{kind}',
        parents: [
          { stream: 'people', field: 'team', as: 'team' },
          { stream: 'kinds', field: 'name', as: 'kind' },
        ],
        ...FILTERED,
        bookmark_format: 'at %d.%m.%Y',
        bookmark_end_param: 'until',
        window_days: 2,
      },
    ],
  },
  'a bookmark in the parameter of the cursor, as Zendesk has it': {
    pagination: { type: 'cursor', cursor_param: 'since', cursor_path: 'end_time' },
    streams: [{ ...ITEMS, ...FILTERED, records_path: 'tickets', bookmark_format: 'epoch_seconds' }],
  },
  'a bookmark in a list of the body, as HubSpot has it': {
    streams: [
      {
        ...ITEMS,
        ...BY_UPDATE,
        method: 'POST',
        params_in: 'body',
        body: { filterGroups: [{ filters: [{ propertyName: 'updated_at', operator: 'GTE' }] }] },
        bookmark_param: 'filterGroups.0.filters.0.value',
        bookmark_format: 'epoch_milliseconds',
      },
    ],
  },
  'one object at the root, with a cursor': {
    pagination: { type: 'cursor', cursor_path: 'next' },
    streams: [{ ...ITEMS, records_in: 'object' }],
  },
  'counters, with and without a filter': {
    streams: [
      { ...ITEMS, replication_key: 'id', bookmark_format: 'integer', bookmark_param: 'after' },
      { ...ITEMS, name: 'others', replication_key: 'id', bookmark_format: 'integer' },
    ],
  },
  'counters and moments': {
    streams: [
      { ...ITEMS, replication_key: 'id', bookmark_format: 'integer', bookmark_param: 'after' },
      { ...ITEMS, name: 'filtered', ...FILTERED, bookmark_format: 'date' },
      { ...ITEMS, name: 'others', ...BY_UPDATE, lookback_seconds: 90 },
    ],
  },
  'signed tokens, bookmarks that are numbers, and a rate limit': {
    auth: { type: 'jwt', algorithm: 'RS256' },
    rate_limit: { calls: 1, seconds: 60 },
    streams: [
      {
        ...ITEMS,
        ...FILTERED,
        bookmark_format: 'epoch_seconds',
        schema: { properties: { id: 'integer', updated_at: 'integer' } },
      },
    ],
  },
  'a choice of schemes, and placeholders in every place': {
    base_url: 'https://{region}.acme.test:{port}/{version}',
    headers: { 'X-Mode': '{mode}' },
    config: [{ name: 'mode', default: 'fast' }],
    auth: {
      type: 'choice',
      schemes: {
        key: { type: 'api_key', in: 'cookie', prefix: 'a"b' },
        oauth: { type: 'oauth2_refresh_token', token_url, client_auth: 'basic', rotating: true },
      },
    },
    streams: [{ ...ITEMS, params: { q: '{q} {{}}' }, method: 'POST', body: { a: ['{owner}'] } }],
  },
  'a log-in by parameters': {
    auth: { type: 'session_token', login_path: '/login', login_method: 'GET', token_path: 'a.b', name: 'X-Session' },
    streams: [ITEMS],
  },
  'a refresh token that is kept': {
    auth: { type: 'oauth2_refresh_token', token_url, rotating: true },
    streams: [ITEMS],
  },
  'credentials of their own wording, one with a default': {
    auth: { type: 'custom', headers: { 'X-Key': 'a "{key}" {', 'X-Mode': '{mode}' }, params: { key: '{key}' } },
    config: [{ name: 'mode', secret: false, default: 'fast' }],
    streams: [ITEMS],
  },
  'a token request as JSON, whose answer is nested': {
    auth: {
      type: 'oauth2_client_credentials',
      token_url,
      token_body_as: 'json',
      token_path: 'a[1].b',
      expires_path: 'c',
      expires_as: 'moment',
      client_auth: 'basic',
      prefix: 'T ',
    },
    streams: [ITEMS],
  },
  'a refresh token that is kept, by requests of their own wording': {
    auth: { type: 'oauth2_refresh_token', token_url, rotating: true, token_headers: { 'X-Key': '{key}' } },
    response_format: 'csv',
    streams: [ITEMS],
  },
  'a log-in that answers with a cookie, and records as CSV': {
    auth: { type: 'session_token', login_path: '/login', token_from_cookie: 'sid', login_body: { a: { b: '{user}' } } },
    response_format: 'csv',
    streams: [ITEMS],
  },
  'a log-in that answers with a header': {
    auth: { type: 'session_token', login_path: '/login', token_from_header: 'X-Token', login_body_as: 'form' },
    streams: [ITEMS],
  },
  'HTTP digest, and records as CSV': { auth: { type: 'digest' }, response_format: 'csv', streams: [ITEMS] },
  'signed requests': {
    auth: { type: 'aws_signature', service: 'es', region: '{zone}' },
    streams: [{ ...ITEMS, method: 'POST' }],
  },
  'signed requests, and pages': {
    auth: { type: 'aws_signature', service: 'es', region: '{zone}' },
    pagination: { type: 'page' },
    streams: [ITEMS],
  },
  'streams with authentication of their own': {
    auth: { type: 'oauth2_client_credentials', token_url },
    streams: [
      ITEMS,
      { ...ITEMS, name: 'others', auth: { type: 'session_token', login_path: '/login', token_path: 'a' } },
      { ...ITEMS, name: 'open', auth: { type: 'none' } },
    ],
  },
  'a choice, and streams with authentication of their own': {
    auth: { type: 'choice', schemes: { token: { type: 'bearer' }, key: { type: 'api_key' } } },
    streams: [
      { ...ITEMS, auth: { type: 'digest' } },
      { ...ITEMS, name: 'others' },
    ],
  },
  'a scheme of each kind, two of a kind among them, for streams of their own': {
    auth: { type: 'none' },
    config: [{ name: 'zone', default: 'eu' }],
    streams: [ITEMS, ...OWN_AUTHS.map((auth, index) => ({ ...ITEMS, name: `own_${index}`, method: 'POST', auth }))],
  },
  'tokens of the connector alone': {
    auth: { type: 'jwt' },
    response_format: 'csv',
    streams: [ITEMS, { ...ITEMS, name: 'others', auth: { type: 'digest' } }],
  },
  'credentials in the body': {
    auth: { type: 'custom', body: { key: '{key}', fixed: 'a' } },
    streams: [{ ...ITEMS, method: 'POST' }],
  },
  'a choice with texts': {
    auth: {
      type: 'choice',
      schemes: { pair: { type: 'basic', username: '{key}', password: '' }, two: { type: 'bearer', token: '{a}:{b}' } },
    },
    streams: [ITEMS],
  },
  'user name and password': { auth: { type: 'basic' }, client_certificate: true, streams: [ITEMS] },
};

const PAGINATIONS: readonly (readonly [Answers, string, string])[] = [
  [{ type: 'page' }, '            if not more:', '            if True:'],
  [{ type: 'offset' }, '            if not more:', '            if True:'],
  [{ type: 'cursor', cursor_path: 'next' }, '            if not cursor or', '            if True or'],
  [{ type: 'next_url', next_url_path: 'next' }, '            if not link:', '            if True:'],
  [{ type: 'link_header' }, '            if not link:', '            if True:'],
  [{ type: 'keyset' }, '            if not more:', '            if True:'],
];

interface Break {
  readonly what: string;
  readonly answers: Answers;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The tests that have to see it. */
  readonly fails: readonly string[];
}

const one = (stream: Answers): Answers => ({ streams: [{ ...ITEMS, ...stream }] });
const OAUTH = { auth: { type: 'oauth2_client_credentials', token_url: 'https://a.test/token' }, ...one({}) };

const BREAKS: readonly Break[] = [
  ...PAGINATIONS.map(([pagination, from, to]) => ({
    what: `the second page is dropped (${pagination.type})`,
    answers: { pagination, ...one(JSON.stringify(pagination).includes('_path') ? { records_path: 'data' } : {}) },
    file: 'streams/base.py',
    from,
    to,
    fails: ['test_reads_all_pages', 'test_waits_as_long_as_the_api_asks'],
  })),
  {
    what: '429 is taken for an error',
    answers: one({}),
    file: 'client.py',
    from: '425, 429,',
    to: '425,',
    fails: ['test_waits_as_long_as_the_api_asks'],
  },
  {
    what: 'Retry-After is not read',
    answers: one({}),
    file: 'client.py',
    from: "('Retry-After', *(",
    to: "('X-Other', *(",
    fails: ['test_waits_as_long_as_the_api_asks'],
  },
  {
    what: 'the API is not asked for what is new',
    answers: one(FILTERED),
    file: 'streams/base.py',
    from: 'if self.since and self.BOOKMARK_PARAM:',
    to: 'if False:',
    fails: ['test_resumes_from_a_state'],
  },
  {
    what: 'what is old is not left out',
    answers: one(BY_UPDATE),
    file: 'streams/base.py',
    from: '>= since',
    to: '>= ""',
    fails: ['test_resumes_from_a_state'],
  },
  {
    what: 'records without a bookmark are left out',
    answers: one(BY_UPDATE),
    file: 'streams/base.py',
    from: '            return rows',
    to: "            return [row for row in rows if row['updated_at']]",
    fails: ['test_delivers_records_without_a_bookmark'],
  },
  {
    what: 'no state is written',
    answers: one(FILTERED),
    file: '__init__.py',
    from: 'if bookmarks[key] is not None:',
    to: 'if False:',
    fails: ['test_resumes_from_a_state', 'test_delivers_records_without_a_bookmark'],
  },
  {
    what: 'a refused token ends the run',
    answers: OAUTH,
    file: 'client.py',
    from: 'if response.status_code != 401:',
    to: 'if True:',
    fails: ['test_gets_another_token_when_one_has_expired'],
  },
  {
    what: 'a refused token is sent again',
    answers: OAUTH,
    file: 'client.py',
    from: '        self.token_expires = 0\n',
    to: '        pass\n',
    fails: ['test_gets_another_token_when_one_has_expired'],
  },
  {
    what: 'the credentials are forgotten',
    answers: { auth: { type: 'bearer' }, ...one({}) },
    file: 'client.py',
    from: "['Authorization'] = f'Bearer ",
    to: "['X-Key'] = f'",
    fails: [
      'test_reads_all_records',
      'test_reads_nothing_where_there_is_nothing',
      'test_waits_as_long_as_the_api_asks',
    ],
  },
  ...[
    ['self.auth or "connector"', '"connector"'],
    ["KEY_NAME = 'X-Key'", "KEY_NAME = 'X-Other'"],
  ].map(([from = '', to = '']) => ({
    what: `a stream has other credentials than its own (${to})`,
    answers: {
      auth: { type: 'bearer' },
      streams: [ITEMS, { ...ITEMS, name: 'others', auth: { type: 'api_key', in: 'header', name: 'X-Key' } }],
    },
    file: 'client.py',
    from,
    to,
    fails: [
      'test_reads_all_records',
      'test_reads_nothing_where_there_is_nothing',
      'test_waits_as_long_as_the_api_asks',
    ],
  })),
  {
    what: 'a refused token of one stream is sent again',
    answers: {
      streams: [ITEMS, { ...ITEMS, name: 'others', auth: { ...OAUTH.auth } }],
    },
    file: 'client.py',
    from: '        self.token_expires = 0\n        self.authenticate(request)',
    to: '        pass',
    fails: ['test_gets_another_token_when_one_has_expired'],
  },
];

describe('the tests that come with a connector', function () {
  this.timeout(120_000);
  needsPython();

  const assertPass = async ({ checkout, generated }: Built) => {
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    assert.deepEqual(await flake8(testFolder(checkout, generated.folder)), []);
  };

  for (const [name, answers] of Object.entries(CONNECTORS))
    it(`pass: ${name}`, async () => assertPass(await connectorOf(answers)));

  for (const { what, answers, file, from, to, fails } of BREAKS)
    it(`fail where ${what}`, async () => {
      const built = await connectorOf(answers);
      const run = () => unittest(built.checkout, [testModule(built.generated.folder)]);
      assert.ok((await run()).passed);
      edit(built.generated, file, text => text.replace(from, to));
      const { failed, report } = await run();
      assert.deepEqual([...failed].sort(), [...fails].sort(), report);
    });

  describe('in a connector that grows', () => {
    const answers = { name: 'Acme', base_url: 'https://acme.test', pagination: { type: 'page' } };
    const tags = { ...ITEMS, name: 'tags', path: '/tags' };
    let checkout: Checkout;
    let folder: string;
    let file: string;
    const run = () => unittest(checkout, [testModule(folder)]);
    const add = (stream: object) => ({ streams: [stream] });
    const growing = () => ({ cwd: checkout.root, addsOnly: true, options: { connector: folder } });

    beforeEach(async () => {
      checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
      ({ folder } = await generate('api', { ...answers, ...one({}) }, { cwd: checkout.root }));
      file = join(testFolder(checkout, folder), 'test_acme.py');
    });

    it('test a new stream as they are', async () => {
      const before = readFileSync(file, 'utf8');
      appendFileSync(file, '# Mine.\n');
      await generate('api', add(tags), growing());
      assert.equal(readFileSync(file, 'utf8'), `${before}# Mine.\n`);
      assert.ok((await run()).passed);
      appendFileSync(join(folder, 'streams/tags.py'), '\n    def get_records(self, response):\n        return []\n');
      const { failed, report } = await run();
      assert.deepEqual(failed, ['test_reads_all_pages', 'test_waits_as_long_as_the_api_asks']);
      assert.doesNotMatch(report, /\[items\]/);
    });

    it('gain what a new stream calls for, and lose it with the stream', async () => {
      const before = readFileSync(file, 'utf8');
      await generate('api', add({ ...tags, ...FILTERED }), growing());
      assert.match(readFileSync(file, 'utf8'), /test_resumes_from_a_state/);
      assert.ok((await run()).passed);
      assert.deepEqual(await takeOut(folder, 'tags'), []);
      assert.equal(readFileSync(file, 'utf8'), before);
    });

    it('keep what was changed in them, and are not made again where they were removed', async () => {
      appendFileSync(file, '# Mine.\n');
      await generate('api', add({ ...tags, ...FILTERED }), growing());
      assert.match(readFileSync(file, 'utf8'), /test_resumes_from_a_state[\s\S]*# Mine\.\n$/);
      assert.ok((await run()).passed);
      rmSync(file);
      await generate('api', add({ ...tags, name: 'others', lookback_seconds: 5, ...FILTERED }), growing());
      assert.ok(!existsSync(file));
    });
  });
});

async function takeOut(folder: string, name: string): Promise<readonly string[]> {
  const connector = readConnector(folder);
  assert.ok(connector);
  const kind = await kindOf('api');
  const run = planStreamsEdit({ kind, connector, name, renamed: undefined, force: false });
  write(run);
  return run.notes;
}
