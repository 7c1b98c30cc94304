import assert from 'node:assert/strict';
import type { DescribedApi, DescribedStream } from '../../src/from/described.ts';
import { openapi } from '../../src/from/openapi/index.ts';
import { toAnswers } from '../../src/from/to-answers.ts';

const read = (text: string, more: object = {}): Promise<DescribedApi> =>
  openapi.read({
    name: 'crm.yaml',
    text,
    file: undefined,
    address: undefined,
    headers: {},
    responseHeaders: {},
    ...more,
  });

const valuesOf = ({ answers }: DescribedStream) =>
  Object.fromEntries(Object.entries(answers).map(([key, understood]) => [key, understood?.value]));

const stream = (api: DescribedApi, name: string): DescribedStream => {
  const found = api.streams.find(each => each.name === name);
  assert.ok(found, `there is no ${name} among ${api.streams.map(each => each.name).join(', ')}`);
  return found;
};

const CRM = `
openapi: 3.0.3
info: {title: Acme CRM API v2, description: "Contacts and *deals*. And more.", version: '2'}
externalDocs: {url: https://docs.acme.test}
servers:
  - url: https://{dataCentre}.acme.test/v2/
    variables: {dataCentre: {default: eu, enum: [eu, us], description: Where your account is}}
security: [{token: []}]
paths:
  /users:
    parameters: [{$ref: '#/components/parameters/Page'}, {$ref: '#/components/parameters/Size'}]
    get:
      summary: List users
      operationId: listUsers
      parameters: [{name: updated_since, in: query, schema: {type: string, format: date-time}}]
      responses:
        '200':
          content:
            application/json:
              schema:
                type: object
                required: [data, meta]
                properties:
                  data: {type: array, items: {$ref: '#/components/schemas/User'}}
                  meta: {type: object, properties: {total_pages: {type: integer}}}
  /users/{userId}:
    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}}
  /users/{userId}/posts:
    get:
      parameters:
        - {name: userId, in: path, required: true, schema: {type: integer}}
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, description: 'How many, max. 500', schema: {type: integer}}
      responses:
        '200':
          content:
            application/json:
              schema:
                properties:
                  posts: {type: array, items: {$ref: '#/components/schemas/Post'}}
                  next_cursor: {type: string, nullable: true}
  /users/{user_id}/posts/{post_id}/comments:
    get:
      responses:
        2XX:
          headers: {Link: {schema: {type: string}}}
          content: {application/vnd.acme+json: {schema: {type: array, items: {$ref: '#/components/schemas/Comment'}}}}
  /workspaces/{workspace}/tags:
    get:
      parameters:
        - {name: workspace, in: path, required: true, description: The workspace of yours., schema: {type: string}}
        - {name: view, in: query, required: true, schema: {type: string, default: all}}
        - {name: scope, in: query, required: true, schema: {type: string}}
      responses: {'200': {content: {application/json: {example: [{code: a, weight: 1.5, at: '2024-01-01T00:00:00Z'}]}}}}
  /report:
    get: {responses: {'200': {content: {text/csv: {schema: {type: string}}}}}}
  /search/deals:
    post:
      operationId: searchDeals
      requestBody: {content: {application/json: {schema: {properties: {offset: {type: integer}, count: {type: integer, maximum: 50}}}}}}
      responses:
        '200':
          content:
            application/json:
              schema: {properties: {items: {type: array, items: {type: object, properties: {dealId: {type: string}}}}, total: {type: integer}}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  parameters:
    Page: {name: page, in: query, schema: {type: integer, minimum: 1}}
    Size: {name: per_page, in: query, schema: {type: integer, maximum: 100, default: 20}}
  schemas:
    Base: {type: object, required: [id], properties: {id: {type: integer}, updated_at: {type: string, format: date-time}}}
    User:
      allOf:
        - {$ref: '#/components/schemas/Base'}
        - type: object
          properties:
            name: {type: string, nullable: true}
            manager: {$ref: '#/components/schemas/User'}
            value: {oneOf: [{type: string}, {type: integer}]}
            born: {example: 1980}
    Post: {type: object, properties: {id: {type: integer}, modified: {type: integer, description: Unix time in seconds}}}
    Comment: {type: object, properties: {id: {type: integer}, text: {type: string}}}
`;

