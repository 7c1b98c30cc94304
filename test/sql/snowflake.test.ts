import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { type DialectFacts, describeDialect } from './dialect.ts';
import { type DescribedTable, type DoubleSettings, describedColumns, shownKeys } from './double.ts';
import { BATCHED_TABLES, DOUBLED, HOSTILE } from './doubled.ts';

const PASSWORD = 'not-to-be-shown';
const CONFIG = { account: 'acme-1', database: 'LAKE', warehouse: 'SMALL', username: 'reader', password: PASSWORD };
const TABLES: Record<string, DescribedTable> = {
  ...BATCHED_TABLES('INTEGER', 'TEXT', 'TIMESTAMP_TZ'),
  ...HOSTILE('INTEGER', 'TEXT'),
  everything: {
    ...{ id: ['INTEGER', 1], n: ['NUMBER?'], f: ['FLOAT?'], b: ['BOOLEAN?'], d: ['DATE?'], t: ['TIME?'] },
    ...{ ntz: ['TIMESTAMP_NTZ?'], ltz: ['TIMESTAMP_LTZ?'], tz: ['TIMESTAMP_TZ?'], v: ['TEXT?'], j: ['VARIANT?'] },
    ...{ a: ['ARRAY?'], bin: ['BINARY?'], place: ['GEOGRAPHY?'], vec: ['VECTOR?'] },
  },
};

const DATA = `
CREATE MACRO ST_ASWKT(place) AS place;
CREATE SCHEMA "PUBLIC"; USE "PUBLIC";
${DOUBLED}
CREATE TABLE everything (id DECIMAL(38, 0), n DECIMAL(38, 10), f DOUBLE, b BOOLEAN, d DATE, t TIME, ntz TIMESTAMP, ltz TIMESTAMPTZ, tz TIMESTAMPTZ, v TEXT,
  j JSON, a JSON, bin BLOB, place TEXT, vec JSON);
INSERT INTO everything VALUES (1234567890123456789, 1.1, 'nan', true, '2024-02-29', '23:59:59.5', '2024-01-01 10:00:00.5', '2024-01-01 10:00:00+02',
  '2024-01-01 10:00:00+02', 'Zoë \\ "x"', '{"a": 1.10}', '[1, null]', '\\xDE\\xAD'::BLOB, 'POINT(1 2)', '[0.5]');
`;

const ANSWERS = { kind: 'sql', name: 'Acme Lake', dialect: 'snowflake' };
const SETTINGS: DoubleSettings = {
  dialect: 'snowflake',
  placeholder: '%s',
  sql: DATA,
  answers: [
    { to: '^ALTER SESSION', rows: [] },
    { to: 'FROM INFORMATION_SCHEMA.SCHEMATA$', rows: [['PUBLIC']] },
    {
      to: 'FROM INFORMATION_SCHEMA.COLUMNS',
      rows: describedColumns(undefined, TABLES).map(column => column.slice(0, 4)),
    },
    { to: '^SHOW PRIMARY KEYS IN SCHEMA "LAKE"."PUBLIC"$', rows: shownKeys(TABLES, 'primary') },
    { to: '^SHOW UNIQUE KEYS IN SCHEMA "LAKE"."PUBLIC"$', rows: shownKeys(TABLES, 'unique') },
  ],
};

/** How DESCRIBE RESULT tells types, where it isn't as the catalogue does. */
const RESULT_TYPES: Readonly<Record<string, string>> = {
  ...{ INTEGER: 'NUMBER(38,0)', NUMBER: 'NUMBER(38,10)', TEXT: 'VARCHAR(16777216)', BINARY: 'BINARY(8388608)' },
  ...{ TIMESTAMP_NTZ: 'TIMESTAMP_NTZ(9)', TIMESTAMP_LTZ: 'TIMESTAMP_LTZ(9)', TIMESTAMP_TZ: 'TIMESTAMP_TZ(9)' },
  ...{ TIME: 'TIME(9)', VECTOR: 'VECTOR(FLOAT, 1)' },
};

