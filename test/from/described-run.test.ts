import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { buildSchema, graphql as execute } from 'graphql';
import { graphql } from '../../src/from/graphql/index.ts';
import { openapi } from '../../src/from/openapi/index.ts';
import { records } from '../api/support.ts';
import { needsPython } from '../framework/needs.ts';
import { connectorFor, serve } from './served.ts';

const SHOP = `
scalar DateTime
type Query { orders(first: Int!, after: String, filter: Filter): Orders! team(login: String!): Team }
input Filter { updatedAt: Compare }
input Compare { gte: DateTime }
type Orders { edges: [Edge!]! pageInfo: PageInfo! }
type Edge { node: Order! }
type Order { id: ID! total: Money updatedAt: DateTime! }
type Money { amount: Float }
type PageInfo { endCursor: String hasNextPage: Boolean! }
type Team { members(limit: Int, offset: Int): [Member!]! }
type Member { id: ID! }
`;

const source = (text: string) => ({
  name: 'api',
  text,
  file: undefined,
  address: undefined,
  headers: {},
  responseHeaders: {},
});

describe('a connector of a description', () => {
  needsPython();
  let server: Server | undefined;
  afterEach(() => server?.close());

  it('reads all pages, children and what changed, as the OpenAPI description says', async () => {
    const users = Array.from({ length: 5 }, (_, index) => ({
      id: index + 1,
      name: `User ${index + 1}`,
      updated_at: `2024-01-0${index + 1}T00:00:00Z`,
    }));
    const started = await serve((path, params, _, request) => {
      if (request.headers.authorization !== 'Bearer hunter2') return undefined;
      const size = 2;
      if (path === '/users') {
        const since = params.get('updated_since') ?? '';
        const page = Number(params.get('page'));
        assert.equal(params.get('per_page'), String(size));
        const found = users.filter(user => user.updated_at >= since);
        return {
          data: found.slice((page - 1) * size, page * size),
          meta: { total_pages: Math.ceil(found.length / size) },
        };
      }
      const [, user] = /^\/users\/(\d+)\/posts$/.exec(path) ?? [];
      if (user === undefined) return undefined;
      const second = params.get('cursor') === 'more';
      return { posts: [{ id: `${user}-${second ? 2 : 1}` }], next_cursor: second ? null : 'more' };
    });
    server = started.server;
    const described = await openapi.read(
      source(`
openapi: 3.0.0
info: {title: Acme}
security: [{token: []}]
components: {securitySchemes: {token: {type: http, scheme: bearer}}}
paths:
  /users:
    get:
      parameters:
        - {name: page, in: query, schema: {type: integer, default: 1}}
        - {name: per_page, in: query, schema: {type: integer, maximum: 2}}
        - {name: updated_since, in: query, schema: {type: string, format: date-time}}
      responses: {'200': {content: {application/json: {schema: {properties: {
        data: {type: array, items: {required: [updated_at], properties: {id: {type: integer}, name: {type: string}, updated_at: {type: string, format: date-time}}}},
        meta: {properties: {total_pages: {type: integer}}}}}}}}}
  /users/{userId}/posts:
    get:
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses: {'200': {content: {application/json: {schema: {properties: {
        posts: {type: array, items: {properties: {id: {type: string}}}}, next_cursor: {type: string, nullable: true}}}}}}}
`),
    );
    const run = await connectorFor(described, { port: started.port, access_token: 'hunter2' });
    const first = await run();
    assert.deepEqual(
      records(first, 'users').map(({ id }) => id),
      [1, 2, 3, 4, 5],
    );
    assert.deepEqual(
      records(first, 'posts').map(({ id, user_id }) => [id, user_id]),
      users.flatMap(({ id }) => [
        [`${id}-1`, id],
        [`${id}-2`, id],
      ]),
    );
    const second = await run(first.messages.filter(({ type }) => type === 'STATE').at(-1)?.value);
    assert.deepEqual(
      records(second, 'users').map(({ id }) => id),
      [5],
    );
  });

  it('reads a connection of GraphQL to its end, and then what changed', async () => {
    const orders = Array.from({ length: 230 }, (_, index) => ({
      id: String(index),
      total: { amount: index / 2 },
      updatedAt: new Date(Date.UTC(2024, 0, 1, index)).toISOString(),
    }));
    const rootValue = {
      orders: ({
        first,
        after,
        filter,
      }: {
        first: number;
        after?: string;
        filter?: { updatedAt?: { gte?: string } };
      }) => {
        const since = filter?.updatedAt?.gte;
        const found = orders.filter(order => since === undefined || Date.parse(order.updatedAt) >= Date.parse(since));
        const start = Number(after ?? 0);
        const end = start + first;
        return {
          edges: found.slice(start, end).map(node => ({ node })),
          pageInfo: { endCursor: String(end), hasNextPage: end < found.length },
        };
      },
      team: ({ login }: { login: string }) => ({
        members: ({ limit, offset }: { limit: number; offset: number }) =>
          login === 'blue' ? orders.slice(0, 150).slice(offset, offset + limit) : [],
      }),
    };
    const started = await serve((_, __, body) => {
      const { query, variables } = JSON.parse(body);
      return execute({ schema: buildSchema(SHOP), source: query, rootValue, variableValues: variables });
    });
    server = started.server;
    const described = await graphql.read(source(SHOP));
    const run = await connectorFor(described, { port: started.port, team_login: 'blue' });
    const first = await run();
    assert.deepEqual(
      records(first, 'orders').map(({ id }) => id),
      orders.map(({ id }) => id),
    );
    assert.deepEqual(records(first, 'orders')[1]?.total, { amount: 0.5 });
    assert.equal(records(first, 'team_members').length, 150);
    const second = await run(first.messages.filter(({ type }) => type === 'STATE').at(-1)?.value);
    assert.deepEqual(
      records(second, 'orders').map(({ id }) => id),
      ['229'],
    );
  });
});
