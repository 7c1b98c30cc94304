import assert from 'node:assert/strict';
import { existingSource } from '../../generators/common/layout/existing.ts';
import { CORE, PROJECT, registration, STANDALONE } from './registration.ts';

const CONSTANTS = 'mage_ai/data_integrations/sources/constants.py';
const METADATA = 'data_integrations/sources/metadata.yaml';

describe('existingSource', () => {
  const find = (layout: typeof CORE, files: Record<string, string>) =>
    existingSource(layout, registration(), path => files[path]);

  it('finds nothing where nothing is, or nothing can be read', () => {
    assert.equal(find(CORE, {}), undefined);
    assert.equal(find(CORE, { [CONSTANTS]: 'broken = [' }), undefined);
    assert.equal(find(PROJECT, { [METADATA]: 'sources:\n- name: Other\n' }), undefined);
  });

  it('finds the name or the uuid in the registry, and says under what', () => {
    const constants = "SQL_SOURCES = [dict(name='Acme', uuid='acme_crm')]\nSOURCES = [] + SQL_SOURCES\n";
    const registered = { name: 'Acme', uuid: 'acme_crm', className: 'Acme', file: CONSTANTS };
    assert.deepEqual(find(CORE, { [CONSTANTS]: constants }), { registered, folder: undefined, same: false });
    const other = find(PROJECT, { [METADATA]: 'sources:\n- name: Acme CRM\n  uuid: other\n' });
    assert.deepEqual([other?.registered?.uuid, other?.same], ['other', false]);
  });

  it('finds a connector in the folder, and tells ours from another by its class', () => {
    const at = 'sources/acme_crm/__init__.py';
    const ours =
      "class AcmeCRM(Source):\n    pass\n\n\nif __name__ == '__main__':\n    main(AcmeCRM, schemas_folder='schemas')\n";
    assert.deepEqual(find(STANDALONE, { [at]: ours }), {
      registered: undefined,
      folder: { path: 'sources/acme_crm', className: 'AcmeCRM' },
      same: true,
    });
    assert.equal(find(STANDALONE, { [at]: 'main(Other)\n' })?.same, false);
    assert.equal(find(STANDALONE, { [at]: '' })?.same, false);
    assert.equal(find({ ...STANDALONE, sources: '.' }, { 'acme_crm/__init__.py': ours })?.folder?.path, 'acme_crm');
  });

  it('knows the same source again', () => {
    const files = {
      [METADATA]: 'sources:\n- name: Acme CRM\n',
      'data_integrations/sources/acme_crm/__init__.py': 'main(AcmeCRM)\n',
    };
    assert.equal(find(PROJECT, files)?.same, true);
  });
});
