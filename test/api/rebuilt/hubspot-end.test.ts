import assert from 'node:assert/strict';
import { selectAll } from '../../framework/catalog.ts';
import { needsPython } from '../../framework/needs.ts';
import { type Built, connectorOf, ids, lastState } from '../support.ts';
import { hubspot } from './hubspot.ts';
import { answersOf, serve } from './rebuilt.ts';

/** One contact a minute: 10,000 take almost seven days. */
const MANY = 10_400;

describe('more contacts than a search of HubSpot gives', function () {
  this.timeout(120_000);
  needsPython();
  let server: Awaited<ReturnType<typeof serve>>;
  let built: Built;
  before(async () => {
    const answers = answersOf('hubspot');
    const streams = (answers.streams as { name: string }[]).filter(({ name }) => name === 'contacts');
    built = await connectorOf({ ...answers, name: 'HubSpot Search', streams });
  });
  afterEach(() => server.close());

  const open = async (config: object) => {
    const api = hubspot(MANY);
    server = await serve(api);
    const start_date = new Date(Date.UTC(2024, 0, 1)).toISOString();
    const over = built.connector.with({ ...api.config, port: server.port, start_date, ...config });
    const catalog = selectAll(await over.catalog());
    return (state?: unknown) => over.run({ catalog, state });
  };
  const all = Array.from({ length: MANY }, (_, index) => String(index + 1));

  it('are read whole, a few days at once', async () => {
    const run = await open({ window_days: '6' });
    const outcome = await run();
    assert.equal(outcome.exitCode, 0, outcome.error);
    assert.deepEqual(ids(outcome, 'contacts'), all);
    assert.deepEqual(server.refusals, []);
  });

  it('end a run that asks for too many at once, which the next one goes on from', async () => {
    const run = await open({ window_days: '3650' });
    const found = new Set<unknown>();
    let state: unknown;
    for (const exitCode of [1, 0]) {
      const outcome = await run(state);
      assert.equal(outcome.exitCode, exitCode, outcome.error);
      if (exitCode === 1) assert.match(String(outcome.error), /contacts.*400.*after 10000/s);
      for (const id of ids(outcome, 'contacts')) found.add(id);
      state = lastState(outcome);
    }
    assert.deepEqual([...found], all);
  });
});
