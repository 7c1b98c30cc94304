import assert from 'node:assert/strict';
import type { DescribedApi } from '../../src/from/described.ts';
import { openapi } from '../../src/from/openapi/index.ts';
import { toAnswers } from '../../src/from/to-answers.ts';
import { plan } from '../support/generate.ts';
import { sourceOf } from './support.ts';

const read = (paths: string, more = ''): Promise<DescribedApi> =>
  openapi.read(
    sourceOf(
      `openapi: 3.0.3\ninfo: {title: Acme, version: '1'}\nservers: [{url: https://a.test}]\n${more}paths:\n${paths}`,
    ),
  );

const LIST = `{'200': {content: {application/json: {schema: {type: array, items: {type: object, properties: {id: {type: integer}}}}}}}}`;
const list = (items: string) => `{'200': {content: {application/json: {schema: {type: array, items: ${items}}}}}}`;

/** The answers of a stream as a file has them. */
function answersOf(api: DescribedApi, name: string): Record<string, unknown> {
  const { answers } = toAnswers(api);
  const found = (answers.streams as Record<string, unknown>[]).find(stream => stream.name === name);
  assert.ok(found, `there is no ${name} among ${api.streams.map(each => each.name).join(', ')}`);
  return found;
}

const gradesOf = (api: DescribedApi, name: string) =>
  Object.fromEntries(
    Object.entries(api.streams.find(each => each.name === name)?.answers ?? {}).map(([key, known]) => [
      key,
      known?.grade,
    ]),
  );

describe('what an OpenAPI description says of requests', () => {
  it('has required headers as those of the stream: a default, or a configuration key', async () => {
    const api = await read(
      `
  /users:
    get:
      parameters:
        - {name: Accept, in: header, required: true, schema: {type: string}}
        - {name: X-Api-Key, in: header, required: true, schema: {type: string}}
        - {name: X-Version, in: header, required: true, schema: {type: string, enum: ['2024-{01}']}}
        - {name: X-Tenant, in: header, required: true, description: Your tenant., schema: {type: string}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: 'X Odd', in: header, required: true, schema: {type: string}}
        - {name: session, in: cookie, required: true, schema: {type: string}}
      responses: ${LIST}
`,
      'components: {securitySchemes: {key: {type: apiKey, in: header, name: x-api-key}}}\nsecurity: [{key: []}]\n',
    );
    assert.deepEqual(answersOf(api, 'users').headers, { 'X-Version': '2024-{{01}}', 'X-Tenant': '{x_tenant}' });
    assert.deepEqual(toAnswers(api).answers.config, [{ name: 'x_tenant', description: 'Your tenant.' }]);
    assert.deepEqual(api.streams[0]?.losses, [
      { what: 'the cookie session is required', instead: 'the answer headers, by Cookie' },
    ]);
  });

  it('has the server of a stream that is another than that of most', async () => {
    const api = await read(`
  /users: {get: {responses: ${LIST}}}
  /files:
    servers: [{url: 'https://{place}.files.test/v1', variables: {place: {default: eu}}}]
    get: {responses: ${LIST}}
  /teams:
    get: {servers: [{url: https://a.test/}], responses: ${LIST}}
`);
    assert.deepEqual(
      ['users', 'files', 'teams'].map(name => answersOf(api, name).base_url),
      [undefined, 'https://{place}.files.test/v1', undefined],
    );
    assert.deepEqual(toAnswers(api).answers.config, [{ name: 'place', default: 'eu' }]);
  });

  it('searches by POST with the fields that are required, each with its type', async () => {
    const api = await read(`
  /deals/search:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [kind, year, states, filter, open]
              properties:
                kind: {type: string, default: all}
                year: {type: integer, default: 2024}
                states: {type: array, items: {type: string}}
                open: {type: boolean}
                note: {type: string}
                page: {type: integer, minimum: 1}
                filter: {type: object, required: [owner], properties: {owner: {type: string}, more: {type: object}}}
      responses: ${LIST}
`);
    const { params, params_in, method, pagination } = answersOf(api, 'deals');
    assert.deepEqual(
      { params, params_in, method, pagination: pagination ?? toAnswers(api).answers.pagination },
      {
        params: { kind: 'all', year: '{year}', states: '{states}', open: '{open}', 'filter.owner': '{filter_owner}' },
        params_in: 'body',
        method: 'POST',
        pagination: { type: 'page', page_param: 'page' },
      },
    );
    assert.deepEqual(toAnswers(api).answers.config, [
      { name: 'year', description: 'The field year of requests', default: 2024, type: 'integer' },
      { name: 'states', description: 'The field states of requests', type: 'list' },
      { name: 'open', description: 'The field open of requests', type: 'boolean' },
      { name: 'filter_owner', description: 'The field filter.owner of requests' },
    ]);
    await plan('api', { ...toAnswers(api).answers, name: 'Acme', layout: 'standalone' });
  });

  it('names the searches whose body is more than parameters say', async () => {
    const search = (body: string) => `{post: {requestBody: {required: true, content: ${body}}, responses: ${LIST}}}`;
    const { streams, notes } = await read(`
  /a/search: ${search('{application/json: {schema: {type: object, required: [q], properties: {q: {type: object}}}}}')}
  /b/search: ${search("{application/json: {schema: {type: object, required: ['0'], properties: {'0': {type: string}}}}}")}
  /c/search: ${search('{text/xml: {schema: {type: string}}}')}
`);
    assert.deepEqual(streams, []);
    assert.deepEqual(notes, [
      'left out, since they need q in the body, which is more than a value: POST /a/search',
      'left out, since they need 0 in the body, which is more than a value: POST /b/search',
      'left out, since they need a body of text/xml, which is not JSON: POST /c/search',
    ]);
  });

  it('takes a list of plain values as records of one column', async () => {
    const api = await read(`
  /shops: {get: {responses: ${LIST}}}
  /shops/{shopId}/colours: {get: {responses: ${list('{type: string}')}}}
  /sizes: {get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {sizes: {type: array, items: {type: integer}}, total: {type: integer}}}}}}}}}
  /shop: {get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {name: {type: string}, values: {type: array, items: {type: integer}}}}}}}}}}
`);
    assert.deepEqual(
      api.streams.map(({ name }) => name),
      ['shops', 'colours', 'sizes'],
    );
    const { records_in, key_properties, schema, records_path } = answersOf(api, 'colours');
    assert.deepEqual(
      { records_in, key_properties, schema, records_path },
      {
        records_in: 'values',
        key_properties: ['shop_id', 'value'],
        schema: { properties: { value: 'string' } },
        records_path: undefined,
      },
    );
    assert.equal(answersOf(api, 'sizes').records_path, 'sizes');
    await plan('api', { ...toAnswers(api).answers, name: 'Acme', layout: 'standalone' });
  });

  it('looks into items that have nothing but the record', async () => {
    const customer = '{type: object, properties: {id: {type: string}}}';
    const api = await read(`
  /customers: {get: {parameters: [{name: offset, in: query, schema: {type: string}}], responses: {'200': {content: {application/json: {schema: {type: object, properties: {
    list: {type: array, items: {type: object, properties: {customer: ${customer}, card: ${customer}}}}, next_offset: {type: string}}}}}}}}}
`);
    assert.equal(answersOf(api, 'customers').records_path, 'list.*.customer');
    const { type, cursor_param, cursor_path } = toAnswers(api).answers.pagination as Record<string, unknown>;
    assert.deepEqual(
      { type, cursor_param, cursor_path },
      { type: 'cursor', cursor_param: 'offset', cursor_path: 'next_offset' },
    );
  });

  it('is known by a key behind all others', () => {
    const long = `components:\n${'  # a line of a long description\n'.repeat(2000)}openapi: 3.0.0\n`;
    assert.ok(openapi.recognises(sourceOf(long)));
  });
});

