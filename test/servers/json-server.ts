import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, COLUMNS, getJson, type RealServer, type Row, send, THINGS } from './real-server.ts';

/** Lists in a file of JSON, in pages by the Link header, which comes where a page is asked for. */
export const jsonServer: RealServer = {
  packages: { npm: ['json-server@0.17.4'] },
  answers: {
    base_url: 'http://127.0.0.1:{port}',
    pagination: { type: 'link_header', page_size_param: '_limit', page_size: 60 },
    streams: [
      {
        ...{ ...THINGS, path: '/things', schema: COLUMNS, params: { _page: '1' } },
        ...{ replication_key: 'updated_at', bookmark_param: 'updated_at_gte' },
      },
    ],
  },
  filter: { bookmark_param: 'updated_at_gte' },
  key: 'id',
  bookmark: 'updated_at',
  path: '/things?_limit=1',
  async prepare({ folder, port, installed }) {
    writeFileSync(join(folder, 'data.json'), '{"things": []}');
    const server = join(installed, 'node_modules/json-server/lib/cli/bin.js');
    return [process.execPath, server, '--port', String(port), '--quiet', 'data.json'];
  },
  async put(numbers, minute, { url }) {
    const known = new Set(((await getJson(`${url}/things`)) as Row[]).map(({ id }) => id));
    for (const id of numbers) {
      const thing = { id, name: `${id} at ${minute}`, updated_at: at(minute + id) };
      if (known.has(id)) await send(`${url}/things/${id}`, thing, { method: 'PUT' });
      else await send(`${url}/things`, thing);
    }
  },
  rows: async ({ url }) => (await getJson(`${url}/things`)) as Row[],
  row: thing => thing,
  asked: { path: '/things?_page=1&_limit=60', next: () => ({ path: '/things?_page=2&_limit=60' }) },
};
