import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector, sampledRows } from '../framework/connector.ts';
import { createDatabase } from '../framework/databases.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { readAnswer } from '../framework/output.ts';
import { generate } from '../support/generate.ts';
import { itReadsInBatches } from './batches.ts';
import { createMySqlDatabase } from './mysql-database.ts';
import { executeInDuckDb, executeInSqlite, fullBatches, incremental, outline, records, sqlFixture } from './support.ts';

interface Engine {
  readonly config: Record<string, unknown>;
  execute(sql: string): Promise<void>;
  drop(): Promise<void>;
}

/** What differs between the databases: how one is made, and how their SQL is written. */
interface Case {
  readonly dialect: string;
  readonly create: (home: string) => Promise<Engine | { readonly missing: string }>;
  readonly instant: (day: string) => string;
  readonly quote: string;
  /** Ten thousand rows with one bookmark; by default those of a table. */
  readonly same?: string;
  /** Columns whose types a result doesn't tell as the catalogue does. */
  readonly untold?: Readonly<Record<string, string>>;
}

const atPath = (name: string, run: (path: string, sql: string) => Promise<void>) => async (home: string) => {
  const path = join(home, name);
  return { config: { path }, execute: (sql: string) => run(path, sql), drop: async () => undefined };
};

const CASES: readonly Case[] = [
  {
    dialect: 'postgresql',
    create: async () => {
      const made = await createDatabase();
      return 'missing' in made ? made : { ...made, config: { ...made.config, schema: 'public' } };
    },
    instant: day => `${day}T00:00:00+00:00`,
    quote: '"',
  },
  {
    dialect: 'mysql',
    create: () => createMySqlDatabase(),
    instant: day => `${day}T00:00:00+00:00`,
    quote: '`',
    // MariaDB, unlike MySQL, sends JSON as text.
    untold: { j: 'string' },
  },
  {
    dialect: 'sqlite',
    create: atPath('some.db', executeInSqlite),
    instant: day => day,
    quote: '"',
    same: "WITH RECURSIVE numbers (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM numbers WHERE i < 10000)\nSELECT i AS id, '2024-01-01' AS at FROM numbers",
  },
  {
    dialect: 'duckdb',
    create: atPath('some.duckdb', executeInDuckDb),
    instant: day => `${day}T00:00:00+00:00`,
    quote: '"',
  },
];