describe('what an OpenAPI description says of keys', () => {
  const record = (columns: string) => `{type: object, properties: {${columns}}}`;

  it('has the parent in the key of records that may stand below several', async () => {
    const user = `{$ref: '#/components/schemas/User'}`;
    const api = await read(
      `
  /groups: {get: {responses: ${LIST}}}
  /groups/{groupId}/members: {get: {responses: ${list(record('id: {type: integer}'))}}}
  /groups/{groupId}/owners: {get: {responses: ${list(user)}}}
  /groups/{groupId}/posts: {get: {responses: ${list(record('id: {type: integer}'))}}}
  /groups/{groupId}/files: {get: {responses: ${list(record('id: {type: integer}, size: {type: integer}'))}}}
  /groups/{groupId}/files/{fileId}: {get: {responses: {}}}
  /users: {get: {responses: ${list(user)}}}
  /groups/{groupId}/history: {get: {responses: ${list(record('group_id: {type: integer}, year: {type: integer}'))}}}
  /groups/{groupId}/history/{groupId}: {get: {responses: {}}}
`,
      'components: {schemas: {User: {type: object, properties: {id: {type: integer}, name: {type: string}}}}}\n',
    );
    const keys = ['groups', 'members', 'owners', 'posts', 'files', 'users', 'history'].map(name => [
      answersOf(api, name).key_properties,
      gradesOf(api, name).key_properties,
    ]);
    assert.deepEqual(keys, [
      [['id'], 'inferred'],
      [['group_id', 'id'], 'inferred'],
      [['group_id', 'id'], 'inferred'],
      [['id'], 'guessed'],
      [['id'], 'inferred'],
      [['id'], 'inferred'],
      [undefined, undefined],
    ]);
  });

  it('takes an ID before a name or a code, and says of these that they are a guess', async () => {
    const text = '{type: string}';
    const api = await read(`
  /plans: {get: {responses: ${list(record(`code: ${text}, lago_id: {type: string, description: Unique identifier of the plan}`))}}}
  /plans/{code}: {get: {responses: {}}}
  /orders: {get: {responses: ${list(record(`AmazonOrderId: ${text}, total: ${text}`))}}}
  /orders/{orderId}: {get: {responses: {}}}
  /contacts: {get: {responses: ${list(record(`ContactNumber: ${text}, ContactID: ${text}`))}}}
  /contacts/{ContactID}: {get: {responses: {}}}
  /contacts/{ContactNumber}: {get: {responses: {}}}
  /zones: {get: {responses: ${list(record(`name: ${text}`))}}}
  /zones/{name}: {get: {responses: {}}}
`);
    const keys = ['plans', 'orders', 'contacts', 'zones'].map(name => [
      answersOf(api, name).key_properties,
      gradesOf(api, name).key_properties,
    ]);
    assert.deepEqual(keys, [
      [['lago_id'], 'inferred'],
      [['AmazonOrderId'], 'inferred'],
      [['ContactID'], 'inferred'],
      [['name'], 'guessed'],
    ]);
  });
});

