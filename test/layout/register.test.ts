import assert from 'node:assert/strict';
import type { Exists, Layout } from '../../src/mage/layout.ts';
import { layoutOf } from '../../src/mage/registry.ts';
import type { Registration } from '../../src/mage/source.ts';
import { CORE, PROJECT, registration, STANDALONE } from './registration.ts';

describe('the registration in a layout', () => {
  const everything = () => true;
  const edits = (layout: Layout, source: Registration, exists: Exists = everything) =>
    layoutOf(layout.kind).registration(source, exists);
  const page = (layout: Layout, source: Registration, exists: Exists) => layoutOf(layout.kind).page(source, exists);
  const paths = (...input: Parameters<typeof edits>) => edits(...input).map(({ path }) => path);

  it('lists all places of a checkout', () => {
    assert.deepEqual(paths(CORE, registration({ pythonPackages: ['duckdb'] }), everything), [
      'mage_ai/data_integrations/sources/constants.py',
      'mage_integrations/requirements.txt',
      'docs/docs.json',
      'docs/data-integrations/overview.mdx',
    ]);
  });

  it('leaves out what a checkout lacks of the documentation, and requirements if there are none', () => {
    const list = 'mage_ai/data_integrations/sources/constants.py';
    assert.deepEqual(
      paths(CORE, registration(), () => false),
      [list],
    );
    const withoutOverview = paths(CORE, registration(), path => !path.endsWith('overview.mdx'));
    assert.deepEqual(withoutOverview, [list, 'docs/docs.json']);
  });

  it('has a page for a checkout with documentation, and for nothing else', () => {
    const found = page(CORE, registration(), everything);
    assert.equal(found?.path, 'docs/data-integrations/sources/acme_crm.mdx');
    assert.match(found.text, /^---\ntitle: "Acme CRM"/);
    assert.equal(
      page(CORE, registration(), () => false),
      undefined,
    );
    assert.equal(page(PROJECT, registration(), everything), undefined);
    assert.equal(page(STANDALONE, registration(), everything), undefined);
  });

  it('lists those of a project, which may all be missing, and none of a standalone connector', () => {
    assert.deepEqual(
      edits(PROJECT, registration({ pythonPackages: ['duckdb>=1'] })).map(({ path, create, transform }) => [
        path,
        create,
        transform(undefined),
      ]),
      [
        ['data_integrations/sources/metadata.yaml', true, 'sources:\n- name: Acme CRM\n'],
        ['requirements.txt', true, 'duckdb>=1\n'],
      ],
    );
    assert.deepEqual(edits(STANDALONE, registration({ pythonPackages: ['duckdb'] })), []);
  });
});
