import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import type { Connector } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { answersOf, connectorIn, folderWith, read, records, stateOf } from './support.ts';

const COLUMNS = { id: 'integer', at: 'date-time', version: 'number' };

describe('a generated connector of files with an incremental stream', function () {
  this.timeout(120_000);
  needsPython();
  let checkout: Checkout;
  let csv: Connector;
  before(async () => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    csv = await connectorIn(checkout, answersOf('csv', COLUMNS, {}, { key_properties: ['id'], replication_key: 'at' }));
  });
  const ids = async (...args: Parameters<typeof read>) => records(await read(...args)).map(({ id }) => id);

  it('tells Mage its key and bookmark, and leaves the choice of another one open', async () => {
    const [stream] = (await csv.catalog()).streams;
    assert.deepEqual(
      [stream?.key_properties, stream?.unique_constraints, stream?.unique_conflict_method],
      [['id'], ['id'], 'UPDATE'],
    );
    assert.deepEqual([stream?.replication_method, stream?.bookmark_properties], ['INCREMENTAL', ['at']]);
    const own = stream?.metadata.find(({ breadcrumb }) => breadcrumb.length === 0)?.metadata;
    assert.deepEqual([own?.['table-key-properties'], own?.['valid-replication-keys']], [['id'], []]);
    assert(!stream?.replication_key);
  });

  it('delivers what is new or of the very bookmark, and what has no bookmark, each time', async () => {
    const folder = folderWith({
      'a.csv': 'id,at,version\n1,2024-01-01T00:00:00Z,\n2,,\n3,2024-01-03T00:00:00Z,\n4,2024-01-02T00:00:00Z,\n5,,\n',
    });
    const connector = csv.with({ base_path: folder });
    const first = await read(connector);
    assert.deepEqual(
      records(first).map(({ id }) => id),
      [1, 2, 3, 4, 5],
    );
    assert.deepEqual(stateOf(first), { bookmarks: { rows: { at: '2024-01-03T00:00:00+00:00' } } });
    writeFileSync(join(folder, 'b.csv'), 'id,at\n6,2024-01-04T00:00:00Z\n7,2024-01-01T00:00:00Z\n');
    const second = await read(connector, { state: stateOf(first) });
    assert.deepEqual(
      records(second).map(({ id }) => id),
      [2, 3, 5, 6],
    );
    assert.deepEqual(stateOf(second), { bookmarks: { rows: { at: '2024-01-04T00:00:00+00:00' } } });
    const third = await read(connector, { state: stateOf(second) });
    assert.deepEqual(
      records(third).map(({ id }) => id),
      [2, 5, 6],
    );
    assert.deepEqual(stateOf(third), stateOf(second));
  });

  it('has a state only where a row has a bookmark', async () => {
    const outcome = await read(csv.with({ base_path: folderWith({ 'a.csv': 'id,at\n1,\n2,\n' }) }));
    assert.equal(records(outcome).length, 2);
    assert.equal(stateOf(outcome), undefined);
  });

  it('compares date-times as moments, whatever their offset and precision', async () => {
    const state = { bookmarks: { rows: { at: '2024-10-27T02:30:00+02:00' } } };
    const rows = [
      '1,2024-10-27T02:10:00+01:00',
      '2,2024-10-27T00:30:00Z',
      '3,2024-10-27T00:30:00.5Z',
      '4,2024-10-27T02:29:59+02:00',
      '5,2024-10-27 01:00',
    ];
    const base_path = folderWith({ 'a.csv': `id,at\n${rows.join('\n')}\n` });
    assert.deepEqual(await ids(csv.with({ base_path }), { state }), [1, 2, 3, 5]);
  });

  it('takes any other bookmark that the user chooses', async () => {
    const rows = [
      '1,2024-01-01T00:00:00Z,1700000000.1',
      '2,2024-01-02T00:00:00Z,1700000000.2',
      '3,,1700000001',
      '4,2024-01-03T00:00:00Z,',
    ];
    const connector = csv.with({ base_path: folderWith({ 'a.csv': `id,at,version\n${rows.join('\n')}\n` }) });
    const byVersion = { bookmarkProperties: ['version'] };
    assert.deepEqual(stateOf(await read(connector, byVersion)), { bookmarks: { rows: { version: 1700000001 } } });
    const state = { bookmarks: { rows: { version: 1700000000.2 } } };
    assert.deepEqual(await ids(connector, { ...byVersion, state }), [2, 3, 4]);
    assert.deepEqual(await ids(connector, { state }), [1, 2, 3, 4], 'a bookmark of another column is none');
    const both = {
      bookmarkProperties: ['at', 'version'],
      state: { bookmarks: { rows: { at: '2024-01-02T00:00:00Z', version: 1800000000 } } },
    };
    assert.deepEqual(await ids(connector, both), [3, 4]);
  });

  it('does the same with JSON Lines, and by a column of text', async () => {
    const answers = answersOf(
      'jsonl',
      { id: 'integer', day: 'string' },
      {},
      { key_properties: ['id'], replication_key: 'day' },
    );
    const lines = [
      '{"id": 1, "day": "2024-01-01"}',
      '{"id": 2, "day": null}',
      '{"id": 3}',
      '{"id": 4, "day": "2024-01-02"}',
    ];
    const connector = (await connectorIn(checkout, answers)).with({
      base_path: folderWith({ 'a.jsonl': lines.join('\n') }),
    });
    const first = await read(connector);
    assert.deepEqual(
      records(first).map(({ id }) => id),
      [1, 2, 3, 4],
    );
    assert.deepEqual(await ids(connector, { state: stateOf(first) }), [2, 3, 4]);
  });

  it('reads everything where the connector was made without one, even if the user chooses a bookmark', async () => {
    const full = await connectorIn(
      checkout,
      answersOf('csv', COLUMNS, { name: 'Full tables' }, { key_properties: ['id'] }),
    );
    const connector = full.with({
      base_path: folderWith({ 'a.csv': 'id,at\n1,2024-01-02T00:00:00Z\n2,\n3,2024-01-01T00:00:00Z\n' }),
    });
    const chosen = { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['at'] } as const;
    const first = await read(connector, chosen);
    assert.equal(records(first).length, 3);
    assert.deepEqual(await ids(connector, { ...chosen, state: stateOf(first) }), [1, 2, 3]);
  });
});
