import { CREDENTIALS } from '../api/strict-auth.ts';
import { type Resource, StrictApi, type StrictOptions } from '../api/strict-server.ts';

/** What a small API of an example's conventions has, and the configuration that its connector needs. */
interface ExampleApi {
  readonly resources: readonly Resource[];
  readonly config?: Record<string, unknown>;
}

const AT = '2024-01-01T00:01:00Z';

const GITHUB_PAGES = {
  pagination: { type: 'link_header', page_size_param: 'per_page' },
  followed: 'absolute',
} as const;
const GITHUB_SINCE = { bookmark: { param: 'since', field: 'updated_at' } } as const;

const STRIPE_PAGES = {
  recordsPath: 'data',
  pagination: { type: 'keyset', keyset_param: 'starting_after', has_more_path: 'has_more', page_size_param: 'limit' },
} as const;

const GRAPHQL_PLACE = 'data.organization.repositories';

/** The APIs of the examples but Acme's, by the name of the answers file. */
const APIS: Readonly<Record<string, (answers: Record<string, unknown>) => ExampleApi>> = {
  'api-plain.yaml': () => ({ resources: [{ path: '/v1/rates', records: [{ currency: 'EUR', rate: 1 }] }] }),
  'api-github.yaml': () => ({
    config: { owner: 'mage-ai', repository: 'mage' },
    resources: [
      {
        path: '/repos/mage-ai/mage/issues',
        records: [{ id: 1, number: 7, title: 'Issue', updated_at: AT }],
        params: { state: 'all', sort: 'updated', direction: 'asc' },
        ...GITHUB_SINCE,
        ...GITHUB_PAGES,
      },
      {
        path: '/repos/mage-ai/mage/issues/7/comments',
        records: [{ id: 70, body: 'x', updated_at: AT }],
        ...GITHUB_SINCE,
        ...GITHUB_PAGES,
      },
    ],
  }),
  'api-stripe.yaml': () => ({
    resources: [
      {
        path: '/v1/charges',
        records: [{ id: 'ch_1', amount: 100, created: 1704067200 }],
        bookmark: { param: 'created[gte]', field: 'created', parse: text => Number(text) * 1000 },
        ...STRIPE_PAGES,
      },
      { path: '/v1/customers', records: [{ id: 'cus_1', email: 'a@b.c' }], ...STRIPE_PAGES },
    ],
  }),
  'api-graphql.yaml': ({ streams }) => ({
    config: { organization: 'mage-ai' },
    resources: [
      {
        path: '/graphql',
        method: 'POST',
        body: { query: (streams as { graphql: string }[])[0]?.graphql, variables: { login: 'mage-ai' } },
        paramsIn: 'body',
        recordsPath: `${GRAPHQL_PLACE}.nodes`,
        records: [{ id: 'R_1', name: 'r1' }],
        pagination: {
          type: 'cursor',
          cursor_param: 'variables.after',
          cursor_path: `${GRAPHQL_PLACE}.pageInfo.endCursor`,
          has_more_path: `${GRAPHQL_PLACE}.pageInfo.hasNextPage`,
        },
      },
    ],
  }),
};

/** Serves the API of an example by its conventions; undefined for one that has none here. */
export async function serveExample(name: string, answers: Record<string, unknown>) {
  const example = APIS[name]?.(answers);
  if (!example) return undefined;
  const options = { auth: answers.auth, resources: example.resources } as StrictOptions;
  const api = await new StrictApi(options).listen();
  const local = String(answers.base_url).replace(/^https:\/\/[^/]+/, 'http://127.0.0.1:{port}');
  return {
    kind: 'api' as const,
    answers: { ...answers, base_url: local },
    config: { ...CREDENTIALS, ...example.config, port: api.port },
    stop: async () => void (await api.close()),
  };
}
