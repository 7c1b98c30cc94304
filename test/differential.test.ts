import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { selectAll } from './framework/catalog.ts';
import { createDatabase } from './framework/databases.ts';
import { assertSameUnderBoth, everyAction, type Scenario } from './framework/differential.ts';
import { serve, type TestServer } from './framework/http.ts';
import { needsPython, needsRealMage, skipFor } from './framework/needs.ts';
import { pythonFor } from './framework/python.ts';
import { runPython } from './framework/run-python.ts';

const CONNECTORS = fileURLToPath(new URL('./fixtures/connectors/', import.meta.url));

describe("the double gives the same as Mage's own framework", function () {
  this.timeout(120_000);
  needsRealMage();
  needsPython('test');
  needsPython('mage');
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'differential-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  describe('for an API', () => {
    const folder = join(CONNECTORS, 'people_api');
    const people = [
      { id: 1, name: 'Ada', score: 1.5, tags: ['a'], address: { city: 'Rome' }, updated_at: '2024-01-03T00:00:00Z' },
      { id: 2, name: 'Ünï\u2028\u{1F600}', score: null, tags: [], address: null, updated_at: '2024-01-01T00:00:00Z' },
      { id: 3, name: '', updated_at: '2024-01-02T00:00:00Z', unknown: true },
    ];
    let failing: { status: number; body: unknown } | undefined;
    let server: TestServer;
    beforeEach(async () => {
      failing = undefined;
      server = await serve(url => {
        if (failing && url.searchParams.has('page')) return failing;
        const since = url.searchParams.get('since') ?? '';
        const found = people.filter(person => person.updated_at >= since);
        const next = url.searchParams.has('page') ? null : `${server.url}/people?page=2&since=${since}`;
        return { body: { data: next ? found.slice(0, 2) : found.slice(2), next } };
      });
    });
    afterEach(() => server.close());

    const fullRun: Scenario = async connector => ({
      run: await connector.run({ catalog: selectAll(await connector.catalog()) }),
    });

    it('in every action', async () => {
      const { first, next } = await assertSameUnderBoth({ folder, config: { base_url: server.url } });
      assert.equal(first?.messages.at(-1)?.value?.bookmarks?.people?.updated_at, '2024-01-03T00:00:00Z');
      assert.equal(next?.messages.filter(message => message.type === 'RECORD').length, 1);
    });

    for (const status of [204, 400, 401, 403, 404, 405, 409, 422, 429, 500, 502, 503]) {
      it(`after a failure with status ${status} in the middle`, async () => {
        failing = { status, body: { message: 'the reason' } };
        const { run } = await assertSameUnderBoth({ folder, config: { base_url: server.url } }, fullRun);
        assert.equal(run?.exitCode, 1);
        assert.equal(run?.messages.filter(message => message.type === 'RECORD').length, 2);
      });
    }

    for (const body of [[{ code: 1 }], 'gone', '']) {
      it(`for an error whose body is ${JSON.stringify(body)}`, async () => {
        failing = { status: 418, body };
        await assertSameUnderBoth({ folder, config: { base_url: server.url } }, fullRun);
      });
    }

    it('for a configuration that is empty', async () => {
      const scenario: Scenario = async connector => ({
        discover: await connector.discover(),
        'test connection': await connector.testConnection(),
        sample: await connector.sample(['people']),
        run: await connector.run({ catalog: selectAll(await connector.catalog()) }),
        unknown: await connector.sample(['nobody']),
      });
      const { run } = await assertSameUnderBoth({ folder, config: {} }, scenario);
      assert.match(run?.error ?? '', /NoneType/);
    });
  });

  describe('for a file', () => {
    const folder = join(CONNECTORS, 'lines');
    const rows = (...lines: string[]) => {
      writeFileSync(join(home, 'rows.jsonl'), `${lines.join('\n')}\n`);
      return { path: join(home, 'rows.jsonl') };
    };

    it('with values of every kind', async () => {
      const values = [
        '"text"',
        '"\\u00e9\\u2028\\ud83d\\ude00<>&/"',
        'null',
        'true',
        '12345678901234567890123',
        '0.1',
        '1e400',
        'NaN',
        '{"decimal": "1.10"}',
        '{"decimal": "1E+30"}',
        '{"decimal": "12345678901234567890.123456789"}',
        '{"date": "2024-01-02"}',
        '{"datetime": "2024-01-02T03:04:05.678901"}',
        '{"utc": 1700000000}',
        '{"seconds": 90}',
        '{"uuid": "12345678-1234-5678-1234-567812345678"}',
        '[1, [2, {"date": "2024-01-02"}]]',
        '{"a": {"b": 1, "c": []}}',
      ];
      await assertSameUnderBoth({
        folder,
        config: rows(...values.map((value, id) => `{"id": ${id}, "value": ${value}}`)),
      });
    });

    it('with samples of every kind', async () => {
      const values = [
        '"é/<"',
        '7',
        '1.25',
        'true',
        'null',
        '[1, null]',
        '{"a": 1}',
        '{"date": "2024-01-02"}',
        '{"seconds": 9}',
      ];
      for (const value of values) {
        const config = { ...rows(`{"id": 1, "value": ${value}}`, '{"id": 2}'), without_empty_batch: true };
        const scenario: Scenario = async connector => ({ sample: await connector.sample(['rows']) });
        const { sample } = await assertSameUnderBoth({ folder, config }, scenario);
        assert.equal(sample?.exitCode, 0);
      }
    });

    it('with a state, a query, columns that are not selected and records out of order', async () => {
      const config = rows('{"id": 5, "value": "a"}', '{"id": 3, "value": "b"}', '{"id": 4}');
      await assertSameUnderBoth({ folder, config }, async connector => {
        const catalog = await connector.catalog();
        const incremental = { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['id'] } as const;
        const state = { bookmarks: { rows: { id: 4 } }, currently_syncing: 'rows' };
        return {
          ordered: await connector.run({ catalog: selectAll(catalog, incremental), state, query: { _limit: 1 } }),
          'without bookmark': await connector.run({
            catalog: selectAll(catalog, { replicationMethod: 'INCREMENTAL' }),
            state,
          }),
          cut: await connector.run({ catalog: selectAll(catalog, { without: ['value'], uniqueConstraints: ['id'] }) }),
          'nothing selected': await connector.run({ catalog }),
          'other stream': await connector.run({ catalog: selectAll(catalog), streams: ['other'] }),
          'no catalog': await connector.run(),
          'log based': await connector.run({ catalog: selectAll(catalog, { replicationMethod: 'LOG_BASED' }) }),
          'no such method': await connector.run({
            catalog: selectAll(catalog, { replicationMethod: 'X' as 'FULL_TABLE' }),
          }),
          count: await connector.count(['rows'], selectAll(catalog)),
        };
      });
    });

    it('with a start date', async () => {
      for (const start_date of ['2024-01-01', 'soon', '']) {
        await assertSameUnderBoth({ folder, config: { ...rows('{"id": 1}'), start_date } });
      }
    });

    it('that is missing', async () => {
      await assertSameUnderBoth({ folder, config: { path: join(home, 'no such file') } });
    });
  });

  describe('for an SQL database', () => {
    const folder = join(CONNECTORS, 'books_sqlite');
    const scenario: Scenario = async connector => {
      const catalog = await connector.catalog(['books']);
      const byYear = { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['year'] } as const;
      const byId = { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['id'], uniqueConstraints: ['id'] } as const;
      const state = { bookmarks: { books: { id: 2, year: 1999, title: 'not a bookmark' } } };
      return {
        ...(await everyAction(connector)),
        inclusive: await connector.run({ catalog: selectAll(catalog, byYear), state }),
        'greater only': await connector.run({ catalog: selectAll(catalog, byId), state }),
        count: await connector.count(['books'], selectAll(catalog, byId), state),
        batch: await connector.run({ catalog: selectAll(catalog), query: { _limit: 2, _offset: 1 } }),
        filter: await connector.run({ catalog: selectAll(catalog), query: { title: 'B' } }),
      };
    };

    it('in every action, with pages', async () => {
      const python = await pythonFor('test');
      assert.ok('command' in python);
      const path = join(home, 'books.db');
      const sql = `
CREATE TABLE books (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(20), price DECIMAL(9, 2), year INT, added TIMESTAMP,
  sold BOOLEAN, data JSON, code UUID, span INTERVAL, raw BLOB);
INSERT INTO books (id, title, price, year) VALUES (3, 'C', 1.5, 2001), (1, 'A', 2, 1999), (2, 'B', NULL, NULL), (4, 'D', 0, 1999);
CREATE TABLE empty (a TEXT, b TEXT);`;
      await runPython(
        python,
        ['-c', `import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())`, path],
        { input: sql },
      );
      const { batch, filter } = await assertSameUnderBoth(
        { folder, config: { path, subbatch_fetch_limit: 2 } },
        scenario,
      );
      const ids = (messages = batch?.messages) => messages?.flatMap(message => message.record?.id ?? []);
      assert.deepEqual(ids(), [2, 3]);
      assert.deepEqual(ids(filter?.messages), [2]);
    });

    it('on PostgreSQL, with the connection of the framework', async function () {
      const database = await createDatabase();
      if ('missing' in database) return skipFor(this, database.missing);
      try {
        await database.execute(`
CREATE TABLE books (id INT NOT NULL, title TEXT, price NUMERIC(20, 4), year INT, added TIMESTAMPTZ, day DATE, at TIME,
  span INTERVAL, data JSONB, code UUID, tags TEXT[], raw BYTEA, ok BOOLEAN);
INSERT INTO books (id, title, price, year, added, day, at, span, data, code, tags, ok) VALUES
 (1, 'A', 123456789012345.6789, 1999, '2024-01-02T03:04:05.6+02', '2024-01-02', '03:04', '2 days',
  '{"a": [1.10]}', '12345678-1234-5678-1234-567812345678', '{a,b}', true);
INSERT INTO books (id, title, year) VALUES (2, 'B', 2001);`);
        const folder = join(CONNECTORS, 'books_postgresql');
        const config = { ...database.config, schema: 'public' };
        const { discover, first } = await assertSameUnderBoth({ folder, config }, scenario);
        assert.match(discover?.stdout ?? '', /"type": "LOG"/);
        assert.equal(first?.messages.filter(message => message.type === 'RECORD').length, 2);
        await assertSameUnderBoth({ folder, config: { ...config, database: 'no_such_database' } }, async connector => ({
          'test connection': await connector.testConnection(),
        }));
      } finally {
        await database.drop();
      }
    });

    it('that is missing', async () => {
      const scenario: Scenario = async connector => ({
        discover: await connector.discover(),
        'test connection': await connector.testConnection(),
      });
      await assertSameUnderBoth({ folder, config: { path: join(home, 'no folder', 'x.db') } }, scenario);
    });
  });

  describe('for a connector that does wrong:', () => {
    const folder = join(CONNECTORS, 'misbehaving');
    const faults =
      'print singer_catalog dict_catalog log none_keys warning nothing set none_batch extra_key null_last null_first descending midway';
    const scenario: Scenario = async connector => {
      // The catalog as it would be without the fault in discovery.
      const catalog = await connector.with({ faults: [] }).catalog();
      const bookmarkProperties = ['id'];
      const withoutKeys = { streams: catalog.streams.map(stream => ({ ...stream, key_properties: null as never })) };
      return {
        discover: await connector.discover(),
        'discover streams': await connector.discoverStreams(),
        'test connection': await connector.testConnection(),
        sample: await connector.sample(['things'], catalog),
        run: await connector.run({
          catalog: selectAll(catalog, { replicationMethod: 'INCREMENTAL', bookmarkProperties }),
        }),
        'without keys': await connector.run({ catalog: selectAll(withoutKeys) }),
      };
    };
    for (const fault of faults.split(' ')) {
      for (const order of fault.startsWith('null') || fault === 'descending' ? ['sorted', 'unsorted'] : ['sorted']) {
        it(`${fault}, ${order}`, async () => {
          const config = { faults: [fault, order], password: 'very secret', user: 'me' };
          const outcomes = await assertSameUnderBoth({ folder, config }, scenario);
          assert.match(outcomes['test connection']?.shownError ?? '', /password \*{11}, user me/);
        });
      }
    }

    for (const [name, content] of Object.entries({
      '.DS_Store': 'binary',
      'README.md': '# Schemas',
      '__init__.py': '',
      'no_properties.json': '{"type": "object"}',
      'tuple.json': '{"properties": {"a": {"items": [{}]}}}',
      'boolean.json': '{"properties": {"a": true}}',
      'sub.folder/x': 'ignored',
      'keywords.json': '{"properties": {"a": {"$ref": "#/x", "oneOf": [], "const": 1, "minLength": 2}}}',
    })) {
      // biome-ignore format: a table
      it(`${name} among its schemas`, async () => {
        cpSync(folder, join(home, 'misbehaving'), { recursive: true });
        mkdirSync(join(home, 'misbehaving/schemas', name, '..'), { recursive: true });
        writeFileSync(join(home, 'misbehaving/schemas', name), content);
        const scenario: Scenario = async connector => ({ discover: await connector.discover() });
        const { discover } = await assertSameUnderBoth({ folder: join(home, 'misbehaving'), config: {} }, scenario);
        assert.equal(discover?.exitCode, name === 'sub.folder/x' || name === 'keywords.json' ? 0 : 1);
      });
    }

    for (const missing of ['schemas', 'templates']) {
      it(`no folder ${missing}`, async () => {
        cpSync(folder, join(home, 'misbehaving'), { recursive: true });
        rmSync(join(home, 'misbehaving', missing), { recursive: true });
        const scenario: Scenario = async connector => ({
          discover: await connector.discover(),
          templates: await connector.templates(),
        });
        await assertSameUnderBoth({ folder: join(home, 'misbehaving'), config: {} }, scenario);
      });
    }
  });
});
