import assert from 'node:assert/strict';
import { join } from 'node:path';
import { planRemoval, planStreams } from '../../generators/stream/plan.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsRealMage } from '../framework/needs.ts';
import { readAnswer } from '../framework/output.ts';
import { run } from '../framework/process.ts';
import { pythonFor, withPythonPath } from '../framework/python.ts';
import { temporaryFolder } from '../support/generate.ts';
import { assertOnlyAdded } from './added.ts';
import { add, planFor, refunds, tree, write } from './connectors.ts';

const SOURCES = 'mage_integrations/mage_integrations/sources';

/** Mage's own connectors with a registry to add to, the configuration that their discovery reads, and where records are. */
const WITH_REGISTRY: Readonly<
  Record<string, { readonly config?: Record<string, unknown>; readonly records_path?: string }>
> = {
  paystack: { config: { api_secret: 'secret' } },
  // Discovery asks the API which plan the account has, or the constructor logs in: imported and listed, that is all.
  chargebee: {},
  commercetools: {},
  front: { config: { api_key: 'key' } },
  datadog: { config: { api_key: 'key', application_key: 'key' }, records_path: 'data' },
  intercom: { config: { access_token: 'token' }, records_path: 'data' },
  mode: { config: { access_token: 'token', password: 'secret', workspace: 'acme' }, records_path: '_embedded.refunds' },
  tableau: { config: { access_token: 'token' }, records_path: 'refunds.refund' },
  knowi: { config: { access_token: 'token' }, records_path: 'list' },
  powerbi: { config: { access_token: 'token' }, records_path: 'value' },
  monday: { config: { api_token: 'token' }, records_path: 'data.refunds' },
};

const BY_HAND =
  'github twitter_ads zendesk google_search_console hubspot linkedin_ads outreach postmark facebook_ads freshdesk pipedrive stripe google_ads amplitude titanic'.split(
    ' ',
  );

const AT_RUN_TIME =
  'bigquery couchbase doris dremio mssql mysql oracledb postgresql redshift snowflake teradata mongodb salesforce sftp airtable amazon_s3 api azure_blob_storage dynamodb google_analytics google_cloud_storage google_sheets'.split(
    ' ',
  );

describe("stream on Mage's own connectors", function () {
  this.timeout(120_000);
  needsRealMage();
  let checkout: Checkout;
  before(() => {
    const writable = [...Object.keys(WITH_REGISTRY), ...BY_HAND].map(uuid => `${SOURCES}/${uuid}`);
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'), { writable });
  });

  const names = async (connector: Connector) => {
    const found = readAnswer(await connector.discoverStreams()) as { tap_stream_id: string }[];
    return found.map(stream => stream.tap_stream_id).sort();
  };
  /** The streams of a source that can't be constructed without its API: those of the registry that it imports. */
  const registered = async (uuid: string) => {
    const python = await pythonFor(checkout.packages);
    if ('missing' in python) throw new Error(python.missing);
    const env = withPythonPath(python.env, [checkout.singer, join(checkout.root, 'mage_integrations')]);
    const script = `import json\nfrom mage_integrations.sources.${uuid} import STREAMS\nprint(json.dumps(sorted(STREAMS)))`;
    const { stdout, stderr } = await run(python.command, ['-c', script], { env });
    assert.equal(stderr, '');
    return JSON.parse(stdout) as string[];
  };
  const findings = async (folder: string) => [
    ...new Set((await flake8(folder)).map(line => line.replace(/:\d+:\d+:/, '').replace(folder, ''))),
  ];

  for (const [uuid, { config, records_path }] of Object.entries(WITH_REGISTRY)) {
    for (const more of [{}, { replication_key: 'updated_at' }]) {
      const answers = { ...refunds, name: 'replication_key' in more ? 'payouts' : 'refunds', records_path, ...more };
      it(`${uuid} takes ${answers.name}`, async () => {
        const folder = join(checkout.sources, uuid);
        const connector = new Connector({ checkout, folder, config });
        const [files, found] = [tree(folder), await findings(folder)];
        const listed = () => (config ? names(connector) : registered(uuid));
        const streams = await listed();
        const { byHand } = await add(folder, [answers]);
        assert.deepEqual(byHand, []);
        assert.deepEqual(await listed(), [...streams, answers.name].sort());
        const after = tree(folder);
        for (const [path, text] of Object.entries(files)) assertOnlyAdded(text, after[path] ?? '');
        assert.deepEqual(await findings(folder), found);
        const { changes } = await planFor(folder, [answers]);
        assert.deepEqual(
          changes.filter(({ before, content }) => before !== content),
          [],
        );
        write(planRemoval(folder, answers.name, false));
        assert.deepEqual(tree(folder), files);
      });
    }
  }

  for (const uuid of BY_HAND)
    it(`${uuid} gets a schema, and a list of what is to be done by hand`, async () => {
      const folder = join(checkout.sources, uuid);
      const { changes, byHand } = await planFor(folder, [refunds]);
      assert.deepEqual(
        changes.map(({ path }) => /schemas\/refunds\.json$/.test(path)),
        [true],
      );
      assert.match(byHand.join('\n'), /refunds can't be finished[\s\S]*refunds/);
    });

  for (const uuid of AT_RUN_TIME)
    it(`${uuid} is refused, since it discovers its streams`, async () => {
      const folder = join(checkout.sources, uuid);
      const input = { folder, name: 'refunds', flags: {}, cwd: folder, document: undefined };
      await assert.rejects(planStreams(input, undefined), /keeps no schemas of streams: its source .*nothing to add/);
    });
});
