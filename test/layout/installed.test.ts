import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findLayout } from '../../src/mage/find.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { needsPython } from '../framework/needs.ts';
import { run } from '../framework/process.ts';
import { pythonFor } from '../framework/python.ts';
import { assertRefused } from '../python/assert-edit.ts';
import { generate, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';

const CONSTANTS = 'mage_ai/data_integrations/sources/constants.py';
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
  let site: string;
  let singer: string;
  let packages: 'test' | 'mage';

  beforeEach(() => {
    const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    site = join(temporaryFolder(), 'site-packages');
    cpSync(join(checkout.root, 'mage_integrations/mage_integrations'), join(site, 'mage_integrations'), {
      recursive: true,
      dereference: true,
    });
    cpSync(join(checkout.root, CONSTANTS), join(site, CONSTANTS));
    for (const name of ['mage_ai', 'mage_ai/data_integrations', 'mage_ai/data_integrations/sources'])
      cpSync(join(site, 'mage_integrations/__init__.py'), join(site, name, '__init__.py'));
    singer = checkout.singer;
    packages = checkout.packages as 'test' | 'mage';
    process.env.PYTHONPATH = site;
  });
  afterEach(() => {
    if (path === undefined) delete process.env.PYTHONPATH;
    else process.env.PYTHONPATH = path;
  });

  it('is found by the Python in the PATH where it is asked for, and never otherwise', () => {
    const elsewhere = temporaryFolder();
    assert.equal(findLayout(elsewhere, 'installed').root, site);
    assert.equal(findLayout(elsewhere, 'auto').kind, 'standalone');
    assert.equal(findLayout(join(site, 'mage_integrations/sources'), 'auto').kind, 'installed');
  });

  it('is refused where that Python has none', () => {
    process.env.PYTHONPATH = '';
    assertRefused(() => findLayout(temporaryFolder(), 'installed'), 'python3 in the PATH has none');
  });

  it('gets the connector and its entry in the list, runs it, and a second run changes nothing', async () => {
    const before = readFileSync(join(site, CONSTANTS), 'utf8');
    const cwd = temporaryFolder();
    const { folder } = await generate('api', answers, { cwd });
    assert.equal(folder, join(site, 'mage_integrations/sources/acme_crm'));
    const after = readFileSync(join(site, CONSTANTS), 'utf8');
    assert.equal(after.replace(/^ *dict\(name=["']Acme CRM["']\),\n/m, ''), before);
    assert.notEqual(after, before);
    assert.ok(!existsSync(join(cwd, 'sources')));
    const python = await pythonFor(packages);
    if ('missing' in python) throw new Error(python.missing);
    const env = { ...python.env, PYTHONPATH: [python.env.PYTHONPATH, site, singer].filter(Boolean).join(delimiter) };
    const args = [join(folder, '__init__.py'), '--config_json', '{}', '--discover'];
    const { stdout, stderr } = await run(python.command, args, { env, timeLimit: 60_000 });
    assert.equal(JSON.parse(stdout || stderr).streams[0].tap_stream_id, 'deals');
    const written = tree(site);
    await generate('api', answers, { cwd });
    assert.deepEqual(tree(site), written);
  });
});
