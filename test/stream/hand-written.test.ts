import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { readAnswer } from '../framework/output.ts';
import { temporaryFolder } from '../support/generate.ts';
import { assertOnlyAdded } from './added.ts';
import { add, answersFor, FORMS, type Form, place, planFor, tree } from './connectors.ts';
import { VARIANTS, type Variant } from './variants.ts';

describe('stream on hand-written connectors', () => {
  for (const form of FORMS) {
    for (const [name, variant] of Object.entries(VARIANTS)) {
      it(`only puts text into ${form} ${name}, and a second run changes nothing`, async () => {
        const folder = place(form, temporaryFolder(), variant);
        const before = tree(folder);
        const run = await add(folder, [answersFor(form)]);
        assert.deepEqual(run.byHand, []);
        const after = tree(folder);
        const unit = name === 'with a registry of one line' ? 'characters' : 'lines';
        for (const [path, text] of Object.entries(before)) assertOnlyAdded(text, after[path] ?? '', unit);
        assert.notEqual(Object.keys(after).length, Object.keys(before).length);
        const again = await planFor(folder, [answersFor(form)]);
        assert.deepEqual(
          again.changes.filter(({ before: was, content }) => was !== content),
          [],
        );
        if (name === 'with CRLF') assert.doesNotMatch(Object.values(after).join(''), /refunds[^\r\n]*[^\r]\n/i);
        if (name === 'with tabs') assert.doesNotMatch(after['streams.py'] ?? '', /^ /m);
      });
    }
  }

  describe('under the framework', function () {
    this.timeout(120_000);
    needsPython();
    let checkout: Checkout;
    before(() => {
      checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    });

    const names = async (connector: Connector) => {
      const found = readAnswer(await connector.discoverStreams()) as { tap_stream_id: string }[];
      return found.map(stream => stream.tap_stream_id).sort();
    };
    const findings = async (folder: string) => [
      ...new Set((await flake8(folder)).map(line => line.replace(/:\d+:\d+:/, '').replace(/^.*[/\\]/, ''))),
    ];

    const run =
      (form: Form, variant: Variant, more: object = {}) =>
      async () => {
        const folder = place(form, checkout.sources, variant);
        const data = temporaryFolder();
        const records = [{ id: 7, updated_at: '2024-01-01T00:00:00Z' }];
        writeFileSync(join(data, 'refunds.json'), JSON.stringify({ data: records, list: records }));
        const connector = new Connector({ checkout, folder, config: { folder: data, site: 'acme' } });
        const [before, found] = [await names(connector), await findings(folder)];
        await add(folder, [answersFor(form, more)]);
        assert.deepEqual(await names(connector), [...before, 'refunds'].sort());
        assert.deepEqual(await findings(folder), found);
        const { streams } = await connector.catalog(['refunds']);
        assert.deepEqual(
          streams.map(({ tap_stream_id }) => tap_stream_id),
          ['refunds'],
        );
        const sample = await connector.sample(['refunds']);
        assert.match(sample.stray.join('\n'), /"stream_id": "refunds".*\\"id\\": ?\{\\"0\\": ?7\}/);
      };

    for (const form of FORMS)
      it(
        `${form}: is discovered beside the others, clean, and gives its records`,
        run(form, text => text),
      );
    it(
      'tables: incremental as well',
      run('tables', text => text, { replication_key: 'updated_at' }),
    );
    it(
      'records: incremental as well',
      run('records', text => text, { replication_key: 'updated_at' }),
    );
    it('tables: built in two steps', run('tables', VARIANTS['with a registry in two steps'] as Variant));
    it('records: with entries one by one', run('records', VARIANTS['with entries one by one'] as Variant));
  });
});
