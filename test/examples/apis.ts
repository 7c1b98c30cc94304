import { CREDENTIALS } from '../api/strict-auth.ts';
import { type Resource, StrictApi, type StrictOptions } from '../api/strict-server.ts';

/** What a small API of an example's conventions has, and the configuration that its connector needs. */
interface ExampleApi {
  readonly resources: readonly Resource[];
  readonly config?: Record<string, unknown>;
}

const GRAPHQL_PLACE = 'data.organization.repositories';

/** The APIs of the examples but Acme's, by the name of the answers file. */
const APIS: Readonly<Record<string, (answers: Record<string, unknown>) => ExampleApi>> = {
  'api-plain.yaml': () => ({ resources: [{ path: '/v1/rates', records: [{ currency: 'EUR', rate: 1 }] }] }),
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
