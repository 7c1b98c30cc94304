import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { pythonFor } from '../framework/python.ts';
import { runPython } from '../framework/run-python.ts';
import { generate } from '../support/generate.ts';
import type { Told } from './double.ts';
import { fullBatches, incremental, outline, records, sqlFixture } from './support.ts';

const DRIVERS = fileURLToPath(new URL('drivers/', import.meta.url));
const CONFIG = { host: 'events.acme.test', database: 'shop', username: 'reader', password: 'not-to-be-shown' };
const HOSTILE_TABLE = 'x"` ; DROP TABLE keyless; --';

const SETUP = `
import re, sys
from chdb.session import Session
session = Session(sys.argv[1])
for statement in ['CREATE DATABASE shop', 'USE shop', *re.split(r';\\n', sys.stdin.read())]:
    if statement.strip():
        session.query(statement)
`;

describe('the generated ClickHouse connector, with the engine of ClickHouse in the process', function () {
  this.timeout(120_000);
  needsPython('clickhouse');
  let home: string;
  let connector: Connector;
  let told: () => Told[];
  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'clickhouse-'));
    const [data, log, file] = ['data', 'told.log', 'double.json'].map(name => join(home, name)) as [
      string,
      string,
      string,
    ];
    const python = await pythonFor('clickhouse');
    assert('command' in python);
    const made = await runPython(python, ['-c', SETUP, data], {
      input: sqlFixture('clickhouse.sql'),
    });
    assert.equal(made.exitCode, 0, made.stderr);
    writeFileSync(file, JSON.stringify({ log }));
    const checkout = workspaceCheckout(join(home, 'mage-ai'), { framework: 'double' });
    const query =
      "WITH all AS (SELECT * FROM tied) -- 100% of %s\nSELECT id, at, '%s ? \\'; --' AS t FROM all WHERE id % 2 = 1; # odd";
    const streams = [{ name: 'odd', query, key_properties: ['id'], replication_key: 'at' }];
    const answers = { kind: 'sql', name: 'Acme Events', dialect: 'clickhouse', streams };
    const { folder } = await generate('sql', answers, { cwd: checkout.root });
    connector = new Connector({
      ...{ checkout, folder, config: CONFIG, packages: 'clickhouse' },
      modules: [join(DRIVERS, 'clickhouse'), DRIVERS],
      env: { DRIVER_DOUBLE: file, CLICKHOUSE_FOLDER: data },
    });
    told = () => {
      const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
      rmSync(log, { force: true });
      return lines.map(line => JSON.parse(line) as Told);
    };
  });
  beforeEach(() => told());
  after(() => rmSync(home, { recursive: true, force: true }));

  const ids = (rows: readonly Record<string, unknown>[]) => rows.map(({ id }) => id);

  it('reads a saved query like a table', async () => {
    const catalog = selectAll(await connector.catalog(['odd']));
    const { columns, primary } = outline(catalog).odd ?? {};
    assert.deepEqual([columns, primary], [{ id: 'integer?', at: 'date-time?', t: 'string?' }, ['id']]);
    const outcome = await connector.run({ catalog });
    assert.deepEqual(ids(records(outcome)), [1, 3, 5, 7, 9], outcome.error);
    assert.equal(records(outcome)[0]?.t, "%s ? '; --");
    const state = outcome.messages.findLast(({ type }) => type === 'STATE')?.value;
    assert.deepEqual(ids(records(await connector.run({ catalog, state }))), [7, 9]);
  });

  it('connects within its time limit, by TLS where it is asked for', async () => {
    const connected = async (config: object) => {
      const outcome = await connector.with({ ...CONFIG, ...config }).testConnection();
      assert.equal(outcome.exitCode, 0, outcome.error);
      const { settings, ...named } = told()[0]?.named ?? {};
      return named;
    };
    const { username: user, ...given } = CONFIG;
    const plain = { ...given, user, port: 9000, connect_timeout: 5, secure: false, verify: true, ca_certs: null };
    assert.deepEqual(await connected({}), plain);
    assert.deepEqual(await connected({ port: '9440', secure: 'yes', verify: 'no', ssl_ca: '/ca.pem' }), {
      ...{ ...plain, port: 9440, secure: true, verify: false, ca_certs: '/ca.pem' },
    });
  });

  it('discovers columns with their types; primary keys of ClickHouse, which are not unique, are no keys', async () => {
    const found = outline(await connector.catalog());
    assert.deepEqual(found.everything, {
      columns: {
        ...{ id: 'integer', i1: 'integer', h: 'integer', n: 'number?', f4: 'number?', f8: 'number?', b: 'boolean' },
        ...{ d: 'date-time', d32: 'date-time', dt: 'date-time', dt64: 'date-time?', v: 'string', fixed: 'string' },
        ...{ low: 'string?', e: 'string', u: 'string', ip: 'string', ints: 'JSON' },
        ...{ days: 'JSON', nested: 'JSON', m: 'JSON', t: 'JSON', 'pairs.k': 'JSON' },
        ...{ 'pairs.v': 'JSON', place: 'string', raw: 'string', summed: 'integer' },
      },
      primary: [],
      unique: [],
    });
    assert.deepEqual(Object.keys(found).sort(), [
      ...['everything', 'keyless', 'names', 'odd', 'same', 'tied', 'unique_only', HOSTILE_TABLE],
    ]);
  });

  it('reads values exactly, in what JSON can hold', async () => {
    const outcome = await connector.run({ catalog: selectAll(await connector.catalog(), {}, ['everything']) });
    for (const exact of [
      '"id": 9223372036854775807',
      '"h": -9223372036854775808',
      '"n": 12345678901234567890.1234567891',
      '{"k": 18446744073709551615}',
    ])
      assert(outcome.stdout.includes(exact), outcome.error ?? outcome.stdout);
    assert.deepEqual(
      { ...records(outcome)[0], id: 0, h: 0, n: 0, m: 0 },
      {
        ...{
          id: 0,
          i1: -128,
          h: 0,
          n: 0,
          f4: 0.5,
          f8: null,
          b: true,
          d: '2024-02-29T00:00:00+00:00',
          d32: '1950-01-01T00:00:00+00:00',
          m: 0,
        },
        ...{ dt: '2024-01-01T09:00:00+00:00', dt64: '2024-01-01T10:00:00.123456+00:00', v: "Zoë \\ it's" },
        ...{ fixed: 'ab', low: null, e: 'date', u: 'b0a7b7b0-1111-2222-3333-444444444444', ip: '10.0.0.1' },
        ...{ ints: [1, null], days: ['2024-01-01'], nested: [[1], [2]], t: { a: 1, b: 'x' }, 'pairs.k': ['a'] },
        ...{ 'pairs.v': [1], place: '[1,2]', raw: '/wA=', summed: 5 },
      },
    );
  });

  it('takes any table or column name for a name, and any bookmark for a value', async () => {
    const catalog = await connector.catalog();
    const outcome = await connector.run({ catalog: selectAll(catalog, {}, [HOSTILE_TABLE]) });
    const row = {
      ...{ 'id" ; DROP TABLE keyless; --': 1, '100%': '50%', '%s': 's', 'new\nline': 'n', Ünïcode: 'ü', "a'b": 'a' },
      ...{ '{x}': 'x', '?': '?', 'back\\slash': '\\', select: 's' },
    };
    assert.deepEqual(records(outcome), [row], outcome.error);
    const selected = incremental(catalog, HOSTILE_TABLE, "a'b", 'back\\slash');
    const state = { bookmarks: { [HOSTILE_TABLE]: { "a'b": "' OR 1=1; --", 'back\\slash': '\\' } } };
    assert.deepEqual(records(await connector.run({ catalog: selected, state })), [row]);
    assert.equal(records(await connector.run({ catalog: selectAll(catalog, {}, ['keyless']) })).length, 4);
  });

  it('reads each row once in batches, and those of one bookmark together', async () => {
    const catalog = await connector.catalog();
    const keyless = await fullBatches(connector, selectAll(catalog, {}, ['keyless']), 2, 2);
    assert.deepEqual(keyless.map(({ a }) => a).sort(), [1, 1, 2, 3]);
    const state = { bookmarks: { tied: { at: '2024-01-02T00:00:00+00:00' } } };
    const one = await connector.run({ catalog: incremental(catalog, 'tied', 'at'), state, query: { _limit: 1 } });
    assert.deepEqual(ids(records(one)).sort(), [5, 6, 7, 8, 9], one.error);
    const several = { bookmarks: { tied: { at: '2024-01-02T00:00:00+00:00', id: 6 } } };
    const two = await connector.run({ catalog: incremental(catalog, 'tied', 'at', 'id'), state: several });
    assert.deepEqual(ids(records(two)), [4, 10, 6, 7, 8, 9]);
    const same = await connector.run({ catalog: incremental(catalog, 'same', 'at'), query: { _limit: 7 } });
    assert.equal(new Set(ids(records(same))).size, 10_000);
  });

  it('goes on from a bookmark of any type', async () => {
    const catalog = await connector.catalog();
    for (const column of ['i1', 'n', 'f4', 'd', 'd32', 'dt', 'dt64', 'v', 'low', 'e', 'u', 'ip']) {
      const selected = incremental(catalog, 'everything', column);
      const first = await connector.run({ catalog: selected });
      const state = first.messages.findLast(({ type }) => type === 'STATE')?.value;
      const next = await connector.run({ catalog: selected, state });
      assert.equal(next.exitCode, 0, `${column}: ${next.error}`);
      assert.equal(records(next).length, 1, column);
    }
  });

  it('fails where a table is gone since discovery, and closes what it has opened', async () => {
    const catalog = JSON.stringify(selectAll(await connector.catalog(), {}, ['tied'])).replaceAll('"tied"', '"gone"');
    told();
    const outcome = await connector.run({ catalog: JSON.parse(catalog) });
    assert.equal(outcome.exitCode, 1);
    assert.match(outcome.error ?? '', /gone/);
    const events = told().map(({ event }) => event);
    assert.deepEqual([events[0], events.at(-1)], ['connect', 'close']);
  });
});
