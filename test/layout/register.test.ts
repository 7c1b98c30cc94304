import assert from 'node:assert/strict';
import { registrationEdits, sourcePage } from '../../src/mage/register.ts';
import { CORE, PROJECT, registration, STANDALONE } from './registration.ts';

describe('registrationEdits', () => {
  const everything = () => true;
  const paths = (...input: Parameters<typeof registrationEdits>) => registrationEdits(...input).map(({ path }) => path);

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
    const page = sourcePage(CORE, registration(), everything);
    assert.equal(page?.path, 'docs/data-integrations/sources/acme_crm.mdx');
    assert.match(page.text, /^---\ntitle: "Acme CRM"/);
    assert.equal(
      sourcePage(CORE, registration(), () => false),
      undefined,
    );
    assert.equal(sourcePage(PROJECT, registration(), everything), undefined);
    assert.equal(sourcePage(STANDALONE, registration(), everything), undefined);
  });

  it('lists those of a project, which may all be missing, and none of a standalone connector', () => {
    const edits = registrationEdits(PROJECT, registration({ pythonPackages: ['duckdb>=1'] }));
    assert.deepEqual(
      edits.map(({ path, create, transform }) => [path, create, transform(undefined)]),
      [
        ['data_integrations/sources/metadata.yaml', true, 'sources:\n- name: Acme CRM\n'],
        ['requirements.txt', true, 'duckdb>=1\n'],
      ],
    );
    assert.deepEqual(registrationEdits(STANDALONE, registration({ pythonPackages: ['duckdb'] })), []);
  });
});
