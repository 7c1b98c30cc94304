import assert from 'node:assert/strict';
import type { DescribedApi, DescribedStream } from '../../src/from/described.ts';
import { postman } from '../../src/from/postman/index.ts';
import { toAnswers } from '../../src/from/to-answers.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const read = (collection: object): Promise<DescribedApi> =>
  postman.read({
    name: 'acme.json',
    text: JSON.stringify(collection),
    file: undefined,
    address: undefined,
    headers: {},
    responseHeaders: {},
  });
const valuesOf = ({ answers }: DescribedStream) =>
  Object.fromEntries(Object.entries(answers).map(([key, understood]) => [key, understood?.value]));
const query = (pairs: Record<string, string>, off: Record<string, string> = {}) => [
  ...Object.entries(pairs).map(([key, value]) => ({ key, value })),
  ...Object.entries(off).map(([key, value]) => ({ key, value, disabled: true })),
];
const answered = (body: unknown) => [
  { code: 401, body: '{"error": "no"}' },
  { code: 200, header: [{ key: 'Content-Type', value: 'application/json' }], body: JSON.stringify(body) },
];

const ACME = {
  info: { name: 'Acme API', description: { content: 'What Acme has.' }, schema: SCHEMA },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{apiToken}}' }] },
  variable: [
    { key: 'baseUrl', value: 'https://{{region}}.acme.test/v2/' },
    { key: 'region', value: 'eu' },
    { key: 'apiToken', value: 'hunter2' },
    { key: 'accountId', value: '77', description: 'Your account.' },
    { key: 'sessionKey', value: 'hunter3' },
  ],
  item: [
    {
      name: 'Users',
      item: [
        {
          name: 'List users',
          request: {
            method: 'GET',
            header: [
              { key: 'X-Account', value: '{{accountId}}' },
              { key: 'Accept', value: '*/*' },
            ],
            url: {
              raw: '{{baseUrl}}/users?page=1&per_page=50&expand=team&sig=',
              query: query({ page: '1', per_page: '50', expand: 'team' }, { updated_since: '2024-01-01T00:00:00Z' }),
            },
          },
          response: answered({
            users: [{ id: 1, name: 'Ada', updated_at: '2024-01-01T00:00:00Z' }],
            meta: { total_pages: 3 },
          }),
        },
        {
          name: 'Posts of a user',
          request: {
            method: 'GET',
            header: [{ key: 'X-Account', value: '{{accountId}}' }],
            url: {
              raw: '{{baseUrl}}/users/:userId/posts?session={{sessionKey}}&token=hunter4',
              query: query({ session: '{{sessionKey}}', token: 'hunter4', secret_word: 'hunter5' }),
              variable: [{ key: 'userId', value: '1' }],
            },
          },
          response: answered([{ id: 1, title: 'Hello' }]),
        },
        { name: 'Create a user', request: { method: 'POST', url: '{{baseUrl}}/users' } },
      ],
    },
    { name: 'Elsewhere', request: 'https://other.test/things' },
  ],
};

