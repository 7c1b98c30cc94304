import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, COLUMNS, getJson, type RealServer, type Row, send, THINGS } from './real-server.ts';

const SERVICE = '/odata/v4/catalog';

/** Entities of OData v4, in pages as large as the server wants them, by the address of the next one. */
export const cap: RealServer = {
  // sql.js is SQLite without a binary: better-sqlite3 fetches its own from where not everybody gets.
  packages: { npm: ['@sap/cds@9.9.3', '@cap-js/sqlite@2.4.2', 'sql.js@1.13.0', 'express@4.21.2'] },
  answers: {
    base_url: `http://127.0.0.1:{port}${SERVICE}`,
    pagination: { type: 'next_url', next_url_path: '["@odata.nextLink"]', omitted_at_end: true },
    streams: [
      {
        ...{ ...THINGS, path: '/Things', records_path: 'value', schema: COLUMNS },
        ...{ params: { $filter: 'updated_at ge {since}' }, replication_key: 'updated_at' },
      },
    ],
  },
  filter: { params: { $filter: 'updated_at ge {since}' } },
  key: 'id',
  bookmark: 'updated_at',
  path: '/',
  async prepare({ folder, port, installed }) {
    for (const [file, text] of Object.entries(FILES)) {
      mkdirSync(join(folder, file, '..'), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    symlinkSync(join(installed, 'node_modules'), join(folder, 'node_modules'));
    const server = join(installed, 'node_modules/@sap/cds/bin/serve.js');
    return [process.execPath, server, 'all', '--in-memory', '--port', String(port)];
  },
  async put(numbers, minute, { url }) {
    for (const id of numbers) {
      const thing = { name: `${id} at ${minute}`, updated_at: at(minute + id) };
      await send(`${url}${SERVICE}/Things(${id})`, thing, { method: 'PUT' });
    }
  },
  async rows({ url }) {
    const pages = [0, 1, 2, 3].map(page => getJson(`${url}${SERVICE}/Things?$orderby=id&$skip=${page * LIMIT}`));
    return (await Promise.all(pages)).flatMap(page => (page as { value: Row[] }).value);
  },
  row: thing => thing,
  asked: {
    path: `${SERVICE}/Things`,
    next: ({ body }) => ({ path: `${SERVICE}/${(body as Record<string, string>)['@odata.nextLink']}` }),
  },
};

/** The most rows of a page. */
const LIMIT = 70;
const DATABASE = { kind: 'sqlite', impl: '@cap-js/sqlite', driver: 'sql.js', credentials: { url: ':memory:' } };
const FILES = {
  'package.json': JSON.stringify({ name: 'things', cds: { requires: { db: DATABASE, auth: { kind: 'dummy' } } } }),
  'db/schema.cds': `namespace acme;
@cds.query.limit: {default: ${LIMIT}, max: ${LIMIT}}
entity Things { key id: Integer; name: String; updated_at: Timestamp; }
`,
  'srv/catalog.cds': `using {acme} from '../db/schema';
@path: '${SERVICE}'
service Catalog { entity Things as projection on acme.Things; }
`,
};
