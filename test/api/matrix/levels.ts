import type { Reply, Resource } from '../strict-server.ts';

export type Answers = Readonly<Record<string, unknown>>;

/** A record of the API that the connectors read. */
export interface Item extends Record<string, unknown> {
  readonly id: number;
  readonly name: string;
  readonly updated_at: string;
  /** Seconds since 1970. */
  readonly made: number;
  /** A number that is text. */
  readonly amount: string;
}

/** A stream beside the one that is read, and what the API has of it. */
interface Beside {
  readonly stream: Answers;
  readonly resource: Resource;
}

/** What one answer or a few are, and what they mean for the API and for what comes of it. */
export interface Level {
  readonly stream?: Answers;
  readonly connector?: Answers;
  /** What is configured beside the keys. */
  readonly config?: Answers;
  /** Columns that the stream has as well, and those that it hasn't. */
  readonly properties?: Answers;
  readonly without?: readonly string[];
  readonly api?: Partial<Resource>;
  readonly beside?: readonly Beside[];
  /** What rows have as well. */
  readonly row?: (item: Item) => object;
  /** Whether a record becomes a row. */
  readonly keeps?: (item: Item) => boolean;
  /** What the API answers once, before it answers as ever. */
  readonly busy?: Reply;
}

export interface AuthLevel extends Level {
  /** How the API authenticates, where that is one of several schemes. */
  readonly rules?: Answers & { readonly type: string };
}

export interface ReplicationLevel extends Level {
  /** The parameters of the filter, which may stand as {names} instead. */
  readonly param?: string;
  readonly end?: string;
  readonly text?: string;
  readonly parse?: (text: string) => number;
  /** The records from which on a second run reads, where a first one read up to a number. */
  readonly from: (count: number) => number;
  /** How many more records the API gives, since it may leave out the value that it is asked for. */
  readonly before?: number;
  /** How the API orders its records. */
  readonly newestFirst?: true;
  readonly query?: Record<string, unknown>;
}

const token_url = 'http://127.0.0.1:{port}/token';

const auth = (answers: Answers, rules?: AuthLevel['rules'], config?: Answers): AuthLevel => ({
  connector: { auth: answers },
  ...(rules && { rules }),
  ...(config && { config }),
});

const AUTH: readonly AuthLevel[] = [
  auth({ type: 'none' }),
  auth({ type: 'bearer' }),
  auth({ type: 'api_key', in: 'header', name: 'X-Key' }),
  auth({ type: 'api_key', in: 'query', name: 'key' }),
  auth({ type: 'api_key', in: 'body', name: 'key' }),
  auth({ type: 'custom', headers: { 'X-Key': 'key {api_key}' }, params: { account: '{account}' } }),
  auth({ type: 'digest' }),
  auth({ type: 'aws_signature', service: 'execute-api' }),
  auth({ type: 'oauth2_client_credentials', token_url }),
  auth({ type: 'oauth2_refresh_token', token_url, rotating: true }),
  auth({ type: 'session_token', login_path: '/login', token_path: 'data.token' }),
  auth(
    { type: 'choice', schemes: { token: { type: 'bearer' }, key: { type: 'api_key', in: 'query', name: 'key' } } },
    { type: 'api_key', in: 'query', name: 'key' },
    { auth_type: 'key' },
  ),
];

const paging = (pagination: Answers): Level => ({ connector: { pagination } });

const JOB = {
  type: 'job',
  job_path: 'job.id',
  status_url: '/jobs/{job}',
  status_path: 'state',
  done: ['DONE'],
  result_url: '/jobs/{job}/rows',
};

