import assert from 'node:assert/strict';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testModule, unittest } from '../framework/unittest.ts';
import { plan } from '../support/generate.ts';
import type { Resource } from './strict-server.ts';
import { ids, items, lastState, SCHEMA, type Session, session } from './support.ts';

const NEWEST = { replication_key: 'updated_at', newest_first: true };

describe('an API that gives the newest records first', function () {
  this.timeout(60_000);

  describe('in runs', () => {
    needsPython();
    let opened: Session;
    afterEach(() => opened.api.close());

    const hold = (rows: Resource['records']) => {
      const [given] = opened.api.options.resources;
      opened.api.options = { ...opened.api.options, resources: [{ ...(given as Resource), records: rows }] };
      opened.api.seen.length = 0;
    };

    it('is read up to a page of what is known, and nothing is lost', async () => {
      opened = await session({ pagination: { type: 'page' } }, NEWEST);
      assert.deepEqual(await flake8(opened.generated.folder), []);
      hold(items(9).reverse());
      const first = await opened.run();
      assert.equal(ids(first).length, 9);
      assert.equal(opened.api.reads.length, 4);
      hold(items(11).reverse());
      const second = await opened.run({ state: lastState(first) });
      assert.deepEqual(ids(second), [11, 10, 9]);
      assert.equal(opened.api.reads.length, 2);
      // Pages out of order are all read.
      hold([...items(3, 6), ...items(2, 20)]);
      const third = await opened.run({ state: lastState(first) });
      assert.deepEqual(ids(third), [20, 21]);
    });

    it('has tests in a connector, which pass', async () => {
      opened = await session({ pagination: { type: 'page' } }, NEWEST);
      const { passed, report } = await unittest(opened.checkout, [testModule(opened.generated.folder)]);
      assert.ok(passed, report);
    });
  });

  const planned = (stream: object) =>
    plan('api', {
      name: 'Acme',
      base_url: 'https://acme.test',
      streams: [{ name: 'items', path: '/items', schema: SCHEMA, ...NEWEST, ...stream }],
    });

  it('is none where it says otherwise', async () => {
    await assert.rejects(
      planned({ bookmark_param: 'since' }),
      /newest_first.*has no use where the API leaves out what is old/,
    );
    await assert.rejects(planned({ params: { q: '{since}' } }), /newest_first.*has no use where the API leaves out/);
    await assert.rejects(planned({ sorted: true }), /newest_first.*is the opposite of sorted/);
    await assert.rejects(planned({ replication_key: undefined }), /newest_first.*has no use without a replication_key/);
  });
});