describe('a Postman collection', () => {
  it('is told by its schema', () => {
    const recognised = (text: string) =>
      postman.recognises({ name: 'x', text, file: undefined, address: undefined, headers: {}, responseHeaders: {} });
    assert.deepEqual([JSON.stringify(ACME), '{"item": []}', '{"openapi": "3.0.0"}'].map(recognised), [
      true,
      false,
      false,
    ]);
  });

  it('has the address, the authentication, headers and variables of its requests, and no secret', async () => {
    const api = await read(ACME);
    const { answers } = toAnswers(api);
    const { streams, ...rest } = answers;
    assert.deepEqual(rest, {
      kind: 'api',
      name: 'Acme',
      description: 'What Acme has.',
      base_url: 'https://eu.acme.test/v2',
      config: [
        { name: 'account_id', description: 'Your account.', default: '77' },
        { name: 'session_key', secret: true },
      ],
      auth: { type: 'bearer' },
      headers: { 'X-Account': '{account_id}' },
      pagination: {
        type: 'page',
        page_param: 'page',
        total_pages_path: 'meta.total_pages',
        page_size_param: 'per_page',
        page_size: 50,
      },
    });
    assert.doesNotMatch(JSON.stringify([answers, api.notes]), /hunter/);
    assert.deepEqual(api.credentials, { access_token: 'hunter2' });
  });

  it('has a stream for each list that is kept, with its parent', async () => {
    const { streams, notes } = await read(ACME);
    assert.deepEqual(
      streams.map(({ name }) => name),
      ['users', 'posts'],
    );
    const [users, posts] = streams.map(valuesOf);
    assert.deepEqual(
      { ...users, pagination: undefined },
      {
        path: '/users',
        params: { expand: 'team' },
        records_path: 'users',
        pagination: undefined,
        key_properties: ['id'],
        replication_key: 'updated_at',
        bookmark_param: 'updated_since',
      },
    );
    assert.deepEqual(posts, {
      path: '/users/{user_id}/posts',
      params: { session: '{session_key}' },
      records_path: '',
      pagination: { type: 'none' },
      key_properties: ['id'],
      parent: { stream: 'users', field: 'id', as: 'user_id' },
    });
    assert.deepEqual(streams[0]?.schema?.value.properties, {
      id: { type: ['null', 'integer'] },
      name: { type: ['null', 'string'] },
      updated_at: { type: ['null', 'string'], format: 'date-time' },
    });
    assert.equal(streams[0]?.schema?.grade, 'inferred');
    assert.equal(streams[0]?.answers.records_path?.grade, 'inferred');
    assert.deepEqual(notes, [
      '1 requests go to other addresses than https://eu.acme.test/v2, and are left out',
      'left out, since they are POST requests: POST /users',
    ]);
  });

  it('takes the forms of version 2.0, and an address that nothing tells', async () => {
    const api = await read({
      info: { name: 'Old', schema: SCHEMA.replaceAll('2.1', '2.0') },
      item: [
        {
          name: 'Things',
          request: {
            url: '{{host}}/things?limit=10&offset=0',
            method: 'GET',
            auth: { type: 'apikey', apikey: { key: 'X-Key', value: 'hunter2', in: 'header' } },
          },
          response: answered({ data: [{ thingId: 'a' }], total: 1 }),
        },
      ],
    });
    assert.equal(api.answers.base_url, undefined);
    assert.match(api.notes.join(), /has no address/);
    assert.deepEqual(api.answers.auth?.value, { type: 'api_key', in: 'header', name: 'X-Key' });
    assert.deepEqual(api.credentials, { api_key: 'hunter2' });
    assert.deepEqual(api.streams.map(valuesOf), [
      {
        path: '/things',
        records_path: 'data',
        pagination: {
          type: 'offset',
          offset_param: 'offset',
          total_path: 'total',
          page_size_param: 'limit',
          page_size: 10,
        },
        key_properties: ['thingId'],
      },
    ]);
  });

  it('may be anything in every place, and circles of variables end', async () => {
    for (const odd of [null, 1, 'x', [], {}, [null], true, '{{a}}', [{ key: 1 }]]) {
      await read({ ...ACME, auth: odd, variable: odd });
      await read({
        ...ACME,
        item: [odd, { item: [odd] }, { request: odd }, { request: { url: odd, method: odd, header: odd, auth: odd } }],
      });
      await read({
        ...ACME,
        item: [
          { name: odd, request: { url: { raw: odd, host: odd, path: odd, query: odd, variable: odd } }, response: odd },
        ],
      });
    }
    const api = await read({
      ...ACME,
      variable: [
        { key: 'baseUrl', value: '{{other}}{{other}}' },
        { key: 'other', value: '{{baseUrl}}{{baseUrl}}' },
      ],
    });
    assert.equal(api.answers.base_url, undefined);
    const secret = await read({
      ...ACME,
      variable: [
        { key: 'baseUrl', value: 'https://ann:hunter2@{{token}}.acme.test' },
        { key: 'token', value: 'hunter3' },
      ],
    });
    assert.equal(secret.answers.base_url?.value, 'https://{token_param}.acme.test');
    assert.doesNotMatch(JSON.stringify([secret.answers, secret.notes]), /hunter/);
    await assert.rejects(read({ info: {}, item: 1 }), /is no collection of version 2/);
  });
});
