import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { plan, temporaryFolder } from '../support/generate.ts';
import { StrictApi, send } from './strict-server.ts';
import { type Built, connectorOf, lastState, records } from './support.ts';

type Answers = Record<string, unknown>;

/** A file with a sample of that content. */
function sampleOf(content: unknown): string {
  const sample = join(temporaryFolder(), 'things.json');
  writeFileSync(sample, JSON.stringify(content));
  return sample;
}

const runs = [
  { info: { run_id: 'a', start_time: 1704067200000, Tags: ['x'] }, Data: { Score: 1 }, deleted: false },
  { info: { run_id: 'b', start_time: 1704067260000, Tags: [] }, Data: { Score: 2.5 }, deleted: null },
];

interface Case {
  readonly stream: Answers;
  readonly answers?: Answers;
  readonly config?: object;
  readonly response: unknown;
  readonly rows: readonly object[];
  readonly types: Readonly<Record<string, string>>;
}

const at = (records_path: string) => ({ records_path });

/** Each with a sample, from which schema and records have to come out alike. */
const CASES: Readonly<Record<string, Case>> = {
  'keys and bookmark inside of records, as mlflow has them': {
    stream: {
      key_properties: ['info.run_id'],
      replication_key: 'info.start_time',
      bookmark_format: 'epoch_milliseconds',
      remove: ['info', 'Data'],
    },
    response: runs,
    rows: runs.map(({ deleted, info: { run_id, start_time } }) => ({ deleted, run_id, start_time })),
    types: { deleted: 'boolean', run_id: 'string', start_time: 'integer' },
  },
  'everything at once': {
    stream: {
      key_properties: ['id'],
      remove: ['info.Tags'],
      flatten: true,
      rename: { info_run_id: 'id' },
      names: 'snake',
      columns: {
        Tags: 'info.Tags',
        kind: { value: 'run' },
        weight: { value: 2 },
        Where: { value: '{region}: {{}}'.replace('{{}}', 'all') },
      },
    },
    config: { region: 'eu' },
    response: runs,
    rows: runs.map(({ info, Data, deleted }) => ({
      id: info.run_id,
      info_start_time: info.start_time,
      data_score: Data.Score,
      deleted,
      Tags: info.Tags,
      kind: 'run',
      weight: 2,
      Where: 'eu: all',
    })),
    types: {
      id: 'string',
      info_start_time: 'integer',
      data_score: 'number',
      deleted: 'boolean',
      Tags: 'array',
      kind: 'string',
      weight: 'integer',
      Where: 'string',
    },
  },
  'rows with their columns beside them, as Datasette has them': {
    stream: { ...at('rows'), records_in: 'rows', columns_path: 'columns', key_properties: ['id'], names: 'lower' },
    response: {
      columns: ['ID', 'Name'],
      rows: [
        [1, 'Ada'],
        [2, null],
      ],
    },
    rows: [
      { id: 1, name: 'Ada' },
      { id: 2, name: null },
    ],
    types: { id: 'integer', name: 'string' },
  },
  'rows below a header, which ends early in some, as Google Sheets has them': {
    stream: { ...at('values'), records_in: 'rows', key_properties: ['id'] },
    response: { values: [['id', 'name', 'note'], [1, 'Ada', 'x'], [], [2, 'Bob']] },
    rows: [
      { id: 1, name: 'Ada', note: 'x' },
      { id: 2, name: 'Bob', note: null },
    ],
    types: { id: 'integer', name: 'string', note: 'string' },
  },
  'rows below a header at the root, as the US Census has them, whose place is told': {
    stream: { records_in: 'rows', columns_path: '[0]', key_properties: ['county'], cast: true },
    response: [
      ['NAME', 'county'],
      ['Kent', '001'],
    ],
    rows: [{ NAME: 'Kent', county: '001' }],
    types: { NAME: 'string', county: 'string' },
  },
  'rows whose columns are objects beside them, as Log Analytics has them': {
    stream: {
      ...at('tables[0].rows'),
      ...{ records_in: 'rows', columns_path: 'tables[0].columns.*.meta.name', key_properties: ['id'] },
    },
    response: { tables: [{ columns: [{ meta: { name: 'id' } }, { meta: { name: 'user' } }], rows: [[1, 'a']] }] },
    rows: [{ id: 1, user: 'a' }],
    types: { id: 'integer', user: 'string' },
  },
  'rows whose columns the answers name, as Binance has them': {
    stream: { records_in: 'rows', column_names: ['time', 'open'], key_properties: ['time'] },
    response: [
      [1704067200000, 1.5],
      [1704153600000, 2.5],
    ],
    rows: [
      { time: 1704067200000, open: 1.5 },
      { time: 1704153600000, open: 2.5 },
    ],
    types: { time: 'integer', open: 'number' },
  },
  'a list for each column, as SEC EDGAR has them': {
    stream: { ...at('filings.recent'), records_in: 'columns', key_properties: ['id'] },
    response: { filings: { recent: { id: ['a', 'b'], size: [1, 2], unit: 'kB' } } },
    rows: [
      { id: 'a', size: 1 },
      { id: 'b', size: 2 },
    ],
    types: { id: 'string', size: 'integer' },
  },
  'a list for each column at the root': {
    stream: { records_in: 'columns', key_properties: ['t'] },
    response: { t: [1, 2], s: 'ok' },
    rows: [{ t: 1 }, { t: 2 }],
    types: { t: 'integer' },
  },
  'values by their keys, as rates of exchange are': {
    stream: {
      ...at('rates'),
      ...{ records_in: 'map', map_key: 'currency', value_column: 'rate', key_properties: ['currency'] },
    },
    response: { rates: { EUR: 1, USD: 1.5 } },
    rows: [
      { currency: 'EUR', rate: 1 },
      { currency: 'USD', rate: 1.5 },
    ],
    types: { currency: 'string', rate: 'number' },
  },
  'records by their keys at the root': {
    stream: { records_in: 'map', map_key: 'day', key_properties: ['day'] },
    response: { '2024-01-01': { open: 1 } },
    rows: [{ day: '2024-01-01', open: 1 }],
    types: { day: 'string', open: 'integer' },
  },
  'values alone, as Synapse has members': {
    stream: { ...at('chunk'), records_in: 'values', value_column: 'user_id', key_properties: ['user_id'] },
    response: { chunk: ['@a:x', '@b:x'] },
    rows: [{ user_id: '@a:x' }, { user_id: '@b:x' }],
    types: { user_id: 'string' },
  },
  'values at the root': {
    stream: { records_in: 'values', key_properties: ['value'] },
    answers: { pagination: { type: 'page' } },
    response: [1, 2],
    rows: [{ value: 1 }, { value: 2 }],
    types: { value: 'integer' },
  },
  'moments as numbers, and numbers as moments': {
    stream: {
      key_properties: ['id'],
      replication_key: 'created',
      rename: { Made: 'created' },
      convert: { created: 'from_epoch_ms', seen: 'from_epoch', day: 'to_epoch', exact: 'to_epoch_ms' },
    },
    response: [
      { id: 1, Made: 1704067200123, seen: '1704067200', day: '2024-01-01', exact: '2024-01-01T00:00:00.123' },
      { id: 2, Made: 1704067260000, seen: 1704067200.5, day: '', exact: '2024-01-01T01:00:00+01:00' },
    ],
    rows: [
      {
        id: 1,
        created: '2024-01-01T00:00:00.123000+00:00',
        seen: '2024-01-01T00:00:00+00:00',
        day: 1704067200,
        exact: 1704067200123,
      },
      {
        id: 2,
        created: '2024-01-01T00:01:00+00:00',
        seen: '2024-01-01T00:00:00.500000+00:00',
        day: null,
        exact: 1704067200000,
      },
    ],
    types: { id: 'integer', created: 'string', seen: 'string', day: 'integer', exact: 'integer' },
  },
  'moments as e-mail and .NET write them': {
    stream: {
      key_properties: ['id'],
      replication_key: 'seen',
      convert: { sent_at: 'from_rfc2822', seen: 'from_dotnet' },
    },
    response: [
      { id: 1, sent_at: 'Mon, 01 Jan 2024 12:00:00 +0000', seen: '/Date(1704110400123+0100)/' },
      { id: 2, sent_at: null, seen: '/Date(1704110460000)/' },
    ],
    rows: [
      { id: 1, sent_at: '2024-01-01T12:00:00+00:00', seen: '2024-01-01T12:00:00.123000+00:00' },
      { id: 2, sent_at: null, seen: '2024-01-01T12:01:00+00:00' },
    ],
    types: { id: 'integer', sent_at: 'string', seen: 'string' },
  },
  'numbers and truth as text, as Airtable has them': {
    stream: {
      ...at('records'),
      flatten: ['fields'],
      rename: { fields_Won: 'won' },
      cast: true,
      key_properties: ['id'],
    },
    response: {
      records: [
        { id: 'x', fields: { Amount: '1.50', Count: '3', Won: 'true' } },
        { id: 'y', fields: { Amount: 2, Count: '', Won: 'false' } },
      ],
    },
    rows: [
      { id: 'x', fields_Amount: 1.5, fields_Count: 3, won: true },
      { id: 'y', fields_Amount: 2, fields_Count: null, won: false },
    ],
    types: { id: 'string', fields_Amount: 'number', fields_Count: 'integer', won: 'boolean' },
  },
};

