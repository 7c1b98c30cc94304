import assert from 'node:assert/strict';
import { join } from 'node:path';
import { folderWith } from '../file/support.ts';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import type { Message } from '../framework/output.ts';
import { generate, temporaryFolder } from '../support/generate.ts';
import { StrictApi } from './strict-server.ts';
import { items, SCHEMA } from './support.ts';

const CHECKOUT = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));

/** Generates a connector that is run with `{}`, which Mage's framework makes None of. */
async function unconfigured(kind: 'api' | 'file', answers: object): Promise<Connector> {
  const { folder } = await generate(kind, answers, { cwd: CHECKOUT.root });
  return new Connector({ checkout: CHECKOUT, folder, config: {} });
}

const numbers = (messages: readonly Message[]) =>
  messages.flatMap(({ type, record }) => (type === 'RECORD' ? [record?.id] : []));

describe('an empty configuration', function () {
  this.timeout(120_000);
  needsPython();
  let api: StrictApi;
  const apiAnswers = (more: object = {}, stream: object = {}) => ({
    name: `Open ${Object.keys({ ...more, ...stream }).join(' ')} API`,
    base_url: `http://127.0.0.1:${api.port}`,
    streams: [{ name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA, ...stream }],
    ...more,
  });
  const connectors: Readonly<Record<string, () => Promise<Connector>>> = {
    'an API that asks for nothing': () => unconfigured('api', apiAnswers()),
    'an API whose keys all have defaults': () =>
      unconfigured(
        'api',
        apiAnswers({ config: [{ name: 'region', default: 'eu' }], headers: { 'X-Region': '{region}' } }),
      ),
    'an API, incrementally': () => unconfigured('api', apiAnswers({}, { replication_key: 'updated_at' })),
    ...Object.fromEntries(
      (['csv', 'json', 'jsonl'] as const).map(format => [
        `files of ${format}`,
        () => {
          const text = { csv: 'id\n1\n2\n', json: '[{"id": 1}, {"id": 2}]', jsonl: '{"id": 1}\n{"id": 2}\n' }[format];
          const path = join(folderWith({ [`rows.${format}`]: text }), `*.${format}`);
          const rows = { name: 'items', path, key_properties: ['id'], schema: { properties: { id: 'integer' } } };
          return unconfigured('file', { name: `Open ${format}`, format, streams: [rows] });
        },
      ]),
    ),
  };

  before(async () => {
    api = await new StrictApi({
      resources: [{ path: '/items', records: items(2), pagination: { type: 'none' } }],
    }).listen();
  });
  after(() => api.close());

  for (const [name, make] of Object.entries(connectors))
    it(`is enough, whatever Mage asks for: ${name}`, async () => {
      const connector = await make();
      const catalog = selectAll(await connector.catalog());
      const test = await connector.testConnection();
      assert.equal(test.exitCode, 0, test.error);
      const sample = await connector.sample(['items']);
      assert.equal(sample.exitCode, 0, sample.error);
      for (const choice of [catalog, selectAll(catalog, { replicationMethod: 'FULL_TABLE' })]) {
        const run = await connector.run({ catalog: choice });
        assert.equal(run.exitCode, 0, run.error);
        assert.deepEqual(numbers(run.messages), [1, 2]);
      }
    });

  it('is told of by what it lacks, where a key has to be there', async () => {
    const connector = await unconfigured('api', apiAnswers({ auth: { type: 'bearer' } }));
    const run = await connector.run({ catalog: selectAll(await connector.catalog()) });
    assert.match(run.error ?? '', /The configuration lacks access_token/);
  });
});
