import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { connectorOf, type Item, ids, items, lastState, SCHEMA } from './support.ts';
import { type Sent, type TextServer, textServer } from './text-server.ts';

const INCREMENTAL = { key_properties: ['id'], replication_key: 'updated_at', schema: SCHEMA };
const START = '2024-01-01T00:03:00+00:00';
const END = '2024-01-02T00:00:00+00:00';

/** A stream whose texts say where it begins and which page it is, and a server that holds it to that. */
interface Case {
  readonly stream: Record<string, unknown>;
  readonly answers?: object;
  /** Since when a request asks, and how many records it skips. */
  readonly read: (sent: Sent) => { readonly since?: number | undefined; readonly skip: number };
  /** What is answered, where that isn't the list itself. */
  readonly wrap?: (rows: readonly Item[], next: number | undefined) => unknown;
  /** How the first request looks. */
  readonly first: Partial<Sent>;
}

const param = (sent: Sent, name: string) => sent.params.find(([key]) => key === name)?.[1];

const CASES: Readonly<Record<string, Case>> = {
  'a range in a parameter, and an offset with its limit': {
    stream: { params: { q: 'updated_at:[{since} TO {until}]', limit: '{offset},{limit}' } },
    answers: { pagination: { type: 'offset', page_size: 2 } },
    read: sent => {
      const [, since] = /^updated_at:\[(\S+) TO \S+Z\]$/.exec(String(param(sent, 'q'))) ?? [];
      const [, skip] = /^(\d+),2$/.exec(String(param(sent, 'limit'))) ?? [];
      return { since: Date.parse(String(since)), skip: Number(skip) };
    },
    first: {
      params: [
        ['q', 'updated_at:[2024-01-01T00:02:59Z TO 2024-01-02T00:00:00Z]'],
        ['limit', '0,2'],
      ],
    },
  },
  'a page and a day in the path': {
    stream: { path: '/{kind}/{since:%Y/%m/%d}/page/{page}' },
    answers: { pagination: { type: 'page' } },
    read: ({ path }) => {
      const [, since, page] = /^\/all\/(\S+)\/page\/(\d+)$/.exec(path) ?? [];
      return { since: Date.parse(`${since}Z`), skip: 2 * (Number(page) - 1) };
    },
    first: { path: '/all/2023/12/31/page/1', params: [] },
  },
  'a search as JSON, whose numbers are numbers': {
    stream: {
      path: '/search',
      body: {
        filterGroups: [{ filters: [{ propertyName: 'updated', operator: 'GTE', value: '{since:epoch_ms}' }] }],
        note: 'up to {until:date}, {{as it is}}',
        after: '{offset}',
        limit: '{limit}',
      },
    },
    answers: { pagination: { type: 'offset', page_size: 2 } },
    read: ({ body }) => {
      const { filterGroups, after } = JSON.parse(body);
      return { since: filterGroups[0].filters[0].value, skip: after };
    },
    first: {
      body: JSON.stringify({
        filterGroups: [{ filters: [{ propertyName: 'updated', operator: 'GTE', value: Date.parse(START) - 1 }] }],
        note: 'up to 2024-01-02, {as it is}',
        after: 0,
        limit: 2,
      }).replaceAll(/([:,])(?=["\d[{])/g, '$1 '),
    },
  },
  'a parameter whose name is configured, and a cursor in a text': {
    stream: {
      params: { 'filter[{kind}]': 'from {since:epoch_us} on', page: 'after:{cursor}' },
      records_path: 'data',
    },
    answers: { pagination: { type: 'cursor', cursor_path: 'next' } },
    read: sent => {
      const [, since] = /^from (\d+) on$/.exec(String(param(sent, 'filter[all]'))) ?? [];
      return { since: Number(since) / 1000, skip: Number(param(sent, 'page')?.replace('after:', '') ?? 0) };
    },
    wrap: (data, next) => ({ data, next: next ?? null }),
    first: { params: [['filter[all]', `from ${(Date.parse(START) * 1000 - 1).toString()} on`]] },
  },
  'a body whose parameters have dots': {
    stream: {
      path: '/search',
      params_in: 'body',
      params: { 'where.0.from': '{since:epoch}', 'page.no': '{page}', fixed: 'x' },
    },
    answers: { pagination: { type: 'page', start_page: 0 } },
    read: ({ body }) => {
      const { where, page } = JSON.parse(body);
      return { since: where && where[0].from * 1000, skip: page.no * 2 };
    },
    first: {
      params: [],
      body: JSON.stringify({ where: [{ from: Date.parse(START) / 1000 - 1 }], page: { no: 0 }, fixed: 'x' }).replaceAll(
        /([:,])(?=["\d[{])/g,
        '$1 ',
      ),
    },
  },
  'the next address, which has all of the query': {
    stream: { params: { 'updated>{{}}': '{since:%Y-%m-%d %H:%M}' }, records_path: 'data' },
    answers: { pagination: { type: 'next_url', next_url_path: 'next' } },
    read: sent => ({ since: Date.parse(`${param(sent, 'updated>{}')}Z`), skip: Number(param(sent, 'skip') ?? 0) }),
    wrap: (data, next) => ({
      data,
      next: next === undefined ? null : `/items?updated%3E%7B%7D=2024-01-01%2000%3A02&skip=${next}`,
    }),
    first: { params: [['updated>{}', '2024-01-01 00:02']] },
  },
};

describe('the texts of requests', function () {
  this.timeout(120_000);
  needsPython();
  let server: TextServer | undefined;
  afterEach(() => server?.close());

  /** A server that answers two records at a time, as a request asks for them. */
  const serving = async (count: number, { read, wrap = rows => rows }: Case) => {
    server = await textServer(sent => {
      const { since, skip } = read(sent);
      const found = items(count).filter(item => since === undefined || Date.parse(String(item.updated_at)) > since);
      const next = skip + 2 < found.length ? skip + 2 : undefined;
      return wrap(found.slice(skip, skip + 2), next);
    });
    return server;
  };

  for (const [title, given] of Object.entries(CASES))
    it(`have ${title}`, async () => {
      const stream = { name: 'items', path: '/items', ...INCREMENTAL, ...given.stream };
      const { checkout, connector, generated } = await connectorOf({ ...given.answers, streams: [stream] });
      const config = { kind: 'all', start_date: START };
      const first = await serving(6, given);
      const over = connector.with({ port: first.port, ...config });
      const connection = await over.testConnection();
      assert.equal(connection.exitCode, 0, connection.error);
      const catalog = selectAll(await over.catalog());
      first.sent.length = 0;
      const one = await over.run({ catalog, query: { _end_date: END } });
      assert.deepEqual(ids(one), [3, 4, 5, 6], one.error);
      const [request] = first.sent;
      const seen = Object.fromEntries(Object.keys(given.first).map(key => [key, request?.[key as keyof Sent]]));
      assert.deepEqual(seen, given.first);
      await first.close();
      const second = await serving(7, given);
      const two = await connector.with({ port: second.port, ...config }).run({ catalog, state: lastState(one) });
      assert.deepEqual(ids(two), [6, 7], two.error);
      const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
      assert.ok(passed, report);
      assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    });

  it('require a beginning for a parameter that has the page as well', async () => {
    const stream = { name: 'items', path: '/items', ...INCREMENTAL };
    const pagination = { type: 'page' };
    const query = { ...stream, params: { q: 'since {since} page {page}' } };
    const { connector } = await connectorOf({ pagination, streams: [query] });
    assert.match(String((await connector.with({ port: 1 }).testConnection()).error), /lacks start_date/);
    const params = { since: '{since}', number: '{page}' };
    const apart = await connectorOf({ pagination, streams: [{ ...stream, params }] });
    assert.doesNotMatch(String((await apart.connector.with({ port: 1 }).testConnection()).error), /lacks/);
  });

  it('leave out a parameter that has a bookmark, where there is none yet', async () => {
    const given = CASES['a parameter whose name is configured, and a cursor in a text'] as Case;
    const stream = { name: 'items', path: '/items', ...INCREMENTAL, ...given.stream };
    const { connector } = await connectorOf({ ...given.answers, streams: [stream] });
    const { port, sent } = await serving(3, { ...given, read: each => ({ ...given.read(each), since: undefined }) });
    const over = connector.with({ port, kind: 'all' });
    const outcome = await over.run({ catalog: selectAll(await over.catalog()) });
    assert.deepEqual(ids(outcome), [1, 2, 3], outcome.error);
    assert.deepEqual(
      sent.map(({ params }) => params),
      [[], [['page', 'after:2']]],
    );
  });
});
