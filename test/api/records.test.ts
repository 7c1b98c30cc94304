import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampledRows } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { type Reply, send } from './strict-server.ts';
import { ids, items, records, type Session, session } from './support.ts';

interface Case {
  readonly name: string;
  readonly stream?: Record<string, unknown>;
  readonly answers?: Record<string, unknown>;
  readonly answer: Reply;
  /** The records' ids, or what is said of the response. */
  readonly gives: readonly unknown[] | RegExp;
}

const at = (records_path: string) => ({ records_path });
const [one, two] = items(2);

const RESPONSES: readonly Case[] = [
  { name: 'the response itself', answer: { body: [one, two] }, gives: [1, 2] },
  { name: 'a nested list', stream: at('a.b.items'), answer: { body: { a: { b: { items: [one] } } } }, gives: [1] },
  {
    name: 'no list where it should be',
    stream: at('a.b'),
    answer: { body: { a: {} } },
    gives: /^items: the response has no a\.b: \{'a': \{\}\}$/,
  },
  { name: 'null instead of the list', stream: at('a.b'), answer: { body: { a: { b: null } } }, gives: [] },
  {
    name: 'an object instead of the list',
    stream: at('a'),
    answer: { body: { a: { b: 1 } } },
    gives: /^items: the response has no list, but \{'b': 1\}$/,
  },
  { name: 'text instead of the list', answer: { body: '"x"' }, gives: /^items: the response has no list, but x$/ },
  { name: 'status 204', stream: at('a'), answer: { status: 204 }, gives: [] },
  {
    name: 'a status that means no records',
    stream: { empty_statuses: [404, 410] },
    answer: { status: 410, body: {} },
    gives: [],
  },
  {
    name: 'a status that does not',
    stream: { empty_statuses: [404] },
    answer: { status: 410, body: {} },
    gives: /answered 410/,
  },
  { name: 'a status that is no success', answer: { status: 999, body: [one] }, gives: /\/items answered 999: / },
  {
    name: 'a record that is none',
    answer: { body: [one, 'a'] },
    gives: /^items: record 2 of a page is 'a', no object/,
  },
  {
    name: 'a record without its key',
    answer: { body: [{ ...one, id: null }] },
    gives: /^items: a record has no value in id, of id, name, updated_at/,
  },
  {
    name: 'a record that is of another stream',
    stream: { key_properties: [] },
    answer: { body: [{ ID: 1 }] },
    gives: /^items: a record has no column of it, but ID/,
  },
  {
    name: 'a failure with status 200',
    stream: at('data'),
    answer: { body: { ok: false, error: 'thread_not_found' } },
    gives: /^items: the response has no data: thread_not_found$/,
  },
  {
    name: 'errors instead of records',
    stream: at('data.items'),
    answer: { body: { data: { items: [] }, errors: [{ message: 'quota' }] } },
    gives: /^items: the API says: quota$/,
  },
  {
    name: 'a failure by a flag of its own',
    answers: { success_when: { 'meta.code': 0 } },
    stream: at('data'),
    answer: { body: { data: [], meta: { code: 7 }, msg: 'limit' } },
    gives: /^items: meta\.code is not 0: limit$/,
  },
  {
    name: 'success by a flag of its own',
    answers: { success_when: { 'meta[-1].code': 'OK' } },
    stream: at('data'),
    answer: { body: { data: [one], meta: [{ code: 'OK' }] } },
    gives: [1],
  },
  {
    name: 'an empty list that is left out',
    stream: { omits_empty: true, ...at('runs') },
    answer: { body: {} },
    gives: [],
  },
  {
    name: 'a wrong root of XML',
    answers: { response_format: 'xml' },
    stream: { ...at('rows.row'), schema: { properties: { id: 'integer' } } },
    answer: { body: '<fault><code>7</code></fault>', headers: { 'Content-Type': 'text/xml' } },
    gives: /^items: the response has no rows: \{'code': '7'\}$/,
  },
  {
    name: 'what is not there yet',
    answer: { status: 202, body: [], headers: { 'Retry-After': '9999' } },
    gives: /answered 202/,
  },
  {
    name: 'the last of several lists',
    stream: at('results[-1].rows'),
    answer: { body: { results: [{ rows: [one] }, { rows: [two] }] } },
    gives: [2],
  },
  {
    name: 'the list of one item',
    stream: at('groups[kind=b]["the.rows"]'),
    answer: {
      body: {
        groups: [
          { kind: 'a', 'the.rows': [one] },
          { kind: 'b', 'the.rows': [two] },
        ],
      },
    },
    gives: [2],
  },
  { name: 'status 201', answer: { status: 201, body: [one] }, gives: [1] },
  {
    name: 'lists in a list',
    stream: at('groups.*.items'),
    answer: { body: { groups: [{ items: [one] }, { items: null }, { items: [two] }] } },
    gives: [1, 2],
  },
  {
    name: 'lists in an object',
    stream: at('*.items'),
    answer: { body: { a: { items: [one] }, b: { items: [two] } } },
    gives: [1, 2],
  },
  { name: 'a list at an index', stream: at('results.1'), answer: { body: { results: [[one], [two]] } }, gives: [2] },
  { name: 'an index that is not there', stream: at('results.1'), answer: { body: { results: [[one]] } }, gives: [] },
  {
    name: 'a wildcard that leads nowhere',
    stream: at('a.*.b'),
    answer: { body: { a: [{ c: 1 }] } },
    gives: /the response has no b in the path/,
  },
  { name: 'one record', stream: { records_in: 'object', ...at('data') }, answer: { body: { data: one } }, gives: [1] },
  {
    name: 'a list where one record should be',
    stream: { records_in: 'object' },
    answer: { body: [one, two] },
    gives: [1, 2],
  },
  { name: 'a map', stream: { records_in: 'map' }, answer: { body: { x: one, y: two } }, gives: [1, 2] },
  { name: 'a filter', stream: { record_filter: { name: 'Item 2', id: 2 } }, answer: { body: [one, two] }, gives: [2] },
  {
    name: 'JSON Lines',
    answers: { response_format: 'jsonl' },
    answer: {
      body: `${JSON.stringify({ ...one, name: 'a\u2028b' })}\n\n${JSON.stringify(two)}\n`,
      headers: { 'Content-Type': 'application/x-ndjson' },
    },
    gives: [1, 2],
  },
  {
    name: 'a page instead of CSV',
    answers: { response_format: 'csv' },
    answer: { body: '<p>Log in</p>' },
    gives: /answered with text\/html, not CSV: Log in/,
  },
  {
    name: 'broken JSON Lines',
    answers: { response_format: 'jsonl' },
    answer: { body: '{"id": 1}\n{"id', headers: { 'Content-Type': 'text/plain' } },
    gives: /not JSON Lines/,
  },
  {
    name: 'broken XML',
    answers: { response_format: 'xml' },
    stream: { records_path: 'a.b' },
    answer: { body: '<a><b>', headers: { 'Content-Type': 'text/xml' } },
    gives: /not XML/,
  },
];

