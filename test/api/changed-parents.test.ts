import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import type { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import type { Outcome } from '../framework/output.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { textOf } from '../support/generate.ts';
import { type Built, connectorOf, lastState, records } from './support.ts';
import { type TextServer, textServer } from './text-server.ts';

const at = (minute: number) => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString().replace('.000Z', 'Z');
const LINE = { properties: { id: 'integer' } };
const ORDERS = {
  name: 'orders',
  path: '/orders',
  key_properties: ['id'],
  replication_key: 'updated_at',
  bookmark_param: 'since',
  schema: { properties: { id: 'integer', updated_at: 'date-time' } },
};
const CHANGED = [
  { stream: 'orders', field: 'id', as: 'order_id', incremental: true },
  { stream: 'orders', field: 'updated_at', as: 'order_updated_at' },
];
const LINES = {
  name: 'lines',
  path: '/orders/{order_id}/lines',
  key_properties: ['order_id', 'id'],
  parents: CHANGED,
  replication_key: 'order_updated_at',
  schema: LINE,
};
/** Lines of all orders, and notes with a bookmark for each order. */
const OTHERS = [
  {
    ...LINES,
    name: 'all_lines',
    path: '/all/{order_id}',
    parents: [CHANGED[1], { ...CHANGED[0], incremental: false }],
  },
  {
    name: 'notes',
    path: '/notes/{order_id}',
    key_properties: ['order_id', 'id'],
    parent: { stream: 'orders', field: 'id', as: 'order_id' },
    replication_key: 'at',
    schema: { properties: { id: 'integer', at: 'date-time' } },
  },
].map(({ replication_key, ...stream }) => (stream.name === 'notes' ? { ...stream, replication_key } : stream));
/** Parts of lines, which change with their order as well. */
const PARTS = {
  ...LINES,
  name: 'parts',
  path: '/orders/{order_id}/{line}/parts',
  key_properties: ['order_id', 'line', 'id'],
  parents: [
    { stream: 'lines', field: 'order_id', as: 'order_id', incremental: true },
    { stream: 'lines', field: 'id', as: 'line' },
    { stream: 'lines', field: 'order_updated_at', as: 'order_updated_at' },
  ],
};

/** The bookmarks of all streams: a state has one stream at a time. */
function bookmarksOf({ messages }: Pick<Outcome, 'messages'>): Record<string, object> {
  const states = messages.flatMap(({ type, value }) => (type === 'STATE' ? [value as { bookmarks: object }] : []));
  return Object.assign({}, ...states.map(({ bookmarks }) => bookmarks));
}

describe('streams that are asked for by what has changed of a parent', function () {
  this.timeout(180_000);
  needsPython();
  let server: TextServer;
  let built: Built;
  let connector: Connector;
  let orders: { readonly id: number; readonly updated_at: string }[];
  let broken: number | undefined;

  before(async () => {
    built = await connectorOf({ streams: [ORDERS, LINES, PARTS, ...OTHERS] });
  });
  beforeEach(async () => {
    orders = [1, 2, 3].map(id => ({ id, updated_at: at(id) }));
    broken = undefined;
    server = await textServer(({ path, params }) => {
      const [, , order, line] = path.split('/');
      if (path === '/orders') {
        const since = params.find(([name]) => name === 'since')?.[1] ?? '';
        return orders.filter(({ updated_at }) => updated_at >= since);
      }
      if (path.startsWith('/notes/')) return [{ id: 1, at: at(1) }];
      if (Number(order) === broken) return 'no JSON';
      return line === 'lines' ? [{ id: 1 }, { id: 2 }] : [{ id: 7 }];
    });
    connector = built.connector.with({ port: server.port });
  });
  afterEach(() => server.close());

  const run = async (streams: readonly string[], state?: unknown) => {
    server.sent.length = 0;
    return connector.run({ catalog: selectAll(await connector.catalog(), {}, streams), state });
  };
  const asked = () => server.sent.map(({ path }) => path).filter(path => path !== '/orders');

  it('are clean, and pass their own tests', async () => {
    const { checkout, generated } = built;
    assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    assert.match(await textOf(generated, 'streams/lines.py'), /CHANGED_PARENTS = True/);
    assert.doesNotMatch(await textOf(generated, 'streams/notes.py'), /CHANGED/);
  });

  it('go on from the bookmark of its changes, in chains as well', async () => {
    const first = await run(['lines', 'parts']);
    assert.equal(first.exitCode, 0, first.error);
    assert.equal(records(first, 'lines').length, 6);
    assert.equal(records(first, 'parts').length, 6);
    assert.deepEqual(records(first, 'lines')[0], { id: 1, order_id: 1, order_updated_at: '2024-01-01T00:01:00Z' });
    assert.equal(lastState(first)?.bookmarks?.parts?.order_updated_at, '2024-01-01T00:03:00+00:00');
    orders = [...orders.slice(1), { id: 1, updated_at: at(8) }, { id: 4, updated_at: at(9) }];
    for (const stream of ['lines', 'parts']) {
      const state = { bookmarks: { [stream]: { order_updated_at: '2024-01-01T00:03:00+00:00' } } };
      const second = await run([stream], state);
      assert.equal(second.exitCode, 0, second.error);
      const changed = [...new Set(records(second, stream).map(({ order_id }) => order_id))];
      assert.deepEqual(changed, [3, 1, 4], stream);
      assert.ok(!asked().some(path => path.startsWith('/orders/2')), asked().join());
      assert.equal(lastState(second)?.bookmarks?.[stream]?.order_updated_at, '2024-01-01T00:09:00+00:00');
    }
  });

  it('are asked for again by all that has changed where a run was interrupted', async () => {
    const first = await run(['lines']);
    orders = [
      { id: 4, updated_at: at(4) },
      { id: 5, updated_at: at(5) },
    ];
    broken = 5;
    const interrupted = await run(['lines'], lastState(first));
    assert.notEqual(interrupted.exitCode, 0);
    assert.equal(lastState(interrupted), undefined);
    broken = undefined;
    const again = await run(['lines'], lastState(first));
    assert.deepEqual([...new Set(records(again, 'lines').map(({ order_id }) => order_id))], [4, 5]);
  });

  it('leave those that do not say so as they are', async () => {
    const first = await run(['lines', 'all_lines', 'notes']);
    assert.equal(first.exitCode, 0, first.error);
    orders = [{ id: 1, updated_at: at(8) }, ...orders.slice(1)];
    const bookmarks = bookmarksOf(first);
    const second = await run(['lines', 'all_lines', 'notes'], { bookmarks });
    assert.equal(second.exitCode, 0, second.error);
    assert.deepEqual(
      asked()
        .filter(path => path.startsWith('/all/'))
        .sort(),
      ['/all/1', '/all/2', '/all/3'],
    );
    assert.deepEqual(
      asked().filter(path => path.endsWith('/lines')),
      ['/orders/1/lines', '/orders/3/lines'],
    );
    assert.ok('parents' in (bookmarksOf(second).notes ?? {}));
  });

  it('may have parents whose address has a beginning: all of these are read from the start on', async () => {
    const begun = await connectorOf({
      streams: [
        { ...ORDERS, bookmark_param: undefined, path: '/since/{since:date}' },
        { ...OTHERS[0], path: '/all/{order_id}' },
        { ...LINES, path: '/orders/{order_id}/lines' },
      ].map(stream => JSON.parse(JSON.stringify(stream))),
    });
    const { checkout, generated } = begun;
    assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    await server.close();
    server = await textServer(({ path }) =>
      path.startsWith('/since/') ? orders.filter(({ updated_at }) => updated_at >= path.slice(7)) : [{ id: 1 }],
    );
    connector = begun.connector.with({ port: server.port, start_date: '2024-01-01' });
    orders.push({ id: 4, updated_at: '2024-02-01T00:00:00Z' });
    const first = await run(['orders', 'all_lines', 'lines']);
    assert.equal(first.exitCode, 0, first.error);
    const state = { bookmarks: { orders: { updated_at: at(40_000) }, lines: { order_updated_at: at(40_000) } } };
    const second = await run(['orders', 'all_lines', 'lines'], state);
    assert.equal(second.exitCode, 0, second.error);
    assert.deepEqual(
      records(second, 'all_lines').map(({ order_id }) => order_id),
      [1, 2, 3, 4],
    );
    assert.deepEqual(
      records(second, 'lines').map(({ order_id }) => order_id),
      [4],
    );
  });

  it('are refused where something would be missed', async () => {
    const refused = (streams: object[], message: RegExp) => assert.rejects(connectorOf({ streams }), message);
    const { replication_key, bookmark_param, ...whole } = ORDERS;
    await refused([whole, LINES], /lines has the parent orders with incremental: true, which has no replication_key/);
    await refused(
      [ORDERS, { ...LINES, replication_key: undefined }].map(each => JSON.parse(JSON.stringify(each))),
      /goes on from no bookmark of orders/,
    );
    await refused(
      [ORDERS, { ...LINES, for_each: { items: ['a'], as: 'kind' } }],
      /lines has incremental: true beside other parents or for_each/,
    );
    await refused(
      [ORDERS, { ...LINES, parents: CHANGED.map(({ incremental, ...rest }) => rest) }],
      /lines has the replication_key order_updated_at, which is a parent's/,
    );
    await refused([{ ...ORDERS, for_each: { items: ['a'], as: 'kind' } }, LINES], /orders has parents of its own/);
    await refused(
      [ORDERS, { ...LINES, params: { q: '{since}' }, lookback_seconds: 5, sorted: true }],
      /a bookmark_param or \{since\}[\s\S]*lookback_seconds[\s\S]*sorted/,
    );
    assert.deepEqual([replication_key, bookmark_param], ['updated_at', 'since']);
  });
});
