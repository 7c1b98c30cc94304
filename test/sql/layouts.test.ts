import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { listing } from '../framework/listing.ts';
import { needsPython } from '../framework/needs.ts';
import { generate, plan } from '../support/generate.ts';
import { assertGolden } from '../support/golden.ts';
import { executeInSqlite, outline } from './support.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/** Those with an example; the others share a module with one of them. */
const EXAMPLE_DIALECTS = [
  'postgresql',
  'mysql',
  'sqlite',
  'duckdb',
  'mssql',
  'oracle',
  'snowflake',
  'redshift',
  'clickhouse',
  'trino',
  'generic',
];

/** The examples of them, and those of saved queries and of an SSH tunnel. */
const EXAMPLE_NAMES = [...EXAMPLE_DIALECTS, 'queries', 'ssh'];

describe('a generated SQL connector in each layout', function () {
  this.timeout(60_000);
  needsPython('test');
  needsPython();
  let home: string;
  let checkout: Checkout;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'layouts-'));
    checkout = workspaceCheckout(join(home, 'mage-ai'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  /** The folder in which the generator finds that layout. */
  const rootOf = (layout: string) => {
    if (layout === 'core') return checkout.root;
    const root = join(home, layout);
    mkdirSync(join(root, 'data_loaders'), { recursive: true });
    if (layout === 'project')
      for (const name of ['metadata.yaml', 'io_config.yaml']) writeFileSync(join(root, name), '');
    return root;
  };

  for (const name of EXAMPLE_NAMES) {
    it(`${name}: is written as the golden files show`, async () => {
      const { folder, model } = await generate('sql', join(EXAMPLES, `sql-${name}.yaml`), {
        options: { layout: 'standalone' },
      });
      assertGolden(folder, `sql/${model.uuid}`);
    });
  }

  for (const layout of ['core', 'project', 'standalone'] as const) {
    for (const name of EXAMPLE_NAMES) {
      const example = join(EXAMPLES, `sql-${name}.yaml`);

      it(`${layout}, ${name}: is listed by Mage, is clean, and a second run changes nothing`, async () => {
        const root = rootOf(layout);
        const { model, folder } = await generate('sql', example, { cwd: root });
        assert.equal(model.layout.kind, layout);
        assert.deepEqual(await flake8(folder), []);
        const again = await plan('sql', example, { cwd: root });
        assert.deepEqual(
          again.changes.filter(({ before, content }) => before !== content),
          [],
        );
        if (layout === 'standalone') return;
        const listed = await listing(checkout, model.uuid, layout === 'project' ? root : undefined);
        assert.equal(listed?.name, model.name);
        assert.equal(listed.fast, true);
        assert.match(listed.docs, /## Configuration/);
        assert.deepEqual(
          Object.keys(listed.templates.config ?? {}),
          model.config.map(({ name }) => name),
        );
        if (layout === 'core') assert.equal(listed.sql, true);
      });
    }

    it(`${layout}: runs where it stands`, async () => {
      const path = join(home, 'shop.db');
      await executeInSqlite(path, 'CREATE TABLE orders (id INTEGER PRIMARY KEY, total DECIMAL(10, 2) NOT NULL)');
      const root = rootOf(layout);
      const { folder } = await generate('sql', join(EXAMPLES, 'sql-sqlite.yaml'), { cwd: root });
      const connector = new Connector({ checkout, folder, layout, config: { path: 'shop.db' }, cwd: home });
      assert.deepEqual(outline(await connector.catalog()), {
        orders: { columns: { id: 'integer', total: 'number?' }, primary: ['id'], unique: ['id'] },
      });
    });
  }
});