describe('records', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session;
  afterEach(() => opened?.api.close());

  const answering = async (
    answer: Reply,
    answers: Record<string, unknown> = {},
    stream: Record<string, unknown> = {},
  ) => {
    opened = await session(answers, stream);
    opened.api.faults.push(response => send(response, answer));
    return opened.run();
  };

  for (const { name, answers, stream, answer, gives } of RESPONSES) {
    it(`in ${name}`, async () => {
      const outcome = await answering(answer, answers, stream);
      if (gives instanceof RegExp) assert.match(outcome.error ?? '', gives);
      else assert.deepEqual([outcome.exitCode, ids(outcome)], [0, gives], outcome.error);
      assert.deepEqual(await flake8(opened.generated.folder), []);
    });
  }

  const VALUES = { id: 'integer', name: 'string', amount: 'number', won: 'boolean', at: 'date-time' };
  const VALUE = { id: 1, name: 'Zoë, "Z"', amount: 1.5, won: true, at: '2024-01-01T00:00:00+00:00' };
  const EMPTY = { id: 2, name: null, amount: null, won: null, at: null };

  it('in CSV, with values of the types of the schema', async () => {
    const body = '\ufeffid;name;amount;won;at\r\n1;"Zoë, ""Z""";1.5;TRUE;2024-01-01\r\n2;;;;\r\n';
    const outcome = await answering(
      { body, headers: { 'Content-Type': 'text/csv' } },
      { response_format: 'csv', csv_delimiter: ';' },
      { schema: { properties: VALUES } },
    );
    assert.deepEqual(records(outcome), [VALUE, { ...EMPTY, name: '' }], outcome.error);
  });

  it('in XML, with values of the types of the schema', async () => {
    const row = '<x:row id="1"><name>Zoë, "Z"</name><amount>1.5</amount><won>yes</won><at> 2024-01-01 </at></x:row>';
    for (const [rows, expected] of [
      [row, [VALUE]],
      [`${row}<x:row><id>2</id><name/></x:row>`, [VALUE, EMPTY]],
      ['', []],
    ] as const) {
      const body = `<?xml version="1.0"?><r:data xmlns:r="urn:r" xmlns:x="urn:x"><x:rows>${rows}</x:rows></r:data>`;
      const outcome = await answering(
        { body, headers: { 'Content-Type': 'application/xml' } },
        { response_format: 'xml' },
        { schema: { properties: VALUES }, records_path: 'data.rows.row' },
      );
      assert.deepEqual(records(outcome), expected, outcome.error);
      await opened.api.close();
    }
    opened = await session({});
  });

  it('get the key of a map, and columns of the response around them', async () => {
    const outcome = await answering(
      { body: { meta: { at: '2024-05-01' }, data: { x: { id: 1 }, y: { id: 2 } } } },
      {},
      {
        records_path: 'data',
        records_in: 'map',
        map_key: 'code',
        from_response: { seen: 'meta.at', missing: 'meta.no' },
        schema: { properties: { id: 'integer', code: 'string', seen: 'date-time', missing: 'string' } },
      },
    );
    assert.deepEqual(records(outcome), [
      { id: 1, code: 'x', seen: '2024-05-01T00:00:00+00:00', missing: null },
      { id: 2, code: 'y', seen: '2024-05-01T00:00:00+00:00', missing: null },
    ]);
  });

  it('have columns of several types as JSON text', async () => {
    const outcome = await answering(
      { body: [{ id: 1, name: { a: [1] } }, { id: 2, name: 'x' }, { id: 3 }] },
      {},
      { text_columns: ['name'] },
    );
    assert.deepEqual(
      records(outcome).map(({ name }) => name),
      ['{"a": [1]}', 'x', null],
    );
  });

  it('are sampled as the first page has them', async () => {
    opened = await session({ pagination: { type: 'page' } });
    assert.equal(sampledRows(await opened.over().sample(['items'])).items?.length, 3);
    assert.equal(opened.api.reads.length, 1);
  });
});

