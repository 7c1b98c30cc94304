import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import type { Outcome } from '../framework/output.ts';
import { generate } from '../support/generate.ts';
import { CREDENTIALS } from './strict-auth.ts';
import { type Reply, send } from './strict-server.ts';
import { connectorOf, ids, items, SCHEMA } from './support.ts';

interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** An HTTP server of its own, and what it was sent. */
class Host {
  readonly requests: Request[] = [];
  answer: (request: Request) => Reply = () => ({ status: 404, body: {} });
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const seen = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
      this.requests.push(seen);
      send(response, this.answer(seen));
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    this.#server.unref();
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise(resolve => this.#server.close(() => resolve()).closeAllConnections());
  }
}

const SECRETS = [
  CREDENTIALS.aws_session_token,
  CREDENTIALS.api_key,
  CREDENTIALS.access_token,
  CREDENTIALS.password,
  CREDENTIALS.client_secret,
];
const TOKEN = 'a-token-that-was-granted';
const TENANT = 'a-secret-of-the-tenant';
const KEYED = { name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA };
const POST = { method: 'POST' };
const TOKEN_URL = 'http://127.0.0.1:{port}/token';

describe('a redirect to another host', function () {
  this.timeout(120_000);
  needsPython();
  let api: Host;
  let other: Host;

  beforeEach(async () => {
    [api, other] = [await new Host().listen(), await new Host().listen()];
    other.answer = () => ({ body: items(2) });
  });
  afterEach(async () => {
    await api.close();
    await other.close();
  });

  async function run(answers: object, stream: object = {}): Promise<Outcome> {
    const { connector, generated } = await connectorOf({
      ...answers,
      streams: [{ name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA, ...stream }],
    });
    assert.deepEqual(await flake8(generated.folder), []);
    const over = connector.with({ ...CREDENTIALS, tenant: TENANT, port: String(api.port) });
    return over.run({ catalog: selectAll(await over.catalog()) });
  }

  const assertKept = () => {
    const text = JSON.stringify(other.requests);
    for (const secret of [...SECRETS, TOKEN, TENANT]) assert.ok(!text.includes(secret), text);
    for (const { headers } of other.requests) assert.equal(headers.authorization, undefined);
  };
  const otherName = () => `http://localhost:${other.port}`;

  const HEADERS: readonly [string, object][] = [
    ['a key in a header', { auth: { type: 'api_key', in: 'header', name: 'X-Api-Key' } }],
    ['a key in a cookie', { auth: { type: 'api_key', in: 'cookie', name: 'key' } }],
    ['a key in the query', { auth: { type: 'api_key', in: 'query', name: 'key' } }],
    ['the token of a session at AWS', { auth: { type: 'aws_signature', service: 'es' } }],
    ['a bearer token', { auth: { type: 'bearer' } }],
    ['a user name and a password', { auth: { type: 'basic' } }],
    [
      'the token of a log-in',
      {
        auth: {
          type: 'session_token',
          login_path: '/login',
          login_method: 'GET',
          token_path: 'token',
          name: 'X-Session',
        },
      },
    ],
    [
      'a header and a parameter of their own wording',
      {
        auth: {
          type: 'custom',
          headers: { 'X-Sign': 'key {api_key}', Authorization: 'OAuth "{access_token}"' },
          params: { key: '{client_secret}' },
        },
      },
    ],
    [
      'a secret in a header',
      { headers: { 'X-Tenant': 't {tenant}' }, config: [{ name: 'tenant', secret: true, description: 'Who' }] },
    ],
    ['a header whose name tells of a secret', { headers: { 'X-Auth-Token': '{tenant}' } }],
    [
      'a choice of keys',
      {
        auth: {
          type: 'choice',
          schemes: {
            key: { type: 'api_key', in: 'header', name: 'X-Api-Key' },
            other: { type: 'api_key', in: 'header', name: 'X-Other-Key' },
          },
        },
      },
    ],
  ];
  for (const [name, answers] of HEADERS)
    it(`takes the records, and not ${name}`, async () => {
      api.answer = ({ path }) =>
        path.startsWith('/login')
          ? { body: { token: TOKEN } }
          : { status: 302, headers: { Location: `${otherName()}/x` } };
      const outcome = await run(answers);
      assert.deepEqual(ids(outcome), [1, 2], outcome.error);
      assert.equal(other.requests.length, 1);
      assertKept();
    });

  it('has no challenge answered with what a password makes of it', async () => {
    api.answer = () => ({ status: 302, headers: { Location: `${otherName()}/x` } });
    const challenge = 'Digest realm="x", qop="auth", nonce="1"';
    other.answer = () => ({ status: 401, headers: { 'WWW-Authenticate': challenge }, body: { message: 'who?' } });
    const outcome = await run({ auth: { type: 'digest' } });
    assert.match(outcome.error ?? '', /\/x answered 401: who\?$/);
    assert.equal(other.requests.length, 1);
    assertKept();
    api.answer = ({ headers, path }): Reply => {
      if (path === '/items') return { status: 302, headers: { Location: '/moved' } };
      return headers.authorization ? { body: items(2) } : { status: 401, headers: { 'WWW-Authenticate': challenge } };
    };
    assert.deepEqual(ids(await run({ auth: { type: 'digest' } })), [1, 2]);
  });

  it('is one to another port as well', async () => {
    api.answer = () => ({ status: 302, headers: { Location: `http://127.0.0.1:${other.port}/x` } });
    const outcome = await run({ auth: { type: 'api_key', in: 'header', name: 'X-Api-Key' } });
    assert.deepEqual(ids(outcome), [1, 2], outcome.error);
    assertKept();
  });

  const BODIES: readonly [string, object, object][] = [
    ['a key in the body', { auth: { type: 'api_key', in: 'body', name: 'key' } }, POST],
    ['a secret in a field of its own', { auth: { type: 'custom', body: { key: '{client_secret}' } } }, POST],
    [
      'a secret in a body of a stream',
      { config: [{ name: 'tenant', secret: true, description: 'Who' }] },
      { body: { who: ['{tenant}'] } },
    ],
    [
      'a secret among the parameters of a body',
      { config: [{ name: 'tenant', secret: true, description: 'Who' }] },
      { params_in: 'body', params: { who: '{tenant}' } },
    ],
    ['a password', { auth: { type: 'session_token', login_path: '/login', token_path: 'token' } }, {}],
    [
      'a password in a nested log-in',
      {
        auth: {
          type: 'session_token',
          login_path: '/login',
          login_body: { a: { secret: '{client_secret}' } },
          token_from_cookie: 'sid',
        },
      },
      {},
    ],
    [
      "a user's password for a token",
      {
        auth: { type: 'oauth2_client_credentials', token_url: TOKEN_URL, grant_type: 'password', client_auth: 'basic' },
      },
      {},
    ],
    ["a client's secret", { auth: { type: 'oauth2_client_credentials', token_url: TOKEN_URL } }, {}],
    ['a refresh token', { auth: { type: 'oauth2_refresh_token', token_url: TOKEN_URL } }, {}],
  ];
  for (const [name, answers, stream] of BODIES)
    it(`is refused where it would get ${name}`, async () => {
      api.answer = () => ({ status: 307, headers: { Location: `${otherName()}/x` } });
      const { exitCode, error } = await run(answers, stream);
      assert.equal(exitCode, 1);
      assert.match(error ?? '', new RegExp(`127\\.0\\.0\\.1:${api.port} sends .* on to localhost:${other.port}$`));
      assert.deepEqual(other.requests, []);
      assert.equal(api.requests.length, 1, 'what cannot pass is not tried again');
    });

  for (const [name, link] of [
    ['an address', (base: string) => `${base}/items?page=2`],
    ['a path', () => '/items?page=2'],
  ] as const)
    it(`is not where the next page is looked for: ${name}`, async () => {
      api.answer = () => ({ status: 302, headers: { Location: `${otherName()}/items` } });
      other.answer = () => ({ body: { data: items(2), next: link(otherName()) } });
      const pagination = { type: 'next_url', next_url_path: 'next' };
      const { error } = await run({ auth: { type: 'bearer' }, pagination }, { records_path: 'data' });
      assert.match(error ?? '', new RegExp(`The next page is at another host, localhost:${other.port}$`));
      assert.equal(other.requests.length, 1);
      assertKept();
    });

  it('is where the next page is looked for if there is no secret', async () => {
    api.answer = () => ({ status: 302, headers: { Location: `${otherName()}/items` } });
    other.answer = ({ path }) => ({
      body: path.includes('page=2') ? { data: items(1, 3) } : { data: items(2), next: '/items?page=2' },
    });
    const outcome = await run({ pagination: { type: 'next_url', next_url_path: 'next' } }, { records_path: 'data' });
    assert.deepEqual(ids(outcome), [1, 2, 3], outcome.error);
  });

  it('is none within the host: what authenticates goes along, and so does a body', async () => {
    for (const [place, stream] of [
      ['header', {}],
      ['body', POST],
    ] as const) {
      api.requests.length = 0;
      api.answer = ({ path }) =>
        path === '/items' ? { status: 307, headers: { Location: '/moved' } } : { body: items(2) };
      const outcome = await run({ auth: { type: 'api_key', in: place, name: 'X-Api-Key' } }, stream);
      assert.deepEqual(ids(outcome), [1, 2], outcome.error);
      const moved = api.requests.find(({ path }) => path === '/moved');
      assert.ok(JSON.stringify(moved).includes(CREDENTIALS.api_key), place);
    }
  });
});

