import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { plan } from '../support/generate.ts';
import { CREDENTIALS } from './strict-auth.ts';
import { type Fault, StrictApi, type StrictOptions, send } from './strict-server.ts';
import { type Built, connectorOf, ids, items, SCHEMA } from './support.ts';

type Answers = Record<string, unknown>;

const OAUTH = { type: 'oauth2_client_credentials', token_url: 'http://127.0.0.1:{port}/token' };
const LOGIN = { type: 'session_token', login_path: '/login', token_path: 'data.token', name: 'X-Session' };
const STREAM = { key_properties: ['id'], schema: SCHEMA };

function stream(name: string, auth?: Answers, more: Answers = {}): Answers {
  return { ...STREAM, name, path: `/${name}`, ...(auth && { auth }), ...more };
}

describe('the authentication of one stream', function () {
  this.timeout(120_000);
  needsPython();
  const apis: StrictApi[] = [];
  afterEach(async () => {
    for (const api of apis.splice(0)) await api.close();
  });

  async function open(auth: Answers, streams: Answers[]): Promise<Built & { api: StrictApi }> {
    const built = await connectorOf({ auth, pagination: { type: 'page' }, streams });
    assert.deepEqual(await flake8(built.generated.folder), []);
    const resources = streams.map(({ path, auth: own, method }) => ({
      path: String(path),
      records: items(4),
      pagination: { type: 'page', page_param: 'page', start_page: 1 },
      auth: own as StrictOptions['auth'],
      method: method as string | undefined,
      anyParams: true,
    }));
    const api = await new StrictApi({ auth: auth as StrictOptions['auth'], resources }).listen();
    apis.push(api);
    return { ...built, api };
  }

  async function run({ connector, api }: Built & { api: StrictApi }, config: object = {}) {
    const over = connector.with({ ...CREDENTIALS, port: api.port, ...config });
    return over.run({ catalog: selectAll(await over.catalog()) });
  }

  it('is used for its requests, beside the connector’s for all others, each with a token of its own', async () => {
    const opened = await open(OAUTH, [
      stream('first'),
      stream('second', LOGIN),
      stream('third', { type: 'none' }),
      stream('fourth', { type: 'basic', username: '{api_key}', password: 'x' }),
      stream('last'),
    ]);
    const outcome = await run(opened);
    for (const name of ['first', 'second', 'third', 'fourth', 'last'])
      assert.deepEqual(ids(outcome, name), [1, 2, 3, 4], outcome.error);
    const { seen } = opened.api;
    const bare = seen.filter(({ path }) => path === '/third');
    for (const { headers } of bare) assert.ok(!headers.authorization && !headers['x-session'], JSON.stringify(headers));
    for (const { path, headers } of seen) assert.equal(headers['x-session'] !== undefined, path === '/second');
    assert.equal(seen.filter(({ path }) => path === '/login').length, 1);
  });

  it('is renewed by itself where its token is refused, and no token is shown', async () => {
    const opened = await open(OAUTH, [stream('first', LOGIN)]);
    const refuse: Fault = response => send(response, { status: 401, body: { message: 'expired' } });
    opened.api.faults.push(undefined, refuse);
    const outcome = await run(opened);
    assert.deepEqual(ids(outcome, 'first'), [1, 2, 3, 4], outcome.error);
    const paths = opened.api.seen.map(({ path }) => path);
    assert.deepEqual(
      paths.filter(path => path !== '/first'),
      ['/login', '/login'],
    );
    opened.api.faults.push((response, { headers }) =>
      send(response, { status: 403, body: { message: `${headers['x-session']} is no admin` } }),
    );
    assert.match((await run(opened)).error ?? '', /answered 403: \*\*\* is no admin$/);
  });

  it('is that of a parent or of a child alone', async () => {
    const parent = { parent: { stream: 'parents', field: 'id', as: 'parent' }, params: { parent: '{parent}' } };
    const key = { type: 'api_key', in: 'query', name: 'key' };
    const children = (auth?: Answers) => stream('children', auth, { ...parent, key_properties: ['id', 'parent'] });
    for (const streams of [
      [stream('parents', key), children()],
      [stream('parents'), children(key)],
      [stream('parents', { type: 'none' }), children(LOGIN)],
    ]) {
      const opened = await open({ type: 'bearer' }, streams);
      const outcome = await run(opened);
      assert.equal(outcome.exitCode, 0, outcome.error);
      assert.equal(ids(outcome, 'children').length, 16);
    }
  });

  it('goes along with a choice, whose configuration says nothing about it', async () => {
    const schemes = { token: { type: 'bearer' }, oauth: OAUTH };
    const opened = await open({ type: 'choice', schemes }, [stream('first'), stream('second', { type: 'digest' })]);
    for (const [auth_type, auth] of Object.entries(schemes)) {
      opened.api.options = { ...opened.api.options, auth };
      const outcome = await run(opened, { auth_type });
      assert.deepEqual(ids(outcome, 'first'), [1, 2, 3, 4], outcome.error);
      assert.deepEqual(ids(outcome, 'second'), [1, 2, 3, 4], outcome.error);
    }
    const { error } = await opened.connector.with({ port: opened.api.port, access_token: 'x' }).testConnection();
    assert.match(String(error), /The configuration lacks username, password/);
    const other = opened.connector.with({ ...CREDENTIALS, port: opened.api.port, auth_type: 'digest' });
    assert.match(String((await other.testConnection()).error), /auth_type must be one of token, oauth$/);
  });

  it('is told in the README, and shared by streams that say the same', async () => {
    const { generated } = await connectorOf({
      auth: { type: 'bearer' },
      streams: [stream('a', { type: 'none' }), stream('b', { type: 'bearer' }), stream('c', { type: 'none' })],
    });
    const read = (path: string) => readFileSync(join(generated.folder, path), 'utf8');
    assert.match(read('README.md'), /For `a`, `c`, it has no authentication\./);
    assert.match(read('client.py'), /^STREAM_AUTHS = \('none',\)$/m);
    assert.match(read('streams/a.py'), /AUTH = 'none'/);
    assert.doesNotMatch(read('streams/b.py'), /AUTH/);
  });
});

describe('the authentication of one stream that cannot be', () => {
  const refused: readonly [Answers, RegExp][] = [
    [{ type: 'choice', schemes: {} }, /streams\[0\]\.auth\.type.*must be none, bearer/],
    [{ type: 'bearer', token: 'abc' }, /streams\[0\]\.auth\.token.*names no configuration key/],
    [{ type: 'api_key', in: 'body' }, /streams\[0\]\.auth.*a GET request has no body/],
  ];
  for (const [auth, message] of refused)
    it(`such as ${JSON.stringify(auth)}`, async () => {
      const answers = { kind: 'api', name: 'Acme', base_url: 'https://a.test', streams: [stream('items', auth)] };
      await assert.rejects(plan('api', answers), message);
    });

  it('but a body for those alone that are asked for by POST', () =>
    plan('api', {
      kind: 'api',
      name: 'Acme',
      base_url: 'https://a.test',
      streams: [stream('items', { type: 'api_key', in: 'body' }, { method: 'POST' }), stream('others')],
    }));
});
