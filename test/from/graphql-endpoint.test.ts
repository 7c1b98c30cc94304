import assert from 'node:assert/strict';
import { join } from 'node:path';
import { buildSchema, graphqlSync } from 'graphql';
import { ids, items } from '../api/support.ts';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { type Answer, serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { connectorFrom, plannedFrom } from './support.ts';

const SECRET = 'hunter2hunter2hunter2';
const DEALS = items(230);
const SCHEMA = buildSchema(`
type Query {
  deals(first: Int!, after: String): DealConnection!
  products(limit: Int!, offset: Int!): [Product!]!
  countries: [Country!]!
}
type DealConnection { nodes: [Deal!]! pageInfo: PageInfo! }
type PageInfo { endCursor: String hasNextPage: Boolean! }
type Deal { id: ID! name: String! updated_at: String! }
type Product { id: ID! name: String }
type Country { code: ID! }
`);
const rootValue = {
  deals: ({ first, after }: { first: number; after?: string }) => {
    const end = Number(after ?? 0) + first;
    return {
      nodes: DEALS.slice(end - first, end),
      pageInfo: { endCursor: String(end), hasNextPage: end < DEALS.length },
    };
  },
  products: ({ limit, offset }: { limit: number; offset: number }) => DEALS.slice(0, 150).slice(offset, offset + limit),
  countries: () => [{ code: 'de' }, { code: 'nz' }],
};

describe('an endpoint of GraphQL', function () {
  this.timeout(120_000);
  needsPython();
  const seen: { readonly query: string; readonly variables?: Record<string, unknown> }[] = [];
  let isOpen = true;
  let server: TestServer;

  before(async () => {
    server = await serve((url, request, text): Answer => {
      if (request.headers.authorization !== `Bearer ${SECRET}`) return { status: 401, body: { errors: [] } };
      // As servers have it: a page for people, and no answers to GET.
      if (request.method !== 'POST' || url.pathname !== '/api/graphql') return { status: 405, body: '<html>' };
      const sent = JSON.parse(text) as (typeof seen)[number];
      if (sent.query.includes('__schema') && !isOpen)
        return { body: { errors: [{ message: `introspection is off for ${request.headers.authorization}` }] } };
      seen.push(sent);
      return { body: graphqlSync({ schema: SCHEMA, source: sent.query, rootValue, variableValues: sent.variables }) };
    });
  });
  after(() => server.close());

  const flags = { header: [`Authorization: Bearer ${SECRET}`] };

  it('is asked for its schema, and then for pages of its lists, which a connector reads whole', async () => {
    const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    const made = await connectorFrom(`${server.url}/api/graphql`, { cwd: checkout.root, flags });
    const { answers, streams, text } = made;
    assert.deepEqual([answers.base_url, answers.auth], [`${server.url}/api`, { type: 'bearer' }]);
    assert.deepEqual(
      streams.map(({ name, path, key_properties }) => [name, path, key_properties]),
      [
        ['countries', '/graphql', ['code']],
        ['deals', '/graphql', ['id']],
        ['products', '/graphql', ['id']],
      ],
    );
    assert.doesNotMatch(text, /was not settled|hunter2/);
    assert.deepEqual(
      seen.slice(1).map(({ variables }) => variables),
      [{ first: 100 }, { first: 100, after: '100' }, { limit: 100, offset: 0 }, { limit: 100, offset: 100 }, undefined],
    );

    const connector = new Connector({ checkout, folder: made.folder, config: { access_token: SECRET } });
    const outcome = await connector.run({ catalog: selectAll(await connector.catalog()) });
    assert.equal(outcome.error, undefined);
    assert.deepEqual(
      [ids(outcome, 'deals').length, ids(outcome, 'products').length, ids(outcome, 'countries').length],
      [230, 150, 2],
    );
  });

  it('that gives no schema says why, and shows no secret', async () => {
    const failing = (path: string, given: Readonly<Record<string, unknown>>) =>
      plannedFrom(`${server.url}${path}`, { flags: given }).then(
        () => 'made',
        (error: Error) => error.message,
      );
    isOpen = false;
    const off = await failing('/api/graphql', flags);
    isOpen = true;
    assert.match(off, /\/api\/graphql: was asked for its GraphQL schema, and gives none: its answer is none/);
    assert.doesNotMatch(off, /hunter2/);
    assert.match(await failing('/api/graphql', {}), /gives none: the server answered 401/);
    assert.match(await failing('/other/gql', flags), /gives none: the server answered 405/);
  });
});
