import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getJson, type RealServer, type Row, send, THINGS } from './real-server.ts';

const RECORDS = '/v1/buckets/default/collections/things/records';
const USER = { Authorization: `Basic ${btoa('user:password')}` };

/** Records of its own, in pages by a header of its own, and the newest first. */
export const kinto: RealServer = {
  packages: { pip: ['kinto==26.5.0', 'waitress==3.0.2'] },
  answers: {
    base_url: 'http://127.0.0.1:{port}/v1',
    auth: { type: 'basic' },
    pagination: { type: 'next_url', next_url_header: 'Next-Page', page_size_param: '_limit', page_size: 70 },
    streams: [
      {
        ...{ ...THINGS, path: '/buckets/default/collections/things/records', records_path: 'data' },
        schema: { properties: { id: 'string', name: 'string', last_modified: 'integer' } },
        ...{ replication_key: 'last_modified', bookmark_param: '_since', bookmark_format: 'epoch_milliseconds' },
      },
    ],
  },
  config: { username: 'user', password: 'password' },
  filter: { bookmark_param: '_since', bookmark_format: 'epoch_milliseconds' },
  key: 'id',
  bookmark: 'last_modified',
  path: '/v1/',
  async prepare({ folder, port, installed }) {
    writeFileSync(join(folder, 'kinto.ini'), SETTINGS.replace('PORT', String(port)));
    return [join(installed, 'bin/kinto'), 'start', '--ini', 'kinto.ini'];
  },
  async put(numbers, minute, { url }) {
    for (const number of numbers) {
      const data = { name: `${number} at ${minute}` };
      await send(`${url}${RECORDS}/thing-${number}`, { data }, { method: 'PUT', headers: USER });
    }
  },
  async rows({ url }) {
    return ((await getJson(`${url}${RECORDS}`, { headers: USER })) as { data: Row[] }).data;
  },
  row: thing => thing,
  asked: {
    path: `${RECORDS}?_limit=70`,
    headers: USER,
    next: ({ headers }) => ({
      path: new URL(headers.get('next-page') as string).href.replace(/^https?:\/\/[^/]*/, ''),
    }),
  },
};

const SETTINGS = `
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = PORT
[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.memory
kinto.cache_backend = kinto.core.cache.memory
kinto.permission_backend = kinto.core.permission.memory
kinto.includes = kinto.plugins.default_bucket
kinto.userid_hmac_secret = none
multiauth.policies = basicauth
`;
