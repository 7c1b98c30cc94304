import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsPython } from '../framework/needs.ts';
import { DATABASES, withDatabase } from './open.ts';
import { printedBy } from './support.ts';

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

/** What each driver calls a table that isn't there. */
const NO_TABLE = {
  SQLite: 'OperationalError',
  DuckDB: 'CatalogException',
  MySQL: 'ProgrammingError',
  PostgreSQL: 'UndefinedTable',
} satisfies Record<keyof typeof DATABASES, string>;

describe('the generated SQL connectors close their connections', function () {
  this.timeout(60_000);
  needsPython('test');
  needsPython();
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'closing-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  for (const name of Object.keys(DATABASES) as (keyof typeof DATABASES)[])
    it(`of ${name}`, async function () {
      await withDatabase(this, name, home, async ({ dialect, config, execute }) => {
        await execute(
          'CREATE TABLE things (id int PRIMARY KEY);\nINSERT INTO things VALUES (1), (2), (3), (4), (5);\n',
        );
        const printed = await printedBy(SCRIPT, dialect, home, { ...config, batch_fetch_limit: 2 });
        assert.deepEqual(printed.slice(-2), [NO_TABLE[name], '4 0']);
      });
    });
});
