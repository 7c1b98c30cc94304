import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { type Connector, sampledRows } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { readAnswer } from '../framework/output.ts';
import { itReadsInBatches, itReadsWhatIsInserted } from './batches.ts';
import { exampleConnector, executeInSqlite, incremental, outline, records, sqlFixture } from './support.ts';

describe('the generated SQLite connector', function () {
  this.timeout(120_000);
  needsPython('test');
  needsPython();
  let home: string;
  let path: string;
  let connector: Connector;
  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'sqlite-'));
    path = join(home, 'a shop? 100%.db');
    await executeInSqlite(path, sqlFixture('sqlite.sql'));
    connector = await exampleConnector('sql-sqlite.yaml', home, { path });
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  const readAll = async (stream: string) =>
    connector.run({ catalog: selectAll(await connector.catalog([stream]), {}, [stream]) });

  it('discovers tables and views with their types and keys', async () => {
    const found = outline(await connector.catalog());
    assert.deepEqual(found.everything, {
      columns: {
        ...{
          id: 'integer',
          small: 'integer?',
          big: 'integer?',
          amount: 'number?',
          ratio: 'number?',
          paid: 'boolean?',
          name: 'string',
        },
        ...{
          born: 'date-time?',
          seen: 'date-time?',
          picture: 'string?',
          whatever: 'string?',
          place: 'string?',
          pause: 'string?',
          kind: 'string?',
        },
      },
      primary: ['id'],
      unique: ['id'],
    });
    assert.deepEqual(found.ordered, {
      columns: { b: 'integer', a: 'integer', v: 'string?' },
      primary: ['a', 'b'],
      unique: ['a', 'b'],
    });
    assert.deepEqual(found.unique_only, {
      columns: { x: 'integer?', y: 'integer', z: 'integer', g: 'integer?' },
      primary: [],
      unique: ['z', 'y'],
    });
    assert.deepEqual(found.partly_unique?.unique, []);
    assert.deepEqual(found.names, {
      columns: { id: 'integer?', name: 'string?', n: 'string?' },
      primary: [],
      unique: [],
    });
    const ids = readAnswer(await connector.discoverStreams()) as { tap_stream_id: string }[];
    assert.deepEqual(ids.map(({ tap_stream_id: id }) => id).sort(), Object.keys(found).sort());
  });

  it('discovers the tables that its configuration asks for', async () => {
    const some = connector.with({ path, tables: 'names,t*, u*', exclude_tables: null });
    assert.deepEqual(Object.keys(outline(await some.catalog())).sort(), ['names', 'tied', 'unique_only']);
    const others = connector.with({ path, tables: '', exclude_tables: 'n*,o*,p*,s*,t*,u*,x*,everything' });
    assert.deepEqual(Object.keys(outline(await others.catalog())).sort(), ['keyless']);
  });

  it('reads values as they are stored, in what JSON can hold', async () => {
    const outcome = await readAll('everything');
    assert.match(outcome.stdout, /"big": 9223372036854775807/);
    const [first, second] = records(outcome);
    assert.deepEqual(
      { ...first, big: undefined },
      {
        ...{
          id: 1,
          small: 2,
          big: undefined,
          amount: 1.5,
          ratio: null,
          paid: true,
          name: 'Zoë',
          born: '2024-02-29T00:00:00+00:00',
          seen: '2024-01-01T10:00:00+00:00',
        },
        ...{ picture: '3q2+7w==', whatever: '5', place: '(1,2)', pause: '1 day', kind: 'x' },
      },
    );
    assert.deepEqual([second?.paid, second?.name, second?.whatever], [false, '', 't']);
  });

  it('takes any table or column name for a name, and never for SQL', async () => {
    const awkward = 'x"` ; DROP TABLE keyless; --';
    const before = readFileSync(path);
    assert.deepEqual(records(await readAll(awkward)), [{ 'id"` ; DROP TABLE keyless; --': 1 }]);
    const row = {
      'a b': 1,
      'q"uote': 'q',
      'back`tick': 'b',
      '100%': '50%',
      '%s': 's',
      'new\nline': 'n',
      Ünïcode: 'ü',
      "a'b": 'a',
      '{x}': 'x',
      '?': '?',
    };
    assert.deepEqual(records(await readAll('select')), [row]);
    const catalog = incremental(await connector.catalog(), 'select', "a'b", '?');
    const state = { bookmarks: { select: { "a'b": "' OR 1=1; --", '?': '?' } } };
    assert.deepEqual(records(await connector.run({ catalog, state })), [row]);
    assert.deepEqual(readFileSync(path), before);
  });

  itReadsInBatches({ connector: () => connector, instant: day => day });

  itReadsWhatIsInserted({
    connector: () => connector,
    execute: sql => executeInSqlite(path, sql),
    bytes: ['blob', hex => `x'${hex}'`],
  });

  it('compares by the operator that the user chose', async () => {
    const [stream] = incremental(await connector.catalog(), 'tied', 'id').streams;
    assert(stream);
    const catalog = { streams: [{ ...stream, bookmark_property_operators: { id: 'GREATER_THAN' } }] };
    const outcome = await connector.run({ catalog, state: { bookmarks: { tied: { id: 8 } } } });
    assert.deepEqual(
      records(outcome).map(({ id }) => id),
      [9, 10],
    );
  });

  it('tells the bookmark even where its column is not selected', async () => {
    const catalog = selectAll(
      await connector.catalog(),
      { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['id'], without: ['id'] },
      ['tied'],
    );
    const outcome = await connector.run({ catalog });
    assert.deepEqual(records(outcome)[0], { at: '2024-01-01' });
    assert.deepEqual(outcome.messages.at(-1)?.value?.bookmarks?.tied, { id: 10 });
  });

  it('gives a sample, of an empty table too', async () => {
    assert.deepEqual(sampledRows(await connector.sample(['keyless'])).keyless?.[0], { a: 1, b: 'a' });
    const empty = await connector.sample(['ordered']);
    assert.equal(empty.exitCode, 0);
  });

  it('needs no second between pages', async () => {
    const paged = connector.with({ path, batch_fetch_limit: 1 });
    const started = Date.now();
    const outcome = await paged.run({ catalog: selectAll(await connector.catalog(['tied']), {}, ['tied']) });
    assert.equal(records(outcome).length, 10);
    assert(Date.now() - started < 9_000);
  });

  it('tests the connection, and says what is wrong', async () => {
    assert.equal((await connector.testConnection()).exitCode, 0);
    const text = join(home, 'notes.txt');
    writeFileSync(text, 'no database, but long enough to have a header of one');
    const missing = join(home, 'missing.db');
    for (const [wrong, message] of [
      [missing, `There is no SQLite database at ${missing}`],
      [null, 'The configuration has no path'],
      [text, 'file is not a database'],
    ] as const) {
      const { exitCode, error = '' } = await connector.with({ path: wrong }).testConnection();
      assert.equal(exitCode, 1);
      if (typeof message === 'string') assert.equal(error, message);
      else assert.match(error, message);
    }
    assert(!existsSync(missing));
  });

  it('fails where a table or a column is gone since discovery', async () => {
    const catalog = selectAll(await connector.catalog(), {}, ['names']);
    const gone = JSON.parse(JSON.stringify(catalog).replaceAll('"name"', '"gone"'));
    assert.equal((await connector.run({ catalog: gone })).error, 'no such column: gone');
    assert.match(
      (await connector.run({ catalog: JSON.parse(JSON.stringify(catalog).replaceAll('"names"', '"gone"')) })).error ??
        '',
      /^no such table: gone/,
    );
  });
});
