import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ask } from '../../src/answers/ask.ts';
import { UserError } from '../../src/base/problems.ts';
import { sqlKind } from '../../src/kinds/sql/kind.ts';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { createDatabase } from '../framework/databases.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { readAnswer } from '../framework/output.ts';
import { generate, plan } from '../support/generate.ts';
import { createMySqlDatabase } from './mysql-database.ts';
import { executeInSqlite, fullBatches, incremental, outline, records, sqlFixture } from './support.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/** SQLite's own catalogue, with the columns in the order that the answers have to give. */
const CATALOGUE = `
SELECT t.name, c.name, c.type, NOT (c."notnull" OR c.pk), c.pk
FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c
WHERE t.type IN ('table', 'view') ORDER BY t.name, c.cid`;

/** What the values of a driver tell otherwise than the catalogue. */
const UNLIKE_TABLES = { ids: 'string?', moods: 'string?', price: 'string?' };

describe('the generated connector of any DB-API driver', function () {
  this.timeout(120_000);
  needsPython('test');
  needsPython();
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'generic-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const connectorOf = async (driver: object, config: Record<string, unknown>, more = {}) => {
    const checkout = workspaceCheckout(join(home, 'mage-ai'));
    const answers = { kind: 'sql', name: 'Some', dialect: 'generic', driver, ...more };
    const { folder } = await generate('sql', answers, { cwd: checkout.root });
    if ('streams' in more) assert.deepEqual(await flake8(folder), []);
    return new Connector({ checkout, folder, config, modules: [join(home, 'modules')] });
  };
  const ids = (rows: readonly Record<string, unknown>[]) => rows.map(({ id }) => id);

  const sqlite = async (driver: object = {}, more = {}) => {
    const path = join(home, 'any.db');
    rmSync(path, { force: true });
    await executeInSqlite(path, sqlFixture('sqlite.sql'));
    // The time limit of connecting is kept by a thread, which SQLite has to be told.
    const connect = { database: '{path}', timeout: 5, check_same_thread: false };
    return connectorOf({ module: 'sqlite3', connect, catalogue: CATALOGUE, ...driver }, { path }, more);
  };

  /** What has to hold with any driver, of the tables that all fixtures have. */
  const itHolds = async (connector: Connector) => {
    assert.equal((await connector.testConnection()).exitCode, 0);
    const catalog = await connector.catalog();
    const state = { bookmarks: { tied: { id: 8 } } };
    assert.deepEqual(
      ids(records(await connector.run({ catalog: incremental(catalog, 'tied', 'id'), state }))),
      [8, 9, 10],
    );
    const full = await fullBatches(connector, selectAll(catalog, {}, ['tied']), 4, 3);
    assert.deepEqual(ids(full), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const [{ count }] = readAnswer(await connector.count(['tied'], incremental(catalog, 'tied', 'id'), state)) as [
      { count: number },
    ];
    assert.equal(count, 3);
    return catalog;
  };

  it('reads by a driver with question marks, and cuts results in each way', async () => {
    for (const limit of ['limit_offset', 'skip']) {
      const connector = await sqlite({ limit });
      const found = outline(await itHolds(connector));
      assert.deepEqual(found.ordered, {
        columns: { b: 'integer', a: 'integer', v: 'string?' },
        primary: ['a', 'b'],
        unique: ['a', 'b'],
      });
      const name = 'x"` ; DROP TABLE keyless; --';
      const hostile = await connector.run({ catalog: selectAll(await connector.catalog(), {}, [name, 'select']) });
      assert.equal(records(hostile).length, 2, hostile.error);
    }
    const { changes } = await plan('sql', {
      ...{ kind: 'sql', name: 'Some', dialect: 'generic' },
      driver: { module: 'a.b', connect: {}, limit: 'offset_fetch', quote: '[' },
    });
    const module = changes.find(({ path }) => path.endsWith('__init__.py'))?.content ?? '';
    assert(module.includes('OFFSET {offset} ROWS FETCH NEXT {limit or maxsize} ROWS ONLY'));
    assert(module.includes(`return '[' + name.replace(']', ']]') + ']'`));
  });

  it('reads by a driver with named and one with numbered parameters', async () => {
    mkdirSync(join(home, 'modules'));
    for (const style of ['named', 'numeric']) {
      // SQLite takes these as well.
      writeFileSync(
        join(home, 'modules', `${style}_driver.py`),
        `from sqlite3 import connect\nparamstyle = '${style}'\n`,
      );
      await itHolds(await sqlite({ module: `${style}_driver` }));
    }
  });

  it('reads PostgreSQL by psycopg2, and goes on from dates and times', async function () {
    const database = await createDatabase();
    if ('missing' in database) skipFor(this, database.missing);
    try {
      await database.execute(sqlFixture('postgresql.sql'));
      await database.execute(
        "CREATE TABLE brief (id int PRIMARY KEY, bin bytea); INSERT INTO brief VALUES (1, '\\x01'), (2, '\\x02')",
      );
      const connect = {
        host: '{host}',
        port: '{port}',
        dbname: '{database}',
        user: '{username}',
        password: '{password}',
      };
      const driver = { module: 'psycopg2', connect, session: ["SET TIME ZONE 'UTC'"] };
      const config = { ...database.config, port: String(database.config.port), schema: 'public' };
      const streams = [
        { name: 'all_of_it', query: 'SELECT * FROM everything' },
        { name: 'queried', query: 'SELECT * FROM brief' },
        { name: 'none', query: 'SELECT id, at, at::timestamp AS moment FROM tied WHERE false' },
      ];
      const connector = await connectorOf(driver, config, { streams });
      const catalog = await itHolds(connector);
      const { all_of_it: query, everything: table, none } = outline(catalog);
      const nullable = Object.entries(table?.columns ?? {}).map(([column, type]) => [
        column,
        type.replace(/\??$/, '?'),
      ]);
      assert.deepEqual(query?.columns, { ...Object.fromEntries(nullable), ...UNLIKE_TABLES });
      assert.deepEqual(none?.columns, { id: 'number?', at: 'string?', moment: 'date-time?' });
      assert.deepEqual(outline(catalog).ordered?.primary, ['a', 'b']);
      const [lowest, first] = records(await connector.run({ catalog: selectAll(catalog, {}, ['everything']) }));
      assert.deepEqual(
        [first?.n, first?.tstz, first?.d, first?.jb, first?.bin, first?.ints, lowest?.f4],
        [1.1, '2024-01-01T08:00:00+00:00', '2024-02-29T00:00:00+00:00', [1, 2.5], '3q2+7w==', [1, null, 3], null],
      );
      const state = { bookmarks: { tied: { at: '2024-01-03T00:00:00+00:00' } } };
      const since = await connector.run({ catalog: incremental(catalog, 'tied', 'at'), state });
      assert.deepEqual(ids(records(since)), [4, 10, 7, 8, 9], since.error);
      for (const stream of ['brief', 'queried']) {
        const bytes = {
          catalog: incremental(catalog, stream, 'bin'),
          state: { bookmarks: { [stream]: { bin: 'AQ==' } } },
        };
        assert.deepEqual(ids(records(await connector.run(bytes))), [1, 2], stream);
      }
      const parts = await connector.run({
        catalog: incremental(catalog, 'parts', 'at'),
        state: { bookmarks: { parts: { at: '2024-01-01T00:00:00+00:00' } } },
      });
      assert.equal(records(parts).length, 1, parts.error);
      const row = records(await connector.run({ catalog: selectAll(catalog, {}, ['select']) }))[0];
      assert.equal(row?.['%s'], 's');
      assert.equal(
        records(
          await connector.with({ ...config, schema: 'Other 10%' }).run({
            catalog: selectAll(await connector.with({ ...config, schema: 'Other 10%' }).catalog()),
          }),
        ).length,
        1,
      );
      const wrong = await connector.with({ ...config, port: '0' }).testConnection();
      assert.equal(wrong.error, 'The port has to be a number from 1 to 65535, not 0');
      assert.match((await connector.with({ ...config, port: 1 }).testConnection()).error ?? '', /port 1 failed/);
    } finally {
      await database.drop();
    }
  });

  it('tells the types of saved queries by their values, cut in each way', async () => {
    const query =
      "SELECT id, '100% ? :x %s' AS word, id / 4.0 AS part, NULL AS missing, CASE id WHEN 1 THEN 1 ELSE 'x' END AS mixed FROM tied";
    const streams = [
      { name: 'typed', query, key_properties: ['id'], replication_key: 'id' },
      { name: 'none', query: 'SELECT id FROM tied WHERE id > 99' },
    ];
    for (const limit of ['limit_offset', 'skip']) {
      const connector = await sqlite({ limit }, { streams });
      const catalog = await connector.catalog();
      const found = outline(catalog);
      // SQLite's driver tells no types of columns, so that any number may have decimal places.
      assert.deepEqual(found.typed, {
        columns: { id: 'number?', word: 'string?', part: 'number?', missing: 'string?', mixed: 'string?' },
        primary: ['id'],
        unique: ['id'],
      });
      assert.deepEqual(found.none?.columns, { id: 'string?' });
      const state = { bookmarks: { typed: { id: 9 } } };
      const rows = records(await connector.run({ catalog: selectAll(catalog, {}, ['typed']), state }));
      assert.deepEqual(
        rows.map(({ id, word, part }) => [id, word, part]),
        [9, 10].map(id => [id, '100% ? :x %s', id / 4]),
      );
      const full = await fullBatches(
        connector,
        selectAll(catalog, { replicationMethod: 'FULL_TABLE', bookmarkProperties: [] }, ['typed']),
        4,
        3,
      );
      assert.deepEqual(ids(full), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
    const wrong = await sqlite({}, { streams: [{ name: 'q', query: 'SELECT id FROM nowhere' }] });
    assert.match((await wrong.discover()).error ?? '', /^The saved query q fails: no such table: nowhere$/);
  });

  it('reads MySQL by its driver, with backticks', async function () {
    const database = await createMySqlDatabase();
    if ('missing' in database) skipFor(this, database.missing);
    try {
      await database.execute(sqlFixture('mysql.sql'));
      const connect = {
        host: '{host}',
        port: '{port}',
        database: '{database}',
        user: '{username}',
        password: '{password}',
      };
      const driver = { module: 'mysql.connector', connect, quote: '`', session: ["SET time_zone = '+00:00'"] };
      const config = { ...database.config, schema: database.config.database };
      const catalog = await itHolds(await connectorOf(driver, config, { config: [{ name: 'port', default: 3306 }] }));
      assert.deepEqual(outline(catalog).ordered?.primary, ['a', 'b']);
    } finally {
      await database.drop();
    }
  });

  it('makes configuration of what stands in braces, and asks for the package', async () => {
    const { model } = await plan('sql', join(EXAMPLES, 'sql-generic.yaml'));
    assert.deepEqual(
      model.config.map(({ name, required, secret }) => [name, required, secret]),
      [
        ...[
          ['host', true, false],
          ['port', false, false],
          ['database', true, false],
        ],
        ...[
          ['username', true, false],
          ['password', false, true],
          ['schema', true, false],
        ],
        ...[
          ['tables', false, false],
          ['exclude_tables', false, false],
        ],
      ],
    );
    assert.deepEqual(model.pythonPackages, ['vertica-python>=1.3']);
  });

  it('is asked for its driver', async () => {
    const typed: Record<string, unknown> = {
      ...{ name: 'Some', description: '', dialect: 'generic', module: 'vertica_python', package: '' },
      connect: 'host={host}, tlsmode=require',
    };
    const answers = await sqlKind.ask(new Ask(async ({ name }) => ({ [String(name)]: typed[String(name)] })), {}, '.');
    assert.deepEqual(answers.driver, { module: 'vertica_python', connect: { host: '{host}', tlsmode: 'require' } });
  });

  it('tells what is wrong with a driver, and where one is missing or too many', async () => {
    const problems = async (answers: object) => {
      const error = await plan('sql', { kind: 'sql', name: 'Some', ...answers }).then(
        () => assert.fail('no error'),
        (reason: unknown) => reason,
      );
      assert(error instanceof UserError);
      return error.problems.map(({ where, message }) => `${where?.split(', ').at(-1)}: ${message}`);
    };
    assert.deepEqual(await problems({ dialect: 'generic' }), ['driver: is missing']);
    const driver = { module: 'a b', connect: { 'x-y': [] } };
    assert.deepEqual(await problems({ dialect: 'generic', driver: { ...driver, limit: 'top' } }), [
      'driver.module: must be the name of a Python module, such as vertica_python',
      'driver.connect.x-y: must be the name of an argument',
      'driver.connect.x-y: must be text, a number or true/false',
      'driver.limit: must be limit_offset, offset_fetch or skip',
    ]);
    assert.deepEqual(await problems({ dialect: 'mysql', driver: { module: 'a', connect: {} } }), [
      'driver: is for the dialect generic only',
    ]);
  });
});
