import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import type { Connector } from '../framework/connector.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { itReadsInBatches, itReadsWhatIsInserted } from './batches.ts';
import { cutAfter } from './cut.ts';
import { createMySqlDatabase, type MySqlDatabase } from './mysql-database.ts';
import { exampleConnector, fullBatches, incremental, outline, records, sqlFixture } from './support.ts';

const PASSWORD = 'not-to-be-shown';

describe('the generated MySQL connector', function () {
  this.timeout(120_000);
  needsPython('test');
  needsPython();
  let home: string;
  let database: MySqlDatabase;
  let connector: Connector;
  before('a MySQL or MariaDB server', async function () {
    const made = await createMySqlDatabase();
    if ('missing' in made) skipFor(this, made.missing);
    database = made;
    await database.execute(sqlFixture('mysql.sql'));
    home = mkdtempSync(join(tmpdir(), 'mysql-'));
    connector = await exampleConnector('sql-mysql.yaml', home, database.config);
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
        ...{ i1: 'integer?', yes: 'integer?', i2: 'integer?', i3: 'integer?', i4: 'integer?', i8: 'integer' },
        ...{ n: 'number?', n38: 'number?', f4: 'number?', f8: 'number?', bits: 'integer?', y: 'integer?' },
        ...{ d: 'date-time?', t: 'string?', dt: 'date-time?', ts: 'date-time?', j: 'JSON?', m: 'string?' },
        ...{ s: 'string?', c: 'string?', v: 'string', tx: 'string?', folded: 'string?', latin: 'string?' },
        ...{ bin: 'string?', raw: 'string?', place: 'string?', checked: 'string?' },
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
    assert.deepEqual(found.names, { columns: { i8: 'integer', v: 'string' }, primary: [], unique: [] });
    assert.deepEqual(Object.keys(found).sort(), [
      ...['everything', 'keyless', 'names', 'ordered', 'same', 'select', 'tied', 'unique_only', 'words'],
      'x`" ; DROP TABLE keyless; -- 10%',
    ]);
  });

  it('discovers the tables that its configuration asks for', async () => {
    const some = connector.with({ ...database.config, tables: 'names,t*, u*', exclude_tables: null });
    assert.deepEqual(Object.keys(outline(await some.catalog())).sort(), ['names', 'tied', 'unique_only']);
    const others = connector.with({ ...database.config, tables: '', exclude_tables: '*e*' });
    assert.deepEqual(Object.keys(outline(await others.catalog())).sort(), ['words']);
  });

  it('reads values exactly, in what JSON can hold', async () => {
    const outcome = await readAll('everything');
    const [lowest, first] = records(outcome);
    for (const exact of [
      '"i8": 9223372036854775807',
      '"n": 1.10,',
      '"n38": 12345678901234567890.1234567891',
      '{"a": 1.10, "b": [1]}',
    ]) {
      assert(outcome.stdout.includes(exact), exact);
    }
    assert.deepEqual(
      { ...first, i8: 0, n38: 0 },
      {
        ...{ i1: -128, yes: 2, i2: 1, i3: 8388607, i4: 2, i8: 0, n: 1.1, n38: 0, f4: 0.1, f8: 1e300, bits: 5, y: 2024 },
        ...{
          d: '2024-02-29T00:00:00+00:00',
          t: '-838:59:58.500000',
          dt: '2024-01-01T10:00:00.500000+00:00',
          ts: '2024-01-01T10:00:00+00:00',
        },
        ...{ j: { a: 1.1, b: [1] }, m: 'int', s: 'a,int', c: 'ab', v: 'Zoë', tx: 'long', folded: 'É', latin: 'é' },
        ...{ bin: 'AP8=', raw: '3q2+7w==', place: 'AAAAAAEBAAAAAAAAAAAA8D8AAAAAAAAAQA==', checked: '{}' },
      },
    );
    assert.deepEqual([lowest?.n, lowest?.j, lowest?.t], [null, '"it\'s"', '12:30:00']);
  });

  it('takes any table or column name for a name, and never for SQL', async () => {
    assert.deepEqual(records(await readAll('x`" ; DROP TABLE keyless; -- 10%')), [
      { 'id`" ; DROP TABLE keyless; --': 1 },
    ]);
    const row = {
      ...{ 'a b': 1, 'q"uote': 'q', 'back`tick': 'b', '100%': '50%', '%s': 's', '%(v)s': 'v', 'new\nline': 'n' },
      ...{ Ünïcode: 'ü', "a'b": 'a', '{x}': 'x', '?': '?' },
    };
    assert.deepEqual(records(await readAll('select')), [row]);
    const catalog = incremental(await connector.catalog(), 'select', "a'b", '%s');
    const state = { bookmarks: { select: { "a'b": "' OR 1=1; -- \\", '%s': '%s' } } };
    assert.deepEqual(records(await connector.run({ catalog, state })), [row]);
    assert.equal(records(await readAll('keyless')).length, 4);
  });

  it('reads words that its collation takes for the same, and views', async () => {
    const words = await fullBatches(connector, selectAll(await connector.catalog(), {}, ['words']), 1, 5);
    assert.deepEqual(words.map(({ w }) => w).sort(), ['A', 'A', 'a', 'a', 'á']);
    assert.equal(records(await readAll('names')).length, 2);
  });

  itReadsInBatches({ connector: () => connector, instant: day => `${day}T00:00:00+00:00` });

  itReadsWhatIsInserted({
    connector: () => connector,
    execute: sql => database.execute(`${sql};`),
    bytes: ['varbinary(2)', hex => `x'${hex}'`],
  });

  it('goes on from a bookmark of any type', async () => {
    const catalog = await connector.catalog();
    for (const column of ['i1', 'n', 'n38', 'f8', 'bits', 'y', 'd', 't', 'dt', 'ts', 'c', 'latin']) {
      const selected = incremental(catalog, 'everything', column);
      const first = await connector.run({ catalog: selected });
      const state = first.messages.findLast(({ type }) => type === 'STATE')?.value;
      const next = await connector.run({ catalog: selected, state });
      assert.equal(next.exitCode, 0, `${column}: ${next.error}`);
      assert.equal(records(next).at(-1)?.v, records(first).at(-1)?.v, column);
    }
  });

  it('refuses a bookmark of a type that is compared in another order than it is sorted in', async () => {
    const catalog = incremental(await connector.catalog(), 'everything', 'm');
    const outcome = await connector.run({ catalog, state: { bookmarks: { everything: { m: 'int' } } } });
    assert.equal(outcome.exitCode, 1);
    assert.equal(outcome.error, 'A column of the type enum can be no bookmark');
  });

  describe('says in one message what is wrong', () => {
    let server: Server;
    let answer: Buffer | undefined;
    const sockets = new Set<Socket>();
    before(done => {
      server = createServer(socket => {
        sockets.add(socket);
        socket.on('error', () => {});
        if (answer) socket.end(answer);
      }).listen(0, '127.0.0.1', done);
    });
    after(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });

    const failure = async (wrong: Record<string, unknown>) => {
      const outcome = await connector.with({ ...database.config, password: PASSWORD, ...wrong }).testConnection();
      assert.equal(outcome.exitCode, 1);
      assert(!`${outcome.stdout}${outcome.stderr}`.includes(PASSWORD));
      return outcome.error ?? '';
    };

    it('with the port, host, database or user', async () => {
      assert.match(await failure({ port: 1 }), /Can't connect to MySQL server on '127.0.0.1:1'/);
      assert.match(await failure({ host: 'nowhere.invalid' }), /nowhere\.invalid/);
      assert.match(await failure({ ...database.config, database: 'nothing' }), /Unknown database 'nothing'/);
      assert.match(await failure({ username: 'nobody' }), /Access denied for user 'nobody'/);
      assert.equal(await failure({ ...database.config, database: null }), 'The configuration has no database');
    });

    it('where the server refuses, or does not answer before Mage gives up', async () => {
      const { port } = server.address() as AddressInfo;
      answer = errorPacket('Too many connections');
      assert.match(await failure({ host: '127.0.0.1', port }), /Too many connections/);
      answer = undefined;
      assert.match(await failure({ host: '127.0.0.1', port }), /time|timed out/i);
    });

    it('where a certificate authority is asked for, and the server has no TLS or no such certificate', async () => {
      const error = await failure({ ...database.config, ssl_ca: join(home, 'missing.pem') });
      assert.match(error, /SSL is required but the server doesn't support it|missing\.pem|certificate/i);
    });

    it('where the server is stopped in the middle of a run', async () => {
      const cut = await cutAfter(60_000, database.config);
      const catalog = selectAll(await connector.catalog(), {}, ['same']);
      const outcome = await connector.with({ ...database.config, host: cut.host, port: cut.port }).run({ catalog });
      cut.stop();
      assert.equal(outcome.exitCode, 1);
      assert.match(outcome.error ?? '', /Lost connection/);
      assert(records(outcome).length < 10_000);
    });

    it('where the user may not read a table', async () => {
      const user = database.config.database.slice(0, 30);
      await database.execute(`CREATE USER '${user}'@'%' IDENTIFIED BY '${PASSWORD}';
GRANT SELECT ON ${database.config.database}.tied TO '${user}'@'%';`);
      try {
        const reader = connector.with({ ...database.config, username: user, password: PASSWORD });
        assert.deepEqual(Object.keys(outline(await reader.catalog())), ['tied']);
        const outcome = await reader.run({ catalog: selectAll(await connector.catalog(), {}, ['keyless']) });
        assert.equal(outcome.exitCode, 1);
        assert.match(outcome.error ?? '', /SELECT command denied to user .*keyless/);
        assert(!`${outcome.stdout}${outcome.stderr}`.includes(PASSWORD));
      } finally {
        await database.execute(`DROP USER '${user}'@'%';`);
      }
    });

    it('where a table is gone since discovery', async () => {
      const catalog = JSON.parse(
        JSON.stringify(selectAll(await connector.catalog(), {}, ['tied'])).replaceAll('"tied"', '"gone"'),
      );
      assert.match((await connector.run({ catalog })).error ?? '', /gone' doesn't exist/);
    });
  });

  it('tests the connection with what Mage stores where nothing was filled in', async () => {
    const nothing = { port: null, ssl_ca: null, connection_method: null, ssh_port: null, ssh_pkey: null };
    assert.equal((await connector.with({ ...nothing, ...database.config }).testConnection()).exitCode, 0);
  });
});

/** MySQL's ERR packet, as a server sends it instead of its greeting. */
function errorPacket(message: string): Buffer {
  const body = Buffer.concat([Buffer.from([0xff, 0x10, 0x04]), Buffer.from(message)]);
  return Buffer.concat([Buffer.from([body.length, 0, 0, 0]), body]);
}
