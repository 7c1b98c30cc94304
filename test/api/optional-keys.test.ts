import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { generate } from '../support/generate.ts';
import { StrictApi } from './strict-server.ts';
import { connectorOf, SCHEMA } from './support.ts';

const Q = [{ name: 'q', default: '' }];
const ALL = { some: '{owner}', none: '{owner} {q}' };
const SOME = { some: 'ada' };

describe('a key that need not be configured', function () {
  this.timeout(120_000);
  needsPython();

  const stream = (name: string, more: object = {}) => ({
    name,
    path: `/${name}`,
    key_properties: ['id'],
    schema: SCHEMA,
    ...more,
  });

  for (const [of, more] of [
    ['a stream', {}],
    ['the children of one', { parent: { stream: 'teams', field: 'id', as: 'team' } }],
  ] as const)
    it(`is left out of parameters, headers and bodies of ${of}`, async () => {
      const got = stream('got', { params: ALL, ...more });
      const posted = stream('posted', { params: ALL, method: 'POST', body: { deep: [ALL, '{q}'] }, ...more });
      const { connector, generated } = await connectorOf({
        config: Q,
        headers: { 'X-Some': '{owner}', 'X-None': '{q}' },
        streams: [stream('teams'), got, posted],
      });
      const none = { records: [], pagination: { type: 'none' } };
      const api = await new StrictApi({
        resources: [
          { ...none, path: '/teams', records: [{ id: 1 }] },
          { ...none, path: '/got', params: SOME },
          { ...none, path: '/posted', method: 'POST', params: SOME, body: { deep: [SOME] } },
        ],
      }).listen();
      const configured = connector.with({ port: api.port, owner: 'ada', q: null });
      const outcome = await configured.run({ catalog: selectAll(await configured.catalog()) });
      await api.close();
      assert.equal(outcome.exitCode, 0, outcome.error);
      assert.deepEqual(
        api.reads.map(({ headers }) => [headers['x-some'], headers['x-none']]),
        Array(3).fill(['ada', undefined]),
      );
      assert.deepEqual(api.reads[2]?.body, { deep: [SOME] });
      assert.deepEqual(await flake8(generated.folder), []);
    });

  it('is refused where a request has to have it', async () => {
    const refresh = { type: 'oauth2_refresh_token', token_url: 'https://{q}.test/token' };
    const streams = [stream('items', { path: '/{q}' })];
    const fault = 'has {q}, which has no value where none is configured';
    await assert.rejects(
      generate('api', { name: 'Acme', base_url: 'https://{q}.test', auth: refresh, config: Q, streams }),
      ({ message }: Error) => {
        for (const place of ['base_url', 'streams[0].path', 'auth'])
          assert.ok(message.includes(`${place}, line 1: ${fault}`), message);
        return true;
      },
    );
  });
});