describe('an OpenAPI description', () => {
  it('is told by its first key, in YAML and in JSON', () => {
    const recognised = (text: string) =>
      openapi.recognises({ name: 'x', text, file: undefined, address: undefined, headers: {}, responseHeaders: {} });
    assert.deepEqual(
      [
        'openapi: 3.1.0\n',
        '{"swagger":"2.0"}',
        '{\n  "info": {},\n  "openapi": "3.0.0"}',
        'kind: api',
        '{"item": []}',
      ].map(recognised),
      [true, true, true, false, false],
    );
  });

  it('tells the address, its variables and how requests are authenticated', async () => {
    const { answers } = toAnswers(await read(CRM));
    const { streams, pagination, config, ...rest } = answers;
    assert.deepEqual(rest, {
      kind: 'api',
      name: 'Acme CRM',
      description: 'Contacts and deals.',
      documentation_url: 'https://docs.acme.test',
      base_url: 'https://{data_centre}.acme.test/v2',
      auth: { type: 'bearer' },
    });
    assert.deepEqual(config, [
      { name: 'data_centre', description: 'Where your account is', default: 'eu' },
      { name: 'workspace', description: 'The workspace of yours.' },
      { name: 'scope', description: 'The parameter scope of requests' },
    ]);
  });

  it('has a stream for each list, named by its path', async () => {
    const { streams } = await read(CRM);
    assert.deepEqual(
      streams.map(({ name }) => name),
      ['users', 'posts', 'comments', 'tags', 'deals'],
    );
  });

  it('finds the records, the pages, the key, and what changed', async () => {
    const users = stream(await read(CRM), 'users');
    assert.deepEqual(valuesOf(users), {
      path: '/users',
      records_path: 'data',
      pagination: {
        type: 'page',
        page_param: 'page',
        total_pages_path: 'meta.total_pages',
        page_size_param: 'per_page',
        page_size: 100,
      },
      key_properties: ['id'],
      replication_key: 'updated_at',
      bookmark_param: 'updated_since',
    });
    assert.equal(users.title, 'List users');
    assert.equal(users.answers.pagination?.grade, 'said');
  });

  it('merges schemas, cuts cycles, and takes the types of examples', async () => {
    const { schema } = stream(await read(CRM), 'users');
    assert.deepEqual(schema?.value.properties, {
      id: { type: ['null', 'integer'] },
      updated_at: { type: ['null', 'string'], format: 'date-time' },
      name: { type: ['null', 'string'] },
      manager: { type: ['null', 'object'] },
      value: {},
      born: { type: ['null', 'integer'] },
    });
  });

  it('asks for children by their parents, and for theirs', async () => {
    const api = await read(CRM);
    const { path, parent, records_path, pagination, replication_key, bookmark_format } = valuesOf(stream(api, 'posts'));
    assert.deepEqual(
      { path, parent, records_path, replication_key, bookmark_format },
      {
        path: '/users/{user_id}/posts',
        parent: { stream: 'users', field: 'id', as: 'user_id' },
        records_path: 'posts',
        replication_key: 'modified',
        bookmark_format: 'epoch_seconds',
      },
    );
    assert.deepEqual(pagination, {
      type: 'cursor',
      cursor_param: 'cursor',
      cursor_path: 'next_cursor',
      page_size_param: 'limit',
      page_size: 500,
    });
    const comments = valuesOf(stream(api, 'comments'));
    assert.deepEqual(comments.parents, [
      { stream: 'posts', field: 'id', as: 'post_id' },
      { stream: 'posts', field: 'user_id', as: 'user_id' },
    ]);
    assert.deepEqual(comments.pagination, { type: 'link_header', omitted_at_end: true });
  });

  it('has what requests need as parameters and configuration, and the columns of an example', async () => {
    const tags = stream(await read(CRM), 'tags');
    assert.deepEqual(valuesOf(tags), {
      path: '/workspaces/{workspace}/tags',
      params: { view: 'all', scope: '{scope}' },
      records_path: '',
      pagination: { type: 'none' },
      key_properties: ['code'],
    });
    assert.equal(tags.answers.key_properties?.grade, 'guessed');
    assert.equal(tags.schema?.grade, 'inferred');
    assert.deepEqual(tags.schema?.value.properties, {
      code: { type: ['null', 'string'] },
      weight: { type: ['null', 'number'] },
      at: { type: ['null', 'string'], format: 'date-time' },
    });
  });

  it('reads a search that is a POST, and tells what it leaves out', async () => {
    const api = await read(CRM);
    assert.deepEqual(valuesOf(stream(api, 'deals')), {
      path: '/search/deals',
      method: 'POST',
      params_in: 'body',
      records_path: 'items',
      pagination: {
        type: 'offset',
        offset_param: 'offset',
        total_path: 'total',
        page_size_param: 'count',
        page_size: 50,
      },
      key_properties: ['dealId'],
    });
    assert.deepEqual(api.notes, ['left out, since the response is text/csv, not JSON: GET /report']);
  });

  it('reads Swagger 2', async () => {
    const api = await read(
      JSON.stringify({
        swagger: '2.0',
        info: { title: 'Shop' },
        host: 'shop.test',
        basePath: '/api',
        schemes: ['http', 'https'],
        produces: ['application/json'],
        securityDefinitions: {
          key: { type: 'apiKey', in: 'query', name: 'key' },
          app: { type: 'apiKey', in: 'query', name: 'appId' },
        },
        security: [{ key: [], app: [] }],
        paths: {
          '/orders.json': {
            get: {
              parameters: [{ name: 'page[number]', in: 'query', type: 'integer', default: 0 }],
              responses: {
                200: { schema: { properties: { orders: { type: 'array', items: { $ref: '#/definitions/Order' } } } } },
              },
            },
          },
        },
        definitions: { Order: { properties: { id: { type: 'string' }, links: { type: 'array', items: {} } } } },
      }),
    );
    assert.equal(api.answers.base_url?.value, 'https://shop.test/api');
    assert.deepEqual(api.answers.auth?.value, { type: 'api_key', in: 'query', name: 'key' });
    assert.deepEqual(api.answers.config?.value, [{ name: 'app', secret: true }]);
    const { params, pagination, records_path } = valuesOf(stream(api, 'orders'));
    assert.deepEqual(
      { params, pagination, records_path },
      {
        params: { appId: '{app}' },
        pagination: { type: 'page', page_param: 'page[number]', start_page: 0 },
        records_path: 'orders',
      },
    );
  });

  it('knows the schemes of HTTP, OAuth and AWS, and takes the one that asks the least', async () => {
    const schemes = {
      digest: { type: 'http', scheme: 'digest' },
      basic: { type: 'http', scheme: 'Basic' },
      key: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'Write `Token <your key>`' },
      plain: { type: 'apiKey', in: 'cookie', name: 'session' },
      app: {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: 'https://a.test/token', scopes: { 'users:read': '', write: '' } } },
      },
      user: { type: 'oauth2', flows: { authorizationCode: { tokenUrl: 'https://a.test/token' }, implicit: {} } },
      page: { type: 'oauth2', flows: { implicit: { authorizationUrl: 'https://a.test' } } },
      aws: { type: 'apiKey', in: 'header', name: 'Authorization', 'x-amazon-apigateway-authtype': 'awsSigv4' },
      odd: { type: 'mutualTLS' },
    };
    const authOf = async (...names: string[]) => {
      const security = names.map(name => ({ [name]: [] }));
      const info = { 'x-aws-signingName': 's3' };
      const list = { type: 'array', items: { properties: { id: { type: 'string' } } } };
      const get = { responses: { 200: { content: { 'application/json': { schema: list } } } } };
      return read(
        JSON.stringify({
          openapi: '3.0.0',
          info,
          security,
          paths: { '/a': { get } },
          components: { securitySchemes: schemes },
        }),
      );
    };
    const each = await Promise.all(Object.keys(schemes).map(async name => (await authOf(name)).answers.auth?.value));
    assert.deepEqual(each, [
      { type: 'digest' },
      { type: 'basic' },
      { type: 'api_key', in: 'header', name: 'Authorization', prefix: 'Token ' },
      { type: 'api_key', in: 'cookie', name: 'session' },
      { type: 'oauth2_client_credentials', token_url: 'https://a.test/token', scopes: ['users:read'] },
      { type: 'oauth2_refresh_token', token_url: 'https://a.test/token' },
      { type: 'bearer' },
      { type: 'aws_signature', service: 's3' },
      { type: 'none' },
    ]);
    assert.match((await authOf('odd')).notes.join(), /the scheme mutualtls has no answer/);
    const chosen = (await authOf('user', 'key', 'app')).answers.auth;
    assert.deepEqual(chosen?.value, { type: 'api_key', in: 'header', name: 'Authorization', prefix: 'Token ' });
    assert.match(chosen?.evidence ?? '', /also possible: app, user/);
  });

  it('takes a list with pages for one whose description has a single record, or nothing', async () => {
    const params = '[{name: page, in: query, schema: {type: integer}}]';
    const api = await read(`
openapi: 3.1.0
paths:
  /cars: {get: {parameters: ${params}, responses: {'200': {content: {application/json: {schema: {properties: {id: {type: integer}}}}}}}}}
  /cars/{start_date}/trips: {get: {parameters: ${params}, responses: {}}}
  /me: {get: {responses: {'200': {content: {application/json: {schema: {properties: {id: {type: integer}}}}}}}}}
`);
    assert.deepEqual(
      api.streams.map(({ name }) => name),
      ['cars', 'trips'],
    );
    const [cars, trips] = api.streams;
    assert.deepEqual(cars?.answers.records_path, {
      value: '',
      grade: 'guessed',
      evidence: 'it has pages, though the response is said to be one record',
    });
    assert.equal(trips?.answers.records_path, undefined);
    assert.equal(trips?.schema, undefined);
    assert.equal(trips?.losses[0]?.what, 'what its records have is not described');
    assert.equal(trips?.answers.path.value, '/cars/{start_date_param}/trips');
    assert.equal(trips?.answers.parent, undefined);
  });

  it('is refused where it is none, with the line', async () => {
    await assert.rejects(read('openapi: 3.0.0\npaths: [\n'), /^UserError: crm\.yaml, line 3: is neither JSON nor YAML/);
    await assert.rejects(read('openapi: 4.0.0'), /is no OpenAPI description/);
  });
});
