import assert from 'node:assert/strict';
import { buildSchema, introspectionFromSchema, parse, validate } from 'graphql';
import type { DescribedApi, DescribedStream } from '../../src/from/described.ts';
import { graphql } from '../../src/from/graphql/index.ts';
import { toAnswers } from '../../src/from/to-answers.ts';
import { plan } from '../support/generate.ts';

const SHOP = `
scalar DateTime
scalar JSON
interface Node { id: ID! }
type Query {
  node(id: ID!): Node
  orders(first: Int, after: String, query: String, filter: OrderFilter): OrderConnection!
  shop: Shop!
  organization(login: String!): Organization
  allProducts(limit: Int, offset: Int): [Product!]!
  carts(page: Int): CartList
  old: [Product!] @deprecated(reason: "gone")
  search(kind: Kind!, by: SearchInput!): [Product!]
  events(updatedAfter: DateTime, cursor: String): EventPage
  countries: [Country!]!
}
enum Kind { A B }
input SearchInput { text: String! }
input OrderFilter { updatedAt: Compare, state: String, and: [OrderFilter!] }
input Compare { gte: DateTime, lt: DateTime }
"Orders of customers. All of them."
type Order implements Node {
  id: ID!
  name: String
  total: Money!
  customer: Customer
  lines(first: Int): LineConnection
  tags: [String!]!
  meta: JSON
  state: Kind
  weight(unit: Kind!): Float
  updatedAt: DateTime!
}
type Money { amount: Float currency: String }
type Customer { id: ID! email: String }
type Line { id: ID! }
type LineConnection { nodes: [Line!] pageInfo: PageInfo! }
type OrderConnection { edges: [OrderEdge!] pageInfo: PageInfo! }
type OrderEdge { node: Order cursor: String }
type PageInfo { endCursor: String hasNextPage: Boolean! }
type Shop { id: ID! name: String }
type Organization { id: ID! repositories(first: Int, after: String): RepositoryConnection teams: [Team!] }
type Team { id: ID! }
type RepositoryConnection { nodes: [Repository!] edges: [RepositoryEdge!] pageInfo: PageInfo! totalCount: Int }
type RepositoryEdge { node: Repository }
type Repository { id: ID! stars: Int }
type Product { sku: String price: Float }
type CartList { items: [Cart!] total: Int }
type Cart { cartId: ID }
type EventPage { items: [Event!] nextCursor: String }
type Event { id: ID! updatedAt: DateTime }
union Country = Shop | Team
`;

const source = (text: string, address?: string) => ({
  name: 'shop.graphql',
  text,
  file: undefined,
  address,
  isAsked: address !== undefined,
  headers: {},
  responseHeaders: {},
});
const read = (text: string, address?: string): Promise<DescribedApi> => graphql.read(source(text, address));
const valuesOf = (api: DescribedApi, name: string) => {
  const stream = api.streams.find(each => each.name === name);
  assert.ok(stream, `there is no ${name} among ${api.streams.map(each => each.name).join(', ')}`);
  return Object.fromEntries(Object.entries(stream.answers).map(([key, understood]) => [key, understood?.value]));
};
const columns = ({ schema }: DescribedStream) => schema?.value.properties as Record<string, unknown>;

