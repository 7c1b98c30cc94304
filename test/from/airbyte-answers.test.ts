import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { airbyte } from '../../src/from/airbyte/index.ts';
import type { DescribedApi } from '../../src/from/described.ts';
import { gradedStreams } from '../../src/from/graded.ts';
import { toAnswers } from '../../src/from/to-answers.ts';
import { withParts } from '../../src/from/with-answers.ts';
import { sourceOf } from './support.ts';

const SCHEMA =
  '{type: InlineSchemaLoader, schema: {properties: {id: {type: integer}, at: {type: [string, "null"], format: date-time}, old: {type: string}}}}';

interface Parts {
  readonly name?: string;
  readonly base?: string;
  readonly requester?: string;
  readonly extractor?: string;
  readonly filter?: string;
  readonly paginator?: string;
  readonly router?: string;
  readonly more?: string;
  readonly schema?: string;
}

function stream({ name = 'x', schema = SCHEMA, ...parts }: Parts): string {
  return `
  - type: DeclarativeStream
    name: ${name}
    primary_key: id
    ${schema === '' ? '' : `schema_loader: ${schema}`}
    retriever:
      type: SimpleRetriever
      requester: {type: HttpRequester, url_base: ${parts.base ?? "'https://acme.test'"}, path: /${name}, ${parts.requester ?? ''}}
      record_selector: {type: RecordSelector, extractor: ${parts.extractor ?? '{field_path: [data]}'}, ${parts.filter ?? ''}}
      ${parts.paginator === undefined ? '' : `paginator: {type: DefaultPaginator, ${parts.paginator}}`}
      ${parts.router ?? ''}
    ${parts.more ?? ''}`;
}

const manifest = (streams: readonly Parts[], more = '') =>
  `version: 1.0.0\ntype: DeclarativeSource\nstreams:${streams.map(stream).join('')}\n${more}`;
const read = (text: string, file?: string): Promise<DescribedApi> => airbyte.read(sourceOf(text, { file }));
const option = (name: string) => `{inject_into: request_parameter, field_name: ${name}}`;
const specification = (properties: string, required = '[]') =>
  `spec: {connection_specification: {required: ${required}, properties: {${properties}}}}`;

async function answersOf(parts: Parts, more = '') {
  const api = await read(manifest([parts], more));
  const { streams, ...answers } = toAnswers(api).answers;
  const [first] = streams as Record<string, unknown>[];
  return { answers, stream: first, losses: api.streams[0]?.losses.map(({ what }) => what), notes: api.notes };
}

