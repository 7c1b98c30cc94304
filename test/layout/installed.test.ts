import assert from 'node:assert/strict';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { removeEmptyFolders, writeAll } from '../../src/changes/writing/write.ts';
import { planConnectorRemoval } from '../../src/connector/removal.ts';
import { findLayout } from '../../src/mage/find.ts';
import { needsPython } from '../framework/needs.ts';
import { assertRefused } from '../python/assert-edit.ts';
import { generate, kindOf, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';
import { installedMage, type Site } from './site.ts';

const answers = {
  kind: 'api',
  name: 'Acme CRM',
  base_url: 'https://api.acme.test',
  layout: 'installed',
  streams: [{ name: 'deals', path: '/deals', key_properties: ['id'], schema: { properties: { id: 'integer' } } }],
};

describe('Mage as pip installs it', function () {
  this.timeout(120_000);
  needsPython();
  const { PYTHONPATH: path } = process.env;
  let site: Site;

  beforeEach(() => {
    site = installedMage();
    process.env.PYTHONPATH = site.folder;
  });
  afterEach(() => {
    if (path === undefined) delete process.env.PYTHONPATH;
    else process.env.PYTHONPATH = path;
  });

  it('is found by the Python in the PATH where it is asked for, and never otherwise', () => {
    const elsewhere = temporaryFolder();
    assert.equal(findLayout(elsewhere, 'installed').root, site.folder);
    assert.equal(findLayout(elsewhere, 'auto').kind, 'standalone');
    assert.equal(findLayout(join(site.folder, 'mage_integrations/sources'), 'auto').kind, 'installed');
  });

  it('is refused where that Python has none', () => {
    process.env.PYTHONPATH = '';
    assertRefused(() => findLayout(temporaryFolder(), 'installed'), 'python3 in the PATH has none');
  });

  it('says what to install where that Python has mage-ai’s package alone', () => {
    const alone = temporaryFolder();
    symlinkSync(join(site.folder, 'mage_ai'), join(alone, 'mage_ai'));
    process.env.PYTHONPATH = alone;
    assertRefused(
      () => findLayout(temporaryFolder(), 'installed'),
      'pip install "git+https://github.com/mage-ai/mage-ai.git#egg=mage-integrations&subdirectory=mage_integrations" "git+',
    );
    const apart = temporaryFolder();
    symlinkSync(join(site.folder, 'mage_integrations'), join(apart, 'mage_integrations'));
    process.env.PYTHONPATH = `${alone}:${apart}`;
    assertRefused(() => findLayout(temporaryFolder(), 'installed'), 'in two places');
  });

  it('gets the connector and its entry in the list, runs it, and a second run changes nothing', async () => {
    const before = site.list();
    const cwd = temporaryFolder();
    const { folder } = await generate('api', answers, { cwd });
    assert.equal(folder, join(site.folder, 'mage_integrations/sources/acme_crm'));
    const after = site.list();
    assert.equal(after.replace(/^ *dict\(name=["']Acme CRM["']\),\n/m, ''), before);
    assert.notEqual(after, before);
    assert.ok(!existsSync(join(cwd, 'sources')));
    const { stdout } = await site.python(join(folder, '__init__.py'), '--config_json', '{}', '--discover');
    assert.equal(JSON.parse(stdout).streams[0].tap_stream_id, 'deals');
    const written = tree(folder);
    await generate('api', answers, { cwd });
    assert.deepEqual(tree(folder), written);
    assert.equal(site.list(), after);
    const given = { connector: folder, dryRun: false, force: false, bail: false, json: false };
    const input = { given, flags: { remove: true }, cwd, intent: 'any' as const };
    const { writes } = await planConnectorRemoval(kindOf, input);
    writeAll(folder, writes);
    removeEmptyFolders(writes);
    assert.equal(site.list(), before);
    assert.ok(!existsSync(folder));
  });
});
