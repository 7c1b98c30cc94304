import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { plan, temporaryFolder } from '../support/generate.ts';
import { connectorOf, ids, items, SCHEMA } from './support.ts';
import { type TextServer, textServer } from './text-server.ts';

const SIZE = { name: 'size', type: 'integer', default: 100 };
const PAGES = {
  type: 'page',
  page_size_param: 'limit',
  page_size: '{size}',
  last_page_when: { short_page: true },
} as const;
const stream = (name: string, more: object = {}) => ({
  name,
  path: `/${name}`,
  key_properties: ['id'],
  schema: SCHEMA,
  ...more,
});
/** Streams that have the size in a parameter, a text, a body, or a fixed one, or none. */
const STREAMS = [
  stream('items'),
  stream('texts', { params: { range: 'page {page} of {limit}' } }),
  stream('bodies', { params_in: 'body' }),
  stream('fixed', { pagination: { ...PAGES, page_size: 50 } }),
  stream('other', { pagination: { type: 'offset', page_size_param: 'count', page_size: '{size}' } }),
  stream('whole', { pagination: { type: 'none' } }),
];

describe('page sizes of the configuration', function () {
  this.timeout(120_000);
  needsPython();
  let server: TextServer | undefined;
  afterEach(() => server?.close());

  for (const [what, streams] of [
    ['in parameters', STREAMS.filter(({ name }) => name !== 'texts')],
    ['in texts as well', STREAMS],
  ] as const)
    it(`are asked for, ${what}, and tell the last page`, async () => {
      const { checkout, connector, generated } = await connectorOf({ config: [SIZE], pagination: PAGES, streams });
      assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
      const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
      assert.ok(passed, report);
      const all = items(5);
      server = await textServer(({ path, params, body }) => {
        const given = { ...Object.fromEntries(params), ...(body ? JSON.parse(body) : {}) };
        const [, textPage, textSize] = /^page (\d+) of (\d+)$/.exec(given.range ?? '') ?? [];
        const size = Number(given.limit ?? given.count ?? textSize ?? 5);
        if (path === '/bodies') assert.equal(typeof given.limit, 'number');
        const first = Number(given.offset ?? (Number(given.page ?? textPage ?? 1) - 1) * size);
        return all.slice(first, first + size);
      });
      const { port, sent } = server;
      const read = async (name: string, size?: string) => {
        sent.length = 0;
        const over = connector.with({ port, ...(size && { size }) });
        const outcome = await over.run({ catalog: selectAll(await over.catalog(), {}, [name]) });
        assert.equal(outcome.exitCode, 0, outcome.error);
        assert.deepEqual(ids(outcome, name), [1, 2, 3, 4, 5], name);
        return sent.length;
      };
      for (const { name } of streams) {
        assert.equal(await read(name), name === 'other' ? 2 : 1, name);
        const requests = ['fixed', 'whole'].includes(name) ? 1 : name === 'other' ? 4 : 3;
        assert.equal(await read(name, '2'), requests, name);
      }
      const wrong = connector.with({ port, size: 0 });
      const { error } = await wrong.run({ catalog: selectAll(await wrong.catalog(), {}, ['items']) });
      assert.match(String(error), /items: size is 0 in the configuration, but has to be 1 at least/);
    });

  it('are refused where there is no such number', async () => {
    const refused = (given: object, fault: RegExp) =>
      assert.rejects(
        plan(
          'api',
          { kind: 'api', name: 'Acme', base_url: 'https://a.test', pagination: PAGES, streams: STREAMS, ...given },
          { cwd: temporaryFolder() },
        ),
        fault,
      );
    const fault = /pagination has \{size\} as page_size, which is no number with a default of 1 at least/;
    for (const key of [
      { ...SIZE, default: 0 },
      { name: 'size', default: 100 },
      { ...SIZE, name: 'other' },
    ])
      await refused({ config: [key] }, fault);
    await refused(
      { config: [{ ...SIZE, type: 'number' }], pagination: { type: 'none' } },
      /other has \{size\} as page_size/,
    );
    await refused(
      { pagination: { ...PAGES, page_size: 'many' } },
      /page_size, line 1: must be a whole number from 1, or \{key\}/,
    );
  });
});
