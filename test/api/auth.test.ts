import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { CREDENTIALS } from './strict-auth.ts';
import { type Fault, send } from './strict-server.ts';
import { ids, type Session, session } from './support.ts';

const TOKEN_URL = 'http://127.0.0.1:{port}/token';
const NO_SECRETS = ['username', 'client_id', 'account', 'aws_access_key_id', 'aws_region'];
const POST = { method: 'POST' };

const SCHEMES: readonly {
  readonly name: string;
  readonly auth: Record<string, unknown>;
  readonly stream?: Record<string, unknown>;
}[] = [
  { name: 'nothing', auth: { type: 'none' } },
  { name: 'a bearer token', auth: { type: 'bearer' } },
  { name: 'a key in a header', auth: { type: 'api_key', in: 'header', name: 'X-Key', prefix: 'Token {"x"} ' } },
  { name: 'a key in the query', auth: { type: 'api_key', in: 'query', name: 'api_key' } },
  { name: 'a key in a cookie', auth: { type: 'api_key', in: 'cookie', name: 'session', prefix: 's-' } },
  { name: 'a key in the body', auth: { type: 'api_key', in: 'body', name: 'key' }, stream: POST },
  { name: 'user name and password', auth: { type: 'basic' } },
  { name: 'a token of two parts', auth: { type: 'bearer', token: '{username}:{access_token}{' } },
  { name: 'a key as user name, as Chargify has it', auth: { type: 'basic', username: '{api_key}', password: 'x' } },
  { name: 'a key without a password', auth: { type: 'basic', username: '{api_key}', password: '' } },
  { name: 'a user name with more', auth: { type: 'basic', username: '{username}/token', password: '{access_token}' } },
  {
    name: 'a header of its own wording, as Trello has it',
    auth: {
      type: 'custom',
      headers: {
        Authorization: 'OAuth oauth_consumer_key="{api_key}", oauth_token="{access_token}"',
        'X-Account': '{account}',
        'X-Version': '2',
      },
      params: { key: '{api_key}', both: '{account}-{access_token}' },
    },
  },
  {
    name: 'fields of the body',
    auth: {
      type: 'custom',
      headers: { 'X-Id': '{client_id}' },
      body: { client_id: '{client_id}', secret: '{client_secret}' },
    },
    stream: POST,
  },
  {
    name: 'client credentials',
    auth: { type: 'oauth2_client_credentials', token_url: TOKEN_URL, scopes: ['a', 'b'] },
  },
  {
    name: 'client credentials in a header',
    auth: {
      type: 'oauth2_client_credentials',
      token_url: TOKEN_URL,
      client_auth: 'basic',
      token_params: { audience: 'x{account}' },
    },
  },
  { name: 'a refresh token', auth: { type: 'oauth2_refresh_token', token_url: TOKEN_URL } },
  {
    name: 'a log-in',
    auth: { type: 'session_token', login_path: '/login', token_path: 'data.token', name: 'X-Session' },
  },
  { name: 'HTTP digest', auth: { type: 'digest' }, stream: { params: { q: 'a b/c' } } },
  {
    name: 'signed requests, as AWS has it',
    auth: { type: 'aws_signature', service: 'execute-api' },
    stream: { params: { q: 'a b/c+ä~' } },
  },
  {
    name: 'signed requests with bodies',
    auth: { type: 'aws_signature', service: 'es', region: 'us-east-1' },
    stream: { ...POST, body: { q: 'ä' } },
  },
  {
    name: 'a grant of its own, as Zoom has it',
    auth: {
      type: 'oauth2_client_credentials',
      token_url: TOKEN_URL,
      grant_type: 'account_credentials',
      client_auth: 'basic',
      token_params: { account_id: '{account}' },
    },
  },
  {
    name: 'a password for a token, as JSON',
    auth: {
      type: 'oauth2_client_credentials',
      token_url: TOKEN_URL,
      grant_type: 'password',
      client_auth: 'none',
      token_body_as: 'json',
      token_headers: { 'X-Key': 'key {api_key}' },
      token_path: 'data.tokens[0].value',
      expires_path: 'data.minutes',
      expires_as: 'minutes',
      name: 'X-Token',
      prefix: 'T {x} ',
    },
  },
  {
    name: 'client credentials as JSON, by a client in a header',
    auth: {
      type: 'oauth2_client_credentials',
      token_url: TOKEN_URL,
      client_auth: 'basic',
      token_body_as: 'json',
      token_path: 'token',
      expires_path: 'expires_at',
      expires_as: 'moment',
    },
  },
  {
    name: 'a refresh token as JSON',
    auth: { type: 'oauth2_refresh_token', token_url: TOKEN_URL, token_body_as: 'json', lifetime_seconds: 60 },
  },
  {
    name: 'a nested log-in, as Matrix has it',
    auth: {
      type: 'session_token',
      login_path: '/login',
      login_body: {
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user: '{username}' },
        password: '{password}',
        remember: true,
      },
      login_headers: { 'X-Key': '{api_key}' },
      token_path: 'access_token',
      expires_path: 'expires_in_ms',
      expires_as: 'milliseconds',
    },
  },
  {
    name: 'a log-in by a form, with the token in a header',
    auth: {
      type: 'session_token',
      login_path: '/login',
      login_body_as: 'form',
      token_from_header: 'X-Subject-Token',
      name: 'X-Auth-Token',
    },
  },
  {
    name: 'a log-in that sets a cookie',
    auth: {
      type: 'session_token',
      login_path: '/login',
      login_body: { u: '{username}', p: '{password}' },
      token_from_cookie: 'sid',
    },
  },
  {
    name: 'a log-in whose response is the token',
    auth: { type: 'session_token', login_path: '/login' },
  },
  {
    name: 'a log-in by parameters',
    auth: { type: 'session_token', login_path: '/login', login_method: 'GET', token_path: 'data.token' },
  },
  {
    name: 'signed tokens',
    auth: { type: 'jwt', algorithm: 'HS256', claims: { iss: 'the-issuer' }, headers: { kid: 'a' } },
  },
  {
    name: 'a token for a signed one',
    auth: {
      ...{ type: 'jwt', algorithm: 'HS256', claims: { iss: 'the-issuer' }, token_url: TOKEN_URL },
      token_params: { audience: 'the {username}' },
    },
  },
];

