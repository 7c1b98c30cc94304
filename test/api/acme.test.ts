import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector, sampledRows } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import type { TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import type { Message } from '../framework/output.ts';
import { type Generated, generate, temporaryFolder } from '../support/generate.ts';
import { assertGolden } from '../support/golden.ts';
import { type Deal, deals, serveAcme, TOKEN } from './acme-server.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../examples/api.yaml');

describe('the api example', function () {
  this.timeout(120_000);

  it('is written as the golden files show', async () => {
    const { folder } = await generate('api', EXAMPLE, { options: { layout: 'standalone' } });
    assertGolden(folder, 'api/acme_crm');
  });

  describe('run against a strict server', () => {
    needsPython();
    let generated: Generated;
    let connector: Connector;
    let server: TestServer;
    let data: { deals: Deal[]; contacts: object[] };

    before(async () => {
      const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
      const answers = parse(readFileSync(EXAMPLE, 'utf8'));
      const samples = resolve(EXAMPLE, '..', answers.streams[0].schema.sample);
      answers.streams[0].schema.sample = samples;
      answers.base_url = 'http://127.0.0.1:{port}/v2';
      answers.config = undefined;
      generated = await generate('api', answers, { cwd: checkout.root });
      connector = new Connector({ checkout, folder: generated.folder });
    });
    beforeEach(async () => {
      data = { deals: deals(250), contacts: [{ id: 1, name: 'Ada', tags: [] }] };
      server = await serveAcme(data);
    });
    afterEach(() => server.close());

    const over = (config: object = {}) =>
      connector.with({ port: new URL(server.url).port, access_token: TOKEN, ...config });
    const records = (messages: readonly Message[], stream: string) =>
      messages.flatMap(({ type, record, ...message }) =>
        type === 'RECORD' && message.stream === stream && record ? [record] : [],
      );
    const lastState = (messages: readonly Message[]) => messages.filter(({ type }) => type === 'STATE').at(-1)?.value;

    it('is clean under the flake8 settings of Mage', async () => {
      assert.deepEqual(await flake8(generated.folder), []);
    });

    it('discovers the streams with their keys', async () => {
      const { streams } = await over().catalog();
      const found = Object.fromEntries(streams.map(stream => [stream.tap_stream_id, stream]));
      assert.deepEqual(Object.keys(found).sort(), ['contacts', 'deals']);
      assert.deepEqual(found.deals?.key_properties, ['id']);
      assert.deepEqual(found.deals?.unique_constraints, ['id']);
      assert.equal(found.deals?.unique_conflict_method, 'UPDATE');
      assert.deepEqual(found.deals?.bookmark_properties, ['updated_at']);
      assert.equal(found.deals?.replication_method, 'INCREMENTAL');
      assert.equal(found.contacts?.replication_method, 'FULL_TABLE');
      assert.deepEqual(found.contacts?.bookmark_properties ?? [], []);
    });

    it('tests its connection, and says what is wrong with it', async () => {
      assert.equal((await over().testConnection()).exitCode, 0);
      const refused = await over({ access_token: 'another-token' }).testConnection();
      assert.equal(refused.exitCode, 1);
      assert.match(String(refused.error), /answered 401: .*The token is not valid/);
      const missing = await over({ access_token: null }).testConnection();
      assert.match(String(missing.error), /The configuration lacks access_token/);
      const unreachable = await over({ port: '1' }).testConnection();
      assert.equal(unreachable.exitCode, 1);
      assert.match(String(unreachable.error), /gave no answer: ConnectionError after 1 tries/);
    });

    it('samples the first page only', async () => {
      const rows = sampledRows(await over().sample(['deals']));
      assert.equal(rows.deals?.length, 100);
      assert.equal(server.requests.length, 1);
    });

    for (const count of [0, 1, 100, 101, 250]) {
      it(`reads ${count} records once each, and ends with the greatest bookmark`, async () => {
        data.deals = deals(count);
        const outcome = await over().run({ catalog: selectAll(await over().catalog(), {}, ['deals']) });
        assert.equal(outcome.exitCode, 0, outcome.error);
        assert.deepEqual(records(outcome.messages, 'deals'), data.deals);
        const requests = server.requests.filter(({ url }) => url.startsWith('/v2/deals'));
        assert.equal(requests.length, Math.max(1, Math.ceil(count / 100)));
        const bookmark = lastState(outcome.messages)?.bookmarks?.deals?.updated_at;
        assert.equal(bookmark, count === 0 ? undefined : data.deals.at(-1)?.updated_at?.replace('Z', '+00:00'));
      });
    }

    it('reads only what is new in the next run, and records of the very bookmark again', async () => {
      const catalog = selectAll(await over().catalog(), {}, ['deals']);
      const first = await over().run({ catalog });
      const last = data.deals.at(-1) as Deal;
      data.deals.push(...deals(3, 251), { ...last, id: 900 });
      const second = await over().run({ catalog, state: lastState(first.messages) });
      assert.deepEqual(
        records(second.messages, 'deals').map(({ id }) => id),
        [250, 251, 252, 253, 900],
      );
      const third = await over().run({ catalog, state: lastState(second.messages) });
      assert.deepEqual(
        records(third.messages, 'deals').map(({ id }) => id),
        [253],
      );
    });

    it('begins at start_date, delivers records without a bookmark, and keeps the greatest of any order', async () => {
      data.deals = [...deals(5).reverse(), { ...(deals(1)[0] as Deal), id: 99, updated_at: null }];
      const catalog = selectAll(await over().catalog(), {}, ['deals']);
      const outcome = await over({ start_date: '2024-01-01T00:03:00Z' }).run({ catalog });
      assert.equal(outcome.exitCode, 0, outcome.error);
      assert.deepEqual(
        records(outcome.messages, 'deals').map(({ id }) => id),
        [5, 4, 3, 99],
      );
      assert.equal(lastState(outcome.messages)?.bookmarks?.deals?.updated_at, '2024-01-01T00:05:00+00:00');
    });

    it('shows the UI its form', async () => {
      const { stdout } = await connector.templates();
      assert.deepEqual(JSON.parse(stdout), { config: { access_token: '', port: '', start_date: '' } });
    });
  });
});
