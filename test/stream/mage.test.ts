import assert from 'node:assert/strict';
import { join } from 'node:path';
import { planRemoval, planStreams } from '../../src/streams/plan.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector, sampledRows } from '../framework/connector.ts';
import { needsRealMage } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { assertOnlyAdded } from './added.ts';
import { add, planFor, refunds, tree, write } from './connectors.ts';
import { records, WITH_REGISTRY } from './mage-apis.ts';
import { findings, names } from './mage-looks.ts';

const SOURCES = 'mage_integrations/mage_integrations/sources';

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

  for (const [uuid, { config, records_path, answer, before: first = [] }] of Object.entries(WITH_REGISTRY)) {
    for (const more of [{}, { replication_key: 'updated_at' }]) {
      const name = 'replication_key' in more ? 'payouts' : 'refunds';
      const answers = { ...refunds, name, path: `/${name}`, records_path: records_path?.(name), ...more };
      it(`${uuid} takes ${name}, and reads it from its API`, async () => {
        const folder = join(checkout.sources, uuid);
        const connector = new Connector({ checkout, folder, config, answers: [...first, ['', answer(name)]] });
        const [files, found, streams] = [tree(folder), await findings(folder), await names(connector)];
        const { byHand } = await add(folder, [answers]);
        assert.deepEqual(byHand, []);
        assert.deepEqual(await names(connector), [...streams, name].sort());
        const after = tree(folder);
        for (const [path, text] of Object.entries(files)) assertOnlyAdded(text, after[path] ?? '');
        assert.deepEqual(await findings(folder), found);
        assert.deepEqual(sampledRows(await connector.sample([name])), { [name]: records });
        const { changes } = await planFor(folder, [answers]);
        assert.deepEqual(
          changes.filter(({ before, content }) => before !== content),
          [],
        );
        write(planRemoval(folder, name, false));
        assert.deepEqual(tree(folder), files);
      });
    }
  }

  for (const uuid of BY_HAND)
    it(`${uuid} gets a schema, and a list of what is to be done by hand`, async () => {
      const folder = join(checkout.sources, uuid);
      const { changes, byHand } = await planFor(folder, [refunds]);
      assert.deepEqual(
        changes.map(({ path }) => /\/(?:schemas\/refunds|refunds\.schema)\.json$/.test(path)),
        [true],
      );
      assert.match(byHand.join('\n'), /refunds can't be finished[\s\S]*refunds/);
    });

  for (const uuid of ['amplitude', 'outreach'])
    it(`${uuid} discovers what it did before, while there is something left to do by hand`, async () => {
      const folder = join(checkout.sources, uuid);
      const connector = new Connector({ checkout, folder, config: { api_key: 'key', secret_key: 'secret' } });
      const before = await names(connector);
      const { byHand } = await add(folder, [refunds]);
      assert.deepEqual(await names(connector), before);
      assert.match(byHand.at(-1) ?? '', /\n {4}mv refunds\.schema\.json (?:tap_\w+\/)?schemas\/refunds\.json\n/);
    });

  for (const uuid of AT_RUN_TIME)
    it(`${uuid} is refused, since it discovers its streams`, async () => {
      const folder = join(checkout.sources, uuid);
      const input = { folder, name: 'refunds', flags: {}, cwd: folder, document: undefined };
      await assert.rejects(planStreams(input, undefined), /keeps no schemas of streams: its source .*nothing to add/);
    });
});