const PAGINATION: readonly Level[] = [
  paging({ type: 'page' }),
  paging({ type: 'page', start_page: 0, total_pages_path: 'feed.meta.pages' }),
  paging({ type: 'offset', page_size_param: 'limit', page_size: 50 }),
  paging({ type: 'cursor', cursor_path: 'feed.meta.next' }),
  paging({ type: 'cursor', cursor_param: 'page.after', cursor_path: 'feed.meta.next', cursor_in: 'body' }),
  paging({ type: 'cursor', cursor_header: 'X-Next', omitted_at_end: true, page_size_param: 'limit', page_size: 2 }),
  paging({ type: 'next_url', next_url_path: 'feed.meta.next' }),
  paging({ type: 'link_header', omitted_at_end: true }),
  paging({ type: 'keyset', has_more_path: 'feed.meta.more' }),
  paging({ type: 'offset', last_page_when: { path: 'feed.meta.end', equals: true } }),
  paging(JOB),
  paging({ type: 'none' }),
];

const UPDATED = { replication_key: 'updated_at' };
const next = (count: number) => Math.max(1, count);

const LISTS = ['old', 'new'].map((list, index) => ({ list, at: `2024-01-0${index + 1}T00:00:00Z` }));

/** Lists of which a stream is asked by what has changed. */
const CHANGED: Beside = {
  stream: {
    ...{ name: 'lists', path: '/lists', method: 'POST', key_properties: ['list'], replication_key: 'at' },
    ...{ pagination: { type: 'none' }, schema: { properties: { list: 'string', at: 'date-time' } } },
  },
  resource: { path: '/lists', method: 'POST', records: LISTS, pagination: { type: 'none' } },
};

const REPLICATION: readonly ReplicationLevel[] = [
  { from: () => 1 },
  { stream: UPDATED, param: 'since', from: next },
  {
    stream: { ...UPDATED, bookmark_format: 'epoch_seconds', sorted: true },
    param: 'since',
    text: '{since:epoch}',
    parse: text => Number(text) * 1000,
    from: next,
  },
  { stream: UPDATED, from: next },
  { stream: { ...UPDATED, newest_first: true }, newestFirst: true, from: next },
  {
    // The border between two windows is the moment of the third record.
    stream: { ...UPDATED, window_days: 1 },
    config: { start_date: '2023-12-31T00:03:00Z' },
    query: { _end_date: '2024-01-02T00:00:30Z' },
    param: 'since',
    end: 'until',
    from: next,
  },
  {
    stream: { replication_key: 'id', bookmark_format: 'integer' },
    param: 'since',
    parse: text => Number(text) * 1000,
    from: next,
    before: 1,
  },
  { stream: { ...UPDATED, lookback_seconds: 60 }, from: count => Math.max(1, count - 1) },
  {
    stream: {
      key_properties: ['id', 'list'],
      replication_key: 'list_at',
      parents: [
        { stream: 'lists', field: 'list', as: 'list', incremental: true },
        { stream: 'lists', field: 'at', as: 'list_at' },
      ],
    },
    properties: { list: 'string', list_at: 'date-time' },
    beside: [CHANGED],
    from: () => 1,
  },
];

/** Where records stand; what is below `feed` is the whole response. */
const RECORDS: readonly Level[] = [
  { stream: {}, api: { envelope: found => found } },
  {
    stream: { records_path: 'feed.data.items', from_response: { size: 'feed.size' } },
    properties: { size: 'integer' },
    api: { envelope: found => ({ feed: { size: 7, data: { items: found } } }) },
    row: () => ({ size: 7 }),
  },
  {
    stream: { records_path: 'feed.groups.*.items' },
    api: { envelope: found => ({ feed: { groups: [{ items: found }] } }) },
  },
  {
    stream: { records_path: 'feed.by_id', records_in: 'map', map_key: 'key' },
    properties: { key: 'string' },
    api: {
      envelope: found => ({
        feed: { by_id: Object.fromEntries(found.map(item => [`k${(item as Item).id}`, item])) },
      }),
    },
    row: ({ id }) => ({ key: `k${id}` }),
  },
  {
    stream: { records_path: 'feed.rows', records_in: 'rows', columns_path: 'feed.columns' },
    api: {
      envelope: found => ({
        feed: { columns: Object.keys(found[0] ?? { id: 0 }), rows: found.map(item => Object.values(item)) },
      }),
    },
  },
  {
    stream: { records_path: 'feed.data.*.item', records_in: 'object' },
    api: { envelope: found => ({ feed: { data: found.map(item => ({ item })) } }) },
  },
  {
    stream: { records_path: 'feed.found', omits_empty: true },
    api: { envelope: found => ({ feed: found.length > 0 ? { found } : { none: true } }) },
  },
];

