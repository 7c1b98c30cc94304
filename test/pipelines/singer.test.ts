import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { createDatabase, type Database } from '../framework/databases.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { type Finished, run } from '../framework/process.ts';
import { type PackageSet, pythonFor } from '../framework/python.ts';
import { generate, temporaryFolder } from '../support/generate.ts';
import { Destination } from './destination.ts';
import { merged, SOURCES, STATES } from './sources.ts';

/** Runs a program of Singer's with what a source has written. */
async function runSinger(
  packages: PackageSet,
  script: string,
  args: readonly string[],
  input: string,
): Promise<Finished> {
  const python = await pythonFor(packages);
  if ('missing' in python) throw new Error(python.missing);
  return run(python.command, ['-c', script, ...args], { env: python.env, input });
}

const CHECK_TAP = 'from singertools.check_tap import main; main()';
const TARGET = "from target_postgres.target import TargetPostgres; TargetPostgres.cli(prog_name='target-postgres')";

describe("programs of Singer's, outside Mage", function () {
  this.timeout(180_000);
  let database: Database;
  before(async function () {
    if (!process.env.SINGER_TARGETS) skipFor(this, 'SINGER_TARGETS=1 installs these programs, and runs this one');
    const created = await createDatabase();
    if ('missing' in created) skipFor(this, created.missing);
    database = created;
  });
  needsPython('check-tap');
  needsPython('target-postgres');
  needsPython();
  after(() => database?.drop());

  for (const [name, make] of Object.entries(SOURCES))
    it(`take what ${name} has: singer-check-tap, and Meltano's target of PostgreSQL`, async () => {
      const source = await make();
      try {
        const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
        const answers = { kind: source.kind, name: 'some', ...source.answers };
        const { folder } = await generate(source.kind, answers, { cwd: checkout.root });
        for (const [number, rows] of STATES.entries()) await source.put(rows, number);
        const connector = new Connector({ checkout, folder, config: source.config });
        const outcome = await connector.run({ catalog: selectAll(await connector.catalog(), {}, ['things']) });
        assert.equal(outcome.exitCode, 0, outcome.error);
        // Lines of Mage's log, which its own destinations leave out.
        const messages = outcome.messages.map(message => `${JSON.stringify(message)}\n`).join('');
        const checked = await runSinger('check-tap', CHECK_TAP, [], messages);
        assert.equal(checked.exitCode, 0, checked.stdout + checked.stderr);
        await load(messages);
        assert.deepEqual(await new Destination(checkout, database).rows('things'), merged(STATES));
      } finally {
        await database.execute('DROP TABLE IF EXISTS things');
        await source.close();
      }
    });

  async function load(messages: string): Promise<void> {
    const config = join(temporaryFolder(), 'target.json');
    const { username: user, ...server } = database.config;
    writeFileSync(
      config,
      JSON.stringify({ ...server, user, default_target_schema: 'public', activate_version: false }),
    );
    const loaded = await runSinger('target-postgres', TARGET, ['--config', config], messages);
    assert.equal(loaded.exitCode, 0, loaded.stderr);
  }
});
