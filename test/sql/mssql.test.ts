import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { type DialectFacts, describeDialect } from './dialect.ts';
import { type DoubleSettings, describedColumns } from './double.ts';
import { BATCHED_TABLES, DOUBLED, HOSTILE } from './doubled.ts';
import { incremental, records } from './support.ts';

const PASSWORD = 'half;DATABASE={other}';
const CONFIG = { host: 'db.acme.test', port: '14330', database: 'Ledger', username: 'reader', password: PASSWORD };
const CATALOGUE = describedColumns('dbo', {
  ...BATCHED_TABLES('int', 'nvarchar', 'datetimeoffset'),
  ...HOSTILE('int', 'nvarchar'),
  everything: {
    ...{ id: ['bigint', 1], i1: ['tinyint?'], yes: ['bit?'], n: ['decimal?'], m: ['money?'], f: ['float?'] },
    ...{ d: ['date?'], dt: ['datetime?'], dt2: ['datetime2?'], dto: ['datetimeoffset?'], t: ['time?'] },
    ...{ u: ['uniqueidentifier?'], v: ['nvarchar?'], bin: ['varbinary?'], version: ['timestamp'], x: ['xml?'] },
    ...{ j: ['json?'], place: ['geography?'], node: ['hierarchyid?'], any: ['sql_variant?'] },
  },
});

const DATA = `
CREATE MACRO SWITCHOFFSET(moment, zone) AS moment AT TIME ZONE 'UTC';
CREATE SCHEMA dbo; USE dbo;
${DOUBLED}
CREATE TABLE everything (id BIGINT, i1 INT, yes BOOLEAN, n DECIMAL(38, 10), m DECIMAL(19, 4), f DOUBLE, d DATE, dt TIMESTAMP, dt2 TIMESTAMP,
  dto TIMESTAMPTZ, t TIME, u UUID, v TEXT, bin BLOB, version BLOB, x TEXT, j TEXT);
INSERT INTO everything VALUES (9223372036854775807, 255, true, 12345678901234567890.1234567891, 1.1, 'nan', '2024-02-29', '2024-01-01 10:00:00.007',
  '2024-01-01 10:00:00.5', '2024-01-01 10:00:00+02', '23:59:59.5', 'b0a7b7b0-1111-2222-3333-444444444444', 'Zoë', '\\xDE\\xAD'::BLOB,
  '\\x00\\x00\\x00\\x00\\x00\\x00\\x07\\xD1'::BLOB, '<a/>', '{"a": 1.10}');
`;

const ANSWERS = { kind: 'sql', name: 'Acme Ledger', dialect: 'mssql' };
const SETTINGS: DoubleSettings = {
  dialect: 'tsql',
  placeholder: '?',
  sql: DATA,
  answers: [
    { to: 'FROM sys.schemas$', rows: [['dbo'], ['guest']] },
    { to: 'FROM sys.objects', rows: CATALOGUE },
  ],
};

/** Columns that DuckDB has no types for. */
const UNREAD = ['place', 'node', 'any'];

const FACTS: DialectFacts = {
  ...{ label: 'SQL Server', answers: ANSWERS, config: CONFIG, settings: SETTINGS, schema: 'dbo' },
  hasKeys: true,
  columns: {
    ...{ id: 'integer', i1: 'integer?', yes: 'boolean?', n: 'number?', m: 'number?', f: 'number?' },
    ...{ d: 'date-time?', dt: 'date-time?', dt2: 'date-time?', dto: 'date-time?', t: 'string?', u: 'string?' },
    ...{ v: 'string?', bin: 'string?', version: 'string', x: 'string?', j: 'JSON?', place: 'string?' },
    ...{ node: 'string?', any: 'string?' },
  },
  unread: UNREAD,
  row: {
    ...{
      i1: 255,
      yes: true,

      m: 1.1,
      f: null,
      d: '2024-02-29T00:00:00+00:00',
      dt: '2024-01-01T10:00:00.007000+00:00',
    },
    ...{ dt2: '2024-01-01T10:00:00.500000+00:00', dto: '2024-01-01T08:00:00+00:00', t: '23:59:59.500000' },
    ...{ u: 'b0a7b7b0-1111-2222-3333-444444444444', v: 'Zoë', bin: '3q0=', version: 'AAAAAAAAB9E=', x: '<a/>' },
    j: { a: 1.1 },
  },
  exact: { id: '9223372036854775807', n: '12345678901234567890.1234567891' },
  triesBatchesOfAnySize: true,
  described: table => ({
    to: 'COALESCE[(]TYPE_NAME[(]system_type_id[)], TYPE_NAME[(]user_type_id[)][)], error_message\\s+FROM sys.dm_exec_describe_first_result_set[(][?], NULL, 0[)]',
    of: `(?s)^SELECT [*] FROM .*FROM dbo.${table}.* saved_query$`,
    rows:
      table === 'nowhere'
        ? [[null, null, 'there is no nowhere']]
        : CATALOGUE.filter(([, name, column]) => name === table && !UNREAD.includes(String(column))).map(
            ([, , column, type]) => [column, type, null],
          ),
  }),
};

