/**
 * Reads one table through a generated PostgreSQL connector and through Mage's own PostgreSQL source, in the same run:
 * `node --import tsx/esm scripts/bench/postgresql.ts --mage DIR --singer DIR [--rows N]`.
 * Half the rows are read too, since offsets that grow show in the ratio of the two times.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { selectAll } from '../../test/framework/catalog.ts';
import { type Checkout, workspaceCheckout } from '../../test/framework/checkout.ts';
import { Connector } from '../../test/framework/connector.ts';
import { createDatabase, type Database } from '../../test/framework/databases.ts';
import { run } from '../../test/framework/process.ts';
import { pythonFor, withPythonPath } from '../../test/framework/python.ts';
import { generate } from '../../test/support/generate.ts';
import { say } from '../demo/terminal.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../examples/sql-postgresql.yaml');
const LIMIT = 60 * 60_000;

/** Runs a source as Mage does, counts the records that it writes, and tells seconds and the most memory in megabytes. */
const MEASURE = `
import json, resource, subprocess, sys, time
start = time.monotonic()
process = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
records = sum(b'"type": "RECORD"' in line for line in process.stdout)
code = process.wait()
seconds = time.monotonic() - start
print(json.dumps([code, records, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
`;

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

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

async function measure(
  checkout: Checkout,
  uuid: string,
  config: object,
  table: string,
  rows: number,
): Promise<Measured> {
  const folder = join(checkout.sources, uuid);
  const catalog = await new Connector({ checkout, folder, config: { ...config } }).catalog([table]);
  const settings = join(checkout.root, 'settings.json');
  writeFileSync(settings, JSON.stringify({ catalog: selectAll(catalog, {}, [table]) }));
  const python = await pythonFor('mage');
  if ('missing' in python) throw new Error(python.missing);
  const source = [join(folder, '__init__.py'), '--config_json', JSON.stringify(config), '--log_to_stdout', '1'];
  const env = withPythonPath(python.env, [checkout.singer, join(checkout.root, 'mage_integrations')]);
  const args = ['-c', MEASURE, ...source, '--settings', settings, '--query_json', '{}'];
  const finished = await run(python.command, args, { env, cwd: checkout.root, timeLimit: LIMIT });
  const [code, records, seconds, megabytes] = JSON.parse(finished.stdout) as [number, number, number, number];
  if (code !== 0 || records !== rows) throw new Error(`${uuid}: exit code ${code}, ${records} of ${rows} records`);
  return { seconds, megabytes };
}

async function compare(checkout: Checkout, database: Database, rows: number): Promise<void> {
  await createTables(database, rows);
  const { model } = await generate('sql', EXAMPLE, { cwd: checkout.root });
  for (const [name, uuid] of [
    ["Mage's own", 'postgresql'],
    ['generated', model.uuid],
  ] as const) {
    const config = { ...database.config, schema: 'public' };
    const half = await measure(checkout, uuid, config, 'half', Math.round(rows / 2));
    const whole = await measure(checkout, uuid, config, 'whole', rows);
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
