import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { selectAll } from './framework/catalog.ts';
import { type Checkout, realCheckouts, workspaceCheckout } from './framework/checkout.ts';
import { Connector, sampledRows } from './framework/connector.ts';
import { createDatabase } from './framework/databases.ts';
import { flake8 } from './framework/flake8.ts';
import { listing } from './framework/listing.ts';
import { needsPython, skipFor } from './framework/needs.ts';
import { run } from './framework/process.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CONNECTORS = join(ROOT, 'test/fixtures/connectors');

describe('the harness', () => {
  needsPython();
  let home: string;
  let checkout: Checkout;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'harness-'));
    checkout = workspaceCheckout(join(home, 'mage-ai'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const install = (name: string, folder: string) => {
    cpSync(join(CONNECTORS, name), folder, { recursive: true });
    return folder;
  };

  describe('runs a connector', () => {
    const lines = () => {
      writeFileSync(join(home, 'rows.jsonl'), '{"id": 1, "value": "a"}\n{"id": 3}\n{"id": 2}\n');
      return { path: join(home, 'rows.jsonl'), without_empty_batch: true };
    };

    it('that stands in the checkout, in a project or anywhere', async () => {
      const core = install('lines', join(checkout.sources, 'lines'));
      const project = install('lines', join(home, 'project/data_integrations/sources/lines'));
      const standalone = install('lines', join(home, 'elsewhere/sources/lines_two'));
      for (const [layout, folder] of [
        ['core', core],
        ['project', project],
        ['standalone', standalone],
      ] as const) {
        const connector = new Connector({ checkout, folder, layout, config: lines() });
        assert.deepEqual(
          (await connector.catalog()).streams.map(stream => stream.tap_stream_id),
          ['rows'],
        );
      }
    });

    it('and takes its output apart', async () => {
      const connector = new Connector({ checkout, folder: join(CONNECTORS, 'lines'), config: lines() });
      const catalog = selectAll(await connector.catalog(), {
        replicationMethod: 'INCREMENTAL',
        bookmarkProperties: ['id'],
      });
      const { exitCode, messages, logs, stray, error } = await connector.run({
        catalog,
        state: { bookmarks: {} },
        query: { _limit: 5 },
      });
      assert.equal(exitCode, 0);
      assert.deepEqual(
        messages.map(message => message.type),
        ['SCHEMA', 'RECORD', 'STATE', 'RECORD', 'STATE', 'RECORD', 'STATE'],
      );
      assert.deepEqual(messages.at(-1)?.value, { bookmarks: { rows: { id: 2 } } });
      assert.deepEqual(logs.find(log => log.message === 'Reading.')?.tags.query, { _limit: 5 });
      assert.deepEqual([stray, error], [[], undefined]);
    });

    it('for a sample', async () => {
      const connector = new Connector({ checkout, folder: join(CONNECTORS, 'lines'), config: lines() });
      assert.deepEqual(sampledRows(await connector.sample(['rows'])), {
        rows: [
          { id: 1, value: 'a' },
          { id: 3, value: null },
        ],
      });
    });

    it('and shows its error with the secrets masked', async () => {
      const config = { password: 'very secret', user: 'me' };
      const failed = await new Connector({
        checkout,
        folder: join(CONNECTORS, 'misbehaving'),
        config,
      }).testConnection();
      assert.equal(failed.exitCode, 1);
      assert.equal(failed.error, 'wrong password very secret, user me');
      assert.equal(failed.shownError, 'wrong password ***********, user me');
    });

    it('and ends it after its time', async () => {
      const finished = await run('sleep', ['20'], { timeLimit: 50 });
      assert.deepEqual([finished.timedOut, finished.exitCode], [true, null]);
    });
  });

  describe('lists a source', () => {
    const register = (entry: string) => {
      const path = join(checkout.root, 'mage_ai/data_integrations/sources/constants.py');
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace('SOURCES = sorted([\n', `SOURCES = sorted([\n    ${entry},\n`),
      );
    };

    it('by its class, quickly', async () => {
      install('lines', join(checkout.sources, 'lines'));
      register(`dict(name='Lines')`);
      const listed = await listing(checkout, 'lines');
      assert.deepEqual(listed, {
        name: 'Lines',
        uuid: 'lines',
        docs: '# lines\n',
        templates: { config: { path: '', batch: null } },
        fast: true,
        sql: false,
      });
    });

    it('whose class has another name, slowly', async () => {
      install('people_api', join(checkout.sources, 'people'));
      register(`dict(name='People')`);
      const listed = await listing(checkout, 'people');
      assert.deepEqual([listed?.fast, listed?.templates], [false, { config: { base_url: '', access_token: '' } }]);
    });

    it('not, where it is not registered or its module is broken', async () => {
      register(`dict(name='Lines')`);
      mkdirSync(join(checkout.sources, 'lines'));
      writeFileSync(join(checkout.sources, 'lines/__init__.py'), 'import no_such_module\n');
      assert.equal(await listing(checkout, 'lines'), undefined);
      assert.equal(await listing(checkout, 'people_api'), undefined);
    });

    it('of a project', async () => {
      const project = join(home, 'project');
      install('people_api', join(project, 'data_integrations/sources/people'));
      const metadata = join(project, 'data_integrations/sources/metadata.yaml');
      writeFileSync(metadata, 'sources:\n- name: People\n  module_name: PeopleApi\n');
      const listed = await listing(checkout, 'people', project);
      assert.deepEqual([listed?.name, listed?.docs], ['People', '# people_api\n']);
      assert.equal(await listing(checkout, 'other', project), undefined);
    });
  });

  it("writes nothing into Mage's own checkout", async function () {
    const real = realCheckouts();
    if (!real) return skipFor(this, 'no real checkout');
    const linked = workspaceCheckout(join(home, 'linked'), {
      writable: ['mage_integrations/mage_integrations/sources/titanic'],
    });
    for (const path of ['docs/docs.json', 'mage_integrations/mage_integrations/sources/titanic/README.md']) {
      const original: string = readFileSync(join(real.mage, path), 'utf8');
      writeFileSync(join(linked.root, path), 'changed');
      assert.equal(readFileSync(join(real.mage, path), 'utf8'), original);
    }
    install('lines', join(linked.sources, 'lines'));
    assert.ok(!existsSync(join(real.mage, 'mage_integrations/mage_integrations/sources/lines')));
  });

  it("finds what flake8 finds with Mage's settings", async () => {
    writeFileSync(join(home, 'x.py'), `import os\nx = "${'y'.repeat(100)}"\n`);
    assert.deepEqual(
      (await flake8(join(home, 'x.py'))).map(problem => problem.match(/[EF]\d+/)?.[0]),
      ['F401', 'E501'],
    );
    assert.deepEqual(await flake8(CONNECTORS), []);
    assert.deepEqual(await flake8(join(ROOT, 'test/double')), []);
  });

  it('makes a PostgreSQL database and drops it', async function () {
    const database = await createDatabase();
    if ('missing' in database) return skipFor(this, database.missing);
    try {
      await database.execute('CREATE TABLE a (b INT); INSERT INTO a VALUES (1);');
      await assert.rejects(database.execute('SELECT * FROM nothing'), /nothing/);
    } finally {
      await database.drop();
    }
    await assert.rejects(database.execute('SELECT 1'), /does not exist/);
  });

  it("says why Mage's checkouts can't be used", () => {
    const script = (...args: string[]) =>
      spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts/test-mage.ts'), ...args], {
        cwd: ROOT,
        encoding: 'utf8',
      });
    const { status, stderr } = script('--mage', home);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /2 problems:[\s\S]*--mage: .* is not a checkout of mage-ai[\s\S]*--singer: the folder is missing/,
    );
    assert.match(script('--magic').stderr, /--magic/);
  });
});