describe('what the answers of a manifest say', () => {
  it('asks for an address that is configured whole without https://, and for one of two by a value', async () => {
    const whole = await answersOf(
      { base: `"{{ config['host'].rstrip('/') }}/api/"` },
      specification('host: {title: Your host}'),
    );
    assert.equal(whole.answers.base_url, 'https://{host}/api');
    assert.deepEqual(whole.answers.config, [{ name: 'host', description: 'Your host, without https://' }]);
    const bases: readonly (readonly [string, string, object])[] = [
      [
        `"{{ 'https://eu.acme.test/' if config.get('region', 'US') == 'EU' else 'https://acme.test/' }}"`,
        'region: {type: string, default: US}',
        { values: { EU: 'https://eu.acme.test', US: 'https://acme.test' }, default: 'US' },
      ],
      [
        `"{{ 'https://eu.acme.test' if config['region'] == 'EU' else 'https://acme.test' }}"`,
        'region: {enum: [EU, UK]}',
        { values: { EU: 'https://eu.acme.test', UK: 'https://acme.test' } },
      ],
      [
        `"{{ 'https://test.acme.test' if config.region else 'https://acme.test' }}"`,
        'region: {type: boolean, default: false}',
        { values: { true: 'https://test.acme.test', false: 'https://acme.test' }, default: 'false' },
      ],
    ];
    for (const [base, key, found] of bases) {
      const { answers } = await answersOf({ base }, specification(key));
      assert.deepEqual([answers.base_url, answers.config], ['{region}', [{ name: 'region', ...found }]]);
    }
  });

  it('loses a key that stands for an address here, and for itself there', async () => {
    const base = `"{{ 'https://eu.acme.test' if config['region'] == 'EU' else 'https://acme.test' }}"`;
    const { losses } = await answersOf({ base, requester: `request_parameters: {of: "{{ config['region'] }}"},` });
    assert.deepEqual(losses, ["of its params, of is {{ config['region'] }}"]);
  });

  it('has what a parent gives in the path, not in the address', async () => {
    const { stream: found, answers } = await answersOf({
      base: `"https://acme.test/v2/{{ stream_partition['half'] }}"`,
      router: 'partition_router: {type: ListPartitionRouter, values: [a, b], cursor_field: half}',
    });
    assert.deepEqual([answers.base_url, found?.path], ['https://acme.test', '/v2/{half}/x']);
  });

  it('needs no key that the specification doesn’t require, unless a request can’t do without it', async () => {
    const requester = `path: "/x/{{ config['team'] }}", request_parameters: {a: "{{ config['must'] }}", b: "{{ config['may'] }}", c: "{{ config['odd'] }}"},`;
    const { answers } = await answersOf(
      { requester },
      specification('must: {type: string}, may: {type: string}, team: {type: string}', '[must]'),
    );
    assert.deepEqual(answers.config, [
      { name: 'team' },
      { name: 'must' },
      { name: 'may', default: '' },
      { name: 'odd', default: '' },
    ]);
    const bare = await answersOf({ requester });
    assert.deepEqual(
      bare.answers.config,
      ['team', 'must', 'may', 'odd'].map(name => ({ name })),
    );
  });

  it('reads specifications and schemas in files of their own names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
    const file = join(folder, 'manifest.yaml');
    writeFileSync(
      join(folder, 'spec.yaml'),
      'connectionSpecification: {required: [a], properties: {a: {title: The A}}}',
    );
    writeFileSync(join(folder, 'votes.json'), '{}');
    const text = manifest([{ requester: `request_parameters: {a: "{{ config['a'] }}"},` }]);
    writeFileSync(file, text);
    const api = await read(text, file);
    rmSync(folder, { recursive: true });
    assert.deepEqual(toAnswers(api).answers.config, [{ name: 'a', description: 'The A' }]);
  });

  it('takes several ways to authenticate, whatever their names, and headers of token requests', async () => {
    const oauth = `{type: OAuthAuthenticator, token_refresh_endpoint: "{{ config['host'] }}/token", refresh_request_headers: {Authorization: "Basic {{ (config['client_id'] ~ ':' ~ config['client_secret']) | base64encode }}", Content-Type: application/json, X-Of: acme}}`;
    const ways = `authenticator: {type: SelectiveAuthenticator, authenticators: {oauth2.0: ${oauth}, key: {type: BearerAuthenticator, api_token: "{{ config['key'] }}"}}},`;
    const { answers, losses, notes } = await answersOf({ requester: ways });
    assert.deepEqual(answers.auth, {
      type: 'choice',
      schemes: {
        oauth2_0: {
          type: 'oauth2_refresh_token',
          token_url: 'https://{host}/token',
          token_headers: { 'X-Of': 'acme' },
          client_auth: 'basic',
        },
        key: { type: 'bearer', token: '{key}' },
      },
    });
    assert.deepEqual([losses, notes], [[], []]);
    const odd = await answersOf({
      requester: `authenticator: {type: OAuthAuthenticator, token_refresh_endpoint: 'https://a.test/t', client_id_name: app},`,
    });
    assert.match(String(odd.losses), /the token is asked for in a way/);
  });

  it('counts no stream as whole whose requests are authenticated by Python', async () => {
    const { losses } = await answersOf({ requester: 'authenticator: {class_name: a.Token},' });
    assert.deepEqual(losses, ['requests are authenticated by a.Token: override authenticate in client.py']);
    const basic = `authenticator: {type: BasicHttpAuthenticator, username: "{{ config['key'] }}", password: "{{ config['none'] }}"},`;
    const { answers } = await answersOf({ requester: basic }, specification('key: {type: string}'));
    assert.deepEqual(answers.auth, { type: 'basic', username: '{key}', password: '' });
  });

  it('goes on by addresses until a response says otherwise, by cursors of links, and with sizes that are configured', async () => {
    const strategy = (parts: string) => `pagination_strategy: {type: CursorPagination, ${parts}}`;
    const paginators: readonly (readonly [string, object])[] = [
      [
        `${strategy(`cursor_value: "{{ response.links.next }}", stop_condition: "{{ not response['meta']['has_more'] }}"`)}, page_token_option: {type: RequestPath}`,
        {
          type: 'next_url',
          next_url_path: 'links.next',
          last_page_when: { path: 'meta.has_more', not: true },
          omitted_at_end: true,
        },
      ],
      [
        `${strategy(`cursor_value: "{{ headers['link']['next']['cursor'] }}", stop_condition: "{{ headers['link']['next']['results'] == 'false' }}"`)}, page_token_option: ${option('cursor')}`,
        {
          type: 'cursor',
          cursor_param: 'cursor',
          cursor_link: 'cursor',
          last_page_when: { link: 'results', equals: 'false' },
        },
      ],
      [
        `pagination_strategy: {type: OffsetIncrement, page_size: "{{ config.get('size', 50) }}"}, page_token_option: ${option('skip')}, page_size_option: ${option('take')}`,
        { type: 'offset', offset_param: 'skip', page_size_param: 'take', page_size: '{size}' },
      ],
    ];
    for (const [paginator, found] of paginators) {
      const { answers, losses } = await answersOf({ paginator });
      assert.deepEqual([answers.pagination, losses], [found, []]);
    }
    const { answers } = await answersOf({ paginator: paginators[2]?.[0] as string });
    assert.deepEqual(answers.config, [{ name: 'size', type: 'integer', default: 50 }]);
  });

  it('reads counters, and begins and ends where the cursors say', async () => {
    const counter = await answersOf({
      more: `incremental_sync: {type: IncrementingCountCursor, cursor_field: id, start_value: 0, start_time_option: ${option('since_id')}}`,
    });
    assert.deepEqual(
      [
        counter.stream?.replication_key,
        counter.stream?.bookmark_param,
        counter.stream?.bookmark_format,
        counter.losses,
      ],
      ['id', 'since_id', 'integer', []],
    );
    const cursor = (end: string) =>
      `incremental_sync: {type: DatetimeBasedCursor, cursor_field: at, datetime_format: '%Y-%m-%d', step: "P{{ config.get('days', 30) }}D", start_datetime: "{{ config.get('start_date') or day_delta(-730) }}", end_datetime: "${end}", start_time_option: ${option('from')}, end_time_option: ${option('to')}}`;
    const dates = await answersOf({ more: cursor("{{ config.get('end_date', now_utc()) }}") });
    assert.deepEqual([dates.answers.start_days_ago, dates.answers.configured_end], [730, true]);
    assert.equal(dates.stream?.window_days, '{days}');
    assert.deepEqual(dates.losses, []);
    const early = await answersOf({ more: cursor('{{ day_delta(-2) }}') });
    assert.deepEqual(early.losses, ['it ends at {{ day_delta(-2) }}']);
  });

  it('keeps the records of a condition, and what the API was asked for in columns', async () => {
    const conditions: readonly (readonly [string, string])[] = [
      [`record['total'] > 0 and record.status == 'done'`, 'total > 0 and status == "done"'],
      [`record.get('a', {}).get('b') in ['x', "y"] or not record.c is none`, 'a.b in ["x", "y"] or not not exists c'],
      [`'x' not in record.tags and record.b != None`, 'not tags contains "x" and b != null'],
      [`record.kind not in ['x'] and (record.a is defined)`, "not kind in ['x'] and (exists a)"],
      [`record.kind >= parameters['least']`, 'kind >= "m"'],
    ];
    for (const [condition, kept] of conditions) {
      const filter = `record_filter: {$parameters: {least: m}, type: RecordFilter, condition: ${JSON.stringify(`{{ ${condition} }}`)}}`;
      const { stream: found, losses } = await answersOf({ filter });
      assert.deepEqual([found?.keep_when, losses], [kept, []]);
    }
    for (const odd of [
      'record.a',
      'record.a > config.b',
      'record.a | length > 0',
      'record.a == 1 +',
      "record.a == 'x",
    ]) {
      const filter = `record_filter: {type: RecordFilter, condition: ${JSON.stringify(`{{ ${odd} }}`)}}`;
      assert.deepEqual((await answersOf({ filter })).losses, [`records are kept where {{ ${odd} }}`]);
    }
    const added = (value: string, option_ = '') => ({
      more: `incremental_sync: {type: DatetimeBasedCursor, cursor_field: at, datetime_format: '%Y-%m-%d'${option_}}
    transformations: [{type: AddFields, fields: [{path: [of], value: "${value}"}]}]`,
    });
    const since = await answersOf(added("{{ stream_slice['start_time'] }}", `, start_time_option: ${option('from')}`));
    assert.deepEqual([since.stream?.columns, since.losses], [{ of: { value: '{since:date}' } }, []]);
    const lost = await answersOf(added("{{ stream_slice['start_time'] }}"));
    assert.deepEqual(lost.losses, ["the field of is {{ stream_slice['start_time'] }}"]);
  });

  it('tells what changes records in ways that only look alike', async () => {
    const changes = [
      '{type: FlattenFields}',
      '{type: AddFields, condition: "{{ record.a }}", fields: [{path: [b], value: c}]}',
    ];
    for (const change of changes)
      assert.equal((await answersOf({ more: `transformations: [${change}]` })).losses?.length, 1);
    const { losses } = await answersOf({ more: 'file_uploader: {type: FileUploader}' });
    assert.deepEqual(losses, ['its files are left out: records have their addresses alone']);
  });

  it('has no column for a field that is removed, unless it is made again', async () => {
    const removed = '{type: RemoveFields, field_pointers: [[old], [at]]}';
    const { stream: found } = await answersOf({
      more: `transformations: [${removed}, {type: AddFields, fields: [{path: [at], value: "{{ record['a']['t'] }}"}]}]`,
    });
    assert.deepEqual([found?.remove, found?.columns], [['old'], { at: 'a.t' }]);
    assert.deepEqual(found?.schema, { properties: { id: 'integer', at: 'date-time' } });
    const router = `partition_router: {type: SubstreamPartitionRouter, parent_stream_configs: [{parent_key: old, partition_field: of, stream: '#/streams/0'}]}`;
    const api = await read(manifest([{ more: `transformations: [${removed}]` }, { name: 'y', router }]));
    assert.deepEqual(api.streams[0]?.answers.remove?.value, ['at']);
  });

  it('takes of Python’s parts what they say, and says that there is more', async () => {
    const extractor = await answersOf({ extractor: '{class_name: a.B, field_path: [data, rows]}' });
    assert.deepEqual(
      [extractor.stream?.records_path, extractor.losses],
      ['data.rows', ['its records are found by Python of its own']],
    );
    const paginator = `pagination_strategy: {type: CursorPagination, cursor_value: "{{ response.next }}"}, page_token_option: ${option('c')}`;
    const unknown = await answersOf({ extractor: '{class_name: a.B}', paginator });
    assert.deepEqual(
      [unknown.answers.pagination, unknown.losses?.[1]],
      [{ type: 'none' }, 'its pages are left out while its records are not found'],
    );
    const custom = await read(manifest([{}]).replace('type: HttpRequester', 'class_name: a.Requester'));
    assert.equal(custom.answers.base_url?.value, 'https://acme.test');
    assert.deepEqual(
      custom.streams[0]?.losses.map(({ what }) => what),
      ['it is read by a.Requester as well'],
    );
  });

  it('has parents that parameters are, and tells of what no parent gives', async () => {
    const parent =
      '{type: SubstreamPartitionRouter, parent_stream_configs: [{parent_key: id, partition_field: of, stream: {$ref: "#/streams/0"}}]}';
    const asked = 'request_parameters: {of: "{{ stream_partition.of }}"},';
    const handed = await read(
      manifest([{ name: 'x' }, { name: 'y', requester: asked, more: `$parameters: {partition_router: [${parent}]}` }]),
    );
    assert.deepEqual(handed.streams[1]?.answers.parent?.value, { stream: 'x', field: 'id', as: 'of' });
    assert.deepEqual(handed.streams[1]?.losses, []);
    assert.deepEqual((await answersOf({ requester: asked })).losses, ['nothing gives its {of}']);
  });

  it('tells of errors that would hide others, and writes moments as the template does', async () => {
    const handler = `error_handler: {type: DefaultErrorHandler, response_filters: [{action: IGNORE, http_codes: [404, 500]}]},`;
    assert.deepEqual((await answersOf({ requester: handler })).losses, ['every 500 counts as no records']);
    const { stream: found } = await answersOf({
      requester: `request_parameters: {a: "{{ format_datetime(stream_interval['start_time'], '%Y%m%d') }}", b: "{{ format_datetime(config['c'], '%s') }}"},`,
      more: "incremental_sync: {type: DatetimeBasedCursor, cursor_field: at, datetime_format: '%Y-%m-%d'}",
    });
    assert.deepEqual(found?.params, { a: '{since:%Y%m%d}', b: '{c:epoch}' });
  });

  it('has a parent without a schema, with what its children take, and no child of what can’t be a stream', async () => {
    const router = `partition_router: {type: SubstreamPartitionRouter, parent_stream_configs: [{parent_key: uuid, partition_field: of, stream: '#/streams/0'}]}`;
    const api = await read(
      manifest([
        { name: 'x', schema: '' },
        { name: 'y', router },
      ]),
    );
    assert.deepEqual(Object.keys(api.streams[0]?.schema?.value.properties as object), ['id', 'uuid']);
    assert.deepEqual(
      api.streams[0]?.losses.map(({ what }) => what),
      ['its schema is not in the manifest'],
    );
    const streams = api.streams.map(each =>
      each.name === 'x' ? withParts(each, { schema: undefined, losses: [] }) : each,
    );
    assert.deepEqual(
      gradedStreams(streams as DescribedApi['streams']).map(({ grade, losses }) => [grade, losses.at(-1)?.what]),
      [
        ['none', 'its columns are not known'],
        ['none', "its parent x can't be a stream"],
      ],
    );
  });
});
