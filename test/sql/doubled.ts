import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { readAnswer } from '../framework/output.ts';
import { type Answer, type DescribedTable, type Doubled, type DoubleSettings, doubledConnector } from './double.ts';
import { fullBatches, incremental, outline, records } from './support.ts';

/** Tables that batches and names are tried on, in DuckDB's SQL. */
export const DOUBLED = `
CREATE TABLE tied (id INTEGER, "at" TIMESTAMPTZ);
INSERT INTO tied VALUES (1, '2024-01-01 00:00:00Z'), (2, '2024-01-01 00:00:00Z'), (3, '2024-01-01 00:00:00Z'), (4, NULL), (5, '2024-01-02 00:00:00Z'), (6, '2024-01-02 00:00:00Z'),
  (7, '2024-01-03 00:00:00Z'), (8, '2024-01-03 00:00:00Z'), (9, '2024-01-03 00:00:00Z'), (10, NULL);
CREATE TABLE same (id INTEGER, "at" TIMESTAMPTZ);
INSERT INTO same SELECT i, '2024-01-01 00:00:00Z' FROM range(10000) AS numbers (i);
CREATE TABLE keyless (a INTEGER, b TEXT);
INSERT INTO keyless VALUES (2, 'b'), (1, 'a'), (3, NULL), (1, 'a');
CREATE TABLE unique_only (x INTEGER, y INTEGER, z INTEGER);
CREATE TABLE "x"" ; DROP TABLE keyless; --" ("id"" ; DROP TABLE keyless; --" INTEGER, "100%" TEXT, "%s" TEXT, "new
line" TEXT, "Ünïcode" TEXT, "a'b" TEXT, "{x}" TEXT, "?" TEXT, ":v" TEXT, "select" TEXT);
INSERT INTO "x"" ; DROP TABLE keyless; --" VALUES (1, '50%', 's', 'n', 'ü', 'a', 'x', '?', ':v', 's');
`;

const HOSTILE_TABLE = 'x" ; DROP TABLE keyless; --';
const HOSTILE_KEY = 'id" ; DROP TABLE keyless; --';
const HOSTILE_COLUMNS = { '100%': '50%', '%s': 's', 'new\nline': 'n', Ünïcode: 'ü', "a'b": 'a', '{x}': 'x' };
export const HOSTILE_ROW = { [HOSTILE_KEY]: 1, ...HOSTILE_COLUMNS, '?': '?', ':v': ':v', select: 's' };

/** The tables of the batches, in the types of a database. */
export const BATCHED_TABLES = (integer: string, text: string, moment: string): Record<string, DescribedTable> => ({
  tied: { id: [integer, 1], at: [`${moment}?`] },
  same: { id: [integer, 1], at: [`${moment}?`] },
  keyless: { a: [`${integer}?`], b: [`${text}?`] },
  unique_only: { x: [`${integer}?`], y: [integer, 0, 2], z: [integer, 0, 1] },
});

/** A table whose names would be SQL, in the types of a database. */
export const HOSTILE = (integer: string, text: string): Record<string, DescribedTable> => ({
  [HOSTILE_TABLE]: Object.fromEntries(
    Object.keys(HOSTILE_ROW).map(name => [name, name === HOSTILE_KEY ? [integer, 1] : [`${text}?`]] as const),
  ),
});

/** In a `describe`: the double parses each statement, so a name that got out of its quotes would be an error or another statement. */
export function itTakesNamesForNames(doubled: () => Doubled, row: Record<string, unknown>): void {
  it('takes any table or column name for a name, and any bookmark for a value', async () => {
    const { connector } = doubled();
    const catalog = await connector.catalog();
    const outcome = await connector.run({ catalog: selectAll(catalog, {}, [HOSTILE_TABLE]) });
    assert.deepEqual(records(outcome), [row], outcome.error);
    const selected = incremental(catalog, HOSTILE_TABLE, "a'b", '?');
    const state = { bookmarks: { [HOSTILE_TABLE]: { "a'b": "' OR 1=1; --", '?': '?' } } };
    assert.deepEqual(records(await connector.run({ catalog: selected, state })), [row]);
    assert.equal(records(await connector.run({ catalog: selectAll(catalog, {}, ['keyless']) })).length, 4);
  });
}

/** In a `describe`: reads of both methods; the batches of any size are tried where there is a server, and with SQL Server's double. */
export function itReadsByTheBatch(doubled: () => Doubled, instant: (day: string) => string): void {
  const ids = (rows: readonly Record<string, unknown>[]) => rows.map(({ id }) => id);

  it('reads each row once in batches by position, and goes on from a bookmark, by one value or several', async () => {
    const { connector } = doubled();
    const catalog = await connector.catalog();
    const keyless = await fullBatches(connector, selectAll(catalog, {}, ['keyless']), 2, 2);
    assert.deepEqual(keyless.map(({ a }) => a).sort(), [1, 1, 2, 3]);
    const state = { bookmarks: { tied: { at: instant('2024-01-02') } } };
    const one = await connector.run({ catalog: incremental(catalog, 'tied', 'at'), state, query: { _limit: 1 } });
    assert.deepEqual(ids(records(one)), [5, 6, 7, 8, 9], one.error);
    const next = one.messages.findLast(({ type }) => type === 'STATE')?.value;
    assert.deepEqual(next?.bookmarks?.tied, { at: instant('2024-01-03') });
    const two = await connector.run({
      catalog: incremental(catalog, 'tied', 'at', 'id'),
      state: { bookmarks: { tied: { at: instant('2024-01-02'), id: 6 } } },
    });
    assert.deepEqual(ids(records(two)), [4, 10, 6, 7, 8, 9]);
  });

  it('counts what it would read', async () => {
    const { connector } = doubled();
    const catalog = incremental(await connector.catalog(), 'tied', 'at');
    const state = { bookmarks: { tied: { at: instant('2024-01-03') } } };
    const [{ count }] = readAnswer(await connector.count(['tied'], catalog, state)) as [{ count: number }];
    assert.equal(count, 5);
  });
}