describe('a GraphQL schema', () => {
  it('is told by its words, and as introspection by __schema', () => {
    const texts = [SHOP, '{"data": {"__schema": {}}}', 'openapi: 3.0.0\n', '{"item": []}', 'curl https://a.test'];
    assert.deepEqual(
      texts.map(text => graphql.recognises(source(text))),
      [true, true, false, false, false],
    );
  });

  it('has a stream for each list that its queries lead to', async () => {
    const { streams, notes } = await read(SHOP);
    assert.deepEqual(
      streams.map(({ name }) => name),
      ['orders', 'products', 'carts', 'search', 'events', 'countries', 'organization_repositories'],
    );
    assert.match(notes.join(), /names no address/);
  });

  it('reads a connection by its cursor, with the edges of which it may have no nodes', async () => {
    const api = await read(SHOP);
    const { graphql: query, ...orders } = valuesOf(api, 'orders');
    assert.equal(
      query,
      `query ($first: Int, $after: String, $filter: OrderFilter) {
  orders(first: $first, after: $after, filter: $filter) {
    edges {
      node {
        id
        name
        total {
          amount
          currency
        }
        customer {
          id
        }
        tags
        meta
        state
        updatedAt
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}`,
    );
    assert.deepEqual(orders, {
      path: '/graphql',
      variables: { first: '{limit}', after: '{cursor}' },
      records_path: 'data.orders.edges.*.node',
      records_in: 'object',
      pagination: {
        type: 'cursor',
        cursor_path: 'data.orders.pageInfo.endCursor',
        has_more_path: 'data.orders.pageInfo.hasNextPage',
        page_size: 100,
      },
      key_properties: ['id'],
      replication_key: 'updatedAt',
      bookmark_param: 'variables.filter.updatedAt.gte',
    });
  });

  it('takes the types of columns from the schema', async () => {
    const [orders] = (await read(SHOP)).streams;
    assert.ok(orders);
    assert.deepEqual(columns(orders), {
      id: { type: ['null', 'string'] },
      name: { type: ['null', 'string'] },
      total: {
        type: ['null', 'object'],
        properties: { amount: { type: ['null', 'number'] }, currency: { type: ['null', 'string'] } },
      },
      customer: { type: ['null', 'object'], properties: { id: { type: ['null', 'string'] } } },
      tags: { type: ['null', 'array'], items: { type: ['null', 'string'] } },
      meta: {},
      state: { type: ['null', 'string'] },
      updatedAt: { type: ['null', 'string'], format: 'date-time' },
    });
  });

  it('configures what a query requires, and reads offsets, numbers and cursors beside items', async () => {
    const api = await read(SHOP);
    const repositories = valuesOf(api, 'organization_repositories');
    assert.match(
      String(repositories.graphql),
      /^query \(\$organization_login: String!, \$first: Int, \$after: String\) \{\n {2}organization\(login: \$organization_login\) \{\n {4}repositories\(first: \$first, after: \$after\)/,
    );
    assert.deepEqual(repositories.variables, {
      organization_login: '{organization_login}',
      first: '{limit}',
      after: '{cursor}',
    });
    assert.equal(repositories.records_path, 'data.organization.repositories.nodes');
    assert.deepEqual(api.answers.config?.value, [
      { name: 'kind', description: 'One of A, B' },
      { name: 'text', description: 'The argument text of by' },
      { name: 'organization_login', description: 'The argument login of organization' },
    ]);
    const products = valuesOf(api, 'products');
    assert.deepEqual(
      [products.records_path, products.variables, products.pagination],
      ['data.allProducts', { limit: '{limit}', offset: '{offset}' }, { type: 'offset', page_size: 100 }],
    );
    const carts = valuesOf(api, 'carts');
    assert.deepEqual(
      [carts.records_path, carts.variables, carts.pagination],
      ['data.carts.items', { page: '{page}' }, { type: 'page' }],
    );
    const events = valuesOf(api, 'events');
    assert.deepEqual(
      [events.pagination, events.bookmark_param],
      [{ type: 'cursor', cursor_path: 'data.events.nextCursor' }, 'variables.updatedAfter'],
    );
  });

  it('is the same as introspection has it, and an endpoint tells where it is', async () => {
    const introspection = JSON.stringify({ data: introspectionFromSchema(buildSchema(SHOP)) });
    const api = await read(introspection, 'https://shop.test/api/graphql?token=hunter2');
    assert.deepEqual(
      api.streams.map(({ answers }) => answers.graphql),
      (await read(SHOP)).streams.map(({ answers }) => answers.graphql),
    );
    assert.equal(api.answers.base_url?.value, 'https://shop.test/api');
    assert.equal(valuesOf(api, 'orders').path, '/graphql');
    assert.doesNotMatch(JSON.stringify(toAnswers(api)), /hunter2/);
  });

  const BLOG = `
type Query {
  posts(tags: [String!]!, year: Int!, where: Where!): [Post!]
  found(by: [Filter!]!): [Post!]
  wide(a: Int!, b: Int!, c: Int!, d: Int!, e: Int!): [Post!]
  items: ItemConnection
  mixed: [Subject!]
}
input Where { author: Author!, text: String }
input Author { id: ID!, known: Boolean! }
input Filter { text: String! }
type Post {
  id: ID!
  labels: [Label!]!
  grid: [[Money]]
  subject: Subject
  subjects: [Subject!]!
  comments(first: Int): CommentConnection
  likes: LikeConnection
  body(format: String!): String
  parent: Empty
}
type Label { id: ID! name: String }
type Money { amount: Float }
union Subject = User | Team
type User { id: ID! name: String! size: Int }
type Team { id: ID! name: String size: Float posts: [Post] }
type CommentConnection { nodes: [Post] pageInfo: PageInfo! }
type LikeConnection { nodes: [Post] pageInfo: PageInfo! totalCount: Int }
type Empty { posts: [Post] }
union Item = User | Other
type Other { code: String }
type ItemConnection { nodes: [Item] pageInfo: PageInfo! }
type PageInfo { endCursor: String hasNextPage: Boolean! }
`;

  it('asks for lists and unions inside of records, and names what it leaves out', async () => {
    const api = await read(BLOG);
    const posts = api.streams.find(({ name }) => name === 'posts');
    assert.ok(posts);
    assert.match(
      String(posts.answers.graphql?.value).replaceAll(/\s+/g, ' '),
      /\{ id labels \{ id \} grid \{ amount \} subject \{ __typename \.\.\. on User \{ id \} \.\.\. on Team \{ id \} \} subjects \{ __typename .* likes \{ totalCount \} \}/,
    );
    const objects = { type: ['null', 'array'], items: { type: ['null', 'object'] } };
    const { labels, subjects } = columns(posts);
    assert.deepEqual([labels, subjects], [objects, objects]);
    assert.deepEqual(
      posts.losses.map(({ what }) => what),
      [
        'lists inside of records that have pages: comments, likes',
        'fields that need arguments: body',
        'objects without fields of one value: parent',
      ],
    );
  });

  it('reads records that are one of several types, with the fields that are alike', async () => {
    const union = (await read(`type Query { all: [Subject] }\n${BLOG.slice(BLOG.indexOf('type Post'))}`)).streams[0];
    assert.ok(union);
    assert.deepEqual(Object.keys(columns(union)), ['__typename', 'id', 'posts']);
    assert.deepEqual(
      union.losses.map(({ what }) => what),
      ['fields of several types: name, size'],
    );
    assert.equal(valuesOf(await read(BLOG), 'items').records_path, 'data.items.nodes');
  });

  it('fills required arguments from the configuration, each with its type, also inside of objects', async () => {
    const api = await read(BLOG);
    assert.deepEqual(valuesOf(api, 'posts').variables, {
      tags: '{tags}',
      year: '{year}',
      where: { author: { id: '{author_id}', known: '{known}' } },
    });
    assert.deepEqual(
      api.answers.config?.value.map(({ name, type }) => [name, type]),
      [
        ['tags', 'list'],
        ['year', 'integer'],
        ['author_id', undefined],
        ['known', 'boolean'],
      ],
    );
    assert.deepEqual(api.notes.slice(1), [
      'left out, since they need lists of objects, or more than 20 values, as arguments: found',
      'left out, since they need more than 4 arguments: wide',
    ]);
    await plan('api', { ...toAnswers(api).answers, name: 'Blog', base_url: 'https://a.test', layout: 'standalone' });
  });

  it('writes queries that hold against the schema', async () => {
    for (const text of [SHOP, BLOG]) {
      const { streams } = await read(text);
      assert.ok(streams.length > 1);
      for (const { name, answers } of streams)
        assert.deepEqual(validate(buildSchema(text), parse(String(answers.graphql?.value))), [], name);
    }
  });

  it('is refused where it is none, and where it has no end', async () => {
    await assert.rejects(
      read('type Query {\n  a: \n}'),
      /^UserError: shop\.graphql, line 3: is no GraphQL schema: Syntax Error/,
    );
    await assert.rejects(read('{"__schema": {"types": 1}}'), /is no GraphQL schema/);
    await assert.rejects(read(`type Query { a: ${'['.repeat(100_000)} }`), /is no GraphQL schema/);
    const names = Array.from({ length: 300 }, (_, index) => `f${index}`);
    const input = (name: string, type: string) =>
      `input ${name} { ${names.map(field => `${field}: ${type}!`).join(' ')} }`;
    const bomb = `type Query { a(f: A!): [T] }\ntype T { id: ID }\n${input('A', 'B')}\n${input('B', 'C')}\n${input('C', 'Int')}`;
    assert.match((await read(bomb)).notes.join(), /more than 20 values, as arguments: a/);
    const loop = await read(
      'type Query { a(f: F): [T] }\ninput F { f: F, updated: F, g: [F] }\ntype T { t: T, id: ID }',
    );
    assert.deepEqual(
      loop.streams.map(({ name }) => name),
      ['a'],
    );
  });
});
