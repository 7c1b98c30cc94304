import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import type { Connector } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { itReadsInBatches, itReadsInfiniteDates, itReadsWhatIsInserted } from './batches.ts';
import { exampleConnector, executeInDuckDb, incremental, outline, records, sqlFixture } from './support.ts';

describe('the generated DuckDB connector', function () {
  this.timeout(120_000);
  needsPython('test');
  needsPython();
  let home: string;
  let path: string;
  let connector: Connector;
  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'duckdb-'));
    path = join(home, 'analytics? 100%.duckdb');
    await executeInDuckDb(path, sqlFixture('duckdb.sql'));
    connector = await exampleConnector('sql-duckdb.yaml', home, { path });
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  const readAll = async (stream: string) =>
    connector.run({ catalog: selectAll(await connector.catalog([stream]), {}, [stream]) });

  it('discovers tables and views with their types and keys', async () => {
    const found = outline(await connector.catalog());
    assert.deepEqual(found.everything, {
      columns: {
        ...{ i1: 'integer?', i8: 'integer', h: 'integer?', u: 'integer?', n: 'number?', f4: 'number?', f8: 'number?' },
        ...{ b: 'boolean?', d: 'date-time?', t: 'string?', ttz: 'string?', ts: 'date-time?', seconds: 'date-time?' },
        ...{ nano: 'date-time?', tstz: 'date-time?', pause: 'string?', u1: 'string?', bin: 'string?', bits: 'string?' },
        ...{ j: 'JSON?', m: 'string?', v: 'string', ints: 'JSON?', three: 'JSON?' },
        ...{ days: 'JSON?', objects: 'JSON?', nested: 'JSON?', s: 'JSON?' },
        ...{ mapped: 'JSON?', either: 'string?' },
      },
      primary: ['i8'],
      unique: ['i8'],
    });
    assert.deepEqual(found.ordered, {
      columns: { b: 'integer', a: 'integer', v: 'string?' },
      primary: ['a', 'b'],
      unique: ['a', 'b'],
    });
    assert.deepEqual(found.unique_only, {
      columns: { x: 'integer?', y: 'integer', z: 'integer' },
      primary: [],
      unique: ['z', 'y'],
    });
    assert.deepEqual(found.names, { columns: { i8: 'integer?', v: 'string?' }, primary: [], unique: [] });
    assert.deepEqual(Object.keys(found).sort(), [
      ...['everything', 'keyless', 'names', 'ordered', 'same', 'select', 'tied', 'unique_only'],
      'x" ; DROP TABLE keyless; --',
    ]);
  });

  it('reads values exactly, in what JSON can hold', async () => {
    const outcome = await readAll('everything');
    for (const exact of [
      '"i8": 9223372036854775807',
      '"h": 9007199254740991',
      '"u": 9223372036854775807',
      '"n": 12345678901234567890.1234567891',
      '{"a": 1.10, "b": [1]}',
      '{"a b": 1, "n": 1.10}',
    ]) {
      assert(outcome.stdout.includes(exact), exact);
    }
    const [lowest, first] = records(outcome);
    assert.deepEqual(
      { ...first, i8: 0, h: 0, u: 0, n: 0 },
      {
        ...{
          i1: -128,
          i8: 0,
          h: 0,
          u: 0,
          n: 0,
          f4: 0.5,
          f8: 1e300,
          b: true,
          d: '2024-02-29T00:00:00+00:00',
          t: '23:59:59.123456',
        },
        ...{ ttz: '10:00:00+02', ts: '2024-01-01T10:00:00.500000+00:00', seconds: '2024-01-01T00:00:00+00:00' },
        ...{
          nano: '2024-01-01T00:00:00.123456+00:00',
          tstz: '2024-01-01T08:00:00+00:00',
          pause: '1 month 2 days 03:04:00',
        },
        ...{ u1: 'b0a7b7b0-1111-2222-3333-444444444444', bin: '3q0=', bits: '101', j: { a: 1.1, b: [1] }, m: 'int' },
        ...{ v: 'Zo\\xDE', ints: [1, null, 3], three: [1, 2, 3], days: ['2024-01-01'], objects: [{ a: 1 }] },
        ...{ nested: [[1], null], s: { 'a b': 1, n: 1.1 }, mapped: { 1: 'AA==' }, either: 'x' },
      },
    );
    assert.deepEqual([lowest?.n, lowest?.f4, lowest?.f8, lowest?.j], [null, null, null, '"it\'s"']);
  });

  it('takes any table, column or schema name for a name, and never for SQL', async () => {
    const before = readFileSync(path);
    assert.deepEqual(records(await readAll('x" ; DROP TABLE keyless; --')), [{ 'id" ; DROP TABLE keyless; --': 1 }]);
    const row = {
      ...{ 'a b': 1, 'q"uote': 'q', '100%': '50%', '%s': 's', 'new\nline': 'n', Ünïcode: 'ü', "a'b": 'a' },
      ...{ '{x}': 'x', '?': '?', $1: 'AQ==' },
    };
    assert.deepEqual(records(await readAll('select')), [row]);
    const catalog = incremental(await connector.catalog(), 'select', "a'b", '?');
    const state = { bookmarks: { select: { "a'b": "' OR 1=1; --", '?': '?' } } };
    assert.deepEqual(records(await connector.run({ catalog, state })), [row]);
    const elsewhere = connector.with({ path, schema: 'Other 10%' });
    assert.deepEqual(records(await elsewhere.run({ catalog: selectAll(await elsewhere.catalog()) })), [{ id: 7 }]);
    assert.deepEqual(readFileSync(path), before);
  });

  it('discovers the tables of several schemas that its configuration asks for', async () => {
    const several = connector.with({ path, schema: 'main,Other 10%', tables: 'main.tied, *.elsewhere' });
    const catalog = await several.catalog();
    assert.deepEqual(Object.keys(outline(catalog)), ['Other 10%.elsewhere', 'main.tied']);
    const outcome = await several.run({ catalog: selectAll(catalog) });
    assert.deepEqual(records(outcome).length, 11);
  });

  itReadsInBatches({ connector: () => connector, instant: day => `${day}T00:00:00+00:00` });

  itReadsWhatIsInserted({
    connector: () => connector,
    execute: sql => executeInDuckDb(path, sql),
    bytes: ['blob', hex => `'\\x${hex}'::blob`],
  });

  itReadsInfiniteDates({ connector: () => connector, execute: sql => executeInDuckDb(path, sql) });

  it('goes on from a bookmark of any type', async () => {
    const catalog = await connector.catalog();
    for (const column of ['i1', 'h', 'n', 'f8', 'b', 'd', 't', 'ttz', 'ts', 'nano', 'tstz', 'pause', 'u1', 'm', 'v']) {
      const selected = incremental(catalog, 'everything', column);
      const first = await connector.run({ catalog: selected });
      const state = first.messages.findLast(({ type }) => type === 'STATE')?.value;
      const next = await connector.run({ catalog: selected, state });
      assert.equal(next.exitCode, 0, `${column}: ${next.error}`);
      assert.equal(records(next).at(-1)?.v, records(first).at(-1)?.v, column);
    }
  });

  it('tests the connection, and says what is wrong', async () => {
    assert.equal((await connector.testConnection()).exitCode, 0);
    const text = join(home, 'notes.txt');
    writeFileSync(text, 'no database');
    const missing = join(home, 'missing.duckdb');
    for (const [wrong, message] of [
      [{ path: missing }, /^There is no DuckDB database at .*missing\.duckdb$/],
      [{ path: null }, /^The configuration has no path$/],
      [{ path: text }, /notes\.txt/],
      [{ path, schema: 'nothing' }, /^The database has no schema "nothing"$/],
    ] as const) {
      const { exitCode, error = '' } = await connector.with(wrong).testConnection();
      assert.equal(exitCode, 1);
      assert.match(error, message);
    }
    assert(!existsSync(missing));
  });

  it('fails where a table is gone since discovery', async () => {
    const catalog = JSON.stringify(selectAll(await connector.catalog(), {}, ['tied'])).replaceAll('"tied"', '"gone"');
    assert.match((await connector.run({ catalog: JSON.parse(catalog) })).error ?? '', /gone does not exist/);
  });
});
