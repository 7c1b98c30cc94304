import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunk } from 'lodash-es';
import { createDatabase } from '../framework/databases.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { createMySqlDatabase } from './mysql-database.ts';
import { executeInDuckDb, executeInSqlite, printedBy } from './support.ts';

/** Prints how many streams are discovered and with how many columns and keys, and the statements that it took. */
const SCRIPT = `
class Counted:
    """A connection or a cursor whose statements are kept."""

    def __init__(self, driver, statements):
        self.driver, self.statements = driver, statements

    def __getattr__(self, name):
        return getattr(self.driver, name)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.driver.close()

    def __iter__(self):
        return iter(self.driver)

    def cursor(self, *arguments):
        return Counted(self.driver.cursor(*arguments), self.statements)

    def execute(self, statement, *values):
        self.statements.append(statement)
        return self.driver.execute(statement, *values)

factory, statements = source.build_connection, []

def build_connection():
    connection = factory()
    build = connection.build_connection
    connection.build_connection = lambda: Counted(build(), statements)
    return connection

source.build_connection = build_connection
streams = source.discover().streams
print(len(streams), sum(len(stream.schema.properties) for stream in streams), sum(stream.key_properties == ['id'] for stream in streams))
print(len(statements), statements == [module.DISCOVER_QUERY])
`;

const TABLES = Array.from({ length: 5_000 }, (_, i) => `CREATE TABLE t${i} (id int PRIMARY KEY, v int)`);

describe('the generated SQL connectors discover 5,000 tables by one query', function () {
  this.timeout(120_000);
  needsPython('test');
  needsPython();
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'many-tables-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const ONE_QUERY = ['5000 10000 5000', '1 True'];
  const discovered = (dialect: string, config: Record<string, unknown>) => printedBy(SCRIPT, dialect, home, config);

  it('of SQLite', async () => {
    const path = join(home, 'some.db');
    await executeInSqlite(path, `BEGIN; ${TABLES.join('; ')}; COMMIT`);
    assert.deepEqual(await discovered('sqlite', { path }), ONE_QUERY);
  });

  it('of DuckDB', async () => {
    const path = join(home, 'some.duckdb');
    await executeInDuckDb(path, `BEGIN; ${TABLES.join('; ')}; COMMIT`);
    assert.deepEqual(await discovered('duckdb', { path }), ONE_QUERY);
  });

  it('of MySQL', async function () {
    const database = await createMySqlDatabase();
    if ('missing' in database) skipFor(this, database.missing);
    try {
      // In several runs, each of which has a time limit of its own.
      for (const tables of chunk(TABLES, 500))
        await database.execute(tables.map(table => `${table} ENGINE=MEMORY;\n`).join(''));
      assert.deepEqual(await discovered('mysql', database.config), ONE_QUERY);
    } finally {
      await database.drop();
    }
  });

  it('of PostgreSQL', async function () {
    const database = await createDatabase();
    if ('missing' in database) skipFor(this, database.missing);
    try {
      // Tables of partitions take no files, which makes them and their end quick. They are made in several
      // transactions, since a server keeps no more than some thousand locks in one.
      await database.execute(`DO $$ BEGIN FOR i IN 0..4999 LOOP
        EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, v int) PARTITION BY HASH (id)', i);
        IF i % 500 = 0 THEN COMMIT; END IF;
      END LOOP; END $$`);
      assert.deepEqual(await discovered('postgresql', database.config), ONE_QUERY);
    } finally {
      await database.drop();
    }
  });
});
