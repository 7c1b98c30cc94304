import assert from 'node:assert/strict';
import { connectorOf, lastState, records } from '../api/support.ts';
import { type Catalog, selectAll } from '../framework/catalog.ts';
import { needsPython } from '../framework/needs.ts';
import { SERVERS } from './all.ts';
import { installed, newest, sorted, startedFor, THINGS } from './support.ts';

describe('servers that others have made', function () {
  this.timeout(600_000);
  needsPython();
  installed();

  for (const [name, server] of Object.entries(SERVERS))
    it(`are read whole, and then what is new: ${name}`, async function () {
      const place = await startedFor(this, name);
      const { connector } = await connectorOf(server.answers);
      const configured = connector.with({ port: String(place.port), ...server.config });
      const catalog: Catalog = selectAll(await configured.catalog());
      const run = async (state?: unknown) => {
        const outcome = await configured.run({ catalog, state });
        assert.equal(outcome.exitCode, 0, outcome.error);
        return { rows: sorted(records(outcome, 'things'), server.key), state: lastState(outcome) };
      };
      const its = async () => sorted((await server.rows(place)).map(server.row), server.key);
      assert.equal((await configured.testConnection()).exitCode, 0);

      await server.put(THINGS, 0, place);
      const first = await run();
      const all = await its();
      assert.ok(all.length >= THINGS.length);
      assert.deepEqual(first.rows, all);

      await server.put([3, 77, 251], 1000, place);
      const second = await run(first.state);
      const now = await its();
      assert.deepEqual(second.rows, newest(now, all, server.bookmark));
      assert.ok(second.rows.length >= 3 && second.rows.length < now.length);
      const third = await run(second.state);
      assert.deepEqual(third.rows, newest(now, now, server.bookmark));
    });
});
