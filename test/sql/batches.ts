import assert from 'node:assert/strict';
import { type Catalog, selectAll } from '../framework/catalog.ts';
import { type Connector, sampledRows } from '../framework/connector.ts';
import { readAnswer } from '../framework/output.ts';
import { fullBatches, incremental, incrementalBatches, records } from './support.ts';

/** A database whose tables `tied`, `keyless` and `same` are those of the fixtures. */
interface Batched {
  readonly connector: () => Connector;
  /** How the first instant of a day is written as a bookmark. */
  readonly instant: (day: string) => string;
}

/** A database whose tables can be written as well. */
interface Growing {
  readonly connector: () => Connector;
  /** Runs one SQL statement. */
  readonly execute: (sql: string) => Promise<void>;
  /** The type of columns of bytes, and a value of it. */
  readonly bytes: readonly [type: string, value: (hex: string) => string];
}

/** In a `describe`: what incremental runs give of a table that grows between them. */
export function itReadsWhatIsInserted({ connector, execute, bytes: [bytes, value] }: Growing): void {
  const insert = (...rows: readonly (readonly [id: number, at: string])[]) =>
    execute(`INSERT INTO growing VALUES ${rows.map(([id, at]) => `(${id}, '${at}')`).join(', ')}`);
  const read = async (catalog: Catalog, state: unknown, limit?: number) => {
    const outcome = await connector().run({ catalog, state, query: limit ? { _limit: limit } : {} });
    assert.equal(outcome.exitCode, 0, outcome.error);
    const next = outcome.messages.findLast(({ type }) => type === 'STATE')?.value;
    return { ids: records(outcome).map(({ id }) => id), state: next ?? state };
  };

  describe('of a table that grows', () => {
    beforeEach(async () => {
      await execute('CREATE TABLE growing (id int PRIMARY KEY, dated date)');
      await insert([5, '2024-01-01'], [7, '2024-01-02'], [8, '2024-01-03']);
    });
    afterEach(() => execute('DROP TABLE growing'));

    it('loses no row that is inserted between two batches', async () => {
      const catalog = incremental(await connector().catalog(['growing']), 'growing', 'dated');
      const first = await read(catalog, {}, 1);
      assert.deepEqual(first.ids, [5]);
      // Before, among and after the rows that were read, by key and by bookmark.
      await insert([1, '2024-01-01'], [6, '2024-01-01'], [4, '2024-01-02'], [9, '2024-01-04']);
      const second = await read(catalog, first.state, 1);
      assert.deepEqual(second.ids, [1, 5, 6, 4, 7]);
      await insert([2, '2024-01-02'], [3, '2024-01-03']);
      assert.deepEqual((await read(catalog, second.state)).ids, [2, 4, 7, 3, 8, 9]);
    });

    it('gives exactly the new rows in a second run, beside those of the last bookmark', async () => {
      const catalog = incremental(await connector().catalog(['growing']), 'growing', 'dated');
      const first = await read(catalog, {});
      assert.deepEqual(first.ids, [5, 7, 8]);
      assert.deepEqual(first.state, { bookmarks: { growing: { dated: '2024-01-03T00:00:00+00:00' } } });
      assert.deepEqual((await read(catalog, first.state)).ids, [8]);
      await insert([2, '2024-01-03'], [1, '2024-01-04'], [9, '2024-01-04']);
      const second = await read(catalog, first.state);
      assert.deepEqual(second.ids, [2, 8, 1, 9]);
      assert.deepEqual((await read(catalog, second.state)).ids, [1, 9]);
    });

    it('gives exactly the new rows where the bookmark is to be greater', async () => {
      const [stream] = incremental(await connector().catalog(['growing']), 'growing', 'id').streams;
      assert(stream);
      const catalog = { streams: [{ ...stream, bookmark_property_operators: { id: 'GREATER_THAN' } }] };
      const first = await read(catalog, {});
      assert.deepEqual(first.ids, [5, 7, 8]);
      await insert([9, '2024-01-01'], [10, '2024-01-04']);
      const second = await read(catalog, first.state);
      assert.deepEqual(second.ids, [9, 10]);
      assert.deepEqual((await read(catalog, second.state)).ids, []);
    });

    it('loses no row whose bookmark JSON holds in another form: a decimal as a float, bytes as text', async () => {
      await execute('DROP TABLE growing');
      await execute(`CREATE TABLE growing (id int PRIMARY KEY, n decimal(38, 20), bin ${bytes})`);
      await execute(`INSERT INTO growing VALUES (1, 0.1, ${value('00')}), (2, 0.29999999999999999, ${value('01')})`);
      for (const [column, bookmark] of [['n', 0.3] as const, ['bin', 'AQ=='] as const]) {
        const catalog = incremental(await connector().catalog(['growing']), 'growing', column);
        const { state } = await read(catalog, {});
        assert.deepEqual(state, { bookmarks: { growing: { [column]: bookmark } } });
        await execute(`INSERT INTO growing VALUES (3, 0.29999999999999999, ${value('02')})`);
        assert.deepEqual((await read(catalog, state)).ids, [2, 3], column);
        await execute('DELETE FROM growing WHERE id = 3');
      }
    });
  });
}