describe('columns that are no fields', function () {
  this.timeout(60_000);

  describe('in runs', () => {
    needsPython();
    const built: Built[] = [];

    for (const [name, { stream, answers, config, response, rows, types }] of Object.entries(CASES))
      it(`come as the schema of the sample has them: ${name}`, async () => {
        const schema = { sample: sampleOf(response) };
        const found = await connectorOf({
          ...answers,
          streams: [{ name: 'items', path: '/items', schema, ...stream }],
        });
        built.push(found);
        assert.deepEqual(await flake8(found.generated.folder), []);
        const { properties } = JSON.parse(readFileSync(join(found.generated.folder, 'schemas/items.json'), 'utf8'));
        const found_types = Object.fromEntries(
          Object.entries(properties as Record<string, { type: string[] }>).map(([column, { type }]) => [
            column,
            type[1],
          ]),
        );
        assert.deepEqual(found_types, types);
        const api = await new StrictApi({ resources: [] }).listen();
        const connector = found.connector.with({ port: api.port, ...config });
        const catalog = selectAll(await connector.catalog());
        const run = async (state?: unknown) => {
          const isEmpty = answers?.pagination !== undefined;
          api.faults.splice(
            0,
            9,
            reply => send(reply, { body: response }),
            reply => send(reply, { body: isEmpty ? [] : response }),
          );
          const outcome = await connector.run({ catalog, state });
          assert.equal(outcome.exitCode, 0, outcome.error);
          return outcome;
        };
        const first = await run();
        assert.deepEqual(records(first), rows);
        const again = records(await run(lastState(first)));
        assert.deepEqual(again, stream.replication_key === undefined ? rows : rows.slice(-1));
        await api.close();
      });

    it('have tests in a connector, which pass', async () => {
      const properties = { id: 'integer', name: 'string', own: 'string', at: 'date-time' };
      const streams = [
        { name: 'a', path: '/a', columns: { own: 'x.y', at: 'x.at', id: 'x["a.b"]' }, replication_key: 'at' },
        { name: 'b', path: '/b', rename: { ID: 'id' }, names: 'lower', columns: { own: { value: 'x' } } },
        { name: 'c', path: '/c', records_path: 'rows', records_in: 'rows', columns_path: 'columns' },
        {
          name: 'd',
          path: '/d',
          records_path: 'rows.1',
          records_in: 'values',
          value_column: 'name',
          schema: { properties: { name: 'string' } },
        },
        {
          name: 'e',
          path: '/{id}',
          parent: { stream: 'a', field: 'id', as: 'id' },
          columns: { own: { value: '{id} of {region}' } },
        },
        {
          name: 'g',
          path: '/g',
          convert: { at: 'from_epoch_ms', n: 'to_epoch', sent: 'from_rfc2822', seen: 'from_dotnet' },
          replication_key: 'at',
          schema: {
            properties: { id: 'integer', at: 'date-time', n: 'integer', sent: 'date-time', seen: 'date-time' },
          },
        },
        { name: 'f', path: '/f', flatten: true, cast: true, remove: ['x'], columns: { own: 'x.own' } },
      ].map(stream => ({ key_properties: [], schema: { properties }, ...stream }));
      const paged = {
        pagination: { type: 'keyset', keyset_field: 'x.own' },
        streams: streams.filter(({ name }) => name === 'f'),
      };
      for (const answers of [{ streams }, paged]) built.push(await connectorOf(answers));
      const [{ checkout }] = built as [Built];
      const folders = built.map(({ generated }) => generated.folder);
      const { passed, report } = await unittest(checkout, folders.map(testModule));
      assert.ok(passed, report);
      assert.deepEqual(await flake8(...folders.map(folder => testFolder(checkout, folder))), []);
    });

    it('of texts that are Python, YAML or braces are texts', async () => {
      const hostile = `"'\\\n'''{{x}}{region}`;
      const names = {
        day: { value: 'on {today:%Y}' },
        'a\'"b': 'id',
        'x"""': { value: "'; import os #" },
      };
      const found = await connectorOf({
        streams: [
          {
            name: 'items',
            path: '/items',
            columns: { ...names, own: { value: hostile } },
            rename: { "f'\\": 'n"' },
            remove: [`["a'\\\\b"]`],
            flatten: ["q'"],
            flatten_separator: `'"\\`,
            schema: {
              properties: {
                id: 'integer',
                'a\'"b': 'integer',
                'x"""': 'string',
                own: 'string',
                'n"': 'string',
                day: 'string',
              },
            },
          },
        ],
      });
      assert.deepEqual(await flake8(found.generated.folder), []);
      const api = await new StrictApi({ resources: [] }).listen();
      const connector = found.connector.with({ port: api.port, region: '{id}' });
      const catalog = selectAll(await connector.catalog());
      api.faults.push(reply => send(reply, { body: [{ id: 1, "f'\\": 'x' }] }));
      const outcome = await connector.run({ catalog });
      assert.equal(outcome.exitCode, 0, outcome.error);
      const own = hostile.replace('{region}', '{id}').replaceAll('{{', '{').replaceAll('}}', '}');
      assert.deepEqual(records(outcome), [
        { id: 1, 'n"': 'x', 'a\'"b': 1, 'x"""': "'; import os #", own, day: `on ${new Date().getUTCFullYear()}` },
      ]);
      await api.close();
    });
  });

  const planned = (stream: Answers, response?: unknown) =>
    plan('api', {
      name: 'Acme',
      base_url: 'https://acme.test',
      streams: [
        {
          name: 'items',
          path: '/items',
          schema:
            response === undefined
              ? { properties: { id: 'integer', Name: 'string', o: { type: 'object' } } }
              : { sample: sampleOf(response) },
          ...stream,
        },
      ],
    });

  const REFUSED: readonly (readonly [Answers, unknown, RegExp])[] = [
    [{ columns: { x: 'a.b' } }, undefined, /columns.*x is no column of the schema/],
    [{ columns: { id: 'a[*' } }, undefined, /columns.*is no path/],
    [{ columns: { id: { value: 'x' } } }, undefined, /id has a value of the type string, and is of the type integer/],
    [{ columns: { id: { value: '{Region}' } } }, undefined, /has \{Region\}: a name in braces/],
    [{ columns: { Name: { value: '{page}' } } }, undefined, /columns.*has \{page\}, which no column has/],
    [{ columns: { Name: { value: '{since}' } } }, undefined, /columns.*has \{since\}, which the API is not asked for/],
    [
      { columns: { Name: { value: '{until:%q}' } } },
      undefined,
      /columns.*has \{until\}, .*(.|\n)*strftime knows no %q/,
    ],
    [{ columns: { Name: { value: '{today:%q}' } } }, undefined, /columns.*strftime knows no %q/],
    [{ rename: { a: 'id', b: 'id' } }, undefined, /rename.*gives two fields the name id/],
    [{ rename: { id: 'Name' } }, undefined, /rename.*id gets another name, and is a column of the schema/],
    [{ remove: ['id'] }, undefined, /remove.*id is a column of the schema/],
    [{ flatten: true }, undefined, /flatten.*o is an object in the schema/],
    [
      { convert: { id: 'from_epoch' } },
      undefined,
      /convert.*id is of the type integer in the schema \(make it date-time\)/,
    ],
    [{ convert: { at: 'to_epoch' } }, undefined, /convert.*at is no column of the schema/],
    [{ convert: { id: 'epoch' } }, undefined, /convert.*must be from_epoch, from_epoch_ms/],
    [{ flatten_separator: '-' }, undefined, /flatten_separator.*has no use without flatten/],
    [{ names: 'snake' }, undefined, /names.*Name is a column of the schema, which snake names don't give/],
    [{ names: 'lower', from_response: { Name: 'a' } }, undefined, /names.*Name would become name/],
    [{ records_in: 'rows', columns_path: 'a' }, undefined, /records_path.*is missing/],
    [{ records_in: 'rows', records_path: 'a.*.b' }, undefined, /records_path.*leads by \* to several lists/],
    [{ records_in: 'rows', records_path: 'b', columns_path: 'a.*.*' }, undefined, /columns_path.*has \* twice/],
    [
      { records_in: 'rows', column_names: ['a'], columns_path: 'b' },
      undefined,
      /column_names.*no use beside columns_path/,
    ],
    [{ column_names: ['a'] }, undefined, /column_names.*has no use without records_in: rows/],
    [{ columns_path: 'a' }, undefined, /columns_path.*has no use without records_in: rows/],
    [{ value_column: 'a' }, undefined, /value_column.*has no use without records_in: values, or a map/],
    [
      { columns: { x: 'info.namee' } },
      [{ info: { name: 1 } }],
      /no record of the sample has info\.namee.*did you mean info\.name\?/,
    ],
    [{ remove: ['namee'] }, [{ name: 1 }], /no record of the sample has namee.*did you mean name\?/],
    [{ rename: { namee: 'x' } }, [{ name: 1 }], /no record of the sample has the field namee.*did you mean name\?/],
    [{ names: 'lower' }, [{ A: 1, a: 2 }], /two values of a record would be the column a/],
    [{ columns: { a: 'b.a' } }, [{ a: 1, b: { a: 2 } }], /two values of a record would be the column a/],
    [{ key_properties: ['info.id'] }, [{ id: 1, info: { id: 2 } }], /two values of a record would be the column id/],
    [
      { key_properties: ['info.ids'] },
      [{ info: { id: 2 } }],
      /no record of the sample has info\.ids.*did you mean info\.id\?/,
    ],
  ];
  for (const [stream, response, message] of REFUSED)
    it(`are refused: ${JSON.stringify(stream)}`, async () => {
      await assert.rejects(planned(stream, response), message);
    });

  it('are not looked for in a column whose name has a dot', async () => {
    await planned({ key_properties: ['info.id'] }, [{ 'info.id': 1 }]);
    await planned({ key_properties: ['info.id'], flatten: true, flatten_separator: '.' }, [{ info: { id: 1 } }]);
  });
});
