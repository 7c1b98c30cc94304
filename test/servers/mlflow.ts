import { join } from 'node:path';
import { chunk, pick } from 'lodash-es';
import { type RealServer, type Row, send } from './real-server.ts';

const EXPERIMENTS = '/api/2.0/mlflow/experiments';

/** Experiments, searched for by POST, the last changed first; lists without any, and null, are left out. */
export const mlflow: RealServer = {
  packages: { pip: ['mlflow==3.17.2'] },
  answers: {
    base_url: 'http://127.0.0.1:{port}/api/2.0/mlflow',
    pagination: {
      ...{ type: 'cursor', cursor_path: 'next_page_token', cursor_param: 'page_token' },
      ...{ page_size_param: 'max_results', page_size: 60 },
    },
    streams: [
      {
        ...{ name: 'things', path: '/experiments/search', method: 'POST', params_in: 'body' },
        ...{ records_path: 'experiments', omits_empty: true, key_properties: ['experiment_id'] },
        schema: { properties: { experiment_id: 'string', name: 'string', last_update_time: 'integer' } },
        ...{ replication_key: 'last_update_time', value_format: 'epoch_ms' },
      },
    ],
  },
  filter: {},
  key: 'experiment_id',
  bookmark: 'last_update_time',
  path: '/health',
  prepare: async ({ port, installed }) => [
    ...[join(installed, 'bin/mlflow'), 'server', '--host', '127.0.0.1', '--port', String(port)],
    ...['--workers', '1', '--backend-store-uri', 'sqlite:///data.db'],
  ],
  async put(numbers, minute, place) {
    const known = new Set((await mlflow.rows(place)).map(({ experiment_id }) => Number(experiment_id)));
    const putOne = (number: number) => {
      const change = { experiment_id: String(number), new_name: `${number} at ${minute}` };
      const [path, body] = known.has(number) ? ['update', change] : ['create', { name: `${number} at ${minute}` }];
      return send(`${place.url}${EXPERIMENTS}/${path}`, body);
    };
    // It is slow one by one.
    for (const some of chunk(numbers, 10)) await Promise.all(some.map(putOne));
  },
  async rows({ url }) {
    const found = await send(`${url}${EXPERIMENTS}/search`, { max_results: 1000 });
    return (found as { experiments: Row[] }).experiments;
  },
  row: thing => pick(thing, ['experiment_id', 'name', 'last_update_time']),
  asked: {
    path: `${EXPERIMENTS}/search`,
    address: `${EXPERIMENTS}/search?max_results=60`,
    body: { max_results: 60 },
    next: ({ body }) => ({
      body: { max_results: 60, page_token: (body as { next_page_token: string }).next_page_token },
    }),
  },
};
