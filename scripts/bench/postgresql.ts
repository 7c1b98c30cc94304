/**
 * Reads one table through a generated PostgreSQL connector and through Mage's own PostgreSQL source, in the same run:
 * `node --import tsx/esm scripts/bench/postgresql.ts --mage DIR --singer DIR [--rows N]`.
 * Half the rows are read too, since offsets that grow show in the ratio of the two times.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Checkout, workspaceCheckout } from '../../test/framework/checkout.ts';
import { createDatabase, type Database } from '../../test/framework/databases.ts';
import { generate } from '../../test/support/generate.ts';
import { say } from '../demo/terminal.ts';
import { measureSource } from './source.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../examples/sql-postgresql.yaml');
async function createTables(database: Database, rows: number): Promise<void> {
  for (const [table, size] of [
    ['half', rows / 2],
    ['whole', rows],
  ] as const) {
    await database.execute(`CREATE TABLE "${table}" AS SELECT i AS id, 'customer ' || i AS name, i * 1.01 AS total,
      timestamptz '2024-01-01Z' + i * interval '1 second' AS updated_at FROM generate_series(1, ${Math.round(size)}) AS i;
      ALTER TABLE "${table}" ADD PRIMARY KEY (id);`);
  }
}

async function compare(checkout: Checkout, database: Database, rows: number): Promise<void> {
  await createTables(database, rows);
  const { model } = await generate('sql', EXAMPLE, { cwd: checkout.root });
  for (const [name, uuid] of [
    ["Mage's own", 'postgresql'],
    ['generated', model.uuid],
  ] as const) {
    const source = { checkout, folder: join(checkout.sources, uuid), config: { ...database.config, schema: 'public' } };
    const half = await measureSource({ ...source, stream: 'half', records: Math.round(rows / 2) });
    const whole = await measureSource({ ...source, stream: 'whole', records: rows });
    const growth = (whole.seconds / half.seconds).toFixed(2);
    say(
      `${name.padEnd(12)} ${rows} rows: ${whole.seconds.toFixed(1)} s, ${whole.megabytes.toFixed(0)} MB; ${growth} times as long as half of them`,
    );
  }
}

const { values } = parseArgs({
  options: { mage: { type: 'string' }, singer: { type: 'string' }, rows: { type: 'string', default: '1000000' } },
});
if (!values.mage || !values.singer)
  throw new Error('--mage DIR and --singer DIR are needed: checkouts to compare with');
process.env.MAGE_CHECKOUT = values.mage;
process.env.SINGER_CHECKOUT = values.singer;
const home = mkdtempSync(join(tmpdir(), 'bench-'));
const database = await createDatabase();
if ('missing' in database) throw new Error(database.missing);
try {
  await compare(workspaceCheckout(join(home, 'mage-ai')), database, Number(values.rows));
} finally {
  await database.drop();
  rmSync(home, { recursive: true, force: true });
}