for (const { dialect, create, instant, quote, same, untold = {} } of CASES)
  describe(`saved queries of the generated connector: ${dialect}`, function () {
    this.timeout(180_000);
    needsPython('test');
    needsPython();
    let home: string;
    let engine: Engine;
    let connector: Connector;
    let made = 0;

    const connectorOf = async (streams: readonly object[], more: object = {}) => {
      made += 1;
      const checkout = workspaceCheckout(join(home, `mage-ai-${made}`));
      const { folder } = await generate('sql', { kind: 'sql', name: 'Some', dialect, streams }, { cwd: checkout.root });
      return { folder, connector: new Connector({ checkout, folder, config: { ...engine.config, ...more } }) };
    };
    const name = (text: string) => `${quote}${text}${quote}`;

    before('a database', async function () {
      home = mkdtempSync(join(tmpdir(), 'queries-'));
      const created = await create(home);
      if ('missing' in created) skipFor(this, created.missing);
      engine = created;
      await engine.execute(sqlFixture(`${dialect}.sql`));
      const tables = ['tied', 'keyless', 'unique_only'].map(table => ({
        name: table,
        query: `SELECT * FROM ${table}`,
        key_properties: table === 'tied' ? ['id'] : undefined,
      }));
      const streams = [...tables, { name: 'same', query: same ?? 'SELECT * FROM same', key_properties: ['id'] }];
      ({ connector } = await connectorOf(streams, { exclude_tables: '*' }));
    });
    after(async () => {
      await engine?.drop();
      if (home) rmSync(home, { recursive: true, force: true });
    });

    itReadsInBatches({ connector: () => connector, instant });

    it('loses no row in batches by position where its key is null in some', async () => {
      const query = 'SELECT id, CASE WHEN id < 4 THEN id END AS code FROM tied';
      const { connector: other } = await connectorOf([{ name: 'coded', query, key_properties: ['code', 'id'] }]);
      const batches = await fullBatches(other, selectAll(await other.catalog(), {}, ['coded']), 2, 5);
      assert.deepEqual(
        batches.map(({ id }) => Number(id)).sort((a, b) => a - b),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      );
    });

    it('tells types as of a table, and gives the same values', async () => {
      const streams = [{ name: 'all_of_it', query: 'SELECT * FROM everything', key_properties: [] }];
      const { connector: both, folder } = await connectorOf(streams);
      assert.deepEqual(await flake8(folder), []);
      const catalog = await both.catalog();
      const { all_of_it: query, everything: table } = outline(catalog);
      const nullable = Object.entries(table?.columns ?? {}).map(([column, type]) => [
        column,
        `${untold[column] ?? type.replace(/\?$/, '')}?`,
      ]);
      assert.deepEqual(query?.columns, Object.fromEntries(nullable));
      const read = async (stream: string) => records(await both.run({ catalog: selectAll(catalog, {}, [stream]) }));
      const known = (rows: Record<string, unknown>[]) =>
        rows.map(row => JSON.stringify(Object.entries(row).filter(([column]) => !(column in untold)))).sort();
      assert.equal((await read('all_of_it')).length, 2);
      assert.deepEqual(known(await read('all_of_it')), known(await read('everything')));
    });

    it('tells the types of expressions', async () => {
      const query = `SELECT count(*) AS n, max(id) AS greatest, avg(id) AS mean, 'a' AS word, NULL AS missing FROM tied`;
      const { connector: one } = await connectorOf([{ name: 'numbers', query }]);
      const catalog = await one.catalog(['numbers']);
      const numbers = outline(catalog).numbers?.columns ?? {};
      assert.deepEqual(numbers, {
        n: 'integer?',
        greatest: 'integer?',
        mean: 'number?',
        word: 'string?',
        missing: numbers.missing,
      });
      const [row] = records(await one.run({ catalog: selectAll(catalog) }));
      assert.deepEqual(
        { ...row, mean: Number(row?.mean) },
        { n: 10, greatest: 10, mean: 5.5, word: 'a', missing: null },
      );
    });

    it('takes comments, semicolons, line breaks and signs of placeholders for what they are', async () => {
      const query = [
        '-- 100% of %s; what is (left?',
        `SELECT id AS ${name('a 50%')}, '%(x)s ? ; -- :x $1 %%' AS ${name('tx')}`,
        'FROM tied /* ; ) */\r\nWHERE id % 2 = 0 AND id > 5; -- the end',
        '',
      ].join('\n');
      const { connector: one, folder } = await connectorOf([
        { name: 'even', query, key_properties: ['a 50%'], replication_key: 'a 50%' },
      ]);
      assert.doesNotMatch(readFileSync(join(folder, 'queries/even.sql'), 'utf8'), /5;/);
      const catalog = selectAll(await one.catalog(['even']));
      const t = '%(x)s ? ; -- :x $1 %%';
      const outcome = await one.run({ catalog });
      assert.deepEqual(
        records(outcome),
        [6, 8, 10].map(id => ({ 'a 50%': id, tx: t })),
      );
      const state = outcome.messages.findLast(({ type }) => type === 'STATE')?.value;
      assert.deepEqual(state, { bookmarks: { even: { 'a 50%': 10 } } });
      assert.deepEqual(records(await one.run({ catalog, state })), [{ 'a 50%': 10, tx: t }]);
      const count = async (from?: unknown) =>
        (readAnswer(await one.count(['even'], catalog, from)) as [{ count: number }])[0].count;
      assert.deepEqual([await count(), await count(state)], [3, 1]);
      assert.equal(sampledRows(await one.sample(['even'])).even?.length, 3);
    });

    it('is discovered beside the tables with its key and bookmark, and on its own', async () => {
      const { connector: one } = await connectorOf([
        { name: 'latest', query: 'SELECT * FROM tied', key_properties: ['id'], replication_key: 'at' },
      ]);
      const [latest, tied] = ['latest', 'tied'].map(
        id => async () => (await one.catalog()).streams.find(({ tap_stream_id }) => tap_stream_id === id),
      );
      const found = await latest?.();
      assert.deepEqual(
        [found?.key_properties, found?.unique_constraints, found?.unique_conflict_method],
        [['id'], ['id'], 'UPDATE'],
      );
      assert.deepEqual([found?.replication_method, found?.bookmark_properties], ['INCREMENTAL', ['at']]);
      assert.equal((await tied?.())?.replication_method, 'FULL_TABLE');
      assert.deepEqual(Object.keys(outline(await one.catalog(['latest']))), ['latest']);
      assert.deepEqual(Object.keys(outline(await one.with({ ...engine.config, tables: 'tied' }).catalog())), [
        'tied',
        'latest',
      ]);
    });

    it('reads rows that are inserted between two batches', async () => {
      await engine.execute(
        'CREATE TABLE growing (id int PRIMARY KEY, version int);\nINSERT INTO growing VALUES (5, 1), (7, 2), (9, 4);',
      );
      const { connector: one } = await connectorOf([
        { name: 'grown', query: 'SELECT * FROM growing', key_properties: ['id'], replication_key: 'version' },
      ]);
      const catalog = incremental(await one.catalog(['grown']), 'grown', 'version');
      const batch = await one.run({ catalog, query: { _limit: 2 } });
      assert.deepEqual(
        records(batch).map(({ id }) => id),
        [5, 7],
      );
      await engine.execute('INSERT INTO growing VALUES (1, 2), (8, 2), (6, 3);');
      const state = batch.messages.findLast(({ type }) => type === 'STATE')?.value;
      assert.deepEqual(
        records(await one.run({ catalog, state })).map(({ id }) => id),
        [1, 7, 8, 6, 9],
      );
    });

    describe('says in one message what is wrong', () => {
      const failure = async (streams: readonly object[], more: object = {}) => {
        const { connector: wrong } = await connectorOf(streams, more);
        const outcome = await wrong.discover();
        assert.equal(outcome.exitCode, 1);
        return outcome.error ?? '';
      };

      it('with its columns', async () => {
        assert.match(
          await failure([{ name: 'q', query: 'SELECT * FROM tied', key_properties: ['idd'] }]),
          /^The saved query q has no column idd, but \['id', 'at'\]$/,
        );
        assert.match(
          await failure([{ name: 'q', query: 'SELECT id FROM tied', replication_key: 'at' }]),
          /^The saved query q has no column at/,
        );
      });

      it('where it is a table too, unless that is left out', async () => {
        const streams = [{ name: 'tied', query: 'SELECT id FROM tied' }];
        assert.match(await failure(streams), /^tied is a saved query and a table too: .*exclude_tables$/);
        const { connector: one } = await connectorOf(streams, { exclude_tables: 'tied' });
        assert.deepEqual(outline(await one.catalog(['tied'])).tied?.columns, { id: 'integer?' });
      });

      it('where the database refuses it, also after an edit', async () => {
        assert.match(
          await failure([{ name: 'q', query: 'SELECT id FROM nowhere' }]),
          /^The saved query q fails: .*nowhere/s,
        );
        const { connector: one, folder } = await connectorOf([{ name: 'q', query: 'SELECT id FROM tied' }]);
        const catalog = selectAll(await one.catalog(['q']));
        const file = join(folder, 'queries/q.sql');
        writeFileSync(file, 'SELECT id FROM tied WHERE id > 8;\n');
        assert.deepEqual(
          records(await one.run({ catalog }))
            .map(({ id }) => id)
            .sort(),
          [10, 9],
        );
        for (const text of ['SELECT id FROM tied; DELETE FROM tied', 'DELETE FROM tied', '']) {
          writeFileSync(file, text);
          const [discovered, ran] = [await one.discover(['q']), await one.run({ catalog })];
          assert.match(discovered.error ?? '', /^The saved query q fails: /);
          assert.deepEqual([discovered.exitCode, ran.exitCode], [1, 1]);
        }
        assert.equal(
          records(await connector.run({ catalog: selectAll(await connector.catalog(), {}, ['tied']) })).length,
          10,
        );
        rmSync(file);
        assert.match((await one.discover(['q'])).error ?? '', /^The saved query q fails: .*q\.sql/);
      });
    });
  });
