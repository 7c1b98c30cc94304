import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { type DialectFacts, describeDialect } from './dialect.ts';
import { type DoubleSettings, describedColumns } from './double.ts';
import { BATCHED_TABLES, DOUBLED, HOSTILE } from './doubled.ts';

const CONFIG = { host: 'trino.acme.test', catalog: 'lake', schema: 'shop', username: 'reader' };
const TABLES = describedColumns('shop', {
  ...BATCHED_TABLES('integer', 'varchar(10)', 'timestamp(3) with time zone'),
  ...HOSTILE('integer', 'varchar(10)'),
  everything: {
    ...{ id: ['bigint'], n: ['decimal(38,10)?'], f: ['double?'], b: ['boolean?'], d: ['date?'], t: ['time(3)?'] },
    ...{ ts: ['timestamp(6)?'], tz: ['timestamp(9) with time zone?'], v: ['varchar(10)?'], u: ['uuid?'] },
    ...{ bin: ['varbinary?'], j: ['json?'], ints: ['array(integer)?'], nested: ['array(array(integer))?'] },
    ...{ m: ['map(varchar, integer)?'], r: ['row(a integer)?'], pause: ['interval day to second?'] },
  },
}).map(column => [...column.slice(0, 5), 0, 0]);

const DATA = `
CREATE MACRO JSON_FORMAT(value) AS value::TEXT;
CREATE SCHEMA shop; USE shop;
${DOUBLED}
CREATE TABLE everything (id BIGINT, n DECIMAL(38, 10), f DOUBLE, b BOOLEAN, d DATE, t TIME, ts TIMESTAMP, tz TIMESTAMPTZ, v TEXT, u UUID, bin BLOB,
  j JSON, ints INTEGER[], nested INTEGER[][], m JSON, r STRUCT(a INTEGER), pause TEXT);
INSERT INTO everything VALUES (9223372036854775807, 12345678901234567890.1234567891, 'nan', true, '2024-02-29', '23:59:59.5',
  '2024-01-01 10:00:00.5', '2024-01-01 10:00:00+02', 'Zoë', 'b0a7b7b0-1111-2222-3333-444444444444', '\\xDE\\xAD'::BLOB, '{"a": 1.10}', [1, NULL],
  [[1], [2]], '{"k": 1}', {'a': 1}, '1 00:00:00.000');
`;

const ANSWERS = { kind: 'sql', name: 'Acme Mesh', dialect: 'trino' };
const SETTINGS: DoubleSettings = {
  dialect: 'trino',
  placeholder: '?',
  sql: DATA,
  answers: [
    { to: 'FROM information_schema.schemata$', rows: [['shop'], ['information_schema']] },
    { to: 'FROM information_schema.columns', rows: TABLES },
  ],
};

const FACTS: DialectFacts = {
  ...{ label: 'Trino', answers: ANSWERS, config: CONFIG, settings: SETTINGS, schema: 'shop' },
  hasKeys: false,
  columns: {
    ...{ id: 'integer', n: 'number?', f: 'number?', b: 'boolean?', d: 'date-time?', t: 'string?' },
    ...{ ts: 'date-time?', tz: 'date-time?', v: 'string?', u: 'string?', bin: 'string?', j: 'JSON?' },
    ...{ ints: 'JSON?', nested: 'JSON?', m: 'JSON?', r: 'JSON?', pause: 'string?' },
  },
  row: {
    ...{
      f: null,
      b: true,
      d: '2024-02-29T00:00:00+00:00',
      t: '23:59:59.500000',
      ts: '2024-01-01T10:00:00.500000+00:00',
    },
    ...{ tz: '2024-01-01T08:00:00+00:00', v: 'Zoë', u: 'b0a7b7b0-1111-2222-3333-444444444444', bin: '3q0=' },
    ...{ j: { a: 1.1 }, ints: [1, null], nested: [[1], [2]], m: { k: 1 }, r: { a: 1 }, pause: '1 00:00:00.000' },
  },
  exact: { id: '9223372036854775807', n: '12345678901234567890.1234567891' },
  triesBatchesOfAnySize: false,
  described: table => ({
    to: `(?s)shop\\.${table}.* LIMIT 0$`,
    columns: TABLES.filter(([, name]) => name === table).map(([, , column, type]) => [column, type, null, null]),
    ...(table === 'nowhere' ? { error: 'there is no nowhere' } : { rows: [] }),
  }),
};

describeDialect(FACTS, doubled => {
  const connected = async (config: object) => {
    assert.equal(
      (
        await doubled()
          .connector.with({ ...CONFIG, ...config })
          .testConnection()
      ).exitCode,
      0,
    );
    return doubled().told()[0]?.named;
  };

  it('connects without TLS where it is not asked for, and never sends a password without', async () => {
    const { username: user, ...given } = CONFIG;
    const plain = { ...given, user, port: 8080, auth: null, http_scheme: 'http', verify: true, timezone: 'UTC' };
    assert.deepEqual(await connected({}), plain);
    assert.deepEqual(await connected({ ssl: 'yes', verify: 'no' }), { ...plain, http_scheme: 'https', verify: false });
    assert.deepEqual(await connected({ password: 'not-to-be-shown', port: 443, ssl_ca: '/ca.pem' }), {
      ...{ ...plain, port: 443, auth: 'reader:not-to-be-shown', http_scheme: 'https', verify: '/ca.pem' },
    });
  });

  it('asks in the SQL of Trino, and binds values of the types of the columns', async () => {
    const catalog = await doubled().connector.catalog();
    doubled().told();
    const bookmarkProperties = ['tz', 'u', 'bin', 't', 'v'];
    const choice = { replicationMethod: 'INCREMENTAL', bookmarkProperties } as const;
    const bookmark = { tz: '2024-01-01T08:00:00+00:00', u: 'b0a7b7b0-1111-2222-3333-444444444444', bin: '3q0=' };
    const state = { bookmarks: { everything: { ...bookmark, t: '10:00:00', v: 'x' } } };
    await doubled().connector.run({ catalog: selectAll(catalog, choice, ['everything']), state });
    const { statement = '', values } = doubled().told().at(-2) ?? {};
    assert(
      statement.startsWith('SELECT "id", "n", "f", "b", "d", "t", "ts", "tz", "v", "u", "bin", JSON_FORMAT("j"), '),
    );
    assert(statement.includes('JSON_FORMAT(CAST("ints" AS JSON)), JSON_FORMAT(CAST("nested" AS JSON)), '));
    assert(statement.includes('CAST("pause" AS VARCHAR) FROM "shop"."everything" WHERE ("tz" > ? OR "tz" = ? AND '));
    // The driver rounds to microseconds.
    assert.deepEqual(values?.slice(0, 3), ['2024-01-01 07:59:59.999999', '2024-01-01 07:59:59.999999', bookmark.u]);
    await doubled().connector.run({ catalog: selectAll(catalog, {}, ['keyless']), query: { _offset: 2, _limit: 1 } });
    assert.equal(
      doubled().told().at(-2)?.statement,
      'SELECT "a", "b" FROM "shop"."keyless" ORDER BY "a", "b" OFFSET 2 LIMIT 1',
    );
  });
});
