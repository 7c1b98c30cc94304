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
    [
      { auth: { type: 'choice', schemes: { a: { type: 'bearer', token: 'abc' }, b: { type: 'bearer' } } } },
      /auth\.schemes\.a\.token.*names no configuration key/,
    ],
  ];
  for (const [answers, message] of refused)
    it(`are refused in ${JSON.stringify(answers)}`, () => assert.rejects(connector(answers), message));
});
