import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import type { Connector } from '../framework/connector.ts';
import { createDatabase, type Database } from '../framework/databases.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { itReadsInBatches, itReadsInfiniteDates, itReadsWhatIsInserted } from './batches.ts';
import { cutAfter } from './cut.ts';
import { exampleConnector, fullBatches, incremental, outline, records, sqlFixture } from './support.ts';

const PASSWORD = 'not-to-be-shown';

describe('the generated PostgreSQL connector', function () {
  this.timeout(120_000);
  needsPython('test');
  needsPython();
  let home: string;
  let database: Database;
  let connector: Connector;
  before('a PostgreSQL server', async function () {
    const made = await createDatabase();
    if ('missing' in made) skipFor(this, made.missing);
    database = made;
    await database.execute(sqlFixture('postgresql.sql'));
    home = mkdtempSync(join(tmpdir(), 'postgresql-'));
    const config = { ...database.config, password: database.config.password || PASSWORD, schema: 'public' };
    connector = await exampleConnector('sql-postgresql.yaml', home, config);
  });
  after(async () => {
    await database?.drop();
    if (home) rmSync(home, { recursive: true, force: true });
  });

  const readAll = async (stream: string) =>
    connector.run({ catalog: selectAll(await connector.catalog([stream]), {}, [stream]) });

  it('discovers tables and views with their types and keys', async () => {
    const found = outline(await connector.catalog());
    assert.deepEqual(found.everything, {
      columns: {
        ...{
          i2: 'integer?',
          i4: 'integer?',
          i8: 'integer',
          checked: 'integer',
          n: 'number?',
          n38: 'number?',
          f4: 'number?',
          f8: 'number?',
        },
        ...{
          b: 'boolean?',
          d: 'date-time?',
          t: 'string?',
          ttz: 'string?',
          ts: 'date-time?',
          tstz: 'date-time?',
          pause: 'string?',
        },
        ...{
          j: 'JSON?',
          jb: 'JSON?',
          m: 'string?',
          u: 'string?',
          bin: 'string?',
          c: 'string?',
          v: 'string',
          ip: 'string?',
        },
        ...{ place: 'string?', r: 'string?', x: 'string?', price: 'string?', bits: 'string?' },
        ...{
          ints: 'JSON?',
          texts: 'JSON?',
          moments: 'JSON?',
          numbers: 'JSON?',
        },
        ...{
          ids: 'JSON?',
          moods: 'JSON?',
          objects: 'JSON?',
          named: 'JSON?',
        },
      },
      primary: ['i8'],
      unique: ['i8'],
    });
    assert.deepEqual(found.ordered, {
      columns: { b: 'integer', a: 'integer', v: 'string?' },
      primary: ['a', 'b'],
      unique: ['a', 'b'],
    });
    assert.deepEqual(found.unique_only, {
      columns: { x: 'integer?', y: 'integer', z: 'integer' },
      primary: [],
      unique: ['z', 'y'],
    });
    assert.deepEqual(found.names, { columns: { i8: 'integer?', v: 'string?' }, primary: [], unique: [] });
    assert.deepEqual(Object.keys(found).sort(), [
      ...['everything', 'keyless', 'names', 'ordered', 'parts', 'same', 'select', 'stored', 'tied', 'unique_only'],
      'x" ; DROP TABLE keyless; -- 10%',
    ]);
  });

  it('takes a domain of a domain for the type beneath both', async () => {
    await database.execute(
      'CREATE DOMAIN small AS positive CHECK (VALUE < 10); CREATE TABLE domains (id small, at int)',
    );
    try {
      const found = outline(await connector.catalog(['domains']));
      assert.deepEqual(found.domains?.columns, { id: 'integer', at: 'integer?' });
    } finally {
      await database.execute('DROP TABLE domains; DROP DOMAIN small');
    }
  });

  it('reads values exactly, in what JSON can hold', async () => {
    const outcome = await readAll('everything');
    const [lowest, first] = records(outcome);
    for (const exact of [
      '"i8": 9223372036854775807',
      '"n": 1.10,',
      '"n38": 12345678901234567890.1234567891',
      '{"a": 1.10, "b": [1]}',
      '"numbers": [1.10]',
    ]) {
      assert(outcome.stdout.includes(exact), exact);
    }
    assert.deepEqual(
      { ...first, i8: 0, n38: 0 },
      {
        ...{ i2: 1, i4: 2, i8: 0, checked: 4, n: 1.1, n38: 0, f4: 0.1, f8: 1e300, b: true },
        ...{
          d: '2024-02-29T00:00:00+00:00',
          t: '23:59:59.123456',
          ttz: '10:00:00+02',
          ts: '2024-01-01T10:00:00.500000+00:00',
          tstz: '2024-01-01T08:00:00+00:00',
        },
        ...{
          pause: '1 mon 2 days 03:04:00',
          j: { a: 1.1, b: [1] },
          jb: [1, 2.5],
          m: 'int',
          u: 'b0a7b7b0-1111-2222-3333-444444444444',
        },
        ...{
          bin: '3q2+7w==',
          c: 'ab ',
          v: 'Zoë',
          ip: '10.0.0.1',
          place: '(1,2)',
          r: '[1,5)',
          x: '<a/>',
          price: '$1.50',
          bits: '101',
        },
        ...{ ints: [1, null, 3], texts: ['a,b', null, "it's"], moments: ['2024-01-01T10:00:00+00:00'], numbers: [1.1] },
        ...{ ids: ['b0a7b7b0-1111-2222-3333-444444444444'], moods: ['date', 'int'], objects: [{ a: 1 }], named: ['x'] },
      },
    );
    assert.deepEqual(
      [lowest?.n, lowest?.f4, lowest?.f8, lowest?.d, lowest?.t, lowest?.j, lowest?.jb],
      [null, null, null, null, '24:00:00', '"it\'s"', '5'],
    );
  });

  it('reads numbers that no float can hold', async () => {
    await database.execute('CREATE TABLE huge (n numeric); INSERT INTO huge VALUES (1e400)');
    try {
      assert.match((await readAll('huge')).stdout, /"record": \{"n": 10{400}\}/);
    } finally {
      await database.execute('DROP TABLE huge');
    }
  });

  it('takes any table, column or schema name for a name, and never for SQL', async () => {
    assert.deepEqual(records(await readAll('x" ; DROP TABLE keyless; -- 10%')), [
      { 'id" ; DROP TABLE keyless; --': 1 },
    ]);
    const row = {
      'a b': 1,
      'q"uote': 'q',
      '100%': '50%',
      '%s': 's',
      '%(v)s': 'v',
      'new\nline': 'n',
      Ünïcode: 'ü',
      "a'b": 'a',
      '{x}': 'x',
    };
    assert.deepEqual(records(await readAll('select')), [row]);
    const catalog = incremental(await connector.catalog(), 'select', "a'b", '100%');
    const state = { bookmarks: { select: { "a'b": "' OR 1=1; --", '100%': '%s' } } };
    assert.deepEqual(records(await connector.run({ catalog, state })), [row]);
    const elsewhere = connector.with({ ...database.config, schema: 'Other 10%' });
    assert.deepEqual(records(await elsewhere.run({ catalog: selectAll(await elsewhere.catalog()) })), [{ id: 7 }]);
    assert.equal(records(await readAll('keyless')).length, 4);
  });

  it('discovers the tables of several schemas that its configuration asks for', async () => {
    const several = connector.with({
      ...database.config,
      schema: 'public, Other 10%',
      tables: 'public.t*, public.keyless, Other*',
      exclude_tables: '*less',
    });
    const catalog = await several.catalog();
    assert.deepEqual(Object.keys(outline(catalog)), ['Other 10%.elsewhere', 'public.tied']);
    assert.deepEqual(records(await several.run({ catalog: selectAll(catalog, {}, ['Other 10%.elsewhere']) })), [
      { id: 7 },
    ]);
    assert.equal(records(await several.run({ catalog: selectAll(catalog, {}, ['public.tied']) })).length, 10);
    assert.equal((await several.testConnection()).exitCode, 0);
    const otherwise = await several.run({ catalog: selectAll(await connector.catalog(), {}, ['tied']) });
    assert.match(otherwise.error ?? '', /^The stream tied is of none of the schemas/);
  });

  it('is not cut off where the server closes sessions that wait', async () => {
    const { database: name } = database.config;
    await database.execute(`ALTER DATABASE ${name} SET idle_in_transaction_session_timeout = '5min';
      CREATE VIEW patience AS SELECT current_setting('idle_in_transaction_session_timeout') AS of_the_session`);
    try {
      assert.deepEqual(records(await readAll('patience')), [{ of_the_session: '1h' }]);
    } finally {
      await database.execute(`DROP VIEW patience; ALTER DATABASE ${name} RESET idle_in_transaction_session_timeout`);
    }
  });

  it('reads a partition through its table, and views', async () => {
    assert.deepEqual(records(await readAll('parts')), [{ id: 1, at: '2024-01-01T00:00:00+00:00' }]);
    assert.equal(records(await readAll('names')).length, 2);
    assert.equal(records(await readAll('stored')).length, 2);
  });

  itReadsInBatches({ connector: () => connector, instant: day => `${day}T00:00:00+00:00` });

  itReadsWhatIsInserted({
    connector: () => connector,
    execute: sql => database.execute(sql),
    bytes: ['bytea', hex => `'\\x${hex}'`],
  });

  itReadsInfiniteDates({ connector: () => connector, execute: sql => database.execute(sql) });

  describe('of a table with a primary key, read in batches', () => {
    before(async () => {
      await database.execute(`CREATE TABLE keyed (a int, b int, code int UNIQUE, filler text, PRIMARY KEY (a, b));
        INSERT INTO keyed SELECT i / 100, i % 100, nullif(i, 5000), repeat('x', 200) FROM generate_series(0, 9999) AS i;
        CREATE VIEW rows_read AS SELECT seq_tup_read + idx_tup_fetch AS n FROM pg_stat_user_tables WHERE relname = 'keyed'`);
      await database.execute('VACUUM ANALYZE keyed');
    });
    after(() => database.execute('DROP VIEW rows_read; DROP TABLE keyed'));
    const rowsRead = async () => Number(records(await readAll('rows_read'))[0]?.n);
    const position = ({ a, b }: Record<string, unknown>) => Number(a) * 100 + Number(b);
    const from = (start: number) => Array.from({ length: 10_000 - start }, (_, index) => start + index);

    it('counts the rows before a batch in the index of the key, and reads only those of the batch', async () => {
      const catalog = selectAll(await connector.catalog(['keyed']));
      const before = await rowsRead();
      const last = await connector.run({ catalog, query: { _offset: 9000 } });
      assert.deepEqual(records(last).map(position), from(9000), last.error);
      const read = (await rowsRead()) - before;
      assert(read >= 1000 && read < 2000, `${read}`);
      assert.deepEqual((await fullBatches(connector, catalog, 2500, 5)).map(position), from(0));
    });

    it('goes on from a bookmark where it stands in its index', async () => {
      const catalog = incremental(await connector.catalog(['keyed']), 'keyed', 'code');
      const before = await rowsRead();
      const state = { bookmarks: { keyed: { code: 9000 } } };
      const batch = await connector.run({ catalog, state, query: { _limit: 500 } });
      assert.deepEqual(records(batch).map(position), from(9000).slice(0, 500), batch.error);
      assert((await rowsRead()) - before < 4000);
    });

    it('loses no row where other columns were chosen as its key, which may be null', async () => {
      const [stream] = selectAll(await connector.catalog(['keyed'])).streams;
      assert(stream);
      const batches = await fullBatches(connector, { streams: [{ ...stream, key_properties: ['code'] }] }, 3333, 4);
      assert.deepEqual(
        batches.map(position).sort((a, b) => a - b),
        from(0),
      );
    });
  });

  it('goes on from a bookmark of any type', async () => {
    const catalog = await connector.catalog();
    for (const column of ['i4', 'n', 'n38', 'b', 'd', 't', 'tstz', 'pause', 'm', 'u', 'price']) {
      const selected = incremental(catalog, 'everything', column);
      const first = await connector.run({ catalog: selected });
      const state = first.messages.findLast(({ type }) => type === 'STATE')?.value;
      const next = await connector.run({ catalog: selected, state });
      assert.equal(next.exitCode, 0, `${column}: ${next.error}`);
      assert.equal(records(next).at(-1)?.v, records(first).at(-1)?.v, column);
    }
  });

  describe('says in one message what is wrong', () => {
    let server: Server;
    let answer: Buffer | undefined;
    const sockets = new Set<Socket>();
    before(done => {
      server = createServer(socket => {
        sockets.add(socket);
        socket.on('error', () => {});
        // A request for TLS (PostgreSQL's protocol, SSLRequest) is declined, what follows gets the answer.
        socket.on('data', data => (data.length === 8 ? socket.write('N') : answer && socket.end(answer)));
      }).listen(0, '127.0.0.1', done);
    });
    after(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });

    const failure = async (wrong: Record<string, unknown>) => {
      const outcome = await connector
        .with({ ...database.config, schema: 'public', password: PASSWORD, ...wrong })
        .testConnection();
      assert.equal(outcome.exitCode, 1);
      assert(!`${outcome.stdout}${outcome.stderr}`.includes(PASSWORD));
      return outcome.error ?? '';
    };

    it('with the port, host, database, user or schema', async () => {
      assert.match(await failure({ port: 1 }), /^connection to server at ".*", port 1 failed: Connection refused/);
      assert.match(await failure({ host: 'nowhere.invalid' }), /^could not translate host name "nowhere.invalid"/);
      assert.match(await failure({ database: 'nothing' }), /database "nothing" does not exist/);
      assert.match(await failure({ username: 'nobody' }), /"nobody"/);
      assert.equal(await failure({ schema: 'public, nothing' }), 'The database has no schema "nothing"');
    });

    it('where the configuration lacks what a connection needs, or has an impossible port', async () => {
      assert.equal(await failure({ host: null, database: '' }), 'The configuration has no host and no database');
      for (const port of ['5432x', '-1', 65536, 1.5])
        assert.equal(await failure({ port }), `The port has to be a number from 1 to 65535, not ${port}`);
    });

    it('where TLS is asked for, and the server has none or no such certificate', async () => {
      const sslrootcert = join(home, 'missing.pem');
      const error = await failure({ sslmode: 'verify-full', sslrootcert });
      assert.match(error, /server does not support SSL, but SSL was required|missing\.pem/);
    });

    it('with the password', async () => {
      answer = errorResponse('password authentication failed for user "ada"');
      const { port } = server.address() as AddressInfo;
      assert.match(await failure({ host: '127.0.0.1', port }), /password authentication failed for user "ada"/);
    });

    it('where the server does not answer, before Mage gives up', async () => {
      answer = undefined;
      const { port } = server.address() as AddressInfo;
      assert.match(await failure({ host: '127.0.0.1', port }), /timeout expired/);
    });

    it('where the server is stopped in the middle of a run', async () => {
      const cut = await cutAfter(60_000, database.config);
      const catalog = selectAll(await connector.catalog(), {}, ['same']);
      const way = connector.with({ ...database.config, host: cut.host, port: cut.port });
      const outcome = await way.run({ catalog });
      cut.stop();
      assert.equal(outcome.exitCode, 1);
      assert.match(outcome.error ?? '', /server closed the connection unexpectedly/);
      assert(records(outcome).length < 10_000);
    });

    it('where the user may not read a table', async () => {
      const user = database.config.database;
      await database.execute(`CREATE ROLE ${user} LOGIN PASSWORD '${PASSWORD}'`);
      try {
        const reader = connector.with({ ...database.config, username: user, password: PASSWORD });
        const outcome = await reader.run({ catalog: selectAll(await connector.catalog(), {}, ['keyless']) });
        assert.equal(outcome.exitCode, 1);
        assert.match(outcome.error ?? '', /permission denied for table keyless/);
        assert(!`${outcome.stdout}${outcome.stderr}`.includes(PASSWORD));
      } finally {
        await database.execute(`DROP ROLE ${user}`);
      }
    });

    it('where a table is gone since discovery', async () => {
      const catalog = JSON.parse(
        JSON.stringify(selectAll(await connector.catalog(), {}, ['tied'])).replaceAll('"tied"', '"gone"'),
      );
      assert.match((await connector.run({ catalog })).error ?? '', /^relation "public.gone" does not exist/);
    });
  });

  it('tests the connection with what Mage stores where nothing was filled in', async () => {
    assert.equal(
      (await connector.with({ ...database.config, schema: null, sslmode: null }).testConnection()).exitCode,
      0,
    );
  });
});

/** PostgreSQL's ErrorResponse: fields of a letter and a text. */
function errorResponse(message: string): Buffer {
  const body = Buffer.from(`SFATAL\0C28P01\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