const METHOD: readonly Level[] = [
  {},
  { stream: { params: { expand: 'a b' } } },
  { stream: { method: 'POST', body: { fixed: { a: 1 } } } },
  { stream: { params_in: 'body', params: { 'options.expand': 'all' } } },
  { stream: { method: 'POST', body_as: 'form', body: { fixed: ['a', 'b'], other: '{account}' } } },
  { stream: { method: 'POST', body_as: 'form', params_in: 'body', params: { 'expand.all': 'é & {account}' } } },
];

/** Parameters of a stream in which the bookmark and the page stand as {names}, in place of parameters of their own. */
export const TEXTS = ['none', 'since', 'paging', 'both'] as const;

const COLUMNS: readonly Level[] = [
  {},
  {
    stream: { columns: { own: 'name', kind: { value: 'item of {account}' } } },
    properties: { own: 'string', kind: 'string' },
    row: ({ name }) => ({ own: name, kind: 'item of acme+42' }),
  },
  {
    stream: { names: 'snake', flatten: true, cast: true },
    properties: { amount: 'number' },
    row: ({ amount }) => ({ amount: Number(amount) }),
  },
  {
    stream: { rename: { name: 'title' }, remove: ['amount'], convert: { made: 'from_epoch' } },
    properties: { title: 'string', made: 'date-time' },
    without: ['name'],
    row: ({ name, made }) => ({ title: name, made: new Date(made * 1000).toISOString(), name: undefined }),
  },
];

const CONDITIONS: readonly Level[] = [
  {},
  { stream: { keep_when: 'id > 0 and exists name', drop_when: 'id in [2, 99] or name contains "%}"' } },
  { stream: { keep_when: 'name != "Item 2"', drop_when: 'name in ["x", "y"] or name contains "%}"' } },
  {
    stream: { deleted_when: 'name == "Item 2"', deleted_column: '_gone' },
    properties: { _gone: 'boolean' },
    row: ({ id }: Item) => ({ _gone: id === 2 }),
  },
].map((level, index) => ([1, 2].includes(index) ? { ...level, keeps: ({ id }: Item) => id !== 2 } : level));

const ERRORS: readonly Level[] = [
  {},
  {
    stream: {
      errors: [
        { status: 409, do: 'retry' },
        { status: 404, contains: 'no such list', do: 'empty' },
      ],
    },
    busy: { status: 409, body: { message: 'try again' } },
  },
  {
    stream: {
      errors: [
        { path: 'failure.code', equals: 7, do: 'retry' },
        { path: 'failure.code', do: 'fail', message: 'The account is "closed"' },
      ],
    },
    busy: { body: { failure: { code: 7 } } },
  },
  { stream: { empty_statuses: [404] }, api: { missing: true } },
];

const own = (rules: Answers & { readonly type: string }): Level => ({ stream: { auth: rules }, api: { auth: rules } });

const OWN_AUTH: readonly Level[] = [
  {},
  own({ type: 'none' }),
  own({ type: 'api_key', in: 'header', name: 'X-Own' }),
  own({ type: 'basic' }),
];

const HEADERS: readonly Level[] = [
  {},
  {
    stream: { headers: { 'X-Mode': 'of {account} {{x}}', 'X-Year': '{now:%Y}' } },
    api: { headers: { 'X-Mode': 'of acme+42 {x}', 'X-Year': String(new Date().getUTCFullYear()) } },
  },
];

