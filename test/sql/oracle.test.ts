import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { type DialectFacts, describeDialect } from './dialect.ts';
import { type DoubleSettings, describedColumns } from './double.ts';
import { BATCHED_TABLES, DOUBLED, HOSTILE } from './doubled.ts';

const PASSWORD = 'not-to-be-shown';
const CONFIG = { host: 'db.acme.test', service: 'PAYROLL', user: 'payroll', password: PASSWORD };
const EXOTIC = { pause: ['INTERVAL YEAR TO MONTH?'], x: ['XMLTYPE?'], place: ['SDO_GEOMETRY?'] } as const;
const CATALOGUE = describedColumns('PAYROLL', {
  ...BATCHED_TABLES('INTEGER', 'VARCHAR2', 'TIMESTAMP WITH TIME ZONE'),
  ...HOSTILE('INTEGER', 'VARCHAR2'),
  everything: {
    ...{ id: ['INTEGER', 1], n: ['NUMBER?'], f: ['BINARY_DOUBLE?'], d: ['DATE?'], ts: ['TIMESTAMP?'] },
    ...{ tstz: ['TIMESTAMP WITH TIME ZONE?'], ltz: ['TIMESTAMP WITH LOCAL TIME ZONE?'], v: ['VARCHAR2?'] },
    ...{ c: ['CLOB?'], bin: ['RAW?'], j: ['JSON?'], ...EXOTIC },
  },
  unsorted: { c: ['CLOB?'], l: ['LONG?'], n: ['NUMBER?'] },
});

const DATA = `
CREATE MACRO SYS_EXTRACT_UTC(moment) AS moment AT TIME ZONE 'UTC';
CREATE SCHEMA PAYROLL; USE PAYROLL;
${DOUBLED}
CREATE TABLE everything (id DECIMAL(38, 0), n DECIMAL(38, 10), f DOUBLE, d TIMESTAMP, ts TIMESTAMP, tstz TIMESTAMPTZ, ltz TIMESTAMPTZ, v TEXT, c TEXT,
  bin BLOB, j TEXT);
INSERT INTO everything VALUES (1234567890123456789, 1.1, 'inf', '2024-02-29', '2024-01-01 10:00:00.5', '2024-01-01 10:00:00+02', '2024-01-01 10:00:00+02',
  'Zoë', 'long', '\\xDE\\xAD'::BLOB, '{"a": 1.10}');
`;

const ANSWERS = { kind: 'sql', name: 'Acme Payroll', dialect: 'oracle' };
const SETTINGS: DoubleSettings = {
  dialect: 'oracle',
  placeholder: ':v',
  sql: DATA,
  answers: [
    { to: '^ALTER SESSION', rows: [], unparsed: true },
    { to: 'FROM ALL_USERS$', rows: [['SYS'], ['PAYROLL']] },
    { to: 'FROM ALL_TAB_COLUMNS', rows: CATALOGUE },
  ],
};

/** What the driver describes a column of a type by: its type, two sizes, its precision and its scale. */
const describedType = (type: string) => {
  const name = { 'TIMESTAMP WITH TIME ZONE': 'TIMESTAMP_TZ', 'TIMESTAMP WITH LOCAL TIME ZONE': 'TIMESTAMP_LTZ' }[type];
  const others: Readonly<Record<string, string>> = { INTEGER: 'NUMBER', VARCHAR2: 'VARCHAR' };
  const numbers = type === 'INTEGER' ? [38, 0] : type === 'NUMBER' ? [0, -127] : [null, null];
  return [`DB_TYPE_${name ?? others[type] ?? type}`, null, null, ...numbers];
};

