import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { type Resource, send } from './strict-server.ts';
import { connectorOf, type Item, ids, items, lastState, records, SCHEMA, type Session, session } from './support.ts';

describe('one key in a run', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session;
  afterEach(() => opened.api.close());
  const answerPages = (...pages: readonly (readonly object[])[]) =>
    opened.api.faults.push(
      ...[...pages, []].map(body => (response: Parameters<typeof send>[0]) => send(response, { body })),
    );

  for (const replication of [{}, { replication_key: 'updated_at' }])
    it(`comes once though pages shift, with ${JSON.stringify(replication)}`, async () => {
      opened = await session({ pagination: { type: 'page' } }, replication);
      answerPages(items(3), items(3, 3), items(1, 5));
      const outcome = await opened.run();
      assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5], outcome.error);
      assert.deepEqual(await flake8(opened.generated.folder), []);
    });

  it('comes in its newest version with the next run, where an older one had been written', async () => {
    opened = await session(
      { pagination: { type: 'page' } },
      { replication_key: 'updated_at', bookmark_param: 'since' },
    );
    const [one, two, three] = items(3) as [Item, Item, Item];
    const newer = { ...one, name: 'newer', updated_at: two.updated_at };
    answerPages([one, three], [newer]);
    const first = await opened.run();
    assert.deepEqual(records(first), [one, three], first.error);
    assert.equal(lastState(first)?.bookmarks?.items?.updated_at, '2024-01-01T00:02:00+00:00');
    answerPages([newer, three]);
    const second = await opened.run({ state: lastState(first) });
    assert.deepEqual(records(second), [newer, three], second.error);
    assert.equal(lastState(second)?.bookmarks?.items?.updated_at, '2024-01-01T00:03:00+00:00');
  });

  it('comes once for several parents, each of which goes on from its own bookmark', async () => {
    opened = await session({});
    const schema = SCHEMA;
    const key_properties = ['id'];
    const { connector, generated } = await connectorOf({
      streams: [
        { name: 'teams', path: '/teams', key_properties, schema },
        {
          name: 'items',
          path: '/teams/{team}',
          parent: { stream: 'teams', field: 'id', as: 'team' },
          key_properties,
          schema,
          replication_key: 'updated_at',
        },
      ],
    });
    assert.deepEqual(await flake8(generated.folder), []);
    const of = (path: string, records: Resource['records']): Resource => ({
      path,
      records,
      pagination: { type: 'none' },
    });
    const teams = [...items(2), ...items(1)];
    opened.api.options = { resources: [of('/teams', teams), of('/teams/1', items(3)), of('/teams/2', items(3, 2))] };
    const configured = connector.with({ port: opened.api.port });
    const outcome = await configured.run({ catalog: selectAll(await configured.catalog()) });
    assert.deepEqual(ids(outcome), [1, 2, 3, 4], outcome.error);
    assert.deepEqual(ids(outcome, 'teams'), [1, 2]);
    assert.deepEqual(lastState(outcome)?.bookmarks?.items?.parents, {
      '[1]': '2024-01-01T00:03:00+00:00',
      '[2]': '2024-01-01T00:04:00+00:00',
    });
  });
});
