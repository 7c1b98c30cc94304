import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Catalog, selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import type { Outcome } from '../framework/output.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { plan, temporaryFolder } from '../support/generate.ts';
import { pairwise, type Row } from './pairwise.ts';
import type { Resource } from './strict-server.ts';
import { type Item, ids, items, SCHEMA, type Session, session } from './support.ts';

type Answers = Record<string, unknown>;
type Paging = Answers & { readonly type: string };

const token_url = 'http://127.0.0.1:{port}/token';

const AUTH: readonly Answers[] = [
  { type: 'none' },
  { type: 'bearer' },
  { type: 'api_key', in: 'header', name: 'X-Key' },
  { type: 'api_key', in: 'query', name: 'key' },
  { type: 'api_key', in: 'body', name: 'key' },
  { type: 'basic' },
  { type: 'custom', headers: { 'X-Key': 'key {api_key}' }, params: { account: '{account}' } },
  { type: 'oauth2_client_credentials', token_url },
  { type: 'oauth2_refresh_token', token_url, rotating: true },
  { type: 'session_token', login_path: '/login', token_path: 'data.token' },
];

const PAGINATION: readonly Paging[] = [
  { type: 'page' },
  { type: 'page', start_page: 0, total_pages_path: 'meta.pages' },
  { type: 'offset', page_size_param: 'limit', page_size: 50 },
  { type: 'cursor', cursor_path: 'meta.next' },
  { type: 'cursor', cursor_param: 'page.after', cursor_path: 'meta.next', cursor_in: 'body' },
  { type: 'next_url', next_url_path: 'meta.next' },
  { type: 'link_header', omitted_at_end: true },
  { type: 'keyset', has_more_path: 'meta.more' },
  { type: 'offset', last_page_when: { path: 'meta.end', equals: true } },
];

const REPLICATION: readonly Answers[] = [
  {},
  { replication_key: 'updated_at', bookmark_param: 'since' },
  { replication_key: 'updated_at', bookmark_param: 'since', bookmark_format: 'epoch_seconds', sorted: true },
  { replication_key: 'updated_at' },
];

const RECORDS: readonly { readonly stream: Answers; readonly resource?: Partial<Resource> }[] = [
  { stream: {} },
  { stream: { records_path: 'data.items' } },
  { stream: { records_path: 'groups.*.items' }, resource: { recordsPath: 'groups[0].items' } },
  {
    stream: { records_path: 'by_id', records_in: 'map' },
    resource: {
      recordsPath: undefined,
      envelope: found => ({ by_id: Object.fromEntries(found.map(item => [`k${(item as Item).id}`, item])) }),
    },
  },
];

/** Parameters of a stream in which the bookmark and the page stand as {names}, in place of parameters of their own. */
const TEXTS = ['none', 'since', 'paging', 'both'] as const;

/** What stands where the pagination has a parameter. */
function pagingText({ type, ...answers }: Paging): Answers {
  const texts: Readonly<Record<string, Answers>> = {
    page: { page: '{page}' },
    offset: { offset: '{offset}', ...(answers.page_size !== undefined && { limit: '{limit}' }) },
    cursor: { [String(answers.cursor_param ?? 'cursor')]: '{cursor}' },
    keyset: { starting_after: '{cursor}' },
  };
  return texts[type] ?? {};
}

/** The same replication by a text. */
function bookmarkText({ bookmark_param, bookmark_format, ...replication }: Answers): Answers {
  const since = bookmark_format === 'epoch_seconds' ? '{since:epoch}' : '{since}';
  return { ...replication, params: { [String(bookmark_param ?? 'since')]: since } };
}

const METHOD: readonly Answers[] = [
  {},
  { params: { expand: 'a b' } },
  { method: 'POST', body: { fixed: { a: 1 } } },
  { params_in: 'body', params: { 'options.expand': 'all' } },
  { method: 'POST', body_as: 'form', body: { fixed: ['a', 'b'], other: '{account}' } },
];

/** What changes records; `properties` are further columns. */
interface Shape {
  readonly stream: Answers;
  readonly properties?: Answers;
}

const COLUMNS: readonly Shape[] = [
  { stream: {} },
  {
    stream: { columns: { own: 'name', kind: { value: 'item' } } },
    properties: { own: 'string', kind: 'string' },
  },
  { stream: { names: 'snake', flatten: true, cast: true } },
];

const CONDITIONS: readonly Shape[] = [
  { stream: {} },
  { stream: { keep_when: 'id > 0 and exists name', drop_when: 'name in ["x", "y"] or name contains "%}"' } },
  { stream: { deleted_when: 'name == "gone"', deleted_column: '_gone' }, properties: { _gone: 'boolean' } },
];

