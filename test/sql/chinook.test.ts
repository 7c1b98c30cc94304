import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { createDatabase } from '../framework/databases.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { pythonFor } from '../framework/python.ts';
import { runPython } from '../framework/run-python.ts';
import { createMySqlDatabase } from './mysql-database.ts';
import { exampleConnector, executeInDuckDb, executeInSqlite, records } from './support.ts';

const CHINOOK = resolve(import.meta.dirname, '../../../shared/data/chinook');

/** Prints all rows of the tables that its third argument names, as the driver itself gives them. */
const DRIVER = `
import importlib, json, re, sys
from datetime import date
from decimal import Decimal
connection = importlib.import_module(sys.argv[1]).connect(**json.loads(sys.argv[2]))

def plain(value):
    return float(value) if isinstance(value, Decimal) else as_moment(value.isoformat())

# SQLite has texts for moments.
def as_moment(value):
    if not isinstance(value, str):
        return value
    return re.sub(r'^(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)$', r'\\1T\\2+00:00', value)

rows = {}
for table, quoted in json.loads(sys.argv[3]).items():
    cursor = connection.cursor()
    cursor.execute('SELECT * FROM ' + quoted)
    rows[table] = [list(map(as_moment, row)) for row in cursor.fetchall()]
print(json.dumps(rows, default=plain))
`;

/** A script's statements without those that make a database of its own. */
function chinook(name: string): string {
  const text = readFileSync(join(CHINOOK, `Chinook_${name}.sql`), 'utf8').replace(/^\uFEFF/, '');
  return text.replaceAll(/^(?:(?:DROP|CREATE) DATABASE|USE|\\c) .*$/gm, '');
}

describe('the Chinook database, read by the generated connector, is what the driver reads:', function () {
  this.timeout(180_000);
  needsPython('test');
  needsPython();
  let home: string;
  before(function () {
    if (!existsSync(CHINOOK)) skipFor(this, `no Chinook in ${CHINOOK}`);
    home = mkdtempSync(join(tmpdir(), 'chinook-'));
  });
  after(() => home && rmSync(home, { recursive: true, force: true }));

  const compare = async (
    example: string,
    config: Record<string, unknown>,
    driver: { readonly module: string; readonly parameters: object; readonly quote: string },
  ) => {
    const connector = await exampleConnector(example, home, config);
    const catalog = await connector.catalog();
    const tables = catalog.streams.map(({ tap_stream_id: id }) => [id, `${driver.quote}${id}${driver.quote}`]);
    assert.equal(tables.length, 11);
    const python = await pythonFor('test');
    assert('command' in python);
    const parameters = [driver.module, JSON.stringify(driver.parameters), JSON.stringify(Object.fromEntries(tables))];
    const finished = await runPython(python, ['-c', DRIVER, ...parameters]);
    assert.equal(finished.exitCode, 0, finished.stderr);
    const outcome = await connector.run({ catalog: selectAll(catalog) });
    assert.equal(outcome.exitCode, 0, outcome.error);
    const expected = JSON.parse(finished.stdout) as Record<string, unknown[][]>;
    for (const { tap_stream_id: id, schema } of catalog.streams) {
      const read = records({ ...outcome, messages: outcome.messages.filter(({ stream }) => stream === id) });
      const columns = Object.keys(schema.properties);
      const rows = read.map(record => JSON.stringify(columns.map(column => record[column])));
      assert.deepEqual(rows.sort(), expected[id]?.map(row => JSON.stringify(row)).sort(), id);
    }
  };

  it('on SQLite', async () => {
    const path = join(home, 'chinook.db');
    await executeInSqlite(path, chinook('Sqlite'));
    await compare('sql-sqlite.yaml', { path }, { module: 'sqlite3', parameters: { database: path }, quote: '"' });
  });

  it('on DuckDB', async () => {
    const path = join(home, 'chinook.duckdb');
    // DuckDB takes the script for PostgreSQL, but adds no foreign key to a table that exists.
    await executeInDuckDb(path, chinook('PostgreSql').replaceAll(/^ALTER TABLE [^;]*;/gm, ''));
    const parameters = { database: path, read_only: true };
    await compare('sql-duckdb.yaml', { path }, { module: 'duckdb', parameters, quote: '"' });
  });

  it('on PostgreSQL', async function () {
    const database = await createDatabase();
    if ('missing' in database) skipFor(this, database.missing);
    try {
      await database.execute(chinook('PostgreSql'));
      const { username: user, ...parameters } = database.config;
      await compare('sql-postgresql.yaml', database.config, {
        module: 'psycopg2',
        parameters: { ...parameters, user },
        quote: '"',
      });
    } finally {
      await database.drop();
    }
  });

  it('on MySQL', async function () {
    const database = await createMySqlDatabase();
    if ('missing' in database) skipFor(this, database.missing);
    try {
      await database.execute(chinook('MySql'));
      const { username: user, ...parameters } = database.config;
      await compare('sql-mysql.yaml', database.config, {
        module: 'mysql.connector',
        parameters: { ...parameters, user },
        quote: '`',
      });
    } finally {
      await database.drop();
    }
  });
});
