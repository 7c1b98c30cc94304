import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pick } from 'lodash-es';
import { getJson, type RealServer, type Row } from './real-server.ts';

const USER = { Authorization: 'Bearer sk_test_of_nobody' };
/** More than an integer of seconds holds. */
const SECOND = 1_100;

/** Events of products, in pages by the ID of the last one; moments are seconds. */
export const localstripe: RealServer = {
  packages: { pip: ['localstripe==1.15.10'] },
  answers: {
    base_url: 'http://127.0.0.1:{port}/v1',
    auth: { type: 'bearer' },
    pagination: {
      ...{ type: 'keyset', keyset_param: 'starting_after', keyset_field: 'id', has_more_path: 'has_more' },
      ...{ page_size_param: 'limit', page_size: 100 },
    },
    streams: [
      {
        ...{ name: 'things', path: '/events', records_path: 'data', key_properties: ['id'] },
        schema: { properties: { id: 'string', type: 'string', created: 'integer', data: 'object' } },
        ...{ replication_key: 'created', value_format: 'epoch' },
        ...{ bookmark_param: 'created[gte]', bookmark_format: 'epoch_seconds' },
      },
    ],
  },
  config: { access_token: 'sk_test_of_nobody' },
  filter: {},
  key: 'id',
  bookmark: 'created',
  path: '/v1/events',
  prepare: async ({ port, installed }) => [
    ...[join(installed, 'bin/localstripe'), '--from-scratch', '--port', String(port)],
  ],
  async put(numbers, minute, { url }) {
    for (const [index, number] of numbers.entries()) {
      // Few are of the last second, which the next run reads again.
      if (index % 100 === 0) await sleep(SECOND);
      const body = new URLSearchParams({ name: `${number} at ${minute}`, type: 'service' });
      await getJson(`${url}/v1/products`, { method: 'POST', headers: USER, body });
    }
  },
  async rows({ url }) {
    return ((await getJson(`${url}/v1/events?limit=10000`, { headers: USER })) as { data: Row[] }).data;
  },
  row: thing => pick(thing, ['id', 'type', 'created', 'data']),
  asked: {
    path: '/v1/events?limit=60',
    headers: USER,
    next: ({ body }) => ({ path: `/v1/events?limit=60&starting_after=${(body as { data: Row[] }).data.at(-1)?.id}` }),
  },
};