describe('requests', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session;
  afterEach(() => opened?.api.close());

  it('have the configuration where {key} stands, and doubled braces as single ones', async () => {
    opened = await session(
      {
        base_url: 'http://127.0.0.1:{port}/{region}',
        headers: { 'X-Mode': 'a{mode}b{{B}}' },
        config: [{ name: 'mode', default: 'fast' }],
      },
      { path: '/v{version}/items', params: { q: '{q} {{"x"}} 100%' }, key_properties: [] },
      { path: '/eu/v2/items', params: { q: 'a/b&c {"x"} 100%' } },
    );
    const outcome = await opened.run({ config: { region: 'eu', version: 2, q: 'a/b&c' } });
    assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5, 6, 7], outcome.error);
    assert.equal(opened.api.reads[0]?.headers['x-mode'], 'afastb{B}');
    const { error } = await opened.over({ region: 'eu', q: null }).testConnection();
    assert.match(String(error), /The configuration lacks version, q$/);
  });

  it('have a body with the configuration, whatever its parameters add', async () => {
    opened = await session(
      { pagination: { type: 'cursor', cursor_param: 'page.after', cursor_path: 'next', cursor_in: 'body' } },
      {
        records_path: 'data',
        method: 'POST',
        body: { page: { size: 3 }, filter: [{ owner: '{owner}', text: '{{}}' }, 7, null] },
      },
      { body: { page: { size: 3 }, filter: [{ owner: 'ada', text: '{}' }, 7, null] } },
    );
    const outcome = await opened.run({ config: { owner: 'ada' } });
    assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5, 6, 7], outcome.error);
    assert.deepEqual(
      opened.api.reads.map(({ body }) => body),
      [undefined, 'c3', 'c6'].map(after => ({
        page: { size: 3, ...(after && { after }) },
        filter: [{ owner: 'ada', text: '{}' }, 7, null],
      })),
    );
  });

  it('are GraphQL queries, each from a file of its own', async () => {
    const query = 'query ($after: String) {\n  items(after: $after) {\n    nodes{id}\n  }\n}';
    const nodes = 'data.items.nodes';
    opened = await session(
      {
        pagination: {
          type: 'cursor',
          cursor_param: 'variables.after',
          cursor_path: 'data.items.pageInfo.endCursor',
          has_more_path: 'data.items.pageInfo.hasNextPage',
        },
      },
      { graphql: query, records_path: nodes, body: { variables: { size: 3 } } },
      { method: 'POST', paramsIn: 'body', body: { query: `${query}\n`, variables: { size: 3 } } },
    );
    assert.equal(readFileSync(join(opened.generated.folder, 'queries/items.graphql'), 'utf8'), `${query}\n`);
    const outcome = await opened.run();
    assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5, 6, 7], outcome.error);
    assert.equal(opened.api.reads[0]?.body?.query, `${query}\n`);
    opened.api.faults.push(response =>
      send(response, { body: { data: null, errors: [{ message: 'no field nodes' }] } }),
    );
    assert.match((await opened.run()).error ?? '', /\/items: no field nodes$/);
    assert.deepEqual(await flake8(opened.generated.folder), []);
  });

  it('of GraphQL that fail show no key of their address', async () => {
    const auth = { type: 'api_key', in: 'query', name: 'key' };
    opened = await session({ auth }, { graphql: '{ items { id } }', records_path: 'data.items' });
    opened.api.faults.push(response => send(response, { body: { errors: [{ message: 'no such key' }] } }));
    const { error } = await opened.run({ config: { api_key: 'a secret/of+signs' } });
    assert.match(error ?? '', /\/items: no such key$/);
  });

  it('are as many as the API allows in a time, and not one more', async () => {
    opened = await session({ rate_limit: { calls: 2, seconds: 2 }, pagination: { type: 'page' } });
    const times: number[] = [];
    for (let count = 0; count < 4; count += 1)
      opened.api.faults.push((response, seen) => {
        times.push(Date.now());
        const page = Number(seen.params.get('page'));
        send(response, { body: items(7).slice((page - 1) * 3, page * 3) });
      });
    assert.deepEqual(ids(await opened.run()), [1, 2, 3, 4, 5, 6, 7]);
    const [first = 0, second = 0, third = 0, fourth = 0] = times;
    // With room for what a busy machine adds to either.
    assert.ok(third - first >= 1500 && fourth - second >= 1500, String(times));
    assert.ok(second - first < 1500, String(times));
  });
});

/** What the answers may not say. */
describe('answers of an API that cannot be', () => {
  const refused: readonly [object, object, RegExp][] = [
    [{ auth: { type: 'api_key', in: 'body' } }, {}, /auth.*a GET request has no body for the key/],
    [{ pagination: { type: 'cursor' } }, {}, /pagination\.cursor_path.*is missing/],
    [{ csv_delimiter: ';' }, {}, /csv_delimiter.*has no use without response_format: csv/],
    [{}, { method: 'GET', body: {} }, /streams\[0\]\.body.*has no place in a GET request/],
    [{}, { method: 'GET', params_in: 'body' }, /streams\[0\]\.params_in.*a GET request has no body/],
    [{}, { omits_empty: true }, /streams\[0\]\.omits_empty.*needs a records_path of keys alone/],
    [{}, { map_key: 'id' }, /streams\[0\]\.map_key.*has no use without records_in: map/],
    [{}, { from_response: { x: 'a' } }, /streams\[0\]\.from_response.*x is no column/],
  ];
  for (const [answers, stream, message] of refused)
    it(`such as ${JSON.stringify({ ...answers, ...stream })}`, () =>
      assert.rejects(session(answers as Record<string, unknown>, stream as Record<string, unknown>), message));
});