const parent = (
  name: string,
  path: string,
  records: readonly Record<string, unknown>[],
  more: Answers = {},
): Beside => ({
  stream: {
    ...{ name, path: `/${path}`, method: 'POST', key_properties: ['slug'], pagination: { type: 'none' } },
    ...{ schema: { properties: { slug: 'string' } }, ...more },
  },
  resource: { path: `/${path.replace('{root}', 'root')}`, method: 'POST', records, pagination: { type: 'none' } },
});

const PARENT = parent('parents', 'parents', [{ slug: 'items' }]);

/** What a stream is read for: nothing, the items of a list, or the records of another one, which may have a parent, too. */
const PARTS: readonly Level[] = [
  {},
  {
    stream: { path: '/{item}', for_each: { items: ['items'] } },
    properties: { item: 'string' },
    row: () => ({ item: 'items' }),
  },
  {
    stream: { path: '/{part}', for_each: { config: 'parts', as: 'part' } },
    config: { parts: 'items' },
    properties: { part: 'string' },
    row: () => ({ part: 'items' }),
  },
  {
    stream: { path: '/{slug}', parent: { stream: 'parents', field: 'slug', as: 'slug' } },
    properties: { slug: 'string' },
    beside: [PARENT],
    row: () => ({ slug: 'items' }),
  },
  {
    stream: { path: '/{slug}', parent: { stream: 'lists_of', field: 'slug', as: 'slug' } },
    properties: { slug: 'string' },
    beside: [
      parent('roots', 'roots', [{ slug: 'root' }]),
      parent('lists_of', '{root}/parents', [{ slug: 'items' }], {
        parent: { stream: 'roots', field: 'slug', as: 'root' },
      }),
    ],
    row: () => ({ slug: 'items' }),
  },
];

function toXml(value: unknown, tag: string): string {
  if (Array.isArray(value)) return value.map(each => toXml(each, tag)).join('');
  const text =
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([name, inner]) => toXml(inner, name))
          .join('')
      : String(value ?? '').replace(/[&<]/g, sign => `&#${sign.charCodeAt(0)};`);
  return `<${tag}>${text}</${tag}>`;
}

/** What the stream's responses are written in, where that is not JSON. */
const FORMAT: readonly Level[] = [
  {},
  {
    stream: { response_format: 'jsonl' },
    api: {
      type: 'application/x-ndjson',
      write: body => (body as Item[]).map(item => `${JSON.stringify(item)}\n`).join(''),
    },
  },
  {
    stream: { response_format: 'csv', csv_delimiter: ';', encoding: 'latin-1' },
    api: {
      type: 'text/csv',
      write: body =>
        [['id', 'name', 'updated_at', 'made', 'amount'], ...(body as Item[]).map(item => Object.values(item))]
          .map(values => `${values.join(';')}\r\n`)
          .join(''),
    },
  },
  {
    stream: { response_format: 'xml' },
    api: { type: 'application/xml', write: body => toXml((body as { feed?: unknown }).feed, 'feed') },
  },
];

const BASE: readonly Level[] = [{}, { stream: { base_url: 'http://127.0.0.1:{port}/v2' } }];

/** What goes for the whole connector. */
const CONNECTOR: readonly Level[] = [
  {},
  { connector: { decimals: 'exact', rate_limit: { calls: 1000, seconds: 1 } } },
  {
    connector: {
      config: [{ name: 'region', values: { eu: 'Europe', us: 'America' } }],
      headers: { 'X-Region': 'in {region}' },
    },
    config: { region: 'eu' },
    api: { headers: { 'X-Region': 'in Europe' } },
  },
];

export const LEVELS = {
  auth: AUTH,
  pagination: PAGINATION,
  replication: REPLICATION,
  records: RECORDS,
  method: METHOD,
  texts: TEXTS.map((): Level => ({})),
  columns: COLUMNS,
  conditions: CONDITIONS,
  errors: ERRORS,
  own: OWN_AUTH,
  headers: HEADERS,
  parts: PARTS,
  format: FORMAT,
  base: BASE,
  connector: CONNECTOR,
} as const;
