import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { airtable } from '../api/rebuilt/airtable.ts';
import { github } from '../api/rebuilt/github.ts';
import { googleSheets } from '../api/rebuilt/google-sheets.ts';
import { hubspot } from '../api/rebuilt/hubspot.ts';
import { jira } from '../api/rebuilt/jira.ts';
import { microsoftGraph } from '../api/rebuilt/microsoft-graph.ts';
import { answersOf, type Rebuilt, serve } from '../api/rebuilt/rebuilt.ts';
import { salesforce } from '../api/rebuilt/salesforce.ts';
import { secEdgar } from '../api/rebuilt/sec-edgar.ts';
import { shopify } from '../api/rebuilt/shopify.ts';
import { slack } from '../api/rebuilt/slack.ts';
import { stripe } from '../api/rebuilt/stripe.ts';
import { woocommerce } from '../api/rebuilt/woocommerce.ts';
import { zendesk } from '../api/rebuilt/zendesk.ts';
import { exampleFiles, startExample } from '../examples/running.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { serve as serveAnswers } from '../framework/http.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { generate, temporaryFolder } from '../support/generate.ts';
import { packagedPython, verifyUnder } from './verified.ts';

const REBUILT: Readonly<Record<string, () => Rebuilt>> = {
  airtable,
  github,
  'google-sheets': googleSheets,
  hubspot,
  jira,
  'microsoft-graph': microsoftGraph,
  salesforce,
  'sec-edgar': secEdgar,
  shopify,
  slack,
  stripe,
  woocommerce,
  zendesk,
};

/** What a saved query without a key is told. */
const NO_KEY = 'note turnover, discovery: has no key: each run appends what it reads';

describe('verify of sound connectors', function () {
  this.timeout(120_000);
  needsPython();

  /** What is found in a connector of answers. */
  async function found(kind: 'api' | 'sql' | 'file', answers: object, config: object): Promise<string[]> {
    const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    const python = await packagedPython(checkout);
    const { folder, model } = await generate(kind, { ...answers, layout: 'core' }, { cwd: checkout.root });
    const file = join(temporaryFolder(), 'config.json');
    const names = model.config.map(each => each.name);
    const configText = JSON.stringify(
      Object.fromEntries(Object.entries(config).filter(([key]) => names.includes(key))),
    );
    writeFileSync(file, configText);
    const job = { config: file, configText, isSql: kind === 'sql' };
    const [{ findings, streams }] = await verifyUnder(checkout, python, folder, job);
    assert.ok(streams.some(({ records }) => records > 0) || findings.length > 0, 'it gave no records');
    return findings.map(({ is, stream, step, what }) => `${is} ${stream}, ${step}: ${what}`);
  }

  for (const name of exampleFiles)
    it(`finds nothing in examples/${name}`, async function () {
      const running = await startExample(name);
      if ('missing' in running) return skipFor(this, running.missing);
      try {
        const expected = name === 'sql-queries.yaml' ? [NO_KEY] : [];
        assert.deepEqual(await found(running.kind, running.answers, running.config), expected);
      } finally {
        await running.stop();
      }
    });

  for (const [name, rebuild] of Object.entries(REBUILT))
    it(`finds nothing in examples/apis/${name}.yaml, against that API rebuilt`, async () => {
      const api = rebuild();
      const server = await serve(api);
      try {
        const config = { ...api.config, port: server.port };
        const told = await found('api', { name: `Acme ${name}`, ...answersOf(name) }, config);
        // Bookmarks that are the moment of a run have no records of their own, and one table is empty.
        assert.deepEqual(name === 'airtable' ? told.filter(line => !line.startsWith('note ')) : told, []);
      } finally {
        await server.close();
      }
    });

  it('finds no fault where an API says by a status that there are no records', async () => {
    const server = await serveAnswers(({ pathname }) =>
      pathname === '/days' ? { status: 404 } : { body: [{ id: 1 }, { id: 2 }] },
    );
    const schema = { properties: { id: 'integer' } };
    const stream = (name: string, more: object) => ({
      name,
      path: `/${name}`,
      key_properties: ['id'],
      schema,
      ...more,
    });
    try {
      const given = { name: 'Acme Days', base_url: server.url };
      for (const more of [{ empty_statuses: [404] }, { errors: [{ status: 404, do: 'empty' }] }]) {
        const streams = [stream('items', {}), stream('days', more)];
        assert.deepEqual(await found('api', { ...given, streams }, {}), ['note days, first run: gave no records']);
      }
    } finally {
      await server.close();
    }
  });

  it('finds nothing where a stream looks back, or keeps days without hyphens as moments', async () => {
    const days = ['2024-01-01', '2024-01-04', '2024-01-05', '2024-01-06'];
    const server = await serveAnswers(({ pathname, searchParams }) => {
      const since = (searchParams.get('from') ?? '').slice(0, 10);
      const found = days.filter(day => day >= since);
      const write = (day: string) => (pathname === '/plain' ? day.replaceAll('-', '') : `${day}T00:00:00Z`);
      return { body: found.map((day, index) => ({ id: `${day} ${index}`, at: write(day) })) };
    });
    const stream = (name: string, at: string, more: object) => ({
      name,
      path: `/${name}`,
      key_properties: ['id'],
      replication_key: 'at',
      params: { from: '{since:date}' },
      schema: { properties: { id: 'string', at } },
      ...more,
    });
    const streams = [
      stream('late', 'date-time', { lookback_seconds: 6 * 86_400 }),
      stream('plain', 'string', { value_format: '%Y%m%d' }),
    ];
    try {
      assert.deepEqual(await found('api', { name: 'Acme Late', base_url: server.url, streams }, {}), []);
    } finally {
      await server.close();
    }
  });
});
