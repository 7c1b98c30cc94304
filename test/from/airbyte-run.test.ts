import assert from 'node:assert/strict';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { airbyte } from '../../src/from/airbyte/index.ts';
import { records } from '../api/support.ts';
import { needsPython } from '../framework/needs.ts';
import { connectorFor, serve } from './served.ts';
import { sourceOf } from './support.ts';

interface Row {
  readonly id: number;
  readonly at: string;
}

const ROWS: readonly Row[] = Array.from({ length: 7 }, (_, index) => ({
  id: index + 1,
  at: `2024-01-${String(index * 4 + 1).padStart(2, '0')}T00:00:00Z`,
}));
const SIZE = 2;

interface Request {
  readonly path: string;
  readonly params: URLSearchParams;
  readonly body: string;
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly setHeader: (name: string, value: string) => void;
}

/** A manifest of one make, and a server that keeps its rules: it answers nothing to a request that the manifest doesn't make. */
interface Make {
  readonly name: string;
  readonly stream: string;
  readonly answer: (request: Request) => unknown;
  /** Rows of a second run, from the first one's state; none where everything is read again. */
  readonly again?: readonly number[];
}

const SCHEMA =
  '{type: InlineSchemaLoader, schema: {properties: {id: {type: integer}, at: {type: [string, "null"], format: date-time}}}}';
const stream = (parts: string) => `
  - type: DeclarativeStream
    name: rows
    primary_key: id
    schema_loader: ${SCHEMA}
${parts}`;
const retriever = (request: string, records: string, paginator: string, more = '') => `    retriever:
      type: SimpleRetriever
      requester: {type: HttpRequester, url_base: 'https://acme.test', ${request}}
      record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: ${records}}}
      paginator: ${paginator}
${more}`;
const parameter = (name: string) => `{type: RequestOption, inject_into: request_parameter, field_name: ${name}}`;
const since = (rows: readonly Row[], text: string | null) => rows.filter(({ at }) => at >= (text ?? ''));