const ERRORS: readonly Answers[] = [
  {},
  {
    errors: [
      { status: 409, do: 'retry' },
      { status: 404, contains: 'no such list', do: 'empty' },
    ],
  },
  { errors: [{ path: 'failure.code', equals: 7, do: 'fail', message: 'The account is "closed"' }] },
];

const OWN_AUTH: readonly Answers[] = [
  {},
  { auth: { type: 'none' } },
  { auth: { type: 'api_key', in: 'header', name: 'X-Own' } },
];

const HEADERS: readonly Answers[] = [{}, { headers: { 'X-Mode': 'of {account} {{x}}', 'X-Year': '{now:%Y}' } }];

/** What the stream's responses are written in, where that is not JSON. */
const FORMAT: readonly { readonly stream: Answers; readonly resource?: Partial<Resource> }[] = [
  { stream: {} },
  {
    stream: { response_format: 'jsonl' },
    resource: {
      type: 'application/x-ndjson',
      envelope: found => found.map(item => `${JSON.stringify(item)}\n`).join(''),
    },
  },
  {
    stream: { response_format: 'csv', csv_delimiter: ';', encoding: 'latin-1' },
    resource: {
      type: 'text/csv',
      envelope: found =>
        ['id;name;updated_at', ...found.map(item => Object.values(item).join(';'))].map(line => `${line}\r\n`).join(''),
    },
  },
];

const PARENT = {
  stream: {
    name: 'parents',
    path: '/parents',
    method: 'POST',
    pagination: { type: 'none' },
    schema: { properties: { slug: 'string' } },
  },
  resource: { path: '/parents', method: 'POST', records: [{ slug: 'items' }], pagination: { type: 'none' } },
};

/** What a stream is read for: nothing, the items of a list, or the records of another one. */
const PARTS: readonly (Shape & { readonly beside?: readonly (typeof PARENT)[] })[] = [
  { stream: {} },
  { stream: { path: '/{item}', for_each: { items: ['items'] } }, properties: { item: 'string' } },
  {
    stream: { path: '/{slug}', parent: { stream: 'parents', field: 'slug', as: 'slug' } },
    properties: { slug: 'string' },
    beside: [PARENT],
  },
];

const FACTORS = {
  auth: AUTH,
  pagination: PAGINATION,
  replication: REPLICATION,
  records: RECORDS,
  method: METHOD,
  texts: TEXTS,
  columns: COLUMNS,
  conditions: CONDITIONS,
  errors: ERRORS,
  own: OWN_AUTH,
  headers: HEADERS,
  parts: PARTS,
  format: FORMAT,
};

/** Why some levels don't go together, and what the generator says of it; nothing where a pair is another one in other words. */
interface Exclusion {
  readonly why: string;
  readonly excludes: (row: Row) => boolean;
  readonly refused?: RegExp;
}

