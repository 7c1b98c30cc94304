import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { createDatabase, type Database } from '../framework/databases.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { skipFor } from '../framework/needs.ts';
import { run } from '../framework/process.ts';
import type { MageServer } from './mage-server.ts';
import { browserPath, type MagePage, openBrowser } from './page.ts';
import { container, installed, type MageWithConnector, verify } from './place.ts';

const { MAGE_SERVER: python, MAGE_PORT: port = '6789' } = process.env;
const WANTED = 'npm run test:server -- --mage DIR --singer DIR drives Mage itself, in a browser';

const answers = {
  kind: 'api',
  name: 'Tea Shop',
  description: 'Orders of a tea shop.',
  base_url: 'http://{host}',
  config: [{ name: 'host', description: 'Where the shop is' }],
  auth: { type: 'bearer' },
  streams: [
    {
      name: 'orders',
      path: '/orders',
      records_path: 'data',
      key_properties: ['id'],
      replication_key: 'updated_at',
      bookmark_param: 'since',
      schema: { properties: { id: 'integer', tea: 'string', updated_at: 'date-time' } },
    },
  ],
};

interface Order {
  readonly id: number;
  readonly tea: string;
  readonly updated_at: string;
}

for (const place of [installed(python ?? ''), container])
  describe(`Mage ${place.title}, with a connector in it`, function () {
    this.timeout(600_000);
    this.bail(true);
    let orders: Order[] = [
      { id: 1, tea: 'Assam', updated_at: '2024-01-01T00:00:00Z' },
      { id: 2, tea: 'Sencha', updated_at: '2024-01-02T00:00:00Z' },
    ];
    let [shop, database, opened, page] = [] as unknown as [TestServer, Database, MageWithConnector, MagePage];
    let mage: MageServer;

    before('Mage, its page and a shop', async function () {
      if (python === undefined) return skipFor(this, WANTED);
      const browser = browserPath();
      if (browser === undefined) return skipFor(this, 'there is no Chromium; CHROME says where it is');
      const missing = await place.missing();
      if (missing !== undefined) return skipFor(this, missing);
      const made = await createDatabase();
      if ('missing' in made) return skipFor(this, made.missing);
      database = made;
      shop = await serve((url, { headers }) => {
        if (headers.authorization !== 'Bearer a-secret') return { status: 401, body: { error: 'who are you?' } };
        const since = url.searchParams.get('since') ?? '';
        return { body: { data: orders.filter(({ updated_at }) => updated_at >= since) } };
      });
      opened = await place.open(answers, Number(port));
      mage = opened.mage;
      page = await openBrowser(browser, mage.url);
    });

    after('what was made goes', async () => {
      await page?.close();
      await opened?.close();
      await shop?.close();
      await database?.drop();
    });

    it('works, as verify says', async () => {
      const said = await verify(opened, { host: shop.url.replace('http://', ''), access_token: 'a-secret' });
      assert.match(said, /^tea_shop works\.$/m);
      assert.match(said, /orders +INCREMENTAL +2 +1 +1$/m);
    });

    it('has it in the list, with the keys of its configuration', async () => {
      await mage.ask('POST', '/pipelines', { pipeline: { name: 'tea', type: 'integration' } });
      await page.open('/pipelines/tea/edit');
      await page.choose('Tea Shop', 'Select source');
      await page.click('Save and add');
      await page.sees('access_token');
      await page.sees('host');
      await page.picture('1-source');
    });

    it('connects', async () => {
      await page.write(`host: ${shop.url.replace('http://', '')}\naccess_token: a-secret\n`);
      await page.click('Test connection');
      await page.sees('Connected successfully!');
      await page.picture('2-connected');
    });

    it('shows its streams, of which one is selected', async () => {
      await page.click('View and select streams');
      await page.tick('orders');
      await page.picture('3-streams');
      await page.click('Confirm 1 streams');
      await page.sees('updated_at');
      await page.picture('4-stream');
    });

    it('shows a sample of it', async () => {
      await page.click('Load sample data');
      await page.sees('Sencha');
      await page.picture('5-sample');
    });

    it('runs it into PostgreSQL by its scheduler, and then what is new', async () => {
      await page.open('/pipelines/tea/edit');
      await page.choose('PostgreSQL', 'Select destination');
      await page.click('Save and add');
      await page.sees('username');
      await page.write(stringify({ ...database.config, schema: 'tea' }));
      await page.picture('6-destination');
      await runOnce(mage, page, 1);
      assert.deepEqual(await rows(database), '1 Assam, 2 Sencha');
      orders = [{ id: 1, tea: 'Darjeeling', updated_at: '2024-02-01T00:00:00Z' }, ...orders.slice(1)];
      orders.push({ id: 3, tea: 'Rooibos', updated_at: '2024-02-02T00:00:00Z' });
      const before = shop.requests.length;
      await runOnce(mage, page, 2);
      assert.deepEqual(await rows(database), '1 Darjeeling, 2 Sencha, 3 Rooibos');
      const sinces = shop.requests.slice(before).map(({ url }) => new URL(url, shop.url).searchParams.get('since'));
      assert.ok(
        sinces.some(since => since?.startsWith('2024-01-0')),
        String(sinces),
      );
      await page.open('/pipelines/tea/runs');
      await page.sees('Completed');
      await page.picture('7-runs');
    });
  });

/** Has the scheduler run the pipeline once, as its page does, and waits for the end of the run with that number. */
async function runOnce(mage: MageServer, page: MagePage, number: number): Promise<void> {
  await page.open('/pipelines/tea/triggers');
  await page.click('Run@once');
  await page.click('Run now');
  for (let tries = 0; tries < 120; tries++) {
    await sleep(2000);
    const { pipeline_runs: runs } = (await mage.ask('GET', '/pipeline_runs?pipeline_uuid=tea')) as never as {
      pipeline_runs: { status: string }[];
    };
    if (runs.filter(({ status }) => status === 'completed').length === number) return;
    if (runs.some(({ status }) => status === 'failed')) break;
  }
  throw new Error(`run ${number} was not completed: ${JSON.stringify(await mage.ask('GET', '/pipeline_runs'))}`);
}

/** What the destination's table has, in the order of its key. */
async function rows({ config }: Database): Promise<string> {
  const sql = "SELECT string_agg(id || ' ' || tea, ', ' ORDER BY id) FROM tea.orders";
  const script =
    'import sys, psycopg2\nprint((lambda c: (c.execute(sys.argv[2]), c.fetchone()[0])[1])(psycopg2.connect(sys.argv[1]).cursor()))';
  const { database: name, host, port: at, username, password } = config;
  const to = `dbname=${name} host=${host} port=${at} user=${username} password='${password}'`;
  const { stdout, stderr } = await run(join(python ?? '', 'bin/python'), ['-c', script, to, sql], {});
  assert.equal(stderr, '');
  return stdout.trim();
}
