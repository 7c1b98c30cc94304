import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { type Catalog, selectAll } from '../framework/catalog.ts';
import type { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { generate } from '../support/generate.ts';
import { assertGolden } from '../support/golden.ts';
import { CREDENTIALS } from './strict-auth.ts';
import { type Resource, StrictApi } from './strict-server.ts';
import { connectorOf, lastState, records } from './support.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');
const at = (minute: number) => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString().replace('.000Z', 'Z');

describe('the examples of public APIs', function () {
  this.timeout(120_000);
  for (const name of ['plain', 'github', 'stripe', 'graphql']) {
    it(`api-${name}.yaml is written as the golden files show`, async () => {
      const { folder } = await generate('api', resolve(EXAMPLES, `api-${name}.yaml`), {
        options: { layout: 'standalone' },
      });
      assertGolden(folder, `api/${name}`);
    });
  }

  describe('run against servers of their conventions', () => {
    needsPython();
    let api: StrictApi;
    let connector: Connector;
    let catalog: Catalog;
    afterEach(() => api.close());

    const open = async (name: string, resources: readonly Resource[], config: object = {}) => {
      const { kind, base_url, ...answers } = parse(readFileSync(resolve(EXAMPLES, `api-${name}.yaml`), 'utf8'));
      const local = String(base_url).replace(/^https:\/\/[^/]+/, 'http://127.0.0.1:{port}');
      const { name: _, ...unnamed } = answers;
      const built = await connectorOf({ ...unnamed, base_url: local });
      assert.deepEqual(await flake8(built.generated.folder), []);
      api = await new StrictApi({ auth: answers.auth, resources }).listen();
      connector = built.connector.with({ ...CREDENTIALS, port: api.port, ...config });
      catalog = await connector.catalog();
      assert.equal((await connector.testConnection()).exitCode, 0);
    };
    const run = (state?: unknown) => connector.run({ catalog: selectAll(catalog), state });

    it('GitHub issues: Link headers, sorted, with the comments on each issue', async () => {
      const link = { pagination: { type: 'link_header', page_size_param: 'per_page' }, followed: 'absolute' } as const;
      const bookmark = { param: 'since', field: 'updated_at' };
      const issue = (number: number) => ({
        id: 100 + number,
        number,
        title: `Issue ${number}`,
        updated_at: at(number),
      });
      const issues = [1, 2, 3, 4].map(issue);
      const comments = (number: number): Resource => ({
        path: `/repos/mage-ai/mage/issues/${number}/comments`,
        records: [{ id: number * 10, body: 'x', updated_at: at(number) }],
        bookmark,
        ...link,
      });
      const params = { state: 'all', sort: 'updated', direction: 'asc' };
      const resources = () => [
        { path: '/repos/mage-ai/mage/issues', records: issues, params, bookmark, ...link },
        ...issues.filter(({ number }) => number !== 2).map(({ number }) => comments(number)),
      ];
      await open('github', resources(), { owner: 'mage-ai', repository: 'mage' });
      const first = await run();
      assert.equal(first.exitCode, 0, first.error);
      assert.deepEqual(
        records(first, 'issues').map(({ number }) => number),
        [1, 2, 3, 4],
      );
      assert.deepEqual(
        records(first, 'comments').map(({ id, issue_number }) => [id, issue_number]),
        [
          [10, 1],
          [30, 3],
          [40, 4],
        ],
      );
      issues.push(issue(5));
      api.options = { ...api.options, resources: resources() };
      const states = first.messages.flatMap(({ type, value }) => (type === 'STATE' ? (value?.bookmarks ?? {}) : {}));
      const second = await run({ bookmarks: Object.assign({}, ...states) });
      assert.deepEqual(
        records(second, 'issues').map(({ number }) => number),
        [4, 5],
        second.error,
      );
      assert.deepEqual(
        records(second, 'comments').map(({ id }) => id),
        [10, 30, 40, 50],
      );
    });

    it('Stripe: pages after the last record, and moments as numbers', async () => {
      const charge = (index: number) => ({ id: `ch_${index}`, amount: 100, created: 1704067200 + index });
      const paged = {
        recordsPath: 'data',
        pagination: {
          type: 'keyset',
          keyset_param: 'starting_after',
          has_more_path: 'has_more',
          page_size_param: 'limit',
        },
      };
      const charges: Resource = {
        path: '/v1/charges',
        records: [4, 3, 2, 1].map(charge),
        bookmark: { param: 'created[gte]', field: 'created', parse: text => Number(text) * 1000 },
        ...paged,
      };
      const customers = { path: '/v1/customers', records: [{ id: 'cus_1', email: 'a@b.c' }], ...paged };
      await open('stripe', [charges, customers]);
      const first = await run();
      assert.deepEqual(
        records(first, 'charges').map(({ id }) => id),
        ['ch_4', 'ch_3', 'ch_2', 'ch_1'],
        first.error,
      );
      assert.equal(lastState(first)?.bookmarks?.charges?.created, '2024-01-01T00:00:04+00:00');
      const second = await run(lastState(first));
      assert.deepEqual(
        records(second, 'charges').map(({ id }) => id),
        ['ch_4'],
        second.error,
      );
      assert.equal(records(second, 'customers').length, 1);
    });

    it('GraphQL: a connection with its cursor', async () => {
      const query = parse(readFileSync(resolve(EXAMPLES, 'api-graphql.yaml'), 'utf8')).streams[0].graphql;
      const place = 'data.organization.repositories';
      const resource: Resource = {
        path: '/graphql',
        method: 'POST',
        body: { query, variables: { login: 'mage-ai' } },
        paramsIn: 'body',
        recordsPath: `${place}.nodes`,
        records: [1, 2, 3, 4].map(id => ({ id: `R_${id}`, name: `r${id}` })),
        pagination: {
          type: 'cursor',
          cursor_param: 'variables.after',
          cursor_path: `${place}.pageInfo.endCursor`,
          has_more_path: `${place}.pageInfo.hasNextPage`,
        },
      };
      await open('graphql', [resource], { organization: 'mage-ai' });
      api.seen.length = 0;
      const outcome = await run();
      assert.deepEqual(
        records(outcome, 'repositories').map(({ id }) => id),
        ['R_1', 'R_2', 'R_3', 'R_4'],
        outcome.error,
      );
      assert.deepEqual(
        api.seen.map(({ body }) => body?.variables),
        [{ login: 'mage-ai' }, { login: 'mage-ai', after: 'c3' }],
      );
    });
  });
});
