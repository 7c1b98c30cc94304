import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { airbyte } from '../../src/from/airbyte/index.ts';
import type { DescribedApi } from '../../src/from/described.ts';
import { toAnswers } from '../../src/from/to-answers.ts';

const source = (text: string, file?: string) => ({
  name: 'manifest.yaml',
  text,
  file,
  address: undefined,
  headers: {},
  responseHeaders: {},
});
const read = (text: string, file?: string): Promise<DescribedApi> => airbyte.read(source(text, file));
const streamsOf = (api: DescribedApi) =>
  Object.fromEntries(
    (toAnswers(api).answers.streams as Record<string, unknown>[]).map(({ name, schema, ...rest }) => [
      String(name),
      rest,
    ]),
  );
const lossesOf = (api: DescribedApi, name: string) =>
  api.streams.find(stream => stream.name === name)?.losses.map(({ what }) => what);

const SCHEMA =
  '{type: InlineSchemaLoader, schema: {properties: {id: {type: integer}, at: {type: [string, "null"], format: date-time}}}}';
const HEAD = `version: 1.0.0
type: DeclarativeSource
definitions:
  requester:
    type: HttpRequester
    url_base: "https://{{ config['region'] or 'eu' }}.acme.test/v1/"
    authenticator: {type: BearerAuthenticator, api_token: "{{ config['api_token'] }}"}
    request_headers: {X-Account: "{{ config['credentials']['account'] }}"}
  retriever:
    type: SimpleRetriever
    requester: {$ref: '#/definitions/requester'}
    record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]}}
  base: {type: DeclarativeStream, primary_key: id, retriever: {$ref: '#/definitions/retriever'}, schema_loader: ${SCHEMA}}
  users:
    $ref: '#/definitions/base'
    $parameters: {name: users, path: /users}
`;
const SPEC = `
spec:
  connection_specification:
    properties:
      region: {type: string, default: us, description: Where you are.}
      api_token: {type: string, airbyte_secret: true}
      credentials: {oneOf: [{properties: {account: {type: string, title: Account}}}]}
`;
const retriever = (more: string) => `
      type: SimpleRetriever
      requester: {type: HttpRequester, url_base: 'https://a.test', path: /x, $parameters: {}}
      record_selector: {extractor: {field_path: []}}
${more}`;
const manifest = (more: string, ofStream = '') =>
  `version: 1.0.0\ntype: DeclarativeSource\nstreams:\n  - type: DeclarativeStream\n    name: x\n    schema_loader: ${SCHEMA}${ofStream}\n    retriever:${retriever(more)}`;

