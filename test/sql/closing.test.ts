import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '../framework/databases.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { createMySqlDatabase } from './mysql-database.ts';
import { executeInDuckDb, executeInSqlite, printedBy } from './support.ts';

/** Reads a table that exists, to its end and no further than its first page, and one that doesn't; prints what is left open. */
const SCRIPT = `
factory, opened = source.build_connection, []

def build_connection():
    connection = factory()
    build = connection.build_connection
    connection.build_connection = lambda: opened.append(build()) or opened[-1]
    return connection

def is_open(connection):
    try:
        connection.cursor()
    except Exception:
        return False
    return True

source.build_connection = build_connection
stream, = source.discover(streams=['things']).streams
assert len(list(source.load_data(stream))) == 3
pages = source.load_data(stream)
next(pages)
pages.close()
stream.tap_stream_id = 'gone'
try:
    list(source.load_data(stream))
    print('no error')
except Exception as error:
    print(type(error).__name__)
print(len(opened), sum(map(is_open, opened)))
`;

describe('the generated SQL connectors close their connections', function () {
  this.timeout(60_000);
  needsPython('test');
  needsPython();
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'closing-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const TABLE = 'CREATE TABLE things (id int PRIMARY KEY); INSERT INTO things VALUES (1), (2), (3), (4), (5)';
  const openedAndLeftOpen = async (dialect: string, config: object) =>
    (await printedBy(SCRIPT, dialect, home, { ...config, batch_fetch_limit: 2 })).slice(-2);

  it('of SQLite', async () => {
    const path = join(home, 'some.db');
    await executeInSqlite(path, TABLE);
    assert.deepEqual(await openedAndLeftOpen('sqlite', { path }), ['OperationalError', '4 0']);
  });

  it('of DuckDB', async () => {
    const path = join(home, 'some.duckdb');
    await executeInDuckDb(path, TABLE);
    assert.deepEqual(await openedAndLeftOpen('duckdb', { path }), ['CatalogException', '4 0']);
  });

  it('of MySQL', async function () {
    const database = await createMySqlDatabase();
    if ('missing' in database) skipFor(this, database.missing);
    try {
      await database.execute(TABLE.replaceAll('; ', ';\n'));
      assert.deepEqual(await openedAndLeftOpen('mysql', database.config), ['ProgrammingError', '4 0']);
    } finally {
      await database.drop();
    }
  });

  it('of PostgreSQL', async function () {
    const database = await createDatabase();
    if ('missing' in database) skipFor(this, database.missing);
    try {
      await database.execute(TABLE);
      assert.deepEqual(await openedAndLeftOpen('postgresql', database.config), ['UndefinedTable', '4 0']);
    } finally {
      await database.drop();
    }
  });
});
