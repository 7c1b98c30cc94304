import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { generate } from '../support/generate.ts';

const PASSWORD = 'not-to-be-shown';
const HOST = '127.0.0.1';

/** What each connector is given beside the address; a driver that doesn't know an argument of ours would say so instead. */
const CONFIGS: Record<string, { readonly config: object; readonly refused: RegExp }> = {
  oracle: { config: { service: 'x', user: 'ada' }, refused: /cannot connect to database|Connection refused/ },
  redshift: { config: { database: 'x', user: 'ada' }, refused: /Connection refused|communication error/ },
  clickhouse: { config: { username: 'ada' }, refused: /Connection refused/ },
  trino: { config: { catalog: 'x', username: 'ada', verify: 'no' }, refused: /Connection refused|Max retries/ },
};

describe('generated connectors with the drivers themselves', function () {
  this.timeout(60_000);
  needsPython('drivers');
  let home: string;
  let silent: Server;
  const sockets = new Set<Socket>();
  before(done => {
    silent = createServer(socket => {
      sockets.add(socket);
      socket.on('error', () => {});
    }).listen(0, HOST, done);
  });
  after(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'drivers-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const failure = async (dialect: string, config: object) => {
    const checkout = workspaceCheckout(join(home, 'mage-ai'), { framework: 'double' });
    const { folder } = await generate('sql', { kind: 'sql', name: 'Some', dialect }, { cwd: checkout.root });
    const given = { ...config, password: PASSWORD };
    const outcome = await new Connector({ checkout, folder, config: given, packages: 'drivers' }).testConnection();
    assert.equal(outcome.exitCode, 1, `${outcome.stdout}${outcome.stderr}`);
    assert(!`${outcome.stdout}${outcome.stderr}`.includes(PASSWORD));
    return outcome.error ?? '';
  };

  for (const [dialect, { config, refused }] of Object.entries(CONFIGS)) {
    it(`${dialect}: says that nothing listens, and that nothing answers, before Mage gives up`, async () => {
      assert.match(await failure(dialect, { ...config, host: HOST, port: 1 }), refused);
      const { port } = silent.address() as AddressInfo;
      assert.match(
        await failure(dialect, { ...config, host: HOST, port }),
        /The database has not answered within 6 seconds|timed out|time out/,
      );
    });
  }

  it('snowflake: says that there is no such account before Mage gives up', async () => {
    const config = { account: 'no-such-account', database: 'X', warehouse: 'X', username: 'ada' };
    assert.doesNotMatch(await failure('snowflake', config), /unexpected keyword|TypeError/);
  });
});
