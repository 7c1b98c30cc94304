import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layoutOf } from '../../src/mage/registry.ts';
import { selectAll } from '../framework/catalog.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector, sampledRows } from '../framework/connector.ts';
import { assertSameUnderBoth } from '../framework/differential.ts';
import { flake8 } from '../framework/flake8.ts';
import { listing } from '../framework/listing.ts';
import { needsPython, needsRealMage, skipFor } from '../framework/needs.ts';
import { unittest } from '../framework/unittest.ts';
import { generate, plan, temporaryFolder } from '../support/generate.ts';
import { exampleFiles, type Running, startExample } from './running.ts';

const LAYOUTS = ['core', 'project', 'standalone'] as const;

for (const example of exampleFiles) {
  describe(`examples/${example}`, function () {
    this.timeout(120_000);
    needsPython();
    let running: Running;
    let home: string;
    let checkout: Checkout;

    before(async function () {
      const started = await startExample(example);
      if ('missing' in started) return skipFor(this, started.missing);
      running = started;
    });
    after(() => running?.stop());
    beforeEach(() => {
      home = temporaryFolder();
      checkout = workspaceCheckout(join(home, 'mage-ai'));
    });

    const rootOf = (layout: (typeof LAYOUTS)[number]) => {
      if (layout === 'core') return checkout.root;
      const root = join(home, layout);
      mkdirSync(join(root, 'pipelines'), { recursive: true });
      if (layout === 'project')
        for (const name of ['metadata.yaml', 'io_config.yaml']) writeFileSync(join(root, name), '');
      return root;
    };

    for (const layout of LAYOUTS) {
      it(`${layout}: is listed by its class with its form, is clean, runs, and a second time nothing changes`, async () => {
        const cwd = rootOf(layout);
        const { kind, answers, config } = running;
        const { model, folder } = await generate(kind, answers, { cwd });
        assert.equal(model.layout.kind, layout);
        assert.deepEqual(await flake8(folder), []);
        const again = await plan(kind, answers, { cwd });
        assert.deepEqual(
          again.changes.filter(({ before, content }) => before !== content).map(({ path }) => path),
          [],
        );

        if (layout !== 'standalone') {
          const listed = await listing(checkout, model.uuid, layout === 'project' ? cwd : undefined);
          assert.equal(listed?.name, model.name);
          assert.equal(listed.fast, true);
          assert.match(listed.docs, /^# .*\n[\s\S]*## Configuration/);
          assert.deepEqual(
            Object.keys(listed.templates.config ?? {}),
            model.config.map(({ name }) => name),
          );
        }

        const connector = new Connector({ checkout, folder, layout, config, cwd });
        if (kind === 'api') {
          const { module, folder: tests } = layoutOf(model.layout.kind).tests(model);
          const { passed, report } = await unittest(checkout, [`${module}.test_${model.uuid}`], [cwd]);
          assert.ok(passed, report);
          assert.deepEqual(await flake8(join(cwd, tests)), []);
        }
        const tested = await connector.testConnection();
        assert.equal(tested.exitCode, 0, tested.error);
        const catalog = await connector.catalog();
        const names = catalog.streams.map(({ tap_stream_id }) => tap_stream_id);
        assert.ok(names.length > 0);
        const sampled = await connector.sample(names);
        assert.equal(sampled.exitCode, 0, sampled.error);
        assert.deepEqual(Object.keys(sampledRows(sampled)).sort(), names.sort());
        const outcome = await connector.run({ catalog: selectAll(catalog) });
        assert.equal(outcome.exitCode, 0, outcome.error);
        const read = new Set(outcome.messages.filter(({ type }) => type === 'RECORD').map(({ stream }) => stream));
        assert.deepEqual([...read].sort(), names.sort());
      });
    }

    describe('under both frameworks', () => {
      needsRealMage();

      it('gives the same discovery, SCHEMA, RECORD and STATE lines', async () => {
        const { folder } = await generate(running.kind, running.answers, {
          cwd: home,
          options: { layout: 'standalone' },
        });
        const outcomes = await assertSameUnderBoth({ folder, config: running.config });
        assert.ok(Object.values(outcomes).every(({ exitCode }) => exitCode === 0));
      });
    });
  });
}
