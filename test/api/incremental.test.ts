import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { textOf } from '../support/generate.ts';
import { type Fault, type Resource, send } from './strict-server.ts';
import { connectorOf, type Item, ids, items, lastState, records, SCHEMA, type Session, session } from './support.ts';

const BY_UPDATE = { replication_key: 'updated_at' };
const bookmark = (outcome: Parameters<typeof lastState>[0]) => lastState(outcome)?.bookmarks?.items?.updated_at;
const stateAt = (updated_at: string) => ({ bookmarks: { items: { updated_at } } });

describe('incremental streams', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session;
  afterEach(() => opened.api.close());

  const setRecords = (records: readonly Record<string, unknown>[]) => {
    const [given] = opened.api.options.resources;
    opened.api.options = { ...opened.api.options, resources: [{ ...(given as Resource), records }] };
  };

  const formats: readonly [string, string, (text: string) => number][] = [
    ['iso8601', '2024-01-01T00:04:59Z', Date.parse],
    ['date', '2023-12-31', Date.parse],
    ['epoch_seconds', '1704067499', text => Number(text) * 1000],
    ['epoch_milliseconds', '1704067499999', Number],
    ["at %d.%m.%Y '%H:%M'", "at 01.01.2024 '00:04'", () => Date.parse('2024-01-01T00:04:00Z')],
  ];
  for (const [bookmark_format, written, parse] of formats) {
    it(`ask from a step before the bookmark, as ${bookmark_format}`, async () => {
      const stream = { ...BY_UPDATE, bookmark_param: 'since', bookmark_format };
      opened = await session({}, stream, { bookmark: { param: 'since', field: 'updated_at', parse } });
      const first = await opened.run();
      assert.equal(bookmark(first), '2024-01-01T00:07:00+00:00');
      const second = await opened.run({ state: stateAt('2024-01-01T02:05:00+02:00') });
      assert.equal(opened.api.reads.at(-1)?.params.get('since'), written);
      assert.deepEqual(ids(second), [5, 6, 7], second.error);
      assert.deepEqual(await flake8(opened.generated.folder), []);
    });
  }

  it('of several formats in one connector each have their own', async () => {
    const stream = {
      ...BY_UPDATE,
      path: '/items',
      key_properties: ['id'],
      schema: { properties: { id: 'integer', updated_at: 'string' } },
      bookmark_param: 'since',
    };
    opened = await session({}, {}, { anyParams: true });
    const { connector, generated } = await connectorOf({
      streams: [
        { ...stream, name: 'items' },
        { ...stream, name: 'dated', bookmark_format: 'date' },
        { ...stream, name: 'unfiltered', bookmark_param: undefined },
      ],
    });
    assert.deepEqual(await flake8(generated.folder), []);
    const configured = connector.with({ port: opened.api.port, start_date: '2024-01-01T00:06:00' });
    const outcome = await configured.run({ catalog: selectAll(await configured.catalog()) });
    assert.deepEqual(opened.api.reads.map(({ params }) => String(params.get('since'))).sort(), [
      '2023-12-31',
      '2024-01-01T00:05:59Z',
      'null',
    ]);
    assert.deepEqual(ids(outcome, 'unfiltered'), [6, 7]);
    assert.deepEqual(ids(outcome, 'dated'), [6, 7]);
  });

  it('are filtered here where the API has no filter, by bookmarks of any kind', async () => {
    const schema = { properties: { id: 'integer', updated_at: { type: 'integer' } } };
    opened = await session(
      { pagination: { type: 'page' } },
      { ...BY_UPDATE, bookmark_format: 'epoch_seconds', schema },
    );
    const moments: [number, unknown][] = [
      [1, 1704067199],
      [2, 1704067200],
      [3, 1704067200000],
      [4, null],
      [5, 1704067201],
    ];
    setRecords(moments.map(([id, updated_at]) => ({ id, updated_at })));
    const outcome = await opened.run({ config: { start_date: '2024-01-01' } });
    assert.deepEqual(ids(outcome), [2, 3, 4, 5], outcome.error);
    assert.equal(bookmark(outcome), '2024-01-01T00:00:01+00:00');
    const next = await opened.run({ state: lastState(outcome) });
    assert.deepEqual(ids(next), [4, 5]);
  });

  it('with nothing but null bookmarks deliver all and leave the state alone', async () => {
    // What a sample with an empty text among the moments gives.
    const schema = { properties: { id: 'integer', name: 'string', updated_at: 'string' } };
    opened = await session({}, { ...BY_UPDATE, schema, bookmark_param: 'since' });
    setRecords(items(3).map((item, index) => ({ ...item, updated_at: index === 1 ? '' : null })));
    const outcome = await opened.run();
    assert.equal(outcome.exitCode, 0, outcome.error);
    assert.deepEqual(ids(outcome), [1, 2, 3]);
    assert.equal(lastState(outcome), undefined);
  });

  it('are read whole where the user wants that', async () => {
    opened = await session({}, { ...BY_UPDATE, bookmark_param: 'since' });
    const outcome = await opened.run({
      choice: { replicationMethod: 'FULL_TABLE' },
      state: stateAt('2024-01-01T00:05:00Z'),
    });
    assert.equal(ids(outcome).length, 7);
    assert.equal(lastState(outcome), undefined);
  });

  it('look back, and stop at the end of the run', async () => {
    opened = await session(
      {},
      { ...BY_UPDATE, bookmark_param: 'since', bookmark_end_param: 'until', lookback_seconds: 120 },
      { anyParams: true },
    );
    await opened.run({ state: stateAt('2024-01-01T00:05:00+00:00'), query: { _end_date: '2024-01-01 00:06:30' } });
    const { params } = opened.api.reads.at(-1) ?? {};
    assert.equal(`${params}`, 'since=2024-01-01T00%3A02%3A59Z&until=2024-01-01T00%3A06%3A30Z');
    assert.deepEqual(await flake8(opened.generated.folder), []);
  });

  const days = (count: number): Item[] =>
    items(count).map((item, index) => ({
      ...item,
      updated_at: new Date(Date.UTC(2024, 0, 1 + index, 12)).toISOString(),
    }));

  it('are asked for window by window, each of which moves the state', async () => {
    opened = await session(
      { pagination: { type: 'page' } },
      { ...BY_UPDATE, bookmark_param: 'since', bookmark_end_param: 'until', window_days: 3 },
      { anyParams: true, bookmarkEnd: 'until' },
    );
    setRecords(days(7));
    const query = { _end_date: '2024-01-08T00:00:00Z' };
    const config = { start_date: '2024-01-01' };
    const { error } = await opened.over().testConnection();
    assert.match(String(error), /The configuration lacks start_date/);
    const outcome = await opened.run({ config, query });
    assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5, 6, 7], outcome.error);
    const asked = opened.api.reads.map(
      ({ params }) => `${params.get('since')?.slice(8, 10)}-${params.get('until')?.slice(8, 10)}`,
    );
    assert.deepEqual([...new Set(asked)], ['31-03', '03-06', '06-08']);
    const states = outcome.messages.flatMap(({ type, value }) =>
      type === 'STATE' ? value?.bookmarks?.items?.updated_at : [],
    );
    assert.deepEqual(
      states.map(state => String(state).slice(8, 10)),
      ['03', '06', '07', '07'],
    );
    assert.deepEqual(await flake8(opened.generated.folder), []);
    // Interrupted in the third window.
    opened.api.faults.push(...Array(asked.length - 1).fill(undefined), response => send(response, { status: 400 }));
    const broken = await opened.run({ config, query });
    assert.equal(broken.exitCode, 1);
    assert.equal(String(bookmark(broken)).slice(8, 10), '06');
    const resumed = await opened.run({ config, query, state: lastState(broken) });
    assert.deepEqual([...new Set([...ids(broken), ...ids(resumed)])], [1, 2, 3, 4, 5, 6, 7]);
    assert.deepEqual(ids(resumed), [6, 7]);
  });

  it('that are sorted may have records without a bookmark, and others beside them that are not sorted', async () => {
    const stream = { key_properties: ['id'], path: '/items', schema: SCHEMA, ...BY_UPDATE, bookmark_param: 'since' };
    const { connector } = await connectorOf({
      pagination: { type: 'page' },
      streams: [
        { ...stream, name: 'sorted', sorted: true },
        { ...stream, name: 'unsorted' },
      ],
    });
    const [first, second, third] = items(5) as [Item, Item, Item];
    const pages = [[{ ...first, updated_at: null }, second], [{ ...third, updated_at: null }]];
    for (const [name, expected] of [
      ['sorted', '2024-01-01T00:02:00+00:00'],
      ['unsorted', undefined],
    ] as const) {
      opened = await session({ pagination: { type: 'page' } });
      const answers = [...pages.map(body => ({ body })), { status: 400 }];
      opened.api.faults.push(
        ...answers.map(answer => (response: Parameters<typeof send>[0]) => send(response, answer)),
      );
      const configured = connector.with({ port: opened.api.port });
      const outcome = await configured.run({ catalog: selectAll(await configured.catalog(), {}, [name]) });
      assert.equal(outcome.exitCode, 1);
      assert.deepEqual(ids(outcome, name), [1, 2, 3]);
      assert.equal(lastState(outcome)?.bookmarks?.[name]?.updated_at, expected, name);
      await opened.api.close();
    }
    opened = await session({});
  });

  it('that are sorted resume after the last whole page', async () => {
    opened = await session({ pagination: { type: 'page' } }, { ...BY_UPDATE, bookmark_param: 'since', sorted: true });
    opened.api.faults.push(undefined, undefined, response => send(response, { status: 400 }));
    const broken = await opened.run();
    assert.equal(broken.exitCode, 1);
    assert.equal(bookmark(broken), '2024-01-01T00:06:00+00:00');
    const resumed = await opened.run({ state: lastState(broken) });
    assert.deepEqual(ids(resumed), [6, 7]);
    assert.deepEqual(await flake8(opened.generated.folder), []);
    assert.equal(records(resumed).length, 2);
  });
});

