import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunk } from 'lodash-es';
import { needsPython } from '../framework/needs.ts';
import { DATABASES, withDatabase } from './open.ts';
import { printedBy } from './support.ts';

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

/** What makes the tables, in the way that is quick in each database; each text is run with a time limit of its own. */
const MADE_BY = {
  SQLite: [`BEGIN; ${TABLES.join('; ')}; COMMIT`],
  DuckDB: [`BEGIN; ${TABLES.join('; ')}; COMMIT`],
  MySQL: chunk(TABLES, 500).map(tables => tables.map(table => `${table} ENGINE=MEMORY;\n`).join('')),
  // Tables of partitions take no files, which makes them and their end quick. They are made in several
  // transactions, since a server keeps no more than some thousand locks in one.
  PostgreSQL: [
    `DO $$ BEGIN FOR i IN 0..4999 LOOP
      EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, v int) PARTITION BY HASH (id)', i);
      IF i % 500 = 0 THEN COMMIT; END IF;
    END LOOP; END $$`,
  ],
} satisfies Record<keyof typeof DATABASES, readonly string[]>;

describe('the generated SQL connectors discover 5,000 tables by one query', function () {
  this.timeout(120_000);
  needsPython('test');
  needsPython();
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'many-tables-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  for (const name of Object.keys(DATABASES) as (keyof typeof DATABASES)[])
    it(`of ${name}`, async function () {
      await withDatabase(this, name, home, async ({ dialect, config, execute }) => {
        for (const sql of MADE_BY[name]) await execute(sql);
        assert.deepEqual(await printedBy(SCRIPT, dialect, home, config), ['5000 10000 5000', '1 True']);
      });
    });
});
