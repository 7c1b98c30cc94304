import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { type DialectFacts, describeDialect } from './dialect.ts';
import { type DescribedTable, type DoubleSettings, describedColumns, keyColumns } from './double.ts';
import { BATCHED_TABLES, DOUBLED, HOSTILE } from './doubled.ts';

const CONFIG = { host: 'acme.redshift.test', database: 'sales', user: 'reader', password: 'not-to-be-shown' };
const TABLES: Record<string, DescribedTable> = {
  ...BATCHED_TABLES('integer', 'character varying', 'timestamp with time zone'),
  ...HOSTILE('integer', 'character varying'),
  everything: {
    ...{ id: ['bigint', 1], n: ['numeric?'], f: ['double precision?'], b: ['boolean?'], d: ['date?'] },
    ...{ ts: ['timestamp without time zone?'], tz: ['timestamp with time zone?'], t: ['time without time zone?'] },
    ...{ v: ['character varying?'], j: ['super?'], bin: ['varbyte?'], place: ['geometry?'] },
  },
};
const keys = (kind: 'primary' | 'unique') =>
  keyColumns(TABLES, kind).map(([table, column, position]) => [table, `${kind}_of_${table}`, column, position]);

const DATA = `
CREATE MACRO ST_AsText(place) AS place; CREATE MACRO JSON_SERIALIZE(value) AS value::TEXT;
${DOUBLED.replaceAll(/CREATE TABLE |INSERT INTO /g, '$&public.')}
CREATE TABLE public.everything (id BIGINT, n DECIMAL(38, 10), f DOUBLE, b BOOLEAN, d DATE, ts TIMESTAMP, tz TIMESTAMPTZ, t TIME, v TEXT, j TEXT,
  bin BLOB, place TEXT);
INSERT INTO public.everything VALUES (9223372036854775807, 12345678901234567890.1234567891, 'inf', true, '2024-02-29', '2024-01-01 10:00:00.5',
  '2024-01-01 10:00:00+02', '23:59:59.5', 'Zoë', '{"a": 1.10}', '\\xDE\\xAD'::BLOB, 'POINT(1 2)');
`;

const ANSWERS = { kind: 'sql', name: 'Acme Sales', dialect: 'redshift' };
const SETTINGS: DoubleSettings = {
  dialect: 'redshift',
  placeholder: '%s',
  sql: `CREATE SCHEMA public; ${DATA}`,
  answers: [
    { to: '^SET TimeZone', rows: [] },
    { to: 'FROM pg_namespace$', rows: [['public']] },
    { to: 'FROM svv_columns', rows: describedColumns(undefined, TABLES).map(column => column.slice(0, 4)) },
    { to: "constraint_type LIKE 'PRIMARY%'", rows: keys('primary') },
    { to: "constraint_type LIKE 'UNIQUE%'", rows: keys('unique') },
  ],
};

/** The numbers of types, as the driver has them. */
const OIDS: Readonly<Record<string, number>> = {
  ...{ boolean: 16, bigint: 20, integer: 23, 'double precision': 701, 'character varying': 1043, date: 1082 },
  ...{ 'time without time zone': 1083, 'timestamp without time zone': 1114, 'timestamp with time zone': 1184 },
  ...{ numeric: 1700, geometry: 3000, super: 4000, varbyte: 6551 },
};

const FACTS: DialectFacts = {
  ...{ label: 'Redshift', answers: ANSWERS, config: CONFIG, settings: SETTINGS, schema: 'public' },
  hasKeys: true,
  columns: {
    ...{ id: 'integer', n: 'number?', f: 'number?', b: 'boolean?', d: 'date-time?', ts: 'date-time?' },
    ...{ tz: 'date-time?', t: 'string?', v: 'string?', j: 'JSON?', bin: 'string?', place: 'string?' },
  },
  row: {
    ...{
      f: null,
      b: true,
      d: '2024-02-29T00:00:00+00:00',
      ts: '2024-01-01T10:00:00.500000+00:00',
      t: '23:59:59.500000',
    },
    ...{ tz: '2024-01-01T08:00:00+00:00', v: 'Zoë', bin: 'dead', place: 'POINT(1 2)' },
  },
  exact: { id: '9223372036854775807', n: '12345678901234567890.1234567891', j: '{"a": 1.10}' },
  triesBatchesOfAnySize: false,
  described: table => ({
    to: `(?s)public.${table}.* LIMIT 0$`,
    columns: Object.entries(TABLES[table] ?? {}).map(([column, [type]]) => [
      column,
      OIDS[type.replace('?', '')],
      ...[null, null, null, null, null],
    ]),
    ...(table === 'nowhere' ? { error: 'there is no nowhere' } : { rows: [] }),
  }),
};

describeDialect(FACTS, doubled => {
  it('connects, and has a session in UTC', async () => {
    assert.equal((await doubled().connector.testConnection()).exitCode, 0);
    const [connected, ...rest] = doubled().told();
    const given = Object.entries(connected?.named ?? {}).filter(([, value]) => value !== null);
    assert.deepEqual(Object.fromEntries(given), { ...CONFIG, port: 5439 });
    assert.deepEqual(
      rest.map(({ event, statement }) => statement ?? event),
      ["SET TimeZone TO 'UTC'", 'SELECT nspname FROM pg_namespace', 'close'],
    );
    const elsewhere = await doubled()
      .connector.with({ ...CONFIG, schema: 'sales' })
      .testConnection();
    assert.equal(elsewhere.error, 'The database has no schema "sales"');
  });

  it("fetches records from a cursor of the server's, and says texts with backslashes in hexadecimal", async () => {
    const catalog = await doubled().connector.catalog();
    doubled().told();
    const choice = { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['v', 'ts'] } as const;
    const state = { bookmarks: { everything: { v: "\\' OR 1=1", ts: "it's" } } };
    await doubled().connector.run({ catalog: selectAll(catalog, choice, ['everything']), state });
    const hex = Buffer.from("\\' OR 1=1").toString('hex');
    assert.match(
      doubled().told().at(-2)?.statement ?? '',
      new RegExp(
        `WHERE \\("v" > FROM_VARBYTE\\(FROM_HEX\\('${hex}'\\), 'utf-8'\\) OR "v" = .* AND "ts" >= 'it''s'\\) OR "v" IS NULL`,
      ),
    );
    const bytes = { replicationMethod: 'INCREMENTAL', bookmarkProperties: ['bin'] } as const;
    const last = { bookmarks: { everything: { bin: 'dead' } } };
    await doubled().connector.run({ catalog: selectAll(catalog, bytes, ['everything']), state: last });
    const declared = doubled()
      .told()
      .find(({ statement }) => statement?.includes('everything'));
    assert.match(declared?.statement ?? '', /WHERE "bin" >= FROM_HEX\('dead'\) OR/);
    await doubled().connector.run({ catalog: selectAll(catalog, {}, ['keyless']) });
    assert.deepEqual(
      doubled()
        .told()
        .slice(-4)
        .map(({ event, statement }) => statement ?? event),
      [
        'SELECT "a", "b" FROM "public"."keyless" ORDER BY "a", "b" LIMIT ALL OFFSET 0',
        'FETCH FORWARD 1000 FROM streamed',
        'FETCH FORWARD 1000 FROM streamed',
        'close',
      ],
    );
  });
});