describeDialect(FACTS, doubled => {
  it('connects within its time limit, with TLS, and takes no password apart', async () => {
    assert.equal((await doubled().connector.testConnection()).exitCode, 0);
    const [connected, asked, closed] = doubled().told();
    assert.deepEqual(connected?.arguments, [
      'DRIVER={ODBC Driver 18 for SQL Server};SERVER={tcp:db.acme.test,14330};DATABASE={Ledger};UID={reader};' +
        'PWD={half;DATABASE={other}}};Encrypt={yes};TrustServerCertificate={no};',
    ]);
    assert.deepEqual(connected?.named, { timeout: 5, autocommit: true });
    assert.deepEqual([asked?.statement, closed?.event], ['SELECT name FROM sys.schemas', 'close']);
    const elsewhere = await doubled()
      .connector.with({ ...CONFIG, schema: 'dbo, sales' })
      .testConnection();
    assert.equal(elsewhere.error, 'The database has no schema "sales"');
  });

  it('asks in the SQL of SQL Server', async () => {
    const catalog = await doubled().connector.catalog();
    doubled().told();
    const selected = selectAll(catalog, { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['dt'] }, [
      'everything',
    ]);
    const state = { bookmarks: { everything: { dt: '2024-01-01T10:00:00.007000+00:00' } } };
    await doubled().connector.run({ catalog: selected, state });
    const [, asked] = doubled().told();
    assert.equal(
      asked?.statement,
      'SELECT "id", "i1", "yes", "n", "m", "f", "d", "dt", "dt2", ' +
        `CAST(SWITCHOFFSET("dto", '+00:00') AS datetime2), "t", "u", "v", "bin", "version", "x", CAST("j" AS nvarchar(max)), ` +
        '"place".AsTextZM(), "node".ToString(), CONVERT(nvarchar(4000), "any", 126) FROM "dbo"."everything" ' +
        'WHERE "dt" >= ? OR "dt" IS NULL ORDER BY "dt", "id"',
    );
    // A datetime that is shown with 7 milliseconds is earlier, and isn't to be missed.
    assert.deepEqual(asked.values, ['2024-01-01 10:00:00.006666']);
  });

  it('orders by no column twice, which SQL Server refuses', async () => {
    const catalog = incremental(await doubled().connector.catalog(), 'tied', 'at', 'id');
    doubled().told();
    await doubled().connector.run({ catalog, query: { _limit: 1 } });
    const [, asked] = doubled().told();
    assert.match(asked?.statement ?? '', / WHERE "at" IS NOT NULL AND "id" IS NOT NULL ORDER BY "at", "id"$/);
  });

  it('goes on from a row version', async () => {
    const catalog = selectAll(
      await doubled().connector.catalog(),
      { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['version'], without: ['place', 'node', 'any'] },
      ['everything'],
    );
    const state = { bookmarks: { everything: { version: 'AAAAAAAAB9E=' } } };
    assert.equal(records(await doubled().connector.run({ catalog, state })).length, 1);
    const later = { bookmarks: { everything: { version: 'AAAAAAAAB9I=' } } };
    assert.equal(records(await doubled().connector.run({ catalog, state: later })).length, 0);
  });

  it('discovers by one query', async () => {
    await doubled().connector.catalog();
    assert.deepEqual(
      doubled()
        .told()
        .map(({ event, values }) => [event, values?.[0]]),
      [
        ['connect', undefined],
        ['execute', 'dbo'],
        ['close', undefined],
      ],
    );
  });
});