const MAKES: readonly Make[] = [
  {
    name: 'pages by number up to a short one, with a key in a header',
    stream: stream(
      retriever(
        `path: rows, authenticator: {type: ApiKeyAuthenticator, api_token: "{{ config['key'] }}", inject_into: {inject_into: header, field_name: X-Key}}`,
        '[data, rows]',
        `{type: DefaultPaginator, page_token_option: ${parameter('page')}, page_size_option: ${parameter('size')}, pagination_strategy: {type: PageIncrement, page_size: ${SIZE}, start_from_page: 1}}`,
      ),
    ),
    answer: ({ path, params, headers }) =>
      path === '/rows' && headers['x-key'] === 'hunter2' && params.get('size') === String(SIZE)
        ? { data: { rows: page(ROWS, (Number(params.get('page')) - 1) * SIZE) } }
        : undefined,
  },
  {
    name: 'offsets, and what changed by a parameter',
    stream: stream(
      `    incremental_sync: {type: DatetimeBasedCursor, cursor_field: at, datetime_format: '%Y-%m-%dT%H:%M:%SZ', start_datetime: "{{ config['start_date'] }}", start_time_option: ${parameter('changed_since')}}
${retriever(
  'path: /rows',
  '[]',
  `{type: DefaultPaginator, page_token_option: ${parameter('skip')}, page_size_option: ${parameter('take')}, pagination_strategy: {type: OffsetIncrement, page_size: ${SIZE}}}`,
)}`,
    ),
    answer: ({ params }) =>
      params.get('take') === String(SIZE)
        ? page(since(ROWS, params.get('changed_since')), Number(params.get('skip') ?? '0'))
        : undefined,
    again: [7],
  },
  {
    name: 'a query that counts from one, in windows',
    stream: stream(
      `    incremental_sync: {type: DatetimeBasedCursor, cursor_field: at, datetime_format: '%Y-%m-%dT%H:%M:%S%z', step: P10D, start_datetime: "{{ config['start_date'] }}"}
${retriever(
  `path: /query, request_parameters: {q: "SELECT * FROM rows WHERE at >= '{{ stream_slice.start_time[:-2] + ':' + stream_slice.start_time[-2:] }}' AND at < '{{ stream_slice.end_time[:-2] + ':' + stream_slice.end_time[-2:] }}' STARTPOSITION {{ (next_page_token.next_page_token or 0) + 1 }} MAXRESULTS ${SIZE}"}`,
  '[QueryResponse, rows]',
  `{type: DefaultPaginator, pagination_strategy: {type: OffsetIncrement, page_size: ${SIZE}}}`,
)}`,
    ),
    answer: ({ params }) => {
      const asked =
        /^SELECT \* FROM rows WHERE at >= '(\S+)\+00:00' AND at < '(\S+)\+00:00' STARTPOSITION (\d+) MAXRESULTS 2$/.exec(
          params.get('q') ?? '',
        );
      if (!asked || Number(asked[3]) < 1) return undefined;
      const found = ROWS.filter(({ at }) => at >= `${asked[1]}Z` && at < `${asked[2]}Z`);
      const rows = page(found, Number(asked[3]) - 1);
      return { QueryResponse: rows.length > 0 ? { rows } : {} };
    },
    again: [7],
  },
  {
    name: 'a cursor in the body of a search by POST',
    stream: stream(
      retriever(
        `path: /search, http_method: POST, request_body_json: {filter: {kind: "{{ config['kind'] }}"}}`,
        '[results]',
        `{type: DefaultPaginator, page_token_option: {type: RequestOption, inject_into: body_json, field_name: after}, pagination_strategy: {type: CursorPagination, cursor_value: "{{ response.paging.next.after }}", stop_condition: "{{ not response.get('paging', {}).get('next') }}"}}`,
      ),
    ),
    answer: ({ method, body }) => {
      const { filter, after = '0' } = JSON.parse(body || '{}');
      if (method !== 'POST' || filter?.kind !== 'hunter2') return undefined;
      const next = Number(after) + SIZE;
      return {
        results: page(ROWS, Number(after)),
        ...(next < ROWS.length && { paging: { next: { after: `${next}` } } }),
      };
    },
  },
  {
    name: 'addresses of next pages',
    stream: stream(
      retriever(
        'path: /rows',
        '[value]',
        `{type: DefaultPaginator, page_token_option: {type: RequestPath}, pagination_strategy: {type: CursorPagination, cursor_value: "{{ response['@odata.nextLink'] }}", stop_condition: "{{ '@odata.nextLink' not in response }}"}}`,
      ),
    ),
    answer: ({ params, headers }) => {
      const start = Number(params.get('$skiptoken') ?? '0');
      const next = start + SIZE;
      return {
        value: page(ROWS, start),
        ...(next < ROWS.length && { '@odata.nextLink': `http://${headers.host}/rows?$skiptoken=${next}` }),
      };
    },
  },
  {
    name: 'links in a header',
    stream: stream(
      retriever(
        'path: /rows',
        '[]',
        `{type: DefaultPaginator, page_token_option: {type: RequestPath}, pagination_strategy: {type: CursorPagination, cursor_value: "{{ headers['link']['next']['url'] }}", stop_condition: "{{ 'next' not in headers['link'] }}"}}`,
      ),
    ),
    answer: ({ params, headers, setHeader }) => {
      const start = Number(params.get('from') ?? '0');
      if (start + SIZE < ROWS.length)
        setHeader('Link', `<http://${headers.host}/rows?from=${start + SIZE}>; rel="next"`);
      return page(ROWS, start);
    },
  },
  {
    name: 'the last record of a page',
    stream: stream(
      retriever(
        `path: /rows, request_headers: {Authorization: "Token {{ config['key'] }}"}`,
        '[items]',
        `{type: DefaultPaginator, page_token_option: ${parameter('starting_after')}, pagination_strategy: {type: CursorPagination, cursor_value: "{{ last_record['id'] if last_record else None }}", stop_condition: "{{ not response.has_more }}"}}`,
      ),
    ),
    answer: ({ params, headers }) => {
      const start = Number(params.get('starting_after') ?? '0');
      return headers.authorization === 'Token hunter2'
        ? { items: page(ROWS, start), has_more: start + SIZE < ROWS.length }
        : undefined;
    },
  },
  {
    name: 'records in wrappers, in pages by number',
    stream: stream(
      retriever(
        'path: rows',
        "['*', row]",
        `{type: DefaultPaginator, page_token_option: ${parameter('page')}, page_size_option: ${parameter('size')}, pagination_strategy: {type: PageIncrement, page_size: ${SIZE}, start_from_page: 1}}`,
      ),
    ),
    answer: ({ params }) => page(ROWS, (Number(params.get('page')) - 1) * SIZE).map(row => ({ row })),
  },
  {
    name: 'lists in lists, up to a page that leads nowhere',
    stream: stream(
      retriever(
        'path: rows',
        "[groups, '*', rows, '*']",
        `{type: DefaultPaginator, page_token_option: {type: RequestPath}, pagination_strategy: {type: CursorPagination, cursor_value: "{{ response.next_page }}", stop_condition: "{{ last_page_size == 0 }}"}}`,
      ),
    ),
    answer: ({ params, headers }) => {
      const start = Number(params.get('from') ?? '0');
      const next = start + SIZE;
      return {
        groups: page(ROWS, start).map(row => ({ rows: [row] })),
        next_page: next < ROWS.length ? `http://${headers.host}/rows?from=${next}` : null,
      };
    },
  },
  {
    name: 'addresses of next pages, up to a flag',
    stream: stream(
      retriever(
        'path: rows',
        '[rows]',
        `{type: DefaultPaginator, page_token_option: {type: RequestPath}, pagination_strategy: {type: CursorPagination, cursor_value: "{{ response['links']['next'] }}", stop_condition: "{{ not response['meta']['has_more'] }}"}}`,
      ),
    ),
    answer: ({ params, headers }) => {
      const start = Number(params.get('after') ?? '0');
      const next = start + SIZE;
      return next > ROWS.length + SIZE
        ? undefined
        : {
            rows: page(ROWS, start),
            links: { next: `http://${headers.host}/rows?after=${next}` },
            meta: { has_more: next < ROWS.length },
          };
    },
  },
  {
    name: 'a date of the configuration, in a body',
    stream: stream(
      retriever(
        `path: rows, http_method: POST, request_body_json: {from: "{{ format_datetime(config['first'], '%Y/%m/%d') }}"}`,
        '[rows]',
        '{type: NoPagination}',
      ),
    ),
    answer: ({ body }) => (JSON.parse(body).from === '2024/01/31' ? { rows: ROWS } : undefined),
  },
  {
    name: 'lines of JSON',
    stream: stream(retriever('path: rows', '[]', '{type: NoPagination}', '      decoder: {type: JsonlDecoder}')),
    answer: () => ROWS.map(row => `${JSON.stringify(row)}\n`).join(''),
  },
  {
    name: 'CSV with semicolons',
    stream: stream(
      retriever('path: rows', '[]', '{type: NoPagination}', "      decoder: {type: CsvDecoder, delimiter: ';'}"),
    ),
    answer: () => ['id;at', ...ROWS.map(({ id, at }) => `${id};${at}`)].join('\n'),
  },
  {
    name: 'the items of a list',
    stream: stream(
      retriever(
        'path: "/{{ stream_partition.half }}/rows"',
        '[rows]',
        '{type: NoPagination}',
        '      partition_router: {type: ListPartitionRouter, values: [odd, even], cursor_field: half}',
      ),
    ),
    answer: ({ path }) => {
      const [, half] = /^\/(odd|even)\/rows$/.exec(path) ?? [];
      return half && { rows: ROWS.filter(({ id }) => (id % 2 === 1) === (half === 'odd')) };
    },
  },
];