describe('what keeps secrets from other hosts', () => {
  it('is written where requests itself would not, and nowhere else', async () => {
    const guards = async (answers: object) => {
      const stream = { name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA };
      const given = { name: 'Acme', base_url: 'https://a.test', streams: [stream], ...answers };
      const { folder } = await generate('api', given);
      return readFileSync(join(folder, 'client.py'), 'utf8').includes('(requests.Session)');
    };
    assert.ok(await guards({ auth: { type: 'api_key', in: 'header', name: 'X-Api-Key' } }));
    const own = { ...KEYED, auth: { type: 'api_key', in: 'header', name: 'X-Api-Key' } };
    assert.ok(await guards({ streams: [own] }), 'one stream has a key in a header');
    const token_url = 'https://a.test/token';
    for (const answers of [
      {},
      { auth: { type: 'bearer' } },
      { auth: { type: 'basic' } },
      { auth: { type: 'digest' } },
      { auth: { type: 'jwt' } },
      { auth: { type: 'api_key', in: 'header', name: 'authorization' } },
      { auth: { type: 'api_key', in: 'cookie', name: 'key' } },
      { auth: { type: 'api_key', in: 'query', name: 'key' } },
      { auth: { type: 'oauth2_client_credentials', token_url, client_auth: 'basic' } },
      { headers: { 'X-Mode': '{mode}' } },
    ])
      assert.ok(!(await guards(answers)), JSON.stringify(answers));
  });
});