describe('bookmarks that are counters', function () {
  this.timeout(120_000);
  needsPython();
  const BY_ID = { replication_key: 'id', bookmark_format: 'integer' };
  // So great that a moment of that number would be one in milliseconds, and a float inexact.
  const GREAT = [99_999_999_999, 100_000_000_001, 9_007_199_254_740_993n];
  const counted = [1, 2, ...GREAT].map((id, index) => `{"id":${id},"name":"Item ${index}"}`);
  // The server takes a number for seconds.
  const asServed = (text: string) => Number(text) * 1000;
  let opened: Session;
  afterEach(() => opened.api.close());
  const counter = (outcome: Parameters<typeof lastState>[0]) => lastState(outcome)?.bookmarks?.items?.id;

  it('are asked for from the number before, and no start_date is sent', async () => {
    opened = await session(
      {},
      { ...BY_ID, bookmark_param: 'after' },
      { bookmark: { param: 'after', field: 'id', parse: asServed } },
    );
    assert.deepEqual(await flake8(opened.generated.folder), []);
    assert.ok(!Object.hasOwn(JSON.parse(await textOf(opened.generated, 'templates/config.json')), 'start_date'));
    const first = await opened.run({ config: { start_date: '2024-01-01' } });
    assert.deepEqual(ids(first), [1, 2, 3, 4, 5, 6, 7], first.error);
    assert.equal(opened.api.reads.at(-1)?.params.get('after'), null);
    assert.equal(counter(first), 7);
    const second = await opened.run({ state: { bookmarks: { items: { id: 5 } } } });
    assert.equal(opened.api.reads.at(-1)?.params.get('after'), '4');
    assert.deepEqual(ids(second), [5, 6, 7]);
  });

  it('of any size are compared as numbers, beside streams of moments', async () => {
    opened = await session({}, {}, { envelope: () => '' });
    // Without keys, since none of them may be null.
    const rows = { path: '/items', schema: SCHEMA };
    const { connector, generated } = await connectorOf({
      streams: [
        { ...rows, name: 'items', ...BY_ID },
        { ...rows, name: 'dated', ...BY_UPDATE, bookmark_param: 'since' },
      ],
    });
    assert.deepEqual(await flake8(generated.folder), []);
    const configured = connector.with({ port: opened.api.port, start_date: '2024-01-01' });
    const [catalog] = [selectAll(await configured.catalog())];
    const answers = () => opened.api.faults.push(...[1, 2].map(() => rawAnswer(`[${[...counted, '{"id":null}']}]`)));
    answers();
    const first = await configured.run({ catalog });
    assert.equal(first.exitCode, 0, first.error);
    assert.equal(ids(first).length, 6);
    assert.match(first.stdout, /"items": \{"id": 9007199254740993\}/);
    answers();
    const second = await configured.run({ catalog, state: { bookmarks: { items: { id: 100_000_000_001 } } } });
    assert.deepEqual(ids(second), [100_000_000_001, Number(GREAT[2]), null]);
  });

  it('move the state on the way where they are sorted', async () => {
    opened = await session(
      { pagination: { type: 'page' } },
      { ...BY_ID, bookmark_param: 'after', sorted: true },
      {
        bookmark: { param: 'after', field: 'id', parse: asServed },
      },
    );
    opened.api.faults.push(undefined, undefined, response => send(response, { status: 400 }));
    const broken = await opened.run();
    assert.deepEqual([broken.exitCode, counter(broken)], [1, 6]);
    assert.deepEqual(ids(await opened.run({ state: lastState(broken) })), [6, 7]);
  });

  it('have one for each parent', async () => {
    opened = await session({});
    const schema = SCHEMA;
    const { connector } = await connectorOf({
      streams: [
        { name: 'teams', path: '/teams', schema },
        {
          name: 'items',
          path: '/teams/{team}',
          parent: { stream: 'teams', field: 'id', as: 'team' },
          schema,
          ...BY_ID,
        },
      ],
    });
    const serve = (one: number, two: number) => {
      const of = (path: string, records: Resource['records']): Resource => ({
        path,
        records,
        pagination: { type: 'none' },
      });
      opened.api.options = {
        resources: [of('/teams', items(2)), of('/teams/1', items(one)), of('/teams/2', items(two, 5))],
      };
    };
    const configured = connector.with({ port: opened.api.port });
    const catalog = selectAll(await configured.catalog());
    serve(3, 1);
    const first = await configured.run({ catalog });
    assert.deepEqual(lastState(first)?.bookmarks?.items, { id: 5, parents: { '[1]': 3, '[2]': 5 } });
    serve(4, 1);
    assert.deepEqual(ids(await configured.run({ catalog, state: lastState(first) })), [3, 4, 5]);
  });

  it('are asked in a connection test as in the first run', async () => {
    opened = await session({}, { ...BY_UPDATE, bookmark_param: 'since' }, { anyParams: true });
    const config = { start_date: '2024-01-01' };
    const { exitCode, error } = await opened.over(config).testConnection();
    assert.equal(exitCode, 0, error);
    await opened.run({ config });
    const [tested, first] = opened.api.reads.map(({ params }) => params.get('since'));
    assert.match(String(tested), /^202[34]-/);
    assert.equal(tested, first);
  });

  it('get no start_date in a connection test, beside a stream of windows', async () => {
    opened = await session({}, {}, { anyParams: true });
    const windows = { bookmark_param: 'since', bookmark_end_param: 'until', window_days: 30 };
    const rows = { path: '/items', schema: SCHEMA };
    const { connector } = await connectorOf({
      streams: [
        { ...rows, name: 'items', ...BY_ID },
        { ...rows, name: 'later', ...BY_UPDATE, ...windows },
      ],
    });
    const { exitCode, error } = await connector
      .with({ port: opened.api.port, start_date: '2024-01-01' })
      .testConnection();
    assert.equal(exitCode, 0, error);
  });
});