function page(rows: readonly Row[], start: number): readonly Row[] {
  return rows.slice(start, start + SIZE);
}

describe('a connector of an Airbyte manifest', () => {
  needsPython();
  let server: Server | undefined;
  afterEach(() => server?.close());

  for (const make of MAKES)
    it(`reads ${make.name}, whole`, async () => {
      const started = await serve((path, params, body, { method, headers }, response) =>
        make.answer({ path, params, body, method, headers, setHeader: (...header) => response.setHeader(...header) }),
      );
      server = started.server;
      const text = `version: 1.0.0\ntype: DeclarativeSource\nstreams:${make.stream}`;
      const api = await airbyte.read(sourceOf(text));
      assert.deepEqual(
        api.streams.flatMap(({ losses }) => losses),
        [],
      );
      const run = await connectorFor(api, {
        ...{ port: started.port, key: 'hunter2', kind: 'hunter2', first: '2024-01-31' },
        ...(make.again && { start_date: '2024-01-01T00:00:00Z' }),
      });
      const first = await run();
      assert.equal(first.error, undefined);
      assert.deepEqual(
        records(first, 'rows')
          .map(({ id }) => id as number)
          .sort((a, b) => a - b),
        ROWS.map(({ id }) => id),
      );
      if (!make.again) return;
      const second = await run(first.messages.filter(({ type }) => type === 'STATE').at(-1)?.value);
      assert.equal(second.error, undefined);
      assert.deepEqual(
        records(second, 'rows').map(({ id }) => id),
        make.again,
      );
    });
});
