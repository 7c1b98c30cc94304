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
import { connectorOf, records } from './support.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');

describe('the examples of public APIs', function () {
  this.timeout(120_000);
  for (const file of ['api-plain', 'apis/github', 'apis/stripe', 'api-graphql']) {
    it(`${file}.yaml is written as the golden files show`, async () => {
      const { folder } = await generate('api', resolve(EXAMPLES, `${file}.yaml`), {
        options: { layout: 'standalone' },
      });
      assertGolden(folder, `api/${file.split(/[-/]/).at(-1)}`);
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