const FACTS: DialectFacts = {
  ...{ label: 'Snowflake', answers: ANSWERS, config: CONFIG, settings: SETTINGS, schema: '"PUBLIC"' },
  hasKeys: true,
  columns: {
    ...{ id: 'integer', n: 'number?', f: 'number?', b: 'boolean?', d: 'date-time?', t: 'string?', v: 'string?' },
    ...{ ntz: 'date-time?', ltz: 'date-time?', tz: 'date-time?', j: 'JSON?', a: 'JSON?', bin: 'string?' },
    ...{ place: 'string?', vec: 'JSON?' },
  },
  row: {
    ...{
      n: 1.1,
      f: null,
      b: true,
      d: '2024-02-29T00:00:00+00:00',
      t: '23:59:59.500000',
      ntz: '2024-01-01T10:00:00.500000+00:00',
    },
    ...{ ltz: '2024-01-01T08:00:00+00:00', tz: '2024-01-01T08:00:00+00:00', v: 'Zoë \\ "x"', j: { a: 1.1 } },
    ...{ a: [1, null], bin: '3q0=', place: 'POINT(1 2)', vec: [0.5] },
  },
  exact: { id: '1234567890123456789' },
  triesBatchesOfAnySize: false,
  described: table => ({
    to: `(?s)"PUBLIC".${table}.* LIMIT 0$`,
    columns: Object.entries(TABLES[table] ?? {}).map(([column, [type]]) => [
      column,
      RESULT_TYPES[type.replace('?', '')] ?? type.replace('?', ''),
      'COLUMN',
    ]),
    ...(table === 'nowhere' ? { error: 'there is no nowhere' } : { rows: [] }),
  }),
};

describeDialect(FACTS, doubled => {
  it('connects, and has a session in UTC', async () => {
    assert.equal((await doubled().connector.testConnection()).exitCode, 0);
    const [connected, ...rest] = doubled().told();
    const { username: user, ...given } = CONFIG;
    assert.deepEqual(connected?.named, { ...given, user, schema: 'PUBLIC' });
    assert.deepEqual(
      rest.map(({ event, statement }) => statement ?? event),
      ["ALTER SESSION SET TIMEZONE = 'UTC'", 'SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA', 'close'],
    );
    const key = { private_key_file: '/key.p8', private_key_file_pwd: 'secret words', role: 'READER', password: null };
    await doubled()
      .connector.with({ ...CONFIG, ...key })
      .testConnection();
    const { named } = doubled().told()[0] ?? {};
    assert.deepEqual(
      [named?.password, named?.private_key_file, named?.private_key_file_pwd, named?.role],
      [undefined, '/key.p8', "b'secret words'", 'READER'],
    );
  });

  it('asks in the SQL of Snowflake', async () => {
    const catalog = await doubled().connector.catalog();
    doubled().told();
    const choice = { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['v'] } as const;
    const state = { bookmarks: { everything: { v: 'Zoë \\\' "x"' } } };
    await doubled().connector.run({ catalog: selectAll(catalog, choice, ['everything']), state });
    const asked = doubled().told().at(-2)?.statement ?? '';
    assert.equal(
      asked,
      'SELECT "id", "n", "f", "b", "d", "t", "ntz", "ltz", "tz", "v", TO_JSON("j"), TO_JSON("a"), "bin", ' +
        'ST_ASWKT("place"), TO_JSON(CAST("vec" AS ARRAY)) FROM "PUBLIC"."everything" ' +
        `WHERE "v" >= 'Zoë \\\\'' "x"' OR "v" IS NULL ORDER BY "v", "id"`,
    );
    const bytes = { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['bin'] } as const;
    const last = { bookmarks: { everything: { bin: '3q0=' } } };
    await doubled().connector.run({ catalog: selectAll(catalog, bytes, ['everything']), state: last });
    assert.match(doubled().told().at(-2)?.statement ?? '', /WHERE "bin" >= TO_BINARY\('dead', 'HEX'\) OR/);
    await doubled().connector.run({ catalog: selectAll(catalog, {}, ['keyless']) });
    assert.equal(
      doubled().told().at(-2)?.statement,
      'SELECT "a", "b" FROM "PUBLIC"."keyless" ORDER BY "a", "b" LIMIT NULL OFFSET 0',
    );
  });
});