describe('an Airbyte manifest', () => {
  it('is told by its type, or by its parts', () => {
    const texts = [
      HEAD,
      'version: 1\nstreams: []\ndefinitions:\n  retriever: {}',
      'openapi: 3.0.0',
      'version: 1\nservices: {}',
    ];
    assert.deepEqual(
      texts.map(text => airbyte.recognises(source(text))),
      [true, true, false, false],
    );
  });

  it('follows references and hands parameters down', async () => {
    const { answers } = toAnswers(await read(`${HEAD}streams: ['#/definitions/users']${SPEC}`));
    assert.deepEqual(answers, {
      kind: 'api',
      base_url: 'https://{region}.acme.test/v1',
      config: [
        { name: 'region', description: 'Where you are.', default: 'eu' },
        { name: 'account', description: 'Account', default: '' },
      ],
      auth: { type: 'bearer', token: '{api_token}' },
      pagination: { type: 'none' },
      streams: [
        {
          name: 'users',
          path: '/users',
          headers: { 'X-Account': '{account}' },
          records_path: 'data',
          omits_empty: true,
          key_properties: ['id'],
          schema: { properties: { id: 'integer', at: 'date-time' } },
        },
      ],
    });
  });

  const PAGES: readonly (readonly [string, string, object])[] = [
    [
      'numbers',
      '{pagination_strategy: {type: PageIncrement, start_from_page: 1, page_size: 50}, page_token_option: {inject_into: request_parameter, field_name: page}, page_size_option: {inject_into: request_parameter, field_name: per}}',
      { type: 'page', page_param: 'page', start_page: 1, page_size_param: 'per', page_size: 50 },
    ],
    [
      'offsets',
      '{pagination_strategy: {type: OffsetIncrement, page_size: 50}, page_token_option: {inject_into: request_parameter, field_name: skip}}',
      { type: 'offset', offset_param: 'skip' },
    ],
    [
      'a cursor and a flag',
      `{pagination_strategy: {type: CursorPagination, cursor_value: "{{ response.get('meta', {}).get('next') }}", stop_condition: "{{ not response['meta']['more'] }}"}, page_token_option: {inject_into: request_parameter, field_name: c}}`,
      { type: 'cursor', cursor_param: 'c', cursor_path: 'meta.next', has_more_path: 'meta.more' },
    ],
    [
      'an address that is missing at the end',
      `{pagination_strategy: {type: CursorPagination, cursor_value: "{{ response['paging']['next'] }}", stop_condition: "{{ 'next' not in response['paging'] }}"}, page_token_option: {type: RequestPath}}`,
      { type: 'next_url', next_url_path: 'paging.next', omitted_at_end: true },
    ],
    [
      'an address that is "null"',
      `{pagination_strategy: {type: CursorPagination, cursor_value: "{{ response.next }}", stop_condition: '{{ response.next == "null" }}'}, page_token_option: {type: RequestPath}}`,
      { type: 'next_url', next_url_path: 'next', last_page_when: { path: 'next', equals: 'null' } },
    ],
    [
      'links',
      `{pagination_strategy: {type: CursorPagination, cursor_value: "{{ headers['link']['next']['url'] }}"}, page_token_option: {type: RequestPath}}`,
      { type: 'link_header', omitted_at_end: true },
    ],
    [
      'the last record',
      `{pagination_strategy: {type: CursorPagination, cursor_value: "{{ last_record['id'] + 1 }}"}, page_token_option: {inject_into: request_parameter, field_name: after}}`,
      { type: 'keyset', keyset_param: 'after', keyset_field: 'id', keyset_plus: 1 },
    ],
  ];
  for (const [name, paginator, expected] of PAGES)
    it(`reads pages by ${name}`, async () => {
      const api = await read(manifest(`      paginator: ${paginator.replace('{', '{type: DefaultPaginator, ')}`));
      assert.deepEqual(lossesOf(api, 'x'), []);
      assert.deepEqual(toAnswers(api).answers.pagination, expected);
    });

  it('reads what changed in windows, in the request or by parameters of its own', async () => {
    const cursor = `
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: at
      datetime_format: "%Y-%m-%d"
      cursor_datetime_formats: ["%Y-%m-%dT%H:%M:%SZ"]
      step: P30D
      lookback_window: PT1H
      start_datetime: "{{ config['start_date'] }}"
      start_time_option: {inject_into: request_parameter, field_name: from}
      end_time_option: {inject_into: request_parameter, field_name: to}`;
    const { name, schema, ...options } =
      (toAnswers(await read(manifest('', cursor))).answers.streams as Record<string, unknown>[])[0] ?? {};
    assert.deepEqual(options, {
      path: '/x',
      replication_key: 'at',
      bookmark_param: 'from',
      bookmark_format: 'date',
      bookmark_end_param: 'to',
      window_days: 30,
      lookback_seconds: 3600,
    });
    const inRequest = cursor.replace(/\n *start_time_option.*\n.*/, '');
    const text = manifest('', inRequest).replace(
      'path: /x,',
      `path: /x, request_parameters: {q: "at>{{ stream_interval['start_time'] }}", none: "{{ parameters['none'] }}"},`,
    );
    const { x } = streamsOf(await read(text));
    assert.deepEqual(x?.params, { q: 'at>{since:date}' });
    assert.equal(x?.bookmark_format, 'date');
  });

  it('asks by parents, also by those that it lists nowhere, and by the items of lists', async () => {
    const router = (more: string) => `${HEAD}streams:
  - $ref: '#/definitions/base'
    $parameters: {name: posts, path: "/users/{{ stream_partition.user_id }}/posts"}
    retriever:
      $ref: '#/definitions/retriever'
      partition_router: ${more}
    transformations:
      - {type: AddFields, fields: [{path: [user_id], value: "{{ stream_partition['user_id'] }}"}, {path: [source], value: acme}, {path: [key], value: "{{ record['meta']['key'] }}"}]}
      - {type: RemoveFields, field_pointers: [[meta, secret]]}
`;
    const api = await read(
      router(
        "{type: SubstreamPartitionRouter, parent_stream_configs: [{stream: '#/definitions/users', parent_key: id, partition_field: user_id}]}",
      ),
    );
    const { posts } = streamsOf(api);
    assert.deepEqual(
      api.streams.map(({ name }) => name),
      ['posts', 'users'],
    );
    assert.deepEqual(
      { ...posts, headers: undefined },
      {
        path: '/users/{user_id}/posts',
        headers: undefined,
        records_path: 'data',
        omits_empty: true,
        key_properties: ['id'],
        parent: { stream: 'users', field: 'id', as: 'user_id' },
        columns: { source: { value: 'acme' }, key: 'meta.key' },
        remove: ['meta.secret'],
      },
    );
    const lists = await read(router('{type: ListPartitionRouter, values: [1, 2], cursor_field: user_id}'));
    assert.deepEqual(streamsOf(lists).posts?.for_each, { items: [1, 2], as: 'user_id' });
    assert.deepEqual(lossesOf(lists, 'posts'), []);
  });

  it('tells by stream what no answer says, and takes the rest', async () => {
    const api = await read(
      manifest(
        `      paginator: {type: DefaultPaginator, pagination_strategy: {type: CustomPagination, class_name: a.B}, page_token_option: {type: RequestPath}}`,
        `
    transformations: [{type: CustomTransformation, class_name: a.C}]
    primary_key: [gone]`,
      ),
    );
    assert.deepEqual(lossesOf(api, 'x'), [
      'its pagination is CustomPagination',
      'records are changed by CustomTransformation',
      'its key gone is no column of its schema',
    ]);
    const python = await read(
      'version: 1\ntype: DeclarativeSource\nstreams: [{type: DeclarativeStream, name: y, retriever: {type: AsyncRetriever}}]',
    );
    assert.deepEqual(python.streams[0]?.losses[0], {
      what: 'it is read by AsyncRetriever',
      instead: 'get_records of the stream',
    });
  });

  it('has rules for errors, and schemas in files of its own folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
    mkdirSync(join(folder, 'schemas'));
    writeFileSync(join(folder, 'schemas', 'x.json'), '{"properties": {"id": {"type": "string"}}}');
    const file = join(folder, 'manifest.yaml');
    const handler = `error_handler: {response_filters: [{http_codes: [404], action: IGNORE}, {predicate: "{{ response.code == 'off' }}", action: FAIL, error_message: Turn it on}]}`;
    const text = manifest('')
      .replace(`schema_loader: ${SCHEMA}`, 'schema_loader: {}')
      .replace('path: /x,', `path: /x, ${handler},`);
    writeFileSync(file, text);
    const api = await read(text, file);
    rmSync(folder, { recursive: true });
    assert.deepEqual(streamsOf(api).x?.errors, [
      { status: [404], do: 'empty' },
      { path: 'code', equals: 'off', do: 'fail', message: 'Turn it on' },
    ]);
    assert.deepEqual(api.streams[0]?.schema?.value.properties, { id: { type: ['null', 'string'] } });
  });

  it('knows its ways to authenticate', async () => {
    const of = async (authenticator: string) => {
      const api = await read(manifest('').replace('path: /x,', `path: /x, authenticator: ${authenticator},`));
      return [api.answers.auth?.value, ...api.notes];
    };
    assert.deepEqual(
      await of(
        `{type: ApiKeyAuthenticator, api_token: "{{ config['key'] }}", inject_into: {inject_into: request_parameter, field_name: k}}`,
      ),
      [{ type: 'custom', params: { k: '{key}' } }],
    );
    assert.deepEqual(await of(`{type: BasicHttpAuthenticator, username: "{{ config['key'] }}"}`), [
      { type: 'basic', username: '{key}', password: '' },
    ]);
    assert.deepEqual(
      await of(
        `{type: OAuthAuthenticator, token_refresh_endpoint: 'https://a.test/token', grant_type: client_credentials}`,
      ),
      [{ type: 'oauth2_client_credentials', token_url: 'https://a.test/token' }],
    );
    assert.deepEqual(
      await of(
        `{type: OAuthAuthenticator, token_refresh_endpoint: 'https://a.test/token', refresh_request_body: {audience: x}, access_token_name: token, expires_in_name: expires_at}`,
      ),
      [
        {
          type: 'oauth2_refresh_token',
          token_url: 'https://a.test/token',
          token_params: { audience: 'x' },
          token_path: 'token',
          expires_path: 'expires_at',
          expires_as: 'moment',
        },
      ],
    );
    assert.match(
      String(
        (
          await of(
            `{type: OAuthAuthenticator, token_refresh_endpoint: 'https://a.test/token', refresh_request_body: {of: "{{ config['of'] | lower }}"}}`,
          )
        )[1],
      ),
      /^the request for tokens has further fields/,
    );
    assert.deepEqual(await of('{type: CustomAuthenticator, class_name: a.B}'), [
      { type: 'none' },
      'requests are authenticated by CustomAuthenticator: override authenticate in client.py',
    ]);
  });

  it('translates what templates of requests do with texts, moments and offsets', async () => {
    const api = await read(
      manifest(
        `      paginator: {type: DefaultPaginator, pagination_strategy: {type: OffsetIncrement, page_size: 5}}`,
        `
    $parameters: {name: x, kind: beers}
    incremental_sync: {type: DatetimeBasedCursor, cursor_field: "{{ parameters.get('cursor_field', 'at') }}", datetime_format: '%Y-%m-%dT%H:%M:%S%z', step: P30D, lookback_window: "P{{ config.get('lookback_window_days', 0) }}D"}`,
      )
        .replace(
          'path: /x,',
          `path: "/x?show=all&of={{ config['of'] }}", request_parameters: {
          query: "FROM x WHERE at > '{{ stream_slice.start_time[:-2] + ':' + stream_slice.start_time[-2:] }}' AND at <= '{{ stream_slice.end_time[:-2] + ':' + stream_slice.end_time[-2:] }}' START {{ (next_page_token.next_page_token or 0) + 1 }} MAX {{ (config.max or '200') | int }}",
          until: "{{ now_utc().strftime('%Y-%m-%d') }}", fields: "{{ parameters['kind'] + ',' ~ 'all' }}",
          id: "{{ config['id'] if parameters['kind'] == 'beers' else '' }}", none: "{{ config['id'] if parameters['kind'] == 'others' else '' }}",
          after: "{{ timestamp(config['start_date']) * 1000 }}"},`,
        )
        .replace(', $parameters: {}', ', $parameters: {kind: beers}'),
    );
    assert.deepEqual(lossesOf(api, 'x'), []);
    assert.deepEqual(streamsOf(api).x, {
      path: '/x',
      params: {
        show: 'all',
        of: '{of}',
        query:
          "FROM x WHERE at > '{since:%Y-%m-%dT%H:%M:%S+00:00}' AND at <= '{until:%Y-%m-%dT%H:%M:%S+00:00}' START {offset} MAX {max}",
        until: '{now:%Y-%m-%d}',
        fields: 'beers,all',
        id: '{id}',
        after: '{start_date_param:epoch_ms}',
      },
      replication_key: 'at',
      bookmark_format: '%Y-%m-%dT%H:%M:%S%z',
      window_days: 30,
      lookback_seconds: '{lookback_window_seconds}',
    });
    const { answers } = toAnswers(api);
    assert.deepEqual(answers.pagination, { type: 'offset', start_offset: 1 });
    assert.deepEqual(answers.config, [
      { name: 'of' },
      { name: 'max', default: '200' },
      { name: 'id' },
      { name: 'start_date_param', type: 'date' },
      { name: 'lookback_window_seconds', type: 'integer', default: 1 },
    ]);
  });

  it('tells of responses that aren’t JSON', async () => {
    assert.deepEqual(lossesOf(await read(manifest('      decoder: {type: GzipDecoder}')), 'x'), [
      'its responses are read by GzipDecoder',
    ]);
  });

  it('tells of steps that are shorter than the shortest window', async () => {
    const option = (name: string) => `{inject_into: request_parameter, field_name: ${name}}`;
    const api = await read(
      manifest(
        '',
        `
    incremental_sync: {type: DatetimeBasedCursor, cursor_field: at, datetime_format: '%s', step: PT1H, start_time_option: ${option('from')}, end_time_option: ${option('to')}}`,
      ),
    );
    assert.deepEqual(lossesOf(api, 'x'), ['it is read in steps of PT1H']);
    const steps = [
      ["'{{ config.step }}'", "'%s'", ['it is read in steps of {{ config.step }}']],
      ['P1D', "'%Y-%m-%d'", ['it is read in steps of P1D']],
      ['P1D', "'%s'", []],
    ] as const;
    for (const [step, format, losses] of steps) {
      const cursor = `{type: DatetimeBasedCursor, cursor_field: at, datetime_format: ${format}, step: ${step}, start_time_option: ${option('from')}, end_time_option: ${option('to')}}`;
      assert.deepEqual(lossesOf(await read(manifest('', `\n    incremental_sync: ${cursor}`)), 'x'), losses, step);
    }
  });

  it('tells of a page size that is a template', async () => {
    const paginator = `{type: DefaultPaginator, pagination_strategy: {type: PageIncrement, page_size: "{{ config['size'] * 2 }}"}, page_token_option: {inject_into: request_parameter, field_name: page}, page_size_option: {inject_into: request_parameter, field_name: per}}`;
    const api = await read(manifest(`      paginator: ${paginator}`));
    assert.deepEqual(lossesOf(api, 'x'), ["the page size is {{ config['size'] * 2 }}"]);
  });

  it('tells of beginnings, ends and waits that connectors have their own way for', async () => {
    const handler = `error_handler: {type: CompositeErrorHandler, error_handlers: [{type: DefaultErrorHandler, backoff_strategies: [{type: ConstantBackoffStrategy, backoff_time_in_seconds: 5}]}]}`;
    const api = await read(
      manifest(
        '',
        `
    incremental_sync: {type: DatetimeBasedCursor, cursor_field: at, datetime_format: '%s', start_datetime: '2020-01-01', end_datetime: {type: MinMaxDatetime, datetime: '2021-01-01'}}`,
      ).replace('path: /x,', `path: /x, ${handler},`),
    );
    assert.deepEqual(api.notes, [
      'incremental streams begin at the configured start_date, else at the first record; the manifest has 2020-01-01',
      'incremental streams end with the run, or at what configured_end: true makes configurable; the manifest has 2021-01-01',
      'how long is waited after errors is what the API says, else doubles; the manifest has ConstantBackoffStrategy',
    ]);
  });

  it('goes on by a field inside of the last record, and has one authentication for a stream alone', async () => {
    const paginator = `      paginator: {type: DefaultPaginator, pagination_strategy: {type: CursorPagination, cursor_value: "{{ last_record['meta']['id'] if last_record else None }}"}, page_token_option: {inject_into: request_parameter, field_name: after}}`;
    const api = await read(
      `${manifest(paginator)}
  - type: DeclarativeStream
    name: y
    schema_loader: ${SCHEMA}
    retriever:${retriever('').replace('path: /x,', `path: /y, authenticator: {type: BearerAuthenticator, api_token: "{{ config['other'] }}"},`)}
  - type: DeclarativeStream
    name: z
    schema_loader: ${SCHEMA}
    retriever:${retriever('').replace('path: /x,', `path: /z, authenticator: {type: BearerAuthenticator, api_token: "{{ config['token'] }}"},`)}
  - type: DeclarativeStream
    name: w
    schema_loader: ${SCHEMA}
    retriever:${retriever('').replace('path: /x,', `path: /w, authenticator: {type: BearerAuthenticator, api_token: "{{ config['token'] }}"},`)}`,
    );
    const streams = streamsOf(api);
    assert.deepEqual(streams.x?.pagination, { type: 'keyset', keyset_param: 'after', keyset_field: 'meta.id' });
    assert.deepEqual(toAnswers(api).answers.auth, { type: 'bearer', token: '{token}' });
    assert.deepEqual([streams.y?.auth, streams.z?.auth], [{ type: 'bearer', token: '{other}' }, undefined]);
    assert.deepEqual(lossesOf(api, 'y'), []);
  });

  it('adds to a parent the columns that its children take', async () => {
    const child = `
  - type: DeclarativeStream
    name: y
    schema_loader: ${SCHEMA}
    retriever:${retriever(`      partition_router: [{type: SubstreamPartitionRouter, parent_stream_configs: [{parent_key: uuid, partition_field: of, stream: '#/streams/0'}]}]`).replace('path: /x,', `path: "/x/{{ stream_partition.of }}",`)}`;
    const api = await read(manifest('') + child);
    assert.deepEqual(Object.keys(api.streams[0]?.schema?.value.properties as object), ['id', 'at', 'uuid']);
    assert.deepEqual(streamsOf(api).y?.parent, { stream: 'x', field: 'uuid', as: 'of' });
  });

  it('ends where it goes in circles, and may be anything in every place', async () => {
    const circle = await read(
      "version: 1\ntype: DeclarativeSource\ndefinitions: {a: {$ref: '#/definitions/b'}, b: {$ref: '#/definitions/a', c: '#/definitions/b'}}\nstreams: ['#/definitions/a', {type: DeclarativeStream, name: z, retriever: '#/definitions/a'}]",
    );
    assert.ok(circle.streams.length > 0);
    for (const odd of ['null', '1', 'x', '[]', '{}', '[null]', '{type: 1}', '"{{ x }}"']) {
      await read(
        `version: 1\ntype: DeclarativeSource\nspec: ${odd}\ndefinitions: ${odd}\nstreams: [${odd}, {name: ${odd}, retriever: ${odd}, schema_loader: ${odd}, incremental_sync: ${odd}, transformations: ${odd}, primary_key: ${odd}}]`,
      );
      await read(
        manifest(
          `      paginator: ${odd}\n      partition_router: ${odd}`,
          `\n    incremental_sync: ${odd}\n    transformations: [${odd}]`,
        ),
      );
      await read(
        manifest('').replace(
          'path: /x,',
          `path: ${odd}, authenticator: ${odd}, request_parameters: ${odd}, request_headers: ${odd}, error_handler: ${odd}, request_body_json: ${odd},`,
        ),
      );
    }
    await assert.rejects(
      read('type: DeclarativeSource\ndynamic_streams: []'),
      /is no declarative manifest with streams/,
    );
  });
});