/** Whether a pagination looks beside the records for what leads on, or for what tells how much there is. */
const isBeside = ({ pagination }: Row, what: 'next' | 'total') => {
  const answers = pagination === undefined ? {} : (PAGINATION[pagination] as Answers);
  const isNext = ['cursor_path', 'next_url_path', 'last_page_when'].some(key => key in answers);
  return saysTheLast(answers) && isNext === (what === 'next');
};
const BARE = /has no \S+ to go on by, since its response is the list of records itself \(pagination: /;

const EXCLUSIONS: readonly Exclusion[] = [
  {
    why: 'next addresses and links have no value that could stand in a text',
    excludes: ({ texts, pagination }) =>
      isText(texts, 'paging') &&
      pagination !== undefined &&
      Object.keys(pagingText(PAGINATION[pagination] as Paging)).length === 0,
    refused: /has \{page\}, which its pagination \((?:next_url|link_header)\) has no value for \(/,
  },
  {
    why: 'where a text has the cursor, cursor_in says nothing',
    excludes: ({ texts, pagination }) =>
      isText(texts, 'paging') && pagination !== undefined && PAGINATION[pagination]?.cursor_in !== undefined,
  },
  {
    why: 'a text of the bookmark needs one',
    excludes: ({ texts, replication }) => isText(texts, 'since') && replication === 0,
    refused: /has \{since\}, which has no value without a replication_key \(/,
  },
  {
    why: 'a filter in a text is one without bookmark_param already',
    excludes: ({ texts, replication }) =>
      isText(texts, 'since') && replication !== undefined && REPLICATION[replication]?.bookmark_param === undefined,
  },
  {
    why: 'a GET request has no body for a key',
    excludes: ({ auth, method }) =>
      auth !== undefined && method !== undefined && AUTH[auth]?.in === 'body' && !hasBody(method),
    refused: /a GET request has no body for the key \(method: POST/,
  },
  {
    why: 'nor for a cursor',
    excludes: ({ pagination, method }) =>
      pagination !== undefined &&
      method !== undefined &&
      PAGINATION[pagination]?.cursor_in === 'body' &&
      !hasBody(method),
    refused: /is asked for by GET, which has no body for the cursor of its pagination \(method: POST/,
  },
  {
    why: 'the server here looks for keys and cursors in JSON, and not in forms',
    excludes: ({ auth, pagination, method }) =>
      METHOD[method ?? 0]?.body_as !== undefined &&
      ((auth !== undefined && AUTH[auth]?.in === 'body') ||
        (pagination !== undefined && PAGINATION[pagination]?.cursor_in === 'body')),
  },
  {
    why: 'a list has nothing beside its records',
    excludes: row => isBeside(row, 'next') && row.records === 0,
    refused: BARE,
  },
  {
    why: 'a list has no total beside it either, which the run finds',
    excludes: row => isBeside(row, 'total') && (row.records === 0 || isOther(row)),
  },
  {
    why: 'nor have lines',
    excludes: row => isBeside(row, 'next') && isOther(row),
    refused: BARE,
  },
  {
    why: 'lines have nothing around their records',
    excludes: row => isOther(row) && (row.records ?? 0) > 0,
    refused: /records_path.*: is \S+, and (?:jsonl|csv) has nothing around its records \(/,
  },
  {
    why: 'rules for errors look into JSON',
    excludes: row => isOther(row) && row.errors === 2,
    refused: /errors\[0\]\.path.*: is read in JSON alone \(/,
  },
  {
    why: 'CSV has no numbers',
    excludes: row => FORMAT[row.format ?? 0]?.stream.response_format === 'csv' && row.conditions === 1,
    refused: /has a condition with 0, and csv has nothing but text \(write "0"\)/,
  },
];

/** Levels may be open. */
function isText(texts: number | undefined, part: 'since' | 'paging'): boolean {
  return [part, 'both'].includes(TEXTS[texts ?? 0] as string);
}

function isOther({ format = 0 }: Row): boolean {
  return format > 0;
}

function hasBody(method: number): boolean {
  const { body, params_in } = METHOD[method] ?? {};
  return body !== undefined || params_in === 'body';
}

function possible(row: Row): boolean {
  return !EXCLUSIONS.some(({ excludes }) => excludes(row));
}

/** The answers of a row, where the first level stands for those that it lacks. */
function answersOf(row: Row) {
  const auth = AUTH[row.auth ?? 0] as Answers;
  const pagination = PAGINATION[row.pagination ?? 0] as Paging;
  const replication = REPLICATION[row.replication ?? 0] as Answers;
  const records = RECORDS[row.records ?? 0];
  const format = FORMAT[row.format ?? 0];
  const method = METHOD[row.method ?? 0] as Answers;
  const given = isText(row.texts, 'since') ? bookmarkText(replication) : replication;
  const params = {
    ...(method.params as object),
    ...(given.params as object),
    ...(isText(row.texts, 'paging') && pagingText(pagination)),
  };
  const parts = PARTS[row.parts ?? 0];
  const shapes = [COLUMNS[row.columns ?? 0], CONDITIONS[row.conditions ?? 0], parts];
  const schema = { properties: Object.assign({ ...SCHEMA.properties }, ...shapes.map(shape => shape?.properties)) };
  const stream = {
    ...given,
    ...records?.stream,
    ...format?.stream,
    ...method,
    ...ERRORS[row.errors ?? 0],
    ...OWN_AUTH[row.own ?? 0],
    ...HEADERS[row.headers ?? 0],
    ...Object.assign({}, ...shapes.map(shape => shape?.stream)),
    schema,
    ...(Object.keys(params).length > 0 && { params }),
  } as Answers;
  return { auth, pagination, replication, records, format, method, parts, schema, stream };
}

const ROWS = pairwise(FACTORS, possible);
const SIZE = 3;

describe('the matrix of what an API can be', function () {
  this.timeout(60_000);
  needsPython();
  const catalogs = new Map<string, Catalog>();
  const folders: string[] = [];
  let opened: Session;
  afterEach(() => opened.api.close());

  it('has every possible two that meet, in 60 connectors or more', async () => {
    opened = await session({});
    assert.ok(ROWS.length >= 60, String(ROWS.length));
  });

  ROWS.forEach((row, index) => {
    const { auth, pagination, replication, records, format, method, parts, schema, stream } = answersOf(row);
    const title = JSON.stringify({ ...auth, ...pagination, ...stream });

    it(`${index + 1}: ${title}`, async () => {
      const epoch = replication.bookmark_format !== undefined && { parse: (text: string) => Number(text) * 1000 };
      const beside = parts?.beside ?? [];
      const resource = {
        path: '/items',
        auth: stream.auth,
        method: method.method || method.params_in ? 'POST' : 'GET',
        ...(method.body_as === 'form' && { body: undefined }),
        ...records?.resource,
        ...format?.resource,
        params: method.params as Record<string, string> | undefined,
        ...(replication.bookmark_param !== undefined && {
          bookmark: { param: 'since', field: 'updated_at', ...epoch },
        }),
      } as Partial<Resource>;
      opened = await session({ auth, pagination }, stream, resource, { beside });
      folders.push(opened.generated.folder);
      const config = { token_file: join(temporaryFolder(), 'token.json') };
      // Streams of the same replication and schema have the same catalog.
      const same = JSON.stringify([replication, schema, beside.length]);
      const catalog = catalogs.get(same) ?? (await opened.over(config).catalog());
      catalogs.set(same, catalog);
      const run = async (count: number, state?: unknown) => {
        const [given, ...others] = opened.api.options.resources;
        const resources = [{ ...(given as Resource), records: items(count) }, ...others];
        opened.api.options = { ...opened.api.options, resources };
        opened.api.seen.length = 0;
        const outcome = await opened.over(config).run({ catalog: selectAll(catalog), state });
        assert.equal(outcome.exitCode, 0, outcome.error);
        return outcome;
      };

      const count = [SIZE, SIZE + 1, 1, 2 * SIZE + 1, 0][index % 5] as number;
      const first = await run(count);
      assert.deepEqual(ids(first), idsOf(1, count));
      assert.equal(readsOf(opened), pagesOf(pagination, count));
      const second = await run(count + 2, stateOf(first));
      const incremental = replication.replication_key !== undefined;
      assert.deepEqual(ids(second), idsOf(incremental ? Math.max(1, count) : 1, count + 2));
      // Without a filter of the API's, all pages have to be looked through.
      const answered = replication.bookmark_param === undefined ? count + 2 : Math.min(3, count + 2);
      assert.equal(readsOf(opened), pagesOf(pagination, answered));
    });
  });

  const LEVELS = Object.entries(FACTORS).map(([name, levels]) => [name, [...levels.keys()]] as const);
  /** Every two levels that an exclusion keeps apart. */
  const apart = (excludes: (row: Row) => boolean): Row[] =>
    LEVELS.flatMap(([first, ones], index) =>
      LEVELS.slice(index + 1).flatMap(([second, others]) =>
        ones.flatMap(one => others.map(other => ({ [first]: one, [second]: other })).filter(excludes)),
      ),
    );

  for (const { why, excludes, refused } of EXCLUSIONS)
    it(`refuses what doesn't go together, with a reason and what to do: ${why}`, async () => {
      opened = await session({});
      const pairs = apart(excludes);
      assert.ok(pairs.length > 0);
      for (const pair of refused ? pairs : []) {
        const { auth, pagination, parts, stream } = answersOf(pair);
        const hasPage = isText(pair.texts, 'paging') && Object.keys(pagingText(pagination)).length === 0;
        const params = { ...(stream.params as object), ...(hasPage && { page: '{page}' }) };
        const items = { name: 'items', path: '/items', key_properties: ['id'], ...stream, params };
        const streams = [...(parts?.beside ?? []).map(beside => beside.stream), items];
        const answers = { name: 'Acme', base_url: 'https://a.test', config: [{ name: 'account' }], auth, pagination };
        await assert.rejects(plan('api', { ...answers, streams }), refused as RegExp, JSON.stringify(pair));
      }
    });

  it('comes with tests of its own, which pass', async () => {
    opened = await session({});
    const { checkout } = opened;
    const { passed, report, count } = await unittest(checkout, folders.map(testModule));
    assert.ok(passed, report);
    assert.ok(count >= 3 * ROWS.length, report);
    assert.deepEqual(await flake8(...folders.map(folder => testFolder(checkout, folder))), []);
  });
});

/** How many requests there were for the stream's own records. */
function readsOf({ api }: Session): number {
  return api.seen.filter(({ path }) => path === '/items').length;
}

/** The bookmarks of all streams: Mage keeps those of each by themselves. */
function stateOf({ messages }: Outcome) {
  return {
    bookmarks: Object.assign({}, ...messages.flatMap(({ type, value }) => (type === 'STATE' ? value?.bookmarks : []))),
  };
}

function idsOf(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** True where a response has something beside its records. */
function saysTheLast(pagination: Answers): boolean {
  return Object.keys(pagination).some(key => key.endsWith('_path') || key === 'last_page_when');
}

/** How many requests a number of records takes: one more where only an empty page is the end. */
function pagesOf(pagination: Answers, count: number): number {
  const sure = saysTheLast(pagination) || pagination.type === 'link_header';
  return sure ? Math.max(1, Math.ceil(count / SIZE)) : Math.ceil(count / SIZE) + 1;
}
