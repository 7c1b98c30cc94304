import assert from 'node:assert/strict';
import { plan } from '../support/generate.ts';
import { SCHEMA } from './support.ts';

const STREAM = { name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA };

function connector(answers: object) {
  return plan('api', { kind: 'api', name: 'Acme', base_url: 'https://a.test', streams: [STREAM], ...answers });
}

/** The content of one of the files that answers lead to. */
async function file(path: string, answers: object): Promise<string> {
  const { changes } = await connector(answers);
  return String(changes.find(change => change.path.endsWith(path))?.content);
}

const login = (answers: object) => ({ auth: { type: 'session_token', login_path: '/login', ...answers } });
const grant = (answers: object) => ({
  auth: { type: 'oauth2_client_credentials', token_url: 'https://a.test/token', ...answers },
});

async function secretsOf(answers: object): Promise<string | undefined> {
  return /^SECRET_KEYS = (.*)$/m.exec(await file('client.py', answers))?.[1];
}

describe('the keys that texts of authentication name', () => {
  const pair = (username: string, password: string) => ({ auth: { type: 'basic', username, password } });

  it('are secrets where they stand for one', async () => {
    assert.equal(await secretsOf(pair('{api_key}', 'x')), "('api_key',)");
    assert.equal(await secretsOf(pair('{email}/token', '{api_token}')), "('api_token',)");
    assert.equal(await secretsOf({ auth: { type: 'bearer', token: '{a}:{b}' } }), "('a', 'b')");
    const auth = { type: 'custom', headers: { 'X-Key': '{key}', 'X-Account': '{account}' } };
    assert.equal(await secretsOf({ auth }), "('key', 'account')");
  });

  it('are secrets in requests for tokens where a name tells so', async () => {
    const token_params = { tenant: '{tenant}', assertion: '{proof}', audience: '{api_key}' };
    assert.equal(await secretsOf(grant({ token_params })), "('client_secret', 'proof', 'api_key')");
    const user = { id: '{user}', password: '{word}' };
    assert.equal(
      await secretsOf(login({ login_body: { user }, login_headers: { 'X-Api-Key': '{k}' } })),
      "('word', 'k')",
    );
    assert.equal(await secretsOf(grant({ client_auth: 'none', grant_type: 'password' })), "('password',)");
  });

  it('are what config says of them', async () => {
    const auth = { type: 'custom', headers: { 'X-Key': '{key}', 'X-Account': '{account}' } };
    const account = { name: 'account', description: 'Your account', secret: false };
    assert.equal(await secretsOf({ auth, config: [account] }), "('key',)");
    const told = { name: 'key', description: 'The key of your settings' };
    assert.equal(await secretsOf({ auth, config: [told, account] }), "('key',)");
    assert.match(await file('README.md', { auth, config: [told] }), /The key of your settings/);
  });

  it('are needed by the scheme that names them alone, where there is a choice', async () => {
    const schemes = { trello: { type: 'custom', params: { key: '{key}' } }, token: { type: 'bearer' } };
    const config = [{ name: 'key', description: 'A key' }];
    const client = await file('client.py', { auth: { type: 'choice', schemes }, config });
    assert.match(client, /^AUTH_KEYS = \{'trello': \('key',\), 'token': \('access_token',\)\}$/m);
  });

  const refused: readonly [object, RegExp][] = [
    [pair('ada', 'sesame'), /auth\.username.*names no configuration key.*\{api_key\}/],
    [{ auth: { type: 'bearer', token: 'abc' } }, /auth\.token.*names no configuration key/],
    [{ auth: { type: 'bearer', token: '€{key}' } }, /auth\.token.*characters that a header cannot hold/],
    [{ auth: { type: 'custom' } }, /auth\.headers.*names no configuration key/],
    [{ auth: { type: 'custom', headers: {} } }, /auth\.headers.*must have a name/],
    [{ auth: { type: 'custom', headers: { 'X Key': '{key}' } } }, /X Key.*is no name that a header can have/],
    [{ auth: { type: 'custom', headers: { 'X-Key': ' {key}' } } }, /X-Key.*characters that a header cannot hold/],
    [{ auth: { type: 'custom', params: { key: '{apiKey}' } } }, /auth\.params\.key.*\{api_key\}/],
    [{ auth: { type: 'custom', body: { key: '{key}' } } }, /auth.*a GET request has no body/],
    [{ ...pair('{key}', 'x'), config: [{ name: 'key', default: 'abc' }] }, /config\[0\]\.default.*secret/],
    [
      { ...pair('{user}', '{key}'), config: [{ name: 'user', default: '' }] },
      /auth.*has \{user\}, which has no value where none is configured/,
    ],
    [login({ token_path: 'a', token_from_header: 'b' }), /auth\.token_from_header.*once more/],
    [login({ token_path: 'a.*' }), /auth\.token_path.*more than keys and positions/],
    [login({ username_field: 'a', login_body: { b: '{c}' } }), /auth\.username_field.*no use beside login_body/],
    [login({ login_method: 'GET', login_body: { b: '{c}' } }), /auth\.login_body.*no place in a GET request/],
    [login({ login_method: 'GET', login_body_as: 'form' }), /auth\.login_body_as.*no use in a GET request/],
    [login({ login_body_as: 'form', login_body: { b: { c: '{c}' } } }), /auth\.login_body.*nested/],
    [login({ login_body: { b: { c: '{userId}' } } }), /auth\.login_body.*\{user_id\}/],
    [login({ login_headers: { 'X Y': '{c}' } }), /auth\.login_headers\.X Y.*no name that a header can have/],
    [login({ expires_as: 'moment' }), /auth\.expires_as.*no use without an expires_path/],
    [{ auth: { type: 'aws_signature', service: 's3' } }, /auth\.service.*signed in another way/],
    [grant({ expires_as: 'moment' }), /auth\.expires_as.*no use without an expires_path/],
    [grant({ token_headers: { 'X Y': '{c}' } }), /auth\.token_headers\.X Y.*no name that a header can have/],
    [
      { auth: { type: 'choice', schemes: { a: { type: 'bearer', token: 'abc' }, b: { type: 'bearer' } } } },
      /auth\.schemes\.a\.token.*names no configuration key/,
    ],
  ];
  for (const [answers, message] of refused)
    it(`are refused in ${JSON.stringify(answers)}`, () => assert.rejects(connector(answers), message));
});
