import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, getJson, type RealServer, type Row, runInstalled, send } from './real-server.ts';

const ITEMS = '/collections/things/items';

/** Features of OGC API, in pages by a list of links, whose columns stand below `properties`. */
export const pygeoapi: RealServer = {
  packages: { pip: ['pygeoapi==0.21.0'] },
  answers: {
    base_url: 'http://127.0.0.1:{port}',
    pagination: {
      ...{ type: 'next_url', next_url_path: 'links[rel=next].href', omitted_at_end: true },
      ...{ page_size_param: 'limit', page_size: 60 },
    },
    streams: [
      {
        ...{ name: 'things', path: ITEMS, records_path: 'features', key_properties: ['id'] },
        params: { f: 'json', datetime: '{since:%Y-%m-%dT%H:%M:%SZ}/..' },
        columns: { id: 'id', name: 'properties.name', updated_at: 'properties.updated_at' },
        schema: { properties: { id: 'string', name: 'string', updated_at: 'date-time' } },
        replication_key: 'updated_at',
      },
    ],
  },
  filter: {},
  key: 'id',
  bookmark: 'updated_at',
  path: '/?f=json',
  async prepare({ folder, port, installed, url }) {
    writeFileSync(join(folder, 'config.json'), JSON.stringify(settings(port, url)));
    writeFileSync(join(folder, 'data.json'), '{"_default": {}}');
    const files = ['config.json', '--output-file', 'openapi.json', '--format', 'json'];
    await runInstalled({ installed, folder }, 'pygeoapi', ['openapi', 'generate', ...files]);
    const names = ['PYGEOAPI_CONFIG=config.json', 'PYGEOAPI_OPENAPI=openapi.json', 'PYGEOAPI_HOME=.'];
    return ['/usr/bin/env', ...names, join(installed, 'bin/pygeoapi'), 'serve', '--flask'];
  },
  async put(numbers, minute, place) {
    const known = new Set((await pygeoapi.rows(place)).map(({ id }) => Number(id)));
    for (const number of numbers) {
      const properties = { name: `${number} at ${minute}`, updated_at: at(minute + number).replace('.000Z', 'Z') };
      const geometry = { type: 'Point', coordinates: [number / 10, 50.5] };
      const feature = { type: 'Feature', id: String(number), geometry, properties };
      const headers = { 'Content-Type': 'application/geo+json' };
      if (known.has(number)) await send(`${place.url}${ITEMS}/${number}`, feature, { method: 'PUT', headers });
      else await send(`${place.url}${ITEMS}`, feature, { headers });
    }
  },
  async rows({ url }) {
    return ((await getJson(`${url}${ITEMS}?f=json&limit=10000`)) as { features: Row[] }).features;
  },
  row: ({ id, properties }) => ({ id, ...(properties as Row) }),
  asked: { path: `${ITEMS}?f=json&limit=60`, next: () => ({ path: `${ITEMS}?f=json&limit=60&offset=60` }) },
};

function settings(port: number, url: string): object {
  const link = { name: 'nobody', url };
  const said = { title: 'Things', description: 'Things', keywords: ['things'] };
  return {
    server: {
      ...{ bind: { host: '127.0.0.1', port }, url, mimetype: 'application/json; charset=UTF-8', encoding: 'utf-8' },
      ...{ language: 'en-US', pretty_print: false, admin: false, limits: { default_items: 10, max_items: 10_000 } },
      map: { url: 'https://tiles.test/{z}/{x}/{y}.png', attribution: 'nobody' },
    },
    logging: { level: 'ERROR' },
    metadata: {
      identification: { ...said, keywords_type: 'theme', terms_of_service: 'none', url },
      ...{ license: link, provider: link, contact: { name: 'nobody', position: 'none', email: 'nobody@geo.test' } },
    },
    resources: {
      things: {
        ...{ type: 'collection', ...said, links: [] },
        extents: { spatial: { bbox: [-180, -90, 180, 90], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' } },
        providers: [
          {
            ...{ type: 'feature', name: 'TinyDB', data: 'data.json', editable: true },
            ...{ id_field: 'id', time_field: 'updated_at' },
          },
        ],
      },
    },
  };
}
