import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { sortBy } from 'lodash-es';
import { connectorOf, lastState, records } from '../api/support.ts';
import { type Catalog, selectAll } from '../framework/catalog.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { type Row, type Running, SERVERS, start } from './servers.ts';

/** Enough for several pages of each. */
const THINGS = Array.from({ length: 250 }, (_, index) => index + 1);

describe('servers that others have made', function () {
  this.timeout(600_000);
  needsPython();
  const { SERVERS: installed = '' } = process.env;
  before(function () {
    if (!installed) skipFor(this, 'npm run test:servers installs these servers, and runs this one');
  });
  let running: Running | undefined;
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  for (const [name, server] of Object.entries(SERVERS))
    it(`are read whole, and then what is new: ${name}`, async () => {
      running = await start(server, mkdtempSync(join(temporaryFolder(), `${name}-`)), installed);
      const place = running;
      const { connector } = await connectorOf(server.answers);
      const configured = connector.with({ port: String(place.port), ...server.config });
      const catalog: Catalog = selectAll(await configured.catalog());
      const run = async (state?: unknown) => {
        const outcome = await configured.run({ catalog, state });
        assert.equal(outcome.exitCode, 0, outcome.error);
        return { rows: sorted(records(outcome, 'things'), server.key), state: lastState(outcome) };
      };
      assert.equal((await configured.testConnection()).exitCode, 0);

      await server.put(THINGS, 0, place);
      const first = await run();
      const all = sorted(await server.rows(place), server.key);
      assert.ok(all.length >= THINGS.length);
      assert.deepEqual(first.rows, all);

      await server.put([3, 77, 251], 1000, place);
      const second = await run(first.state);
      const now = sorted(await server.rows(place), server.key);
      assert.deepEqual(second.rows, newest(now, all, server.bookmark));
      assert.ok(second.rows.length >= 3 && second.rows.length < now.length);
      const third = await run(second.state);
      assert.deepEqual(third.rows, newest(now, now, server.bookmark));
    });
});

function sorted(rows: readonly Row[], key: string): Row[] {
  return sortBy(rows, row => String(row[key]));
}

/** Rows that aren't older than the newest one of before: another may have changed at the same moment. */
function newest(rows: readonly Row[], before: readonly Row[], bookmark: string): Row[] {
  return rows.filter(row => before.every(each => (each[bookmark] as string) <= (row[bookmark] as string)));
}
