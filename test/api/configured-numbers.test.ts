import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { plan, temporaryFolder } from '../support/generate.ts';
import { connectorOf, ids, items, SCHEMA } from './support.ts';
import { type TextServer, textServer } from './text-server.ts';

const WINDOW = { name: 'days', type: 'integer', default: 30 };
const STREAM = {
  name: 'items',
  path: '/items',
  key_properties: ['id'],
  replication_key: 'updated_at',
  params: { from: '{since:date}', to: '{until:date}' },
  window_days: '{days}',
  lookback_seconds: '{late}',
  schema: SCHEMA,
};

describe('numbers of the configuration', function () {
  this.timeout(120_000);
  needsPython();
  let server: TextServer | undefined;
  afterEach(() => server?.close());

  it('are the length of windows and what is read again', async () => {
    const config = [WINDOW, { name: 'late', type: 'integer', default: 60 }];
    const { checkout, connector, generated } = await connectorOf({ config, streams: [STREAM] });
    assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    server = await textServer(() => items(2));
    const { port, sent } = server;
    const query = { _end_date: '2024-01-31T00:00:00+00:00' };
    const asked = async (configured: object) => {
      sent.length = 0;
      const over = connector.with({ port, start_date: '2024-01-02', ...configured });
      const outcome = await over.run({ catalog: selectAll(await over.catalog()), query });
      return { outcome, windows: sent.map(({ params }) => params.map(([, value]) => value)) };
    };
    const usual = await asked({});
    assert.equal(usual.outcome.exitCode, 0, usual.outcome.error);
    assert.deepEqual(usual.windows[0], ['2023-12-31', '2024-01-30']);
    const short = await asked({ days: '10', late: String(2 * 86_400) });
    assert.deepEqual(ids(short.outcome), [1, 2], short.outcome.error);
    assert.deepEqual(short.windows.slice(0, 2), [
      ['2023-12-30', '2024-01-09'],
      ['2024-01-08', '2024-01-18'],
    ]);
    const wrong = await asked({ days: 1 });
    assert.match(String(wrong.outcome.error), /items: days is 1 in the configuration, but has to be 2 at least/);
    assert.deepEqual(wrong.windows, []);
  });

  it('end where the configuration says so, or the run, whichever is earlier', async () => {
    const stream = { ...STREAM, params: { q: '{since:date} to {until:date}' }, window_days: 90, lookback_seconds: 1 };
    const { checkout, connector, generated } = await connectorOf({ configured_end: true, streams: [stream] });
    assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    server = await textServer(() => items(2));
    const { port, sent } = server;
    const over = connector.with({ port, start_date: '2024-01-01' });
    const catalog = selectAll(await over.catalog());
    for (const [end_date, run, until] of [
      ['2024-02-01', undefined, '2024-02-01'],
      ['2024-02-01', '2024-01-20T00:00:00+00:00', '2024-01-20'],
      ['2024-01-10', '2024-01-20T00:00:00+00:00', '2024-01-10'],
      [undefined, '2024-01-20T00:00:00+00:00', '2024-01-20'],
    ] as const) {
      sent.length = 0;
      const configured = connector.with({ port, start_date: '2024-01-01', end_date });
      const outcome = await configured.run({ catalog, query: run === undefined ? {} : { _end_date: run } });
      assert.equal(outcome.exitCode, 0, outcome.error);
      assert.deepEqual(sent.at(-1)?.params, [['q', `2023-12-30 to ${until}`]]);
    }
    const wrong = await connector.with({ port, start_date: '2024-01-01', end_date: 'soon' }).run({ catalog });
    assert.match(String(wrong.error), /the end is 'soon', neither ISO 8601 nor a number/);
    const { window_days: _, ...plain } = { ...stream, params: { q: '{since}' } };
    const given = { kind: 'api', name: 'Acme', base_url: 'https://a.test', configured_end: true, streams: [plain] };
    await assert.rejects(
      plan('api', given, { cwd: temporaryFolder() }),
      /configured_end, line 1: has no use where no stream/,
    );
  });

  it('are refused where there is no such number', async () => {
    const fault = 'items has {days} as window_days, which is no number with a default of 2 at least';
    for (const key of [{ name: 'days' }, { ...WINDOW, default: 1 }, { ...WINDOW, type: 'number' }, { name: 'other' }]) {
      const config = [key, { name: 'late', type: 'integer', default: 60 }];
      const given = { kind: 'api', name: 'Acme', base_url: 'https://a.test', config, streams: [STREAM] };
      await assert.rejects(plan('api', given, { cwd: temporaryFolder() }), ({ message }: Error) => {
        assert.ok(message.includes(fault), message);
        return true;
      });
    }
    const given = { kind: 'api', name: 'Acme', base_url: 'https://a.test', streams: [{ ...STREAM, window_days: 'x' }] };
    await assert.rejects(
      plan('api', given, { cwd: temporaryFolder() }),
      /window_days, line 1: must be a whole number from 1, or \{key\}/,
    );
  });
});
