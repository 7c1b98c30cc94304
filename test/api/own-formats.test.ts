import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { type Built, connectorOf, records } from './support.ts';

const stream = (name: string, more: object = {}) => ({
  ...{ name, path: `/${name}`, ...more },
  schema: { properties: { id: 'integer', name: 'string', at: 'date-time', tags: { type: 'array', items: 'string' } } },
});

/** What the server has of each stream, and what it takes for no request for that. */
const WRITTEN: Readonly<Record<string, { readonly type: string; readonly body: string | Buffer }>> = {
  plain: { type: 'application/json', body: '[{"id": 1, "name": "é", "at": "2024-01-01T00:00:00Z"}]' },
  lines: {
    type: 'application/x-ndjson',
    body: '{"id": 1, "name": "é"}\n{"id": 2, "name": "b", "at": "2024-01-02T00:00:00Z"}\n',
  },
  table: { type: 'text/csv', body: Buffer.from('id;name;at\r\n1;é;2024-01-01T00:00:00Z\r\n2;"a;b";\r\n', 'latin1') },
  other: { type: 'text/csv', body: 'id,name,at\n7,é,\n' },
  tree: { type: 'application/xml', body: '<list><item><id>3</id><name>é</name></item></list>' },
  latin: { type: 'application/json', body: Buffer.from('[{"id": 4, "name": "é"}]', 'latin1') },
};

const STREAMS = [
  stream('plain'),
  stream('lines', { response_format: 'jsonl', key_properties: ['id'] }),
  stream('table', { response_format: 'csv', csv_delimiter: ';', encoding: 'latin-1' }),
  stream('other', { response_format: 'csv' }),
  stream('tree', { response_format: 'xml', records_path: 'list.item' }),
  stream('latin', { encoding: 'latin-1' }),
];

describe('streams whose responses are written otherwise than the connector has it', function () {
  this.timeout(120_000);
  needsPython();
  let server: TestServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  /** Reads each stream of a connector from a server that gives nothing in another format than it has. */
  const read = async ({ connector, generated, checkout }: Built, token?: string) => {
    server = await serve(({ pathname }, { headers }) => {
      const { type, body } = WRITTEN[pathname.slice(1)] as { type: string; body: unknown };
      const accepted = (headers.accept ?? '').split(', ').includes(type);
      const known = token === undefined || headers.authorization === `Bearer ${token}`;
      if (!accepted || !known) return { status: accepted ? 401 : 406, body: { message: `not ${headers.accept}` } };
      return { body, headers: { 'Content-Type': type } };
    });
    const configured = connector.with({ port: new URL(server.url).port, access_token: 'x' });
    const outcome = await configured.run({ catalog: selectAll(await configured.catalog()) });
    assert.equal(outcome.exitCode, 0, outcome.error);
    assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    return Object.fromEntries(
      Object.keys(WRITTEN).map(name => [name, records(outcome, name).map(row => [row.id, row.name])]),
    );
  };
  const EXPECTED = {
    ...{ plain: [[1, 'é']], other: [[7, 'é']], tree: [[3, 'é']], latin: [[4, 'é']] },
    lines: [
      [1, 'é'],
      [2, 'b'],
    ],
    table: [
      [1, 'é'],
      [2, 'a;b'],
    ],
  };

  it('are asked for and read as they are', async () => {
    assert.deepEqual(await read(await connectorOf({ streams: STREAMS })), EXPECTED);
  });

  it('may have requests, authentication and rules of their own as well', async () => {
    const more = { headers: { 'X-Now': '{now:%Y}' }, errors: [{ status: 404, do: 'empty' }] };
    const streams = STREAMS.map(each => ({ ...each, ...more }));
    const built = await connectorOf({
      auth: { type: 'bearer' },
      success_when: { ok: true },
      streams: streams.filter(({ name }) => name !== 'plain' && name !== 'latin'),
    });
    const found = await read(built, 'x');
    assert.deepEqual(found.table, EXPECTED.table);
    assert.deepEqual(found.lines, EXPECTED.lines);
  });

  it('have what they do not say themselves from the connector, whatever that has', async () => {
    const streams = STREAMS.filter(({ name }) => name !== 'latin').map(({ name, ...each }) => {
      const { encoding: _, ...others } = { encoding: '', ...each };
      if (name === 'table') return { ...others, name, csv_delimiter: undefined, response_format: undefined };
      if (name === 'plain') return { ...others, name, response_format: 'json', encoding: 'utf-8' };
      return name === 'other' ? { ...others, name, csv_delimiter: ',', encoding: 'utf-8' } : { ...others, name };
    });
    const answers = { response_format: 'csv', csv_delimiter: ';', encoding: 'latin-1' };
    const utf8 = streams.map(each => (['lines', 'tree'].includes(each.name) ? { ...each, encoding: 'utf-8' } : each));
    assert.deepEqual(await read(await connectorOf({ ...answers, streams: utf8 })), { ...EXPECTED, latin: [] });
  });

  it('name what they expected of what came', async () => {
    const { connector } = await connectorOf({
      streams: [stream('plain'), stream('lines', { response_format: 'jsonl' })],
    });
    server = await serve(() => ({ body: 'no {', headers: { 'Content-Type': 'text/plain' } }));
    const configured = connector.with({ port: new URL(server.url).port });
    const catalog = await configured.catalog();
    for (const [name, kind] of Object.entries({ plain: 'JSON', lines: 'JSON Lines' })) {
      const one = { streams: catalog.streams.filter(each => each.tap_stream_id === name) };
      const { error = '' } = await configured.run({ catalog: selectAll(one) });
      assert.match(error, new RegExp(`${name}: .* answered with text/plain, not ${kind}: no \\{`));
    }
  });

  it('are refused where they have no place', async () => {
    const job = { type: 'job', job_path: 'id', status_url: '/jobs/{job}', status_path: 'status', done: ['DONE'] };
    const refusals: readonly [object, RegExp][] = [
      [{ streams: [stream('a', { csv_delimiter: ';' })] }, /streams\[0\]\.csv_delimiter.*response_format: csv/],
      [{ csv_delimiter: ';', streams: [stream('a')] }, /csv_delimiter.*has no use without response_format: csv/],
      [
        { streams: [stream('a', { graphql: '{ a }', records_path: 'a', response_format: 'csv' })] },
        /streams\[0\]\.response_format.*beside graphql/,
      ],
      [
        { response_format: 'xml', streams: [stream('a', { response_format: 'csv' })] },
        /streams\[0\]\.response_format.*is csv, beside a connector whose responses are xml/,
      ],
      [
        { streams: [stream('a', { response_format: 'csv', pagination: job })] },
        /streams\[0\]\.response_format.*beside the status of a job/,
      ],
      [
        { streams: [stream('a'), stream('b', { response_format: 'csv', keep_when: 'id > 1' })] },
        /b has a condition with 1, and csv has nothing but text/,
      ],
      [
        {
          pagination: { type: 'next_url', next_url_path: 'next' },
          streams: [stream('a', { records_path: 'x' }), stream('b', { response_format: 'jsonl' })],
        },
        /b has no next to go on by/,
      ],
      [
        { streams: [stream('a', { response_format: 'csv', errors: [{ path: 'a', do: 'fail' }] })] },
        /errors\[0\]\.path.*is read in JSON alone/,
      ],
    ];
    for (const [answers, message] of refusals) await assert.rejects(connectorOf(answers), message);
  });
});
