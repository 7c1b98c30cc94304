import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChosenOptions, chosenFramework } from '../../src/verify/chosen-framework.ts';
import { verifyReport } from '../../src/verify/report.ts';
import { verifyConnector } from '../../src/verify/verify.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { needsPython } from '../framework/needs.ts';
import { withPythonPath } from '../framework/python.ts';
import { temporaryFolder } from '../support/generate.ts';
import { packagedPython } from './verified.ts';

const FIXTURES = resolve(import.meta.dirname, '../fixtures/verify');
const BREWERY = join(FIXTURES, 'brewery');
const COMMAND = resolve(import.meta.dirname, '../../bin/mage-connector.ts');
const SECRET = 'kX92-hunter-7716';
const MAGE = { image: 'mageai/mageai:latest', command: '"mage start project"' };

interface Container {
  readonly running: boolean;
  readonly image: string;
  readonly command: string;
  /** What its programs are on this machine. */
  readonly programs: Readonly<Record<string, string>>;
  readonly env: NodeJS.ProcessEnv;
}

describe('verify in a container', function () {
  this.timeout(120_000);
  needsPython();
  const { PATH: path, FAKE_DOCKER: home } = process.env;
  let [docker, inside] = ['', ''];
  let mage: Container;
  let bare: Container;

  before(async () => {
    const checkout: Checkout = workspaceCheckout(join(temporaryFolder(), 'mage'));
    const python = await packagedPython(checkout);
    inside = temporaryFolder();
    const env = { ...python.env, TMPDIR: inside };
    const programs = { python3: python.command };
    bare = { running: true, image: 'postgres:16', command: '"docker-entrypoint.sh"', programs, env };
    mage = {
      ...bare,
      ...MAGE,
      env: withPythonPath(env, [checkout.singer, join(checkout.root, 'mage_integrations')]),
    };
    process.env.PATH = [join(FIXTURES, 'docker'), path].join(delimiter);
  });

  beforeEach(() => {
    docker = temporaryFolder();
    process.env.FAKE_DOCKER = docker;
    containers({ mage, db: bare });
  });

  after(() => {
    process.env.PATH = path;
    if (home === undefined) delete process.env.FAKE_DOCKER;
  });

  const containers = (all: Readonly<Record<string, Container>> | null) =>
    writeFileSync(join(docker, 'containers.json'), JSON.stringify(all));
  const calls = () => readFileSync(join(docker, 'calls'), 'utf8');

  function configFile(): string {
    const file = join(temporaryFolder(), 'config.json');
    writeFileSync(file, JSON.stringify({ api_token: SECRET }));
    return file;
  }

  const chosen = (folder: string, options: Partial<ChosenOptions> = {}) =>
    chosenFramework(folder, {
      mage: undefined,
      singer: undefined,
      python: undefined,
      container: undefined,
      cwd: folder,
      ...options,
    });

  async function verify(folder: string, options: Partial<ChosenOptions>): Promise<string> {
    const framework = chosen(folder, options);
    const config = configFile();
    const configText = readFileSync(config, 'utf8');
    const about = { folder, framework, limit: undefined };
    const job = { ...about, config, configText, streams: undefined, isSql: false, show: () => undefined };
    return verifyReport(await verifyConnector(job), about).text;
  }

  it('runs a connector there, and leaves nothing', async () => {
    const text = await verify(BREWERY, { container: 'mage' });
    assert.match(text, /^brewery under python3 of the container mage$/m);
    assert.match(text, /beers {3}INCREMENTAL {2}6 {8}1\n/);
    assert.match(text, /\nbrewery works\.\n$/);
    assert.deepEqual(readdirSync(inside), []);
  });

  it('has no value of the configuration in a command', async () => {
    await verify(BREWERY, { container: 'mage' });
    assert.ok(calls().includes('--config'), calls());
    assert.ok(!calls().includes(SECRET), calls());
  });

  it('runs a custom source of a project by its own name', async () => {
    const folder = join(temporaryFolder(), 'data_integrations/sources/brewery');
    cpSync(BREWERY, folder, { recursive: true });
    writeFileSync(join(folder, 'beers.py'), 'COUNT = 6\n');
    const main = join(folder, '__init__.py');
    const ours = 'from data_integrations.sources.brewery.beers import COUNT\n';
    writeFileSync(main, readFileSync(main, 'utf8').replace('from mage', `${ours}from mage`));
    assert.match(await verify(folder, { container: 'mage' }), /\nbrewery works\.\n$/);
  });

  it('finds the container of Mage by itself, where Python has none', () => {
    const framework = chosen(BREWERY);
    framework.files?.end();
    assert.equal(framework.from, 'python3 of the container mage');
  });

  it('asks which, where Mage runs in several', () => {
    containers({ mage, db: bare, 'mage-2': mage });
    assert.throws(() => chosen(BREWERY), /Mage runs in several containers: say which of mage, mage-2/);
  });

  it('does without, where docker or a container of Mage isn’t there', () => {
    containers({ db: bare });
    assert.equal(chosen(BREWERY).command, 'python3');
    containers(null);
    assert.equal(chosen(BREWERY).command, 'python3');
  });

  const refused: readonly [string, string, () => void, RegExp][] = [
    ['docker isn’t running', 'mage', () => containers(null), /Docker isn’t running/],
    ['there is no such container', 'mag', () => undefined, /there is no container mag .*running are mage, db/s],
    ['it is stopped', 'mage', () => containers({ mage: { ...mage, running: false } }), /docker start mage/],
    ['Mage isn’t in it', 'db', () => undefined, /python3 of the container db has no Mage/],
    [
      'it has no Python',
      'db',
      () => containers({ db: { ...bare, programs: {} } }),
      /docker can’t use the container db: .*python3.*not found/,
    ],
    ['it is no name', '--privileged', () => undefined, /--privileged is no name of a container/],
  ];
  for (const [why, container, arrange, message] of refused)
    it(`says that ${why}`, () => {
      arrange();
      assert.throws(() => chosen(BREWERY, { container }), message);
      assert.deepEqual(readdirSync(inside), []);
    });

  it('refuses a checkout beside it', () => {
    assert.throws(() => chosen(BREWERY, { container: 'mage', mage: BREWERY }), /doesn’t go with --mage/);
  });

  it('says that there is no docker', () => {
    const all = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      assert.throws(() => chosen(BREWERY, { container: 'mage' }), /there is no docker in the PATH/);
    } finally {
      process.env.PATH = all;
    }
  });

  /** A brewery whose run says its process and then waits. */
  function waiting(): { folder: string; told: string } {
    const root = mkdtempSync(join(temporaryFolder(), 'waiting-'));
    const folder = join(root, 'brewery');
    mkdirSync(folder);
    cpSync(BREWERY, folder, { recursive: true });
    const [main, told] = [join(folder, '__init__.py'), join(root, 'process')];
    const wait = `        if not kwargs.get('sample_data'):\n            open('${told}', 'w').write(str(__import__('os').getpid()))\n            __import__('time').sleep(60)\n`;
    const text = readFileSync(main, 'utf8');
    writeFileSync(
      main,
      text.replace('        yield [beer', () => `${wait}        yield [beer`),
    );
    return { folder, told };
  }

  it('ends what runs there with Ctrl-C, and leaves nothing', async () => {
    const { folder, told } = waiting();
    const args = ['--import', 'tsx/esm', COMMAND, 'verify', '--connector', folder, '--config', configFile()];
    const child = spawn(process.execPath, [...args, '--container', 'mage'], { stdio: 'ignore' });
    const ended = new Promise(done => child.once('exit', done));
    while (!existsSync(told) || readFileSync(told, 'utf8') === '') {
      assert.equal(child.exitCode, null, 'it ended before');
      await sleep(50);
    }
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    await gone(told);
    assert.deepEqual(readdirSync(inside), []);
  });

  it('ends what runs there where it has enough', async () => {
    const folder = join(temporaryFolder(), 'brewery');
    cpSync(BREWERY, folder, { recursive: true });
    const main = join(folder, '__init__.py');
    const text = readFileSync(main, 'utf8');
    const told = join(temporaryFolder(), 'process');
    const endless = `        yield [beer for beer in BEERS]\n        if not kwargs.get('sample_data'):\n            open('${told}', 'w').write(str(__import__('os').getpid()))\n            __import__('time').sleep(60)\n`;
    writeFileSync(
      main,
      text.replace('        yield [beer', () => `${endless}        yield [beer`),
    );
    const framework = chosen(folder, { container: 'mage' });
    const config = configFile();
    const job = { folder, framework, config, configText: readFileSync(config, 'utf8'), isSql: false };
    const verified = await verifyConnector({ ...job, streams: undefined, limit: 6, show: () => undefined });
    assert.equal(verified.streams[0]?.records, 6);
    assert.ok(calls().includes('"stop"'), calls());
    if (existsSync(told)) await gone(told);
    assert.deepEqual(readdirSync(inside), []);
  });
});

/** Waits until the process that a file tells is there no more: its parent has to hear of its end. */
async function gone(file: string): Promise<void> {
  const id = Number(readFileSync(file, 'utf8'));
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      process.kill(id, 0);
    } catch {
      return;
    }
    await sleep(50);
  }
  assert.fail(`the process ${id} still runs`);
}