describe('what an OpenAPI description says of changes', () => {
  it('takes the moment of writing for records that nobody changes, by a filter that has its own moment', async () => {
    const api = await read(`
  /events:
    get:
      parameters:
        - {name: 'created[gt]', in: query, schema: {type: integer}}
        - {name: 'created[gte]', in: query, schema: {type: integer}}
      responses: ${list('{type: object, properties: {id: {type: string}, created: {type: integer, description: Unix time in seconds}}}')}
  /orders:
    get:
      parameters: [{name: LastUpdatedAfter, in: query, description: In ISO 8601 format, schema: {type: string}}]
      responses: ${list('{type: object, properties: {id: {type: string}, LastUpdateDate: {type: string, description: In ISO 8601 format}}}')}
  /payments:
    get:
      parameters: [{name: 'created[gte]', in: query, schema: {type: integer}}]
      responses: ${list('{type: object, properties: {id: {type: string}, created: {type: integer, description: Unix time in seconds}}}')}
`);
    const found = ['events', 'orders', 'payments'].map(name => {
      const { replication_key, bookmark_param, bookmark_format } = answersOf(api, name);
      return [replication_key, bookmark_param, bookmark_format, gradesOf(api, name).replication_key];
    });
    assert.deepEqual(found, [
      ['created', 'created[gte]', 'epoch_seconds', 'guessed'],
      ['LastUpdateDate', 'LastUpdatedAfter', undefined, 'inferred'],
      [undefined, undefined, undefined, undefined],
    ]);
  });
});

describe('what an OpenAPI description says of pages', () => {
  it('is a guess where a response has more than it says', async () => {
    const param = (name: string, description = '') =>
      `{name: ${name}, in: query, description: ${description || name}, schema: {type: string}}`;
    const enveloped = (beside: string) =>
      `{'200': {content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {type: object, properties: {id: {type: integer}}}}, ${beside}}}}}}}`;
    const api = await read(`
  /issues: {get: {parameters: [${param('cursor')}], responses: ${LIST}}}
  /people: {get: {parameters: [${param('include_counts', 'Whether to have counts in the metadata')}], responses: ${LIST}}}
  /logs: {get: {responses: ${enveloped('pages: {type: object, properties: {total_pages: {type: integer}}}')}}}
  /boards: {get: {parameters: [${param('bookmark')}], responses: ${enveloped('bookmark: {type: string}')}}}
  /reports: {get: {parameters: [${param('NextToken')}], responses: {'200': {content: {application/json: {schema: {type: object, properties: {payload: {type: object, properties: {Reports: {type: array, items: {type: object, properties: {id: {type: integer}}}}, NextToken: {type: string}}}}}}}}}}}
`);
    const pagings = ['issues', 'people', 'logs', 'boards', 'reports'].map(name => {
      const paging = api.streams.find(each => each.name === name)?.answers.pagination;
      return [paging?.value.type, paging?.value.cursor_path, paging?.grade, gradesOf(api, name).records_path];
    });
    assert.deepEqual(pagings, [
      ['link_header', undefined, 'guessed', 'said'],
      ['none', undefined, 'inferred', 'guessed'],
      ['none', undefined, 'guessed', 'said'],
      ['cursor', 'bookmark', 'inferred', 'said'],
      ['cursor', 'payload.NextToken', 'said', 'said'],
    ]);
  });
});
