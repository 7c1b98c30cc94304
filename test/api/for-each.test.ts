import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import type { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { StrictApi } from './strict-server.ts';
import { type Built, connectorOf, lastState, records, SCHEMA } from './support.ts';

const KEY = { key_properties: ['region', 'id'], schema: SCHEMA };
const STREAMS = [
  {
    ...{ ...KEY, name: 'deals', path: '/{region}/deals', for_each: { config: 'regions', as: 'region' } },
    ...{ replication_key: 'updated_at', bookmark_param: 'since' },
  },
  {
    ...KEY,
    name: 'rates',
    path: '/rates',
    params: { in: '{region}' },
    for_each: { items: ['e u', 'x"{y}\''], as: 'region' },
  },
  {
    name: 'years',
    path: '/years/{item}',
    key_properties: ['item'],
    schema: { properties: { total: 'integer' } },
    for_each: { items: [2023, 2024] },
  },
];
const at = (minute: number) => `2024-01-01T00:0${minute}:00Z`;
const row = (id: number, minute: number) => ({ id, name: 'n', updated_at: at(minute) });

describe('streams that are read for each item of a list', function () {
  this.timeout(120_000);
  needsPython();
  let api: StrictApi;
  let built: Built;
  let connector: Connector;
  const deals = { eu: [row(1, 1), row(2, 8)], 'u/s': [row(1, 5)] };

  before(async () => {
    built = await connectorOf({ streams: STREAMS });
  });
  beforeEach(async () => {
    const bookmark = { param: 'since', field: 'updated_at' };
    const pagination = { type: 'none' } as const;
    api = await new StrictApi({
      resources: [
        ...Object.entries(deals).map(([region, list]) => ({
          ...{ path: `/${encodeURIComponent(region)}/deals`, records: list, bookmark, pagination },
        })),
        { path: '/rates', records: [row(1, 1)], pagination, anyParams: true },
        ...[2023, 2024].map(year => ({ path: `/years/${year}`, records: [{ total: year }], pagination })),
      ],
    }).listen();
    connector = built.connector.with({ port: api.port, regions: ['eu', 'u/s'] });
  });
  afterEach(() => api.close());
  const run = async (streams: readonly string[], state?: unknown) =>
    connector.run({ catalog: selectAll(await connector.catalog(), {}, streams), state });

  it('have it in paths and parameters, and as a column of its type', async () => {
    assert.deepEqual(await flake8(built.generated.folder), []);
    const outcome = await run(['deals', 'rates', 'years']);
    assert.equal(outcome.exitCode, 0, outcome.error);
    assert.deepEqual(
      records(outcome, 'deals').map(({ region, id }) => [region, id]),
      [
        ['eu', 1],
        ['eu', 2],
        ['u/s', 1],
      ],
    );
    assert.deepEqual(
      api.seen.filter(({ path }) => path === '/rates').map(({ params }) => params.get('in')),
      ['e u', 'x"{y}\''],
    );
    assert.deepEqual(
      records(outcome, 'years'),
      [2023, 2024].map(year => ({ total: year, item: year })),
    );
  });

  it('have a bookmark for each, and all of one that is new', async () => {
    connector = connector.with({ port: api.port, regions: 'eu' });
    const first = await run(['deals']);
    assert.equal(records(first, 'deals').length, 2, first.error);
    connector = connector.with({ port: api.port, regions: 'eu, u/s' });
    const second = await run(['deals'], lastState(first));
    assert.deepEqual(
      records(second, 'deals').map(({ region, id }) => [region, id]),
      [
        ['eu', 2],
        ['u/s', 1],
      ],
      second.error,
    );
  });

  it('end the run where the configuration has none', async () => {
    connector = connector.with({ port: api.port, regions: [] });
    const outcome = await run(['deals']);
    assert.equal(outcome.exitCode, 1);
    assert.match(outcome.error ?? '', /deals: regions in the configuration has nothing to ask for/);
  });

  it('are told in the README, with the key that they come from', () => {
    const readme = readFileSync(join(built.generated.folder, 'README.md'), 'utf8');
    assert.match(readme, /It reads `deals` for each item of `regions`\. It reads `rates` for each of `e u`/);
    assert.match(readme, /`regions` \| .*What deals is read for, one by one/);
  });

  it('are refused where what they are is not sure', async () => {
    const refused = (for_each: object, more: object = {}) =>
      assert.rejects(
        connectorOf({ streams: [{ ...KEY, name: 'deals', path: '/{region}', for_each, ...more }] }),
        (error: Error) => {
          said = error.message;
          return true;
        },
      );
    let said = '';
    await refused({ as: 'region' });
    assert.match(said, /for_each.*has neither items nor config/);
    await refused({ as: 'region', items: ['a'], config: 'b' });
    assert.match(said, /for_each.*has items and config/);
    await refused({ as: 'region', items: ['a', 1] });
    assert.match(said, /for_each\.items.*has text and numbers/);
    await refused({ as: 'region', items: ['a', 'a'] });
    assert.match(said, /for_each\.items.*has an item twice/);
    await refused({ as: 'region', items: [] });
    assert.match(said, /for_each\.items.*has nothing to ask for/);
    const parent = { stream: 'deals', field: 'id', as: 'region' };
    await refused({ as: 'region', items: ['a'] }, { parent });
    assert.match(said, /for_each\.as.*region is a field of a parent, too/);
  });
});
