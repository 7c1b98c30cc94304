import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Checkout, workspaceCheckout } from '../../test/framework/checkout.ts';
import { createDatabase, type Database } from '../../test/framework/databases.ts';
import { generate } from '../../test/support/generate.ts';
import { tableLines } from '../demo/terminal.ts';
import { type Mode, type Reading, readTable, type Source } from './read.ts';
import { type Target, target } from './report.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../examples/sql-postgresql.yaml');

const MODES: readonly Mode[] = [
  { name: 'full table, in batches', incremental: false, batches: true },
  { name: 'incremental, in batches', incremental: true, batches: true },
  { name: 'full table, in one run', incremental: false, batches: false },
  { name: 'first incremental run', incremental: true, batches: false },
];

/** What both sources took for a table, and for one of half as many rows. */
export interface ReadingMeasured {
  readonly mode: string;
  readonly rows: number;
  readonly mage: Taken;
  readonly ours: Taken;
}

interface Taken {
  readonly half: Reading;
  readonly whole: Reading;
}

/**
 * Reads a PostgreSQL table through a generated connector and through Mage's own source in turn, by the checkouts that the
 * environment names. Says why where that can't be.
 */
export async function measureReading(rows: number): Promise<readonly ReadingMeasured[] | { readonly skipped: string }> {
  const database = await createDatabase();
  if ('missing' in database) return { skipped: database.missing };
  const home = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return await compare(workspaceCheckout(join(home, 'mage-ai')), database, rows);
  } finally {
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function compare(checkout: Checkout, database: Database, rows: number): Promise<ReadingMeasured[]> {
  const half = Math.round(rows / 2);
  await createTable(database, 'half', half);
  await createTable(database, 'whole', rows);
  const { model } = await generate('sql', EXAMPLE, { cwd: checkout.root });
  const config = { ...database.config, schema: 'public' };
  const [mage, ours]: Source[] = ['postgresql', model.uuid].map(uuid => ({ checkout, uuid, config }));
  if (!mage || !ours) throw new Error('a source is missing');
  const measured: ReadingMeasured[] = [];
  for (const mode of MODES) {
    const read = (table: string, size: number) =>
      inTurn(...[mage, ours].map(source => readTable(source, table, size, mode)));
    const [halves, wholes] = [await read('half', half), await read('whole', rows)];
    const taken = (index: number) => ({ half: halves[index], whole: wholes[index] }) as Taken;
    measured.push({ mode: mode.name, rows, mage: taken(0), ours: taken(1) });
  }
  return measured;
}

/** Reads batch by batch in turn, so that what else the machine does falls on all alike. */
async function inTurn(...readers: readonly AsyncGenerator<undefined, Reading>[]): Promise<Reading[]> {
  const readings = new Map<AsyncGenerator, Reading>();
  while (readings.size < readers.length)
    for (const reader of readers.filter(other => !readings.has(other))) {
      const step = await reader.next();
      if (step.done) readings.set(reader, step.value);
    }
  return readers.map(reader => readings.get(reader) as Reading);
}

/** With a key and an index on the bookmark, as tables that are read incrementally have them. */
function createTable(database: Database, table: string, rows: number): Promise<void> {
  return database.execute(`CREATE TABLE "${table}" AS SELECT i AS id, 'customer ' || i AS name, i * 1.01 AS total,
    timestamptz '2024-01-01Z' + i * interval '1 second' AS updated_at FROM generate_series(1, ${rows}) AS i;
    ALTER TABLE "${table}" ADD PRIMARY KEY (id);
    CREATE INDEX ON "${table}" (updated_at);
    ANALYZE "${table}";`);
}

/** At least as fast, and no more than linear. */
export function readingTargets(measured: readonly ReadingMeasured[]): Target[] {
  return measured.flatMap(({ mode, mage, ours }) => [
    target(`${mode}: in times of Mage's own source`, ours.whole.seconds / mage.whole.seconds, 1),
    target(`${mode}: in times of half the rows`, growth(ours), 2.2),
    target(`${mode}: memory, in times of half the rows`, ours.whole.megabytes / ours.half.megabytes, 1.1),
  ]);
}

function growth({ half, whole }: Taken): number {
  return whole.seconds / half.seconds;
}

/** The report for people. */
export function readingLines(measured: readonly ReadingMeasured[]): string[] {
  const rows = measured.flatMap(({ mode, mage, ours }) =>
    Object.entries({ "Mage's own": mage, generated: ours }).map(([name, { half, whole }]) => {
      const seconds = [half, whole].map(part => part.seconds.toFixed(1));
      const peaks = [half, whole].map(part => part.megabytes.toFixed(0));
      return [mode, name, ...seconds, growth({ half, whole }).toFixed(2), whole.cpu.toFixed(1), ...peaks];
    }),
  );
  const header = ['PostgreSQL', 'source', 'half: s', 'all: s', 'ratio', 'CPU s', 'half: MB', 'all: MB'];
  return [`A table of ${measured[0]?.rows} rows, and one of half as many`, '', ...tableLines(header, rows)];
}
