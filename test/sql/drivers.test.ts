import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { pythonFor } from '../framework/python.ts';
import { runPython } from '../framework/run-python.ts';
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

/** What SQL Server's configuration keys are for Microsoft's driver, which says so where it can't take a value. */
const ATTRIBUTES = {
  encrypt: 'Encrypt',
  trust_server_certificate: 'TrustServerCertificate',
  authentication: 'Authentication',
};

/** Finds Microsoft's ODBC driver in its package; a module of Python, and what it needs of the system, loads it. */
const FIND_DRIVER = `
import platform
from pathlib import Path
import mssql_python_odbc
import pyodbc
root = Path(mssql_python_odbc.__file__).parent / 'libs/linux/debian_ubuntu' / platform.machine()
print(*root.glob('lib/libmsodbcsql*'))
`;

async function microsoftDriver(): Promise<{ readonly path: string } | { readonly missing: string }> {
  const python = await pythonFor('drivers');
  if ('missing' in python) return python;
  const { exitCode, stdout, stderr } = await runPython(python, ['-c', FIND_DRIVER]);
  if (exitCode !== 0) return { missing: `SQL Server's ODBC driver: ${stderr.trim().split('\n').at(-1)}` };
  return stdout.trim() ? { path: stdout.trim() } : { missing: "SQL Server's ODBC driver is not made for this machine" };
}

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

  it("mssql: gives Microsoft's driver what it knows, and says that nothing answers before Mage gives up", async function () {
    const driver = await microsoftDriver();
    if ('missing' in driver) skipFor(this, driver.missing);
    const config = { host: HOST, port: 1, database: 'x', username: 'ada', driver: driver.path };
    assert.match(await failure('mssql', config), /Login timeout expired|has not answered within 6 seconds/);
    const { port } = silent.address() as AddressInfo;
    for (const encrypt of ['strict', 'optional'])
      assert.match(
        await failure('mssql', { ...config, port, encrypt }),
        /Login timeout expired|has not answered within 6 seconds/,
      );
    for (const [key, attribute] of Object.entries(ATTRIBUTES))
      assert.match(await failure('mssql', { ...config, [key]: 'none' }), new RegExp(`Invalid value .* '${attribute}'`));
  });

  it('snowflake: says that there is no such account before Mage gives up', async () => {
    const config = { account: 'no-such-account', database: 'X', warehouse: 'X', username: 'ada' };
    assert.doesNotMatch(await failure('snowflake', config), /unexpected keyword|TypeError/);
  });
});
