import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { createDatabase } from '../framework/databases.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { pythonFor } from '../framework/python.ts';
import { generate } from '../support/generate.ts';
import { createMySqlDatabase } from './mysql-database.ts';
import { records } from './support.ts';

const SERVER = fileURLToPath(new URL('ssh-server.py', import.meta.url));
const USER = 'ada';
const PASSWORD = 'not-to-be-shown';
/** Where the database is for the SSH server alone. */
const [HOST, PORT] = ['db.internal', 13306];

/** What the SSH server tells. */
interface Told {
  readonly event: 'listen' | 'login' | 'tunnel' | 'logout';
  readonly port?: number;
  readonly way?: string;
  readonly to?: string;
}

const DATABASES = { mariadb: createMySqlDatabase, postgresql: createDatabase };

for (const [dialect, create] of Object.entries(DATABASES))
  describe(`a generated connector that goes through SSH: ${dialect}`, function () {
    this.timeout(60_000);
    needsPython('test');
    needsPython();
    let home: string;
    let database: Exclude<Awaited<ReturnType<typeof create>>, { missing: string }>;
    let server: ChildProcess;
    let told: Told[];
    let connector: Connector;
    let config: Record<string, unknown>;
    /** A file with the user's private key. */
    let key: string;

    before('a database, an SSH server that leads to it, and a connector', async function () {
      const created = await create();
      if ('missing' in created) skipFor(this, created.missing);
      database = created;
      await database.execute('CREATE TABLE things (id int PRIMARY KEY);\nINSERT INTO things VALUES (1), (2);\n');
      home = mkdtempSync(join(tmpdir(), 'ssh-'));
      key = join(home, 'key');
      const python = await pythonFor('test');
      assert('command' in python);
      const { host, port, ...login } = database.config;
      const settings = { username: USER, password: PASSWORD, key, target: [host, port] };
      server = spawn(python.command, [SERVER, JSON.stringify(settings)], { env: python.env, stdio: 'pipe' });
      told = [];
      assert(server.stdout);
      const lines = createInterface(server.stdout);
      const listening = new Promise<number>(listens => {
        lines.on('line', line => {
          const event = JSON.parse(line) as Told;
          told.push(event);
          if (event.port) listens(event.port);
        });
      });
      const ssh = { ssh_host: '127.0.0.1', ssh_port: await listening, ssh_username: USER };
      config = { ...login, host: HOST, port: PORT, ...ssh };
      const checkout = workspaceCheckout(join(home, 'mage-ai'));
      const answers = { kind: 'sql', name: 'Some', dialect, ssh_tunnel: true };
      const { folder } = await generate('sql', answers, { cwd: checkout.root });
      connector = new Connector({ checkout, folder, config });
    });
    after(async () => {
      server?.kill();
      await database?.drop();
      if (home) rmSync(home, { recursive: true, force: true });
    });
    beforeEach(() => {
      told = [];
    });

    /** What the server told since the test began, when it has told that the client is gone. */
    const logins = async () => {
      for (let wait = 0; wait < 500 && told.at(-1)?.event !== 'logout'; wait += 1)
        await new Promise(later => setTimeout(later, 20));
      return told;
    };

    it('discovers, counts and reads tables, and opens one tunnel for all of it', async () => {
      const given = connector.with({ ...config, ssh_password: PASSWORD });
      const catalog = await given.catalog();
      assert.deepEqual(await logins(), [
        { event: 'login', way: 'password' },
        { event: 'tunnel', to: `${HOST}:${PORT}` },
        { event: 'logout' },
      ]);
      told = [];
      const [stream] = selectAll(catalog).streams;
      assert(stream);
      const outcome = await given.run({ catalog: { streams: [stream, stream] } });
      assert.deepEqual(
        records(outcome).map(({ id }) => id),
        [1, 2, 1, 2],
        outcome.error,
      );
      const events = (await logins()).map(({ event }) => event);
      assert.deepEqual([events[0], ...new Set(events)], ['login', 'login', 'tunnel', 'logout']);
      assert.equal(events.filter(event => event === 'login').length, 1);
    });

    it('logs in with a key, given as a file or as its text', async () => {
      for (const ssh_pkey of [key, readFileSync(key, 'utf8')]) {
        told = [];
        const outcome = await connector.with({ ...config, ssh_pkey }).testConnection();
        assert.equal(outcome.exitCode, 0, outcome.error);
        assert.deepEqual((await logins())[0], { event: 'login', way: 'key' });
      }
    });

    it('goes without SSH where it is told to', async () => {
      const direct = { ...config, ...database.config, connection_method: 'direct', ssh_host: null };
      assert.equal((await connector.with(direct).testConnection()).exitCode, 0);
      assert.deepEqual(told, []);
    });

    const failure = async (wrong: Record<string, unknown>) => {
      const outcome = await connector.with({ ...config, ssh_password: PASSWORD, ...wrong }).testConnection();
      assert.equal(outcome.exitCode, 1);
      assert(!`${outcome.stdout}${outcome.stderr}`.includes(PASSWORD));
      return outcome.error;
    };

    it('says in one message what is wrong with the SSH server or how to log in there', async () => {
      const refused = (address: string, user = USER) =>
        `The SSH server ${address} cannot be reached, or refuses ${user}`;
      const address = `127.0.0.1:${config.ssh_port}`;
      assert.equal(await failure({ ssh_port: 1 }), refused('127.0.0.1:1'));
      assert.equal(await failure({ ssh_host: 'nowhere.invalid', ssh_port: null }), refused('nowhere.invalid:22'));
      assert.equal(await failure({ ssh_username: 'bob' }), refused(address, 'bob'));
      assert.equal(await failure({ ssh_password: 'wrong' }), refused(address));
      assert.equal(
        await failure({ ssh_host: null, ssh_username: '' }),
        'The configuration has no ssh_host and no ssh_username',
      );
      assert.equal(await failure({ ssh_port: '22x' }), 'The ssh_port has to be a number from 1 to 65535, not 22x');
      assert.equal(
        await failure({ connection_method: 'ssh' }),
        'The connection_method has to be direct or ssh_tunnel, not ssh',
      );
    });

    it('says that a key is none', async () => {
      const other = join(home, 'other');
      writeFileSync(other, PASSWORD);
      for (const ssh_pkey of [other, PASSWORD])
        assert.equal(
          await failure({ ssh_pkey }),
          'The ssh_pkey is no private key without a passphrase, and no file with one',
        );
    });

    it('gives up a server that does not answer before Mage gives it up', async () => {
      const silent = createServer(socket => socket.on('error', () => {}));
      await new Promise<void>(listening => silent.listen(0, '127.0.0.1', listening));
      const { port } = silent.address() as AddressInfo;
      try {
        assert.equal(
          await failure({ ssh_port: port }),
          `The SSH server 127.0.0.1:${port} cannot be reached, or refuses ${USER}`,
        );
      } finally {
        silent.close();
      }
    });

    it('closes the tunnel where the database refuses the connection', async () => {
      assert.match((await failure({ database: 'nothing' })) ?? '', /nothing/);
      assert.deepEqual((await logins()).at(-1), { event: 'logout' });
    });
  });
