import assert from 'node:assert/strict';
import { omit } from 'lodash-es';
import { selectAll } from '../../framework/catalog.ts';
import { flake8 } from '../../framework/flake8.ts';
import { needsPython } from '../../framework/needs.ts';
import type { Outcome } from '../../framework/output.ts';
import { testFolder, testModule, unittest } from '../../framework/unittest.ts';
import { type Built, connectorOf, records } from '../support.ts';
import { airtable } from './airtable.ts';
import { amplitude } from './amplitude.ts';
import { github } from './github.ts';
import { googleSheets } from './google-sheets.ts';
import { hubspot } from './hubspot.ts';
import { jira } from './jira.ts';
import { klaviyo } from './klaviyo.ts';
import { microsoftGraph } from './microsoft-graph.ts';
import { quickbooks } from './quickbooks.ts';
import { answersOf, isForToken, type Rebuilt, serve } from './rebuilt.ts';
import { salesforce } from './salesforce.ts';
import { secEdgar } from './sec-edgar.ts';
import { shopify } from './shopify.ts';
import { slack } from './slack.ts';
import { stripe } from './stripe.ts';
import { twilio } from './twilio.ts';
import { woocommerce } from './woocommerce.ts';
import { xero } from './xero.ts';
import { zendesk } from './zendesk.ts';

const APIS: Readonly<Record<string, () => Rebuilt>> = {
  airtable,
  amplitude,
  github,
  'google-sheets': googleSheets,
  hubspot,
  jira,
  klaviyo,
  'microsoft-graph': microsoftGraph,
  quickbooks,
  salesforce,
  'sec-edgar': secEdgar,
  shopify,
  slack,
  stripe,
  twilio,
  woocommerce,
  xero,
  zendesk,
};

/** The bookmarks of all streams: Mage keeps those of each by themselves. */
const stateOf = ({ messages }: Outcome) => ({
  bookmarks: Object.assign({}, ...messages.flatMap(({ type, value }) => (type === 'STATE' ? value?.bookmarks : []))),
});

for (const [name, rebuild] of Object.entries(APIS)) {
  describe(`examples/apis/${name}.yaml, against that API rebuilt`, function () {
    this.timeout(120_000);
    needsPython();
    let built: Built;
    let api: Rebuilt;
    let server: Awaited<ReturnType<typeof serve>>;
    let keys: Readonly<Record<string, readonly string[]>>;

    before(async () => {
      const answers = answersOf(name);
      const streams = answers.streams as { name: string; key_properties: string[] }[];
      const own = Object.fromEntries(streams.map(stream => [stream.name, stream.key_properties]));
      const { found = {} } = rebuild();
      const made = Object.entries(found).map(([stream, by]) => [stream, own[by] as string[]] as const);
      keys = { ...omit(own, Object.values(found)), ...Object.fromEntries(made) };
      built = await connectorOf(answers);
    });
    beforeEach(async () => {
      api = rebuild();
      server = await serve(api);
    });
    afterEach(() => server.close());

    const over = (config: object = {}) => built.connector.with({ ...api.config, port: server.port, ...config });
    const read = (outcome: Outcome) =>
      Object.fromEntries(
        Object.entries(keys).map(([stream, columns]) => [
          stream,
          records(outcome, stream).map(record => columns.map(column => record[column]).join('/')),
        ]),
      );

    it('is clean, and its own tests pass', async () => {
      const { checkout, generated } = built;
      const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
      assert.ok(passed, report);
      assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    });

    it('is read whole, then what is new, with its children, and breaks no rule', async () => {
      const tested = await over().testConnection();
      assert.equal(tested.exitCode, 0, tested.error);
      const catalog = selectAll(await over().catalog());
      const one = await over().run({ catalog });
      assert.equal(one.exitCode, 0, one.error);
      assert.deepEqual(read(one), api.first);
      api.change();
      const two = await over().run({ catalog, state: stateOf(one) });
      assert.equal(two.exitCode, 0, two.error);
      assert.deepEqual(read(two), api.second);
      assert.deepEqual(server.refusals, []);
    });

    it('is read whole where it is busy for a while', async () => {
      const catalog = selectAll(await over().catalog());
      server.instead.push(...api.busy);
      const outcome = await over().run({ catalog });
      assert.equal(outcome.exitCode, 0, outcome.error);
      assert.deepEqual(read(outcome), api.first);
      assert.deepEqual(server.instead, []);
    });

    it('ends a run with its own words where it answers with a failure or knows no such secret', async () => {
      const catalog = selectAll(await over().catalog());
      server.instead.push(api.fault.reply);
      const failed = await over().run({ catalog });
      assert.equal(failed.exitCode, 1);
      assert.match(String(failed.error), api.fault.message);
      const refused = await over({ [api.secret]: 'not-the-secret' }).run({ catalog });
      assert.equal(refused.exitCode, 1);
      assert.match(String(refused.error), api.refused);
      assert.doesNotMatch(String(refused.error), /not-the-secret/);
    });

    it('refuses what it has no parameter for, and whom it does not know', async () => {
      const outcome = await over().run({ catalog: selectAll(await over().catalog()) });
      assert.equal(outcome.exitCode, 0, outcome.error);
      const sent = server.seen.find(request => !isForToken(request));
      assert.ok(sent);
      const params = new URLSearchParams([...sent.params, ['unknown', '1']]);
      assert.throws(() => api.answer({ ...sent, headers: {} }), { name: 'Error' });
      assert.throws(() => api.answer({ ...sent, params }), { name: 'Error' });
    });
  });
}
