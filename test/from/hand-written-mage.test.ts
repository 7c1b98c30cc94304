import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector, sampledRows } from '../framework/connector.ts';
import { needsRealMage } from '../framework/needs.ts';
import { assertOnlyAdded } from '../stream/added.ts';
import { tree, write } from '../stream/connectors.ts';
import { records, WITH_REGISTRY } from '../stream/mage-apis.ts';
import { findings, names } from '../stream/mage-looks.ts';
import { temporaryFolder } from '../support/generate.ts';
import { moreFrom, recording } from './support.ts';

const SOURCES = 'mage_integrations/mage_integrations/sources';

describe("a description's streams in Mage's own connectors", function () {
  this.timeout(120_000);
  needsRealMage();
  let checkout: Checkout;
  before(() => {
    const writable = Object.keys(WITH_REGISTRY).map(uuid => `${SOURCES}/${uuid}`);
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'), { writable });
  });

  for (const [uuid, { base_url, config, answer, before: first = [] }] of Object.entries(WITH_REGISTRY)) {
    if (uuid === 'monday') continue;
    it(`${uuid}: one more is read from its API, and a second run changes nothing`, async () => {
      const folder = join(checkout.sources, uuid);
      const answers = [...first, ['', answer('refunds')]] as const;
      const connector = new Connector({ checkout, folder, config, answers });
      const [files, found, streams] = [tree(folder), await findings(folder), await names(connector)];
      const from = recording(`${base_url}/refunds`, answer('refunds'));
      const flags = { name: 'refunds', offline: true };
      const run = await moreFrom(from, folder, flags);
      assert.deepEqual((run.report([]).json as { by_hand: unknown }).by_hand, []);
      write(run);
      assert.deepEqual(await names(connector), [...streams, 'refunds'].sort());
      const after = tree(folder);
      for (const [path, text] of Object.entries(files)) assertOnlyAdded(text, after[path] ?? '');
      assert.deepEqual(await findings(folder), found);
      assert.deepEqual(sampledRows(await connector.sample(['refunds'])), { refunds: records });
      assert.deepEqual((await moreFrom(from, folder, flags)).changes, []);
    });
  }

  it('monday: a list of a GraphQL schema is one of its queries', async () => {
    const folder = join(checkout.sources, 'monday');
    const { config, answer } = WITH_REGISTRY.monday as (typeof WITH_REGISTRY)[string];
    const connector = new Connector({ checkout, folder, config, answers: [['', answer('refunds')]] });
    const schema = 'type Query { refunds: [Refund] } type Refund { id: Int! updated_at: String }';
    write(await moreFrom(schema, folder, { name: 'refunds', offline: true }, 'schema.graphql'));
    assert.deepEqual(sampledRows(await connector.sample(['refunds'])), { refunds: records });
    assert.match(tree(folder)['streams.py'] ?? '', /query \{\n +refunds \{\n +id\n +updated_at\n/);
  });
});
