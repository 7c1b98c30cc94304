import assert from 'node:assert/strict';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { createDatabase, type Database } from '../framework/databases.ts';
import { needsPython, needsRealMage, skipFor } from '../framework/needs.ts';
import { createMySqlDatabase } from '../sql/mysql-database.ts';
import { generate, temporaryFolder } from '../support/generate.ts';
import { Destination } from './destination.ts';
import { made, merged, SOURCES, type Source, STATES } from './sources.ts';

describe("whole pipelines into Mage's own PostgreSQL destination", function () {
  needsRealMage();
  needsPython();
  this.timeout(180_000);
  let checkout: Checkout;
  let database: Database;

  before(async function () {
    const created = await createDatabase();
    if ('missing' in created) skipFor(this, created.missing);
    database = created;
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
  });
  after(() => database?.drop());

  for (const [name, make] of Object.entries(SOURCES))
    it(`bring every row and every change of ${name} there, in three runs`, async () => {
      const source = await make();
      try {
        const target = `from_${name.toLowerCase().replaceAll(/\W/g, '_')}`;
        await threeRuns(source, target);
      } finally {
        await source.close();
      }
    });

  it("bring values of PostgreSQL's and MariaDB's own types there unchanged", async () => {
    const types = {
      postgresql: `id int PRIMARY KEY, texts text[], square int[], document jsonb, listed jsonb, lone jsonb, day date, wall timestamp,
        moment timestamptz`,
      mariadb:
        'id int PRIMARY KEY, document json, listed json, lone json, day date, wall datetime, big bigint unsigned',
    };
    const values = {
      postgresql: `7, ARRAY['NULL', NULL, ' it''s', 'a,b', '"q"'], ARRAY[[1], [2]], '{"a": "it''s"}', '[1]', '"x"', '2024-01-31',
        '2024-01-31 10:00', '2024-01-31 10:00+02'`,
      mariadb: `7, '{"a": "it''s"}', '[1]', '"x"', '2024-01-31', '2024-01-31 10:00', 9223372036854775807`,
    };
    const day = { day: '2024-01-31 00:00:00+00', wall: '2024-01-31 10:00:00+00' };
    const json = { id: '7', document: `{"a": "it's"}`, listed: '[1]', lone: '"x"', ...day };
    const arrays = { texts: `["NULL", null, " it's", "a,b", "\\"q\\""]`, square: '[[1], [2]]' };
    const expected = {
      postgresql: { ...json, ...arrays, moment: '2024-01-31 08:00:00+00' },
      mariadb: { ...json, big: '9223372036854775807' },
    };
    for (const dialect of ['postgresql', 'mariadb'] as const) {
      const source = await made<Database>(dialect === 'mariadb' ? createMySqlDatabase() : createDatabase());
      try {
        await source.execute(`CREATE TABLE own (${types[dialect]});\nINSERT INTO own VALUES (${values[dialect]});\n`);
        const answers = { kind: 'sql', name: `own_${dialect}`, dialect };
        const { folder } = await generate('sql', answers, { cwd: checkout.root });
        const connector = new Connector({ checkout, folder, config: source.config });
        const outcome = await connector.run({ catalog: selectAll(await connector.catalog(), {}, ['own']) });
        assert.equal(outcome.exitCode, 0, outcome.error);
        const destination = new Destination(checkout, database);
        await destination.take(outcome.stdout, `own_${dialect}`);
        assert.deepEqual(await destination.texts(`own_${dialect}`), expected[dialect]);
      } finally {
        await source.drop();
      }
    }
  });

  async function threeRuns(source: Source, target: string): Promise<void> {
    const destination = new Destination(checkout, database);
    const { folder } = await generate(
      source.kind,
      { kind: source.kind, name: target, ...source.answers },
      { cwd: checkout.root },
    );
    const connector = new Connector({ checkout, folder, config: source.config });
    let state: unknown;
    for (const [number, rows] of STATES.entries()) {
      await source.put(rows, number);
      const catalog = selectAll(await connector.catalog(), source.choice, ['things']);
      const outcome = await connector.run({ catalog, state });
      assert.equal(outcome.exitCode, 0, outcome.error);
      await destination.take(outcome.stdout, target);
      assert.deepEqual(await destination.rows(target), merged(STATES.slice(0, number + 1)), `run ${number + 1}`);
      state = outcome.messages.findLast(({ type }) => type === 'STATE')?.value ?? state;
    }
  }
});