/** How saved queries of a database are tried. */
interface SavedQueries {
  readonly answers: object;
  readonly config: Record<string, unknown>;
  readonly settings: DoubleSettings;
  /** The schema of the tables, which the queries have to name. */
  readonly schema: string;
  /** What is answered where the columns of the query of this table are asked for, and where the database refuses it. */
  readonly described: (table: 'everything' | 'tied' | 'nowhere') => Answer;
  /** How a moment comes. */
  readonly instant: (day: string) => string;
}

/** In a `describe`: queries of tables, which have to come as the tables themselves. */
export function itReadsSavedQueries({ answers, config, settings, schema, described, instant }: SavedQueries): void {
  const made = async (home: string, streams: readonly object[]) => {
    const told = (['everything', 'tied', 'nowhere'] as const).map(described);
    return doubledConnector({ ...answers, streams }, config, home, {
      ...settings,
      answers: [...told, ...settings.answers],
    });
  };
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'queries-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('reads saved queries as it reads tables', async () => {
    const comment = '-- 100% of %s; what is (left?\n';
    const { connector, folder } = await made(home, [
      {
        name: 'all_of_it',
        query: `${comment}SELECT * FROM ${schema}.everything /* ; :v ? ) */;`,
        key_properties: ['id'],
      },
      { name: 'late', query: `SELECT * FROM ${schema}.tied -- ?`, key_properties: ['id'], replication_key: 'at' },
    ]);
    assert.deepEqual(await flake8(folder), []);
    const catalog = await connector.catalog();
    const { all_of_it: query, everything: table } = outline(catalog);
    const columns = Object.keys(query?.columns ?? {});
    assert(columns.length > 8);
    assert.deepEqual(
      query?.columns,
      Object.fromEntries(columns.map(name => [name, `${table?.columns[name]?.replace(/\?$/, '')}?`])),
    );
    const entry = catalog.streams.find(({ tap_stream_id }) => tap_stream_id === 'all_of_it');
    assert(entry);
    const read = async (stream: string) => {
      const streams = [{ ...entry, tap_stream_id: stream, stream }];
      const outcome = await connector.run({ catalog: selectAll({ ...catalog, streams }) });
      assert.equal(records(outcome).length, 1, outcome.error);
      return records(outcome);
    };
    assert.deepEqual(await read('all_of_it'), await read('everything'));
    const state = { bookmarks: { late: { at: instant('2024-01-03') } } };
    const since = await connector.run({ catalog: selectAll(catalog, {}, ['late']), state });
    assert.deepEqual(
      records(since).map(({ id }) => id),
      [4, 10, 7, 8, 9],
      since.error,
    );
    const batches = await fullBatches(
      connector,
      selectAll(catalog, { replicationMethod: 'FULL_TABLE', bookmarkProperties: [] }, ['late']),
      4,
      3,
    );
    assert.deepEqual(
      batches.map(({ id }) => id),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
  });

  it('says which saved query the database refuses', async () => {
    const { connector } = await made(home, [{ name: 'lost', query: `SELECT * FROM ${schema}.nowhere` }]);
    const { exitCode, error = '' } = await connector.discover();
    assert.deepEqual([exitCode, error], [1, 'The saved query lost fails: there is no nowhere']);
  });
}

/** In a `describe`: a connection that was opened is closed, however the run ends. */
export function itClosesConnections(doubled: () => Doubled): void {
  it('closes its connections, after a part of the rows and after an error too', async () => {
    const { connector, told } = doubled();
    const catalog = await connector.catalog();
    const opened = () => told().flatMap(({ event }) => (event === 'execute' ? [] : [event]));
    assert.deepEqual(opened().slice(-2), ['connect', 'close']);
    const part = await connector.run({ catalog: incremental(catalog, 'tied', 'at'), query: { _limit: 1 } });
    assert.equal(part.exitCode, 0, part.error);
    assert.deepEqual(opened(), ['connect', 'close']);
    const gone = JSON.parse(JSON.stringify(selectAll(catalog, {}, ['tied'])).replaceAll('"tied"', '"gone"'));
    const failed = await connector.run({ catalog: gone });
    assert.equal(failed.exitCode, 1);
    assert.match(failed.error ?? '', /gone/);
    assert.deepEqual(opened(), ['connect', 'close']);
  });
}
