import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { run } from '../framework/process.ts';
import { temporaryFolder } from '../support/generate.ts';
import { StrictApi } from './strict-server.ts';
import { connectorOf, ids, items, SCHEMA, type Session, session } from './support.ts';

const PAIRS = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  RS512: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
} as const;

describe('tokens that are signed with the key of a pair', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session;
  afterEach(() => opened.api.close());

  for (const algorithm of Object.keys(PAIRS) as (keyof typeof PAIRS)[])
    it(`by ${algorithm} are taken with the right key only, which may stand in one line`, async () => {
      const auth = { type: 'jwt', algorithm, claims: { iss: 'the-issuer' } };
      opened = await session({ auth });
      const { privateKey, publicKey } = PAIRS[algorithm]();
      opened.api.options = { ...opened.api.options, auth: { ...auth, publicKey } };
      const private_key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      for (const key of [private_key, private_key.replaceAll('\n', '\\n')]) {
        const outcome = await opened.run({ config: { private_key: key } });
        assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5, 6, 7], outcome.error);
      }
      const other = PAIRS[algorithm]().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      const refused = await opened.over({ private_key: other }).testConnection();
      assert.match(String(refused.error), /answered 401: .*bad signature/);
      const secret = other.split('\n')[1] as string;
      assert.ok(!`${refused.stdout}${refused.stderr}`.includes(secret), 'the key is shown');
    });
});

describe('a client certificate', function () {
  this.timeout(120_000);
  needsPython();
  const folder = temporaryFolder();
  const file = (name: string) => join(folder, name);
  let api: StrictApi;
  let connector: Connector;

  before('OpenSSL', async function () {
    for (const name of ['server', 'client', 'stranger']) {
      const made = await certificate(file(name), name === 'server');
      if (made !== undefined) skipFor(this, `OpenSSL makes no certificate: ${made}`);
    }
    const { checkout, generated } = await connectorOf({
      base_url: 'https://127.0.0.1:{port}',
      client_certificate: true,
      streams: [{ name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA }],
    });
    assert.deepEqual(await flake8(generated.folder), []);
    const [key, cert, ca] = ['server.key', 'server.pem', 'client.pem'].map(name => readFileSync(file(name)));
    const resources = [{ path: '/items', records: items(4), pagination: { type: 'none' } }];
    api = await new StrictApi({ resources }, { key, cert, ca, requestCert: true }).listen();
    const env = { REQUESTS_CA_BUNDLE: file('server.pem') };
    connector = new Connector({ checkout, folder: generated.folder, env });
  });
  after(() => api?.close());

  const shown = (name: string) =>
    connector.with({ port: api.port, client_certificate: file(`${name}.pem`), client_key: file(`${name}.key`) });

  it('is shown to an API that asks for one', async () => {
    const known = shown('client');
    const outcome = await known.run({ catalog: selectAll(await known.catalog()) });
    assert.deepEqual(ids(outcome), [1, 2, 3, 4], outcome.error);
  });

  it('that the API does not know, or that is not there, is told of', async () => {
    const stranger = await shown('stranger').testConnection();
    assert.equal(stranger.exitCode, 1);
    assert.match(String(stranger.error), /\/items gave no answer: (SSL|Connection)Error/);
    const missing = await shown('nobody').testConnection();
    assert.equal(missing.exitCode, 1);
    assert.match(String(missing.error), /nobody\.pem/);
    const { error } = await connector.with({ port: api.port }).testConnection();
    assert.match(String(error), /The configuration lacks client_certificate, client_key/);
    assert.equal(api.seen.length, 1, 'only the known client has got through');
  });
});

/** Makes a key and a certificate that it signs itself, for two days; the failure, if there is one. */
async function certificate(path: string, isServer: boolean): Promise<string | undefined> {
  const names = isServer ? ['-addext', 'subjectAltName=IP:127.0.0.1'] : [];
  const files = ['-keyout', `${path}.key`, '-out', `${path}.pem`];
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=acme', ...names, ...files];
  try {
    const { exitCode, stderr } = await run('openssl', args);
    return exitCode === 0 ? undefined : stderr;
  } catch (error) {
    return String(error);
  }
}