describe('authentication', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session | undefined;
  afterEach(async () => {
    await opened?.api.close();
    opened = undefined;
  });

  for (const { name, auth, stream } of SCHEMES) {
    it(`by ${name}: is taken, and a wrong one refused, with no secret told`, async () => {
      opened = await session({ auth, pagination: { type: 'page' } }, stream);
      assert.deepEqual(await flake8(opened.generated.folder), []);
      const outcome = await opened.run();
      assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5, 6, 7], outcome.error);
      assertNoSecret(outcome.stdout + outcome.stderr);
      if (auth.type === 'none') return;
      const wrong = Object.fromEntries(Object.keys(CREDENTIALS).map(key => [key, `wrong-${key}-that-is-long-enough`]));
      const refused = await opened.over(wrong).testConnection();
      assert.equal(refused.exitCode, 1);
      assert.match(String(refused.error), /answered 40[01]: /);
      for (const secret of Object.entries(wrong).filter(([key]) => !NO_SECRETS.includes(key)))
        assert.ok(
          !`${refused.stdout}${refused.stderr}`.includes(secret[1]),
          `${secret[0]} is shown: ${refused.stderr}`,
        );
    });
  }

  it('says which keys are missing', async () => {
    opened = await session({ auth: { type: 'oauth2_client_credentials', token_url: TOKEN_URL } });
    const { error } = await opened.over({ client_id: null, client_secret: '' }).testConnection();
    assert.match(String(error), /The configuration lacks client_id, client_secret/);
  });

  it('gets one token for all requests, another when it is refused, and another when it has expired', async () => {
    opened = await session({
      auth: { type: 'oauth2_client_credentials', token_url: TOKEN_URL },
      pagination: { type: 'page' },
    });
    const { api } = opened;
    await opened.run();
    assert.equal(api.tokens.granted, 1);
    const revoke: Fault = response => {
      api.tokens.issued.push('revoked');
      send(response, { status: 401, body: { message: 'expired' } });
    };
    api.faults.push(undefined, undefined, revoke);
    const outcome = await opened.run();
    assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5, 6, 7], outcome.error);
    assert.equal(api.tokens.granted, 3);
    assert.ok(!/"level": "(ERROR|EXCEPTION)"/.test(outcome.stdout), 'a token that was renewed is no error');
    // Over before it begins, however fast the machine is.
    api.tokens.lifetime = -1;
    let granted = api.tokens.granted;
    assert.deepEqual(ids(await opened.run()), [1, 2, 3, 4, 5, 6, 7]);
    assert.equal(api.tokens.granted - granted, 4);
    // Some APIs say 0 of a token that has no end; taken literally, each request would ask for another.
    api.tokens.lifetime = 0;
    granted = api.tokens.granted;
    assert.deepEqual(ids(await opened.run()), [1, 2, 3, 4, 5, 6, 7]);
    assert.equal(api.tokens.granted - granted, 1);
  });

  it('shows no token that it was given', async () => {
    opened = await session({ auth: { type: 'oauth2_refresh_token', token_url: TOKEN_URL, rotating: true } });
    const { api } = opened;
    api.faults.push(response =>
      send(response, { status: 403, body: { message: `${api.tokens.issued.at(-1)} or ${api.tokens.refreshToken}?` } }),
    );
    const outcome = await opened.run({ config: { token_file: join(temporaryFolder(), 'token.json') } });
    assert.match(outcome.error ?? '', /answered 403: \*\*\* or \*\*\*\?$/);
    assert.doesNotMatch(outcome.stdout + outcome.stderr, /token-1/);
  });

  it('keeps a rotating refresh token from run to run, and takes one that is configured anew', async () => {
    opened = await session({ auth: { type: 'oauth2_refresh_token', token_url: TOKEN_URL, rotating: true } });
    const { api } = opened;
    const file = join(temporaryFolder(), 'token.json');
    for (const _ of [1, 2, 3]) {
      const outcome = await opened.run({ config: { token_file: file } });
      assert.equal(outcome.exitCode, 0, outcome.error);
    }
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(!readFileSync(file, 'utf8').includes('first-refresh-token'));
    api.tokens.refreshToken = 'another-refresh-token';
    const anew = await opened.run({ config: { token_file: file, refresh_token: 'another-refresh-token' } });
    assert.equal(anew.exitCode, 0, anew.error);
  });

  it('keeps a rotating refresh token that stands beside the token, also asked for as JSON', async () => {
    const auth = { type: 'oauth2_refresh_token', token_url: TOKEN_URL, rotating: true, token_body_as: 'json' };
    opened = await session({ auth: { ...auth, token_path: 'data.token', client_auth: 'basic' } });
    const config = { token_file: join(temporaryFolder(), 'token.json') };
    for (const _ of [1, 2, 3]) {
      const outcome = await opened.run({ config });
      assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5, 6, 7], outcome.error);
    }
    assert.match(readFileSync(config.token_file, 'utf8'), /"newest": "refresh-token-3"/);
  });

  it('asks for another token when the moment comes that the last one said', async () => {
    const auth = { type: 'oauth2_client_credentials', token_url: TOKEN_URL, token_path: 'token' };
    opened = await session({
      auth: { ...auth, expires_path: 'until', expires_as: 'moment' },
      pagination: { type: 'page' },
    });
    opened.api.tokens.lifetime = -1;
    assert.deepEqual(ids(await opened.run()), [1, 2, 3, 4, 5, 6, 7]);
    assert.equal(opened.api.tokens.granted, 4);
    opened.api.tokens.lifetime = 3600;
    assert.deepEqual(ids(await opened.run()), [1, 2, 3, 4, 5, 6, 7]);
    assert.equal(opened.api.tokens.granted, 5);
  });

  it('keeps a rotating refresh token beside the data of Mage, also for a run after the connection test', async () => {
    opened = await session({ auth: { type: 'oauth2_refresh_token', token_url: TOKEN_URL, rotating: true } });
    const { api, checkout, generated } = opened;
    const config = { ...CREDENTIALS, port: api.port };
    const env = { MAGE_DATA_DIR: temporaryFolder() };
    const connector = new Connector({ checkout, folder: generated.folder, config, env });
    const catalog = selectAll(await connector.catalog());
    const test = await connector.testConnection();
    for (const outcome of [test, await connector.run({ catalog }), await connector.run({ catalog })])
      assert.equal(outcome.exitCode, 0, outcome.error);
  });

  it('is what the configuration chooses, the first by default', async () => {
    const schemes = {
      token: { type: 'bearer' },
      key: { type: 'api_key', in: 'query', name: 'key' },
      login: { type: 'basic' },
      oauth: { type: 'oauth2_client_credentials', token_url: TOKEN_URL },
      session: { type: 'session_token', login_path: '/login', token_path: 'data.token' },
      refresh: { type: 'oauth2_refresh_token', token_url: TOKEN_URL, client_auth: 'basic' },
      shaped: {
        type: 'oauth2_refresh_token',
        token_url: TOKEN_URL,
        token_body_as: 'json',
        token_path: 'a.b',
        expires_path: 'a.c',
        expires_as: 'moment',
      },
      rotating: { type: 'oauth2_refresh_token', token_url: TOKEN_URL, rotating: true, token_path: 'x.token' },
      zoom: { type: 'oauth2_client_credentials', token_url: TOKEN_URL, grant_type: 'z', lifetime_seconds: 60 },
      cookie: { type: 'session_token', login_path: '/login', token_from_cookie: 'sid' },
      pair: { type: 'basic', username: '{api_key}', password: 'x' },
      custom: { type: 'custom', headers: { 'X-Key': '{api_key}' } },
      digest: { type: 'digest' },
      aws: { type: 'aws_signature', service: 'es', region: '{aws_region}' },
      other: { type: 'aws_signature', service: 'execute-api', region: 'us-east-1' },
    };
    opened = await session({ auth: { type: 'choice', schemes } });
    assert.deepEqual(await flake8(opened.generated.folder), []);
    for (const [auth_type, auth] of Object.entries(schemes)) {
      opened.api.options = { ...opened.api.options, auth };
      const config = { auth_type, token_file: join(temporaryFolder(), 'token.json') };
      const { exitCode, error } = await opened.over(config).testConnection();
      assert.equal(exitCode, 0, `${auth_type}: ${error}`);
    }
    opened.api.options = { ...opened.api.options, auth: { type: 'bearer' } };
    assert.equal((await opened.over().testConnection()).exitCode, 0);
    assert.match(
      String((await opened.over({ auth_type: 'nothing' }).testConnection()).error),
      /auth_type must be one of token, key/,
    );
    const { error } = await opened.over({ auth_type: 'login', username: null }).testConnection();
    assert.match(String(error), /The configuration lacks username/);
  });
});

function assertNoSecret(output: string): void {
  for (const key of ['access_token', 'api_key', 'password', 'client_secret', 'refresh_token', 'private_key'] as const)
    assert.ok(!output.includes(CREDENTIALS[key]), `${key} is in the output`);
}
