import { join } from 'node:path';
import { at, COLUMNS, getJson, type RealServer, type Row, runInstalled, THINGS } from './real-server.ts';

/** Tables of SQLite as JSON, in pages by the address of the next one. */
export const datasette: RealServer = {
  packages: { pip: ['datasette==0.65.5'] },
  answers: {
    base_url: 'http://127.0.0.1:{port}/data',
    pagination: { type: 'next_url', next_url_path: 'next_url' },
    streams: [
      {
        ...{ ...THINGS, path: '/things.json', records_path: 'rows', schema: COLUMNS },
        params: { _shape: 'objects', _size: '100' },
        ...{ replication_key: 'updated_at', bookmark_param: 'updated_at__gte' },
      },
    ],
  },
  filter: { bookmark_param: 'updated_at__gte' },
  key: 'id',
  bookmark: 'updated_at',
  path: '/data.json',
  async prepare({ folder, port, installed }) {
    const table = 'CREATE TABLE things (id integer primary key, name text, updated_at text)';
    await runInstalled({ installed, folder }, 'python', ['-c', DATABASE], JSON.stringify([[table, []]]));
    return [join(installed, 'bin/datasette'), 'serve', 'data.db', '--port', String(port)];
  },
  put(numbers, minute, place) {
    const statement = 'INSERT OR REPLACE INTO things VALUES (?, ?, ?)';
    const statements = numbers.map(number => [statement, [number, `${number} at ${minute}`, at(minute + number)]]);
    return runInstalled(place, 'python', ['-c', DATABASE], JSON.stringify(statements));
  },
  async rows({ url }) {
    const query = 'select * from things order by id';
    return (await getJson(`${url}/data.json?_shape=array&sql=${encodeURIComponent(query)}`)) as Row[];
  },
  row: thing => thing,
  // Rows are lists of values here, beside the names of the columns.
  asked: { path: '/data/things.json', next: ({ body }) => pathOf((body as { next_url: string }).next_url) },
};

function pathOf(address: string): { readonly path: string } {
  const { pathname, search } = new URL(address);
  return { path: `${pathname}${search}` };
}

const DATABASE = `
import json, sqlite3, sys
with sqlite3.connect('data.db') as database:
    for statement, values in json.load(sys.stdin):
        database.execute(statement, values)
`;