const FACTS: DialectFacts = {
  ...{ label: 'Oracle', answers: ANSWERS, config: CONFIG, settings: SETTINGS, schema: 'PAYROLL' },
  hasKeys: true,
  columns: {
    ...{ id: 'integer', n: 'number?', f: 'number?', d: 'date-time?', ts: 'date-time?', tstz: 'date-time?' },
    ...{ ltz: 'date-time?', v: 'string?', c: 'string?', bin: 'string?', j: 'JSON?', pause: 'string?' },
    ...{ x: 'string?', place: 'string?' },
  },
  unread: [...Object.keys(EXOTIC), 'j'],
  row: {
    ...{ n: 1.1, f: null, d: '2024-02-29T00:00:00+00:00', ts: '2024-01-01T10:00:00.500000+00:00' },
    ...{ tstz: '2024-01-01T08:00:00+00:00', ltz: '2024-01-01T08:00:00+00:00', v: 'Zoë', c: 'long', bin: '3q0=' },
  },
  exact: { id: '1234567890123456789' },
  triesBatchesOfAnySize: false,
  described: table => ({
    to: `(?s)PAYROLL.${table}.* WHERE 1 = 0$`,
    columns: [
      ...CATALOGUE.filter(([, name, column]) => name === table && column !== 'j' && !(String(column) in EXOTIC)).map(
        ([, , column, type]) => [column, ...describedType(String(type)), true],
      ),
      ['file', 'DB_TYPE_BFILE', null, null, null, null, true],
    ],
    ...(table === 'nowhere' ? { error: 'there is no nowhere' } : { rows: [] }),
  }),
};

describeDialect(FACTS, doubled => {
  it('connects within its time limit, with TLS where it is asked for, and has a session in UTC', async () => {
    assert.equal((await doubled().connector.testConnection()).exitCode, 0);
    const [connected, ...rest] = doubled().told();
    assert.deepEqual(connected?.named, {
      user: 'payroll',
      password: PASSWORD,
      dsn: 'tcp://db.acme.test:1521/PAYROLL?transport_connect_timeout=5',
    });
    assert.deepEqual(
      rest.map(({ event, statement }) => statement ?? event),
      [
        "ALTER SESSION SET TIME_ZONE = 'UTC'",
        'ALTER SESSION SET NLS_SORT = BINARY NLS_COMP = BINARY',
        'SELECT USERNAME FROM ALL_USERS',
        'close',
      ],
    );
    const tls = { protocol: 'tcps', port: 2484, wallet_location: '/wallet', ssl_server_dn_match: 'off' };
    await doubled()
      .connector.with({ ...CONFIG, ...tls })
      .testConnection();
    assert.equal(
      doubled().told()[0]?.named?.dsn,
      'tcps://db.acme.test:2484/PAYROLL?transport_connect_timeout=5&ssl_server_dn_match=off&wallet_location=/wallet',
    );
  });

  it('asks in the SQL of Oracle', async () => {
    const catalog = await doubled().connector.catalog();
    const asked = async (stream: string, choice: object, state = {}) => {
      doubled().told();
      await doubled().connector.run({ catalog: selectAll(catalog, choice, [stream]), state });
      return doubled().told().at(-2);
    };
    const since = { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['ts', 'bin'] };
    const state = { bookmarks: { everything: { ts: '2024-01-01T10:00:00.500000+00:00', bin: '3q0=' } } };
    const incremental = await asked('everything', since, state);
    assert.equal(
      incremental?.statement,
      'SELECT "id", "n", "f", "d", "ts", SYS_EXTRACT_UTC("tstz"), SYS_EXTRACT_UTC("ltz"), "v", "c", "bin", ' +
        'JSON_SERIALIZE("j" RETURNING CLOB), TO_CHAR("pause"), XMLSERIALIZE(CONTENT "x" AS CLOB), ' +
        'SDO_UTIL.TO_WKTGEOMETRY("place") FROM "PAYROLL"."everything" ' +
        'WHERE ("ts" > :v OR "ts" = :v AND "bin" >= :v) OR "ts" IS NULL OR "bin" IS NULL ORDER BY "ts", "bin", "id"',
    );
    assert.deepEqual(incremental.values, ['2024-01-01 10:00:00.500000', '2024-01-01 10:00:00.500000', "b'\\xde\\xad'"]);
    const full = await asked('unsorted', {});
    assert.equal(
      full?.statement,
      'SELECT "c", "l", "n" FROM "PAYROLL"."unsorted" ORDER BY DBMS_LOB.SUBSTR("c", 1000, 1), NULL, "n" ' +
        'OFFSET :v ROWS FETCH NEXT :v ROWS ONLY',
    );
  });

  it('asks for the columns and the keys of one schema', async () => {
    await doubled().connector.catalog();
    const asked = doubled()
      .told()
      .find(({ statement }) => statement?.includes('ALL_CONSTRAINTS'));
    assert.deepEqual(asked?.values, ['PAYROLL', 'PAYROLL']);
  });
});
