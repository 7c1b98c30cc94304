import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOUNDS } from '../../src/from/live/client.ts';
import { settleLive } from '../../src/from/live/settle.ts';
import { ids, items, lastState } from '../api/support.ts';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { type Answer, serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { connectorFrom } from './support.ts';

type Row = Readonly<Record<string, unknown>>;
type Params = ReadonlyMap<string, string>;

/** Records that were made and changed minute by minute, neither in their order. */
const MOMENTS = items(24).map(({ updated_at }) => updated_at);
const RECORDS: readonly Row[] = items(24).map(({ id, name }, index) => ({
  ...{ id, name, created_at: MOMENTS[(index * 5) % 24], updated_at: MOMENTS[(index * 7) % 24] },
}));
const PAGE = 9;
const time = (value: unknown) => new Date(String(value)).getTime();
const since = (text: string | undefined, column = 'updated_at') =>
  text === undefined ? RECORDS : RECORDS.filter(row => time(row[column]) >= time(text));

/** Pages by offset, of the records that are wanted. */
const paged = (rows: readonly Row[], params: Params): Answer => {
  const start = Number(params.get('offset') ?? 0);
  return { body: { data: rows.slice(start, start + PAGE), total: rows.length } };
};
const refused: Answer = { status: 400, body: { message: 'unknown parameter' } };
/** An API that refuses what it doesn't know. */
const strict = (known: readonly string[], answer: (params: Params) => Answer) => (params: Params) =>
  [...params.keys()].every(name => ['offset', ...known].includes(name)) ? answer(params) : refused;

interface Habit {
  readonly serve: (params: Params) => Answer;
  /** What the stream's answers have by it. */
  readonly answers: object;
  readonly evidence?: RegExp;
}

const ISO = (params: Params, name: string) => paged(since(params.get(name)), params);

const HABITS: Readonly<Record<string, Habit>> = {
  lenient: {
    serve: params => ISO(params, 'updated_at__gte'),
    answers: { bookmark_param: 'updated_at__gte' },
    evidence:
      /said: of 9 records the API gave \d by updated_at__gte 2024-01.*; a parameter that no API has changes nothing/,
  },
  refusing: {
    serve: strict(['updated_since'], params => ISO(params, 'updated_since')),
    answers: { bookmark_param: 'updated_since' },
    evidence: /said: of 9 records .*; a parameter that no API has is refused/,
  },
  in_brackets: {
    serve: params => ISO(params, 'updated_at[gte]'),
    answers: { bookmark_param: 'updated_at[gte]' },
  },
  // json-server takes any parameter for a filter by a field.
  by_fields: {
    serve: params => {
      const others = [...params.keys()].filter(name => name !== 'offset' && name !== 'updated_at_gte');
      return others.length > 0 ? paged([], params) : ISO(params, 'updated_at_gte');
    },
    answers: { bookmark_param: 'updated_at_gte' },
    evidence: /; a parameter that no API has gives nothing/,
  },
  // What is of the moment itself may be left out.
  exclusive: {
    serve: params => {
      const from = params.get('modified_after');
      return paged(
        since(from).filter(row => from === undefined || time(row.updated_at) > time(from)),
        params,
      );
    },
    answers: { bookmark_param: 'modified_after' },
  },
  odata: {
    serve: strict(['$filter', '$skip'], params => {
      const start = Number(params.get('$skip') ?? 0);
      const [, text] = /^updated_at ge (\S+)$/.exec(params.get('$filter') ?? '') ?? [];
      const rows = since(text);
      const next = start + PAGE < rows.length && { '@odata.nextLink': nextOf(params, start + PAGE) };
      return { body: { '@odata.context': '$metadata#Things', value: rows.slice(start, start + PAGE), ...next } };
    }),
    answers: { params: { $filter: 'updated_at ge {since}' } },
  },
  postgrest: {
    serve: strict(['updated_at'], params => {
      const [, text] = /^gte\.(.*)$/.exec(params.get('updated_at') ?? '') ?? [];
      return { body: since(text), headers: { 'Content-Range': '0-23/*' } };
    }),
    answers: { params: { updated_at: 'gte.{since}' } },
  },
  // Kinto.
  milliseconds: {
    serve: strict(['_since'], params => {
      const from = Number(params.get('_since') ?? 0);
      const rows = RECORDS.map(({ id, updated_at }) => ({ id, last_modified: time(updated_at) }));
      return { body: { data: rows.filter(row => row.last_modified > from) } };
    }),
    answers: { bookmark_param: '_since', bookmark_format: 'epoch_milliseconds' },
  },
  camel_case: {
    serve: strict(['updatedSince'], params => {
      const rows = since(params.get('updatedSince')).map(({ id, updated_at }) => ({ id, updatedAt: updated_at }));
      return { body: { data: rows } };
    }),
    answers: { bookmark_param: 'updatedSince' },
  },
  ignoring: { serve: params => paged(RECORDS, params), answers: {} },
  // It is about the creation: what changed later would be lost.
  of_creation: {
    serve: params => paged(since(params.get('since'), 'created_at'), params),
    answers: {},
  },
  // One that gives what is new whatever it is asked shows no filter.
  recent_by_anything: {
    serve: params => {
      const isAsked = [...params.keys()].some(name => name !== 'offset');
      const [moment] = [...params.values()].filter(value => value.startsWith('2024'));
      return paged(isAsked ? since(moment) : RECORDS, params);
    },
    answers: {},
  },
  // What is of a moment, and nothing that is later.
  of_that_moment: {
    serve: params => {
      const moment = params.get('updated_at_from');
      return paged(
        RECORDS.filter(row => moment === undefined || time(row.updated_at) === time(moment)),
        params,
      );
    },
    answers: {},
  },
  before: {
    serve: params => {
      const moment = params.get('updated_since');
      return paged(
        RECORDS.filter(row => moment === undefined || time(row.updated_at) <= time(moment)),
        params,
      );
    },
    answers: {},
  },
};

function nextOf(params: Params, skip: number): string {
  return `odata?${new URLSearchParams([...new Map([...params, ['$skip', String(skip)]])])}`;
}

/** Streams of one API. */
const OF_ONE_API = Array.from({ length: 10 }, (_, index) => `many_${index}`);
const MANY: Record<string, Habit['serve']> = {};

describe('filters by what changed, found by asking', function () {
  this.timeout(120_000);
  needsPython();
  let server: TestServer;

  before(async () => {
    server = await serve(({ pathname, searchParams }) => {
      const name = pathname.slice(4);
      const answer = HABITS[name]?.serve ?? MANY[name];
      return answer?.(new Map(searchParams)) ?? { status: 404, body: {} };
    });
  });
  after(() => server.close());

  for (const [name, { answers, evidence }] of Object.entries(HABITS))
    it(`are taken where the API's answer proves them, and no others: ${name}`, async () => {
      const saved = join(temporaryFolder(), 'saved.yaml');
      const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
      const before = server.requests.length;
      const made = await connectorFrom(`curl ${server.url}/v1/${name}`, { cwd: checkout.root, saveAnswers: saved });
      assert.ok(server.requests.length - before <= 30, `${server.requests.length - before} requests`);
      const [stream] = made.streams;
      const { bookmark_param, bookmark_format, params, pagination } = stream as Row;
      const found = { bookmark_param, bookmark_format, params };
      assert.deepEqual(JSON.parse(JSON.stringify(found)), answers, `${made.text} ${JSON.stringify(pagination)}`);
      if (evidence) assert.match(readFileSync(saved, 'utf8'), evidence);

      const connector = new Connector({ checkout, folder: made.folder, config: {} });
      const catalog = selectAll(await connector.catalog());
      const first = await connector.run({ catalog });
      assert.deepEqual(
        ids(first, name).toSorted((a, b) => Number(a) - Number(b)),
        RECORDS.map(({ id }) => id),
        first.error,
      );
      const state = lastState(first);
      const asked = server.requests.length;
      const second = await connector.run({ catalog, state });
      assert.equal(second.exitCode, 0, second.error);
      const newest = RECORDS.toSorted((a, b) => time(b.updated_at) - time(a.updated_at))[0];
      assert.deepEqual(ids(second, name), [newest?.id]);
      // OData takes a plus for itself.
      assert.ok(server.requests.every(({ url }) => !url.includes('+')));
      if (Object.keys(answers).length > 0) assert.equal(server.requests.length, asked + 1);
    });

  it('take the place of the moment that a request asks for', async () => {
    const url = `${server.url}/v1/refusing?updated_since=${MOMENTS[3]}`;
    const { streams } = await connectorFrom(`curl '${url}'`, { cwd: temporaryFolder() });
    const { bookmark_param, params } = streams[0] as Row;
    assert.deepEqual([bookmark_param, params], ['updated_since', undefined]);
  });

  const said = <Value>(value: Value) => ({ value, grade: 'said' as const, evidence: 'the test' });
  const described = (names: readonly string[], parameters: Readonly<Record<string, string>> = {}) => ({
    answers: { base_url: said(`${server.url}/v1`) },
    streams: names.map(name => ({
      ...{ name, title: '', parameters, responses: [], losses: [] },
      answers: { path: said(`/${name}`), pagination: said({ type: 'offset', total_path: 'total' }) },
    })),
    ...{ credentials: {}, notes: [] },
  });

  it('are not taken where no request is left to prove them', async () => {
    const found: (string | undefined)[] = [];
    for (let requests = 1; requests <= 20; requests++)
      for (const name of ['recent_by_anything', 'refusing']) {
        const before = server.requests.length;
        const { streams } = await settleLive(described([name]), {}, { ...BOUNDS, pause: 0, requests });
        assert.ok(server.requests.length - before <= requests);
        const param = streams[0]?.answers.bookmark_param?.value;
        if (name === 'refusing') found.push(param);
        else assert.equal(param, undefined, String(requests));
      }
    const at = found.indexOf('updated_since');
    assert.ok(at > 3);
    assert.deepEqual(
      found.map(param => param === undefined),
      found.map((_, index) => index < at),
    );
  });

  it("begin with what a description names, and with what the API's other streams have", async () => {
    for (const name of OF_ONE_API) MANY[name] = strict(['since_change'], params => ISO(params, 'since_change'));
    const before = server.requests.length;
    const api = described(OF_ONE_API, { since_change: '' });
    const { streams } = await settleLive(api, {}, { ...BOUNDS, pause: 0 });
    assert.deepEqual(
      streams.map(({ answers }) => answers.bookmark_param?.value),
      streams.map(() => 'since_change'),
    );
    // A first page, a second, all names at once for the first, and then two each.
    const asked = server.requests.slice(before).map(({ url }) => url);
    assert.equal(asked.length, 4 * OF_ONE_API.length + 1, asked.join('\n'));
  });

  it('are looked for in two streams of an API that shows none, and no more', async () => {
    for (const name of OF_ONE_API) MANY[name] = params => paged(RECORDS, params);
    const before = server.requests.length;
    await settleLive(described(OF_ONE_API), {}, { ...BOUNDS, pause: 0 });
    assert.equal(server.requests.length - before, 2 * OF_ONE_API.length + 2);
  });
});
