import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { createDatabase, type Database } from '../framework/databases.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { generate, plan } from '../support/generate.ts';
import { createMySqlDatabase, type MySqlDatabase } from './mysql-database.ts';
import { outline, records } from './support.ts';

const TABLE =
  'CREATE TABLE things (id int PRIMARY KEY, name varchar(10) NOT NULL, price decimal(10, 2));\n' +
  "INSERT INTO things VALUES (1, 'a', 1.10), (2, 'b', NULL);\n";

const PORTS = { timescaledb: 5432, cockroachdb: 26257, greenplum: 5432, yugabytedb: 5433, mariadb: 3306, tidb: 4000 };

/** There is no server of theirs, but one that speaks their protocol. */
describe('the generated connectors of databases that speak the protocol of another', function () {
  this.timeout(60_000);
  needsPython('test');
  needsPython();
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'relatives-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const itReads = async (dialect: string, config: Record<string, unknown>) => {
    const checkout = workspaceCheckout(join(home, 'mage-ai'));
    const { folder } = await generate('sql', { kind: 'sql', name: 'Some', dialect }, { cwd: checkout.root });
    const connector = new Connector({ checkout, folder, config });
    assert.equal((await connector.testConnection()).exitCode, 0);
    const catalog = await connector.catalog();
    assert.deepEqual(outline(catalog).things, {
      columns: { id: 'integer', name: 'string', price: 'number?' },
      primary: ['id'],
      unique: ['id'],
    });
    const read = records(await connector.run({ catalog: selectAll(catalog) }));
    assert.deepEqual(read, [
      { id: 1, name: 'a', price: 1.1 },
      { id: 2, name: 'b', price: null },
    ]);
  };

  for (const [dialect, port] of Object.entries(PORTS)) {
    it(`${dialect}: listens at ${port} by default`, async () => {
      const { model } = await plan('sql', { kind: 'sql', name: 'Some', dialect });
      assert.equal(model.config.find(({ name }) => name === 'port')?.default, port);
    });
  }

  it('of PostgreSQL', async function () {
    const made = await createDatabase();
    if ('missing' in made) skipFor(this, made.missing);
    const database: Database = made;
    try {
      await database.execute(TABLE);
      for (const dialect of ['timescaledb', 'cockroachdb', 'greenplum', 'yugabytedb'])
        await itReads(dialect, database.config);
    } finally {
      await database.drop();
    }
  });

  it('of MySQL', async function () {
    const made = await createMySqlDatabase();
    if ('missing' in made) skipFor(this, made.missing);
    const database: MySqlDatabase = made;
    try {
      await database.execute(TABLE);
      for (const dialect of ['mariadb', 'tidb']) await itReads(dialect, database.config);
    } finally {
      await database.drop();
    }
  });
});