/** What infinite dates are, in a database that has them. */
export function itReadsInfiniteDates({ connector, execute }: Omit<Growing, 'bytes'>): void {
  it('takes no infinite date for a bookmark, which would be the last one, and reads its row in every run', async () => {
    await execute('CREATE TABLE endless (id int PRIMARY KEY, d date, ts timestamp, tstz timestamptz)');
    const insert = (id: number, moment: string) =>
      execute(`INSERT INTO endless VALUES (${id}, '${moment}', '${moment}', '${moment}')`);
    await insert(1, '2024-01-01');
    await insert(2, 'infinity');
    for (const column of ['d', 'ts', 'tstz']) {
      const catalog = incremental(await connector().catalog(['endless']), 'endless', column);
      const first = await connector().run({ catalog });
      assert.equal(records(first).find(({ id }) => id === 2)?.[column], null, first.error);
      const state = first.messages.findLast(({ type }) => type === 'STATE')?.value;
      await insert(3, '9999-12-31');
      const next = records(await connector().run({ catalog, state }));
      assert.deepEqual(next.map(({ id }) => id).sort(), [1, 2, 3], column);
      assert.match(String(next.find(({ id }) => id === 3)?.[column]), /^9999-12-31/);
      await execute('DELETE FROM endless WHERE id = 3');
    }
    await execute('DROP TABLE endless');
  });
}

/** In a `describe`: what holds for full, incremental and counted reads on any database. */
export function itReadsInBatches({ connector, instant }: Batched): void {
  const ids = (rows: readonly Record<string, unknown>[]) => rows.map(({ id }) => id);
  // Rows without a bookmark come with the last batch, before the others of their page, wherever the database puts them.
  const unknown = [4, 10];

  it('reads every row once in batches by position, with a key and without', async () => {
    const catalog = await connector().catalog();
    const tied = await fullBatches(connector(), selectAll(catalog, {}, ['tied']), 4, 3);
    assert.deepEqual(ids(tied), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const keyless = await fullBatches(connector(), selectAll(catalog, {}, ['keyless']), 1, 4);
    assert.deepEqual(keyless.map(({ a }) => a).sort(), [1, 1, 2, 3]);
  });

  it('loses no row that shares its bookmark with others, in batches of any size', async () => {
    const catalog = incremental(await connector().catalog(), 'tied', 'at');
    assert.deepEqual(await incrementalBatches(connector(), catalog, 1, 4), [
      [1, 2, 3],
      [1, 2, 3, 5, 6],
      [5, 6, 7, 8, 9],
      [...unknown, 7, 8, 9],
    ]);
    assert.deepEqual(await incrementalBatches(connector(), catalog, 7, 2), [
      [1, 2, 3, 5, 6, 7, 8, 9],
      [...unknown, 7, 8, 9],
    ]);
    assert.deepEqual(await incrementalBatches(connector(), catalog, 50_000, 1), [[...unknown, 1, 2, 3, 5, 6, 7, 8, 9]]);
  });

  it('reads ten thousand rows with one bookmark once each, in batches of any size', async () => {
    const catalog = incremental(await connector().catalog(), 'same', 'at');
    for (const limit of [1, 7, 50_000]) {
      const outcome = await connector().run({ catalog, query: { _limit: limit } });
      assert.equal(new Set(ids(records(outcome))).size, 10_000, outcome.error);
      assert.equal(records(outcome).length, 10_000);
    }
  });

  it('goes on from several bookmark columns as from one value', async () => {
    const catalog = incremental(await connector().catalog(), 'tied', 'at', 'id');
    const state = { bookmarks: { tied: { at: instant('2024-01-02'), id: 6 } } };
    const outcome = await connector().run({ catalog, state });
    assert.deepEqual(ids(records(outcome)), [4, 10, 6, 7, 8, 9]);
    assert.deepEqual(outcome.messages.at(-1)?.value?.bookmarks?.tied, { at: instant('2024-01-03'), id: 9 });
    const batch = await connector().run({
      catalog: incremental(await connector().catalog(), 'tied', 'id', 'at'),
      state: { bookmarks: { tied: { id: 1, at: instant('2024-01-01') } } },
      query: { _limit: 4 },
    });
    assert.deepEqual(ids(records(batch)), [1, 2, 3, 5]);
  });

  it('counts what it would read, and gives a sample', async () => {
    const catalog = incremental(await connector().catalog(), 'tied', 'at');
    const count = async (state?: unknown) =>
      (readAnswer(await connector().count(['tied'], catalog, state)) as [{ count: number }])[0].count;
    assert.equal(await count(), 10);
    assert.equal(await count({ bookmarks: { tied: { at: instant('2024-01-03') } } }), 5);
    assert.deepEqual(sampledRows(await connector().sample(['tied'])).tied?.[0], { id: 1, at: instant('2024-01-01') });
    assert.equal((await connector().sample(['unique_only'])).exitCode, 0);
  });
}
