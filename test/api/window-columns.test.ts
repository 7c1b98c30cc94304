import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { connectorOf, records } from './support.ts';
import { textServer } from './text-server.ts';

const SCHEMA = { properties: { id: 'integer', at: 'date-time', first: 'string', last: 'string' } };
const REPORT = {
  name: 'report',
  path: '/report',
  key_properties: ['first', 'id'],
  replication_key: 'at',
  bookmark_param: 'from',
  bookmark_end_param: 'to',
  bookmark_format: 'date',
  window_days: 10,
  columns: { first: { value: '{since:date}' }, last: { value: '{region} {until:%d.%m.%Y}' } },
  pagination: { type: 'next_url', next_url_path: 'next' },
  records_path: 'rows',
  schema: SCHEMA,
};
/** The report of each region, asked for by a text. */
const CHILD = {
  ...REPORT,
  name: 'regions',
  path: '/regions/{region_id}/{since:date}',
  bookmark_param: undefined,
  bookmark_end_param: undefined,
  params: { q: '{since:epoch} to {until:epoch}' },
  for_each: { items: [7], as: 'region_id' },
  columns: { first: { value: '{since}' }, last: { value: '{region_id}' } },
};
/** One that has nothing of the kind. */
const PLAIN = { name: 'plain', path: '/plain', records_path: 'rows', schema: { properties: { id: 'integer' } } };

describe('columns of what the API was asked for', function () {
  this.timeout(120_000);
  needsPython();

  it('have the window that a record is of, on each of its pages', async () => {
    const config = [{ name: 'region', default: 'eu' }];
    const streams = JSON.parse(JSON.stringify([REPORT, CHILD, PLAIN]));
    const { checkout, connector, generated } = await connectorOf({ config, streams });
    assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    const server = await textServer(({ path, params }) => {
      const from = params.find(([name]) => name === 'from')?.[1] ?? path.split('/').at(-1);
      if (params.some(([name]) => name === 'page')) return { rows: [{ id: 2 }], next: null };
      return { rows: [{ id: 1 }], next: path === '/plain' ? null : `${path}?page=2&from=${from}` };
    });
    const over = connector.with({ port: server.port, start_date: '2024-01-02' });
    const query = { _end_date: '2024-01-15T00:00:00+00:00' };
    const outcome = await over.run({ catalog: selectAll(await over.catalog()), query });
    await server.close();
    assert.equal(outcome.exitCode, 0, outcome.error);
    const columns = (stream: string) => records(outcome, stream).map(({ id, first, last }) => [id, first, last]);
    assert.deepEqual(columns('report'), [
      [1, '2024-01-01', 'eu 11.01.2024'],
      [2, '2024-01-01', 'eu 11.01.2024'],
      [1, '2024-01-10', 'eu 15.01.2024'],
      [2, '2024-01-10', 'eu 15.01.2024'],
    ]);
    assert.deepEqual(columns('regions')[0], [1, '2024-01-01T00:00:00Z', '7']);
    assert.deepEqual(records(outcome, 'plain'), [{ id: 1 }]);
  });
});