function rawAnswer(text: string): Fault {
  return response => response.writeHead(200, { 'Content-Type': 'application/json' }).end(text);
}

describe('answers of an incremental stream that cannot be', () => {
  const refused: readonly [object, RegExp][] = [
    [{ lookback_seconds: 5, sorted: true }, /lookback_seconds.*replication_key[\s\S]*sorted.*replication_key/],
    [{ ...BY_UPDATE, bookmark_format: 'date' }, /bookmark_format.*has no use without a bookmark_param/],
    [{ ...BY_UPDATE, bookmark_param: 'a', bookmark_format: 'day' }, /bookmark_format.*or a pattern of strftime/],
    [{ ...BY_UPDATE, bookmark_param: 'a', window_days: 5 }, /window_days.*needs a bookmark_end_param/],
    [
      { ...BY_UPDATE, bookmark_param: 'a', bookmark_end_param: 'b', bookmark_format: 'date', window_days: 1 },
      /window_days.*must be more than 1, as bookmark_format tells no less apart/,
    ],
    [
      { ...BY_UPDATE, bookmark_param: 'p', pagination: { type: 'page', page_param: 'p' } },
      /items has p for its bookmark, and its pagination has it too/,
    ],
    [{ replication_key: 'id' }, /bookmark_format.*is needed, since id is a number .integer for a counter/],
    [{ ...BY_UPDATE, bookmark_format: 'integer' }, /updated_at is of the type string, no counter/],
    [
      { replication_key: 'id', bookmark_format: 'integer', lookback_seconds: 5 },
      /lookback_seconds.*has no use where the bookmark is a counter/,
    ],
  ];
  for (const [stream, message] of refused)
    it(`such as ${JSON.stringify(stream)}`, () =>
      assert.rejects(session({}, stream as Record<string, unknown>), message));
});
