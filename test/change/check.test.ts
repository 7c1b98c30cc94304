import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf } from '../../src/changes/fingerprint.ts';
import { checkConnector } from '../../src/check/check.ts';
import { checkReport } from '../../src/check/report.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { type Generated, generate, temporaryFolder } from '../support/generate.ts';
import { git } from '../support/git.ts';
import { tree } from '../support/golden.ts';
import { olderEntry } from '../support/older-entry.ts';

const schema = { properties: { id: 'integer' } };
const answers = {
  kind: 'api',
  name: 'Acme CRM',
  base_url: 'https://api.acme.test',
  streams: ['deals', 'tags'].map(name => ({ name, path: `/${name}`, key_properties: ['id'], schema })),
};

describe('check', () => {
  let connector: Generated;
  const path = (file: string) => join(connector.folder, file);
  const setRecord = (change: (record: Record<string, Record<string, unknown>>) => object) => {
    const { 'generator-mage-connector': record } = JSON.parse(readFileSync(path('.yo-rc.json'), 'utf8'));
    writeFileSync(
      path('.yo-rc.json'),
      JSON.stringify({ 'generator-mage-connector': { ...record, ...change(record) } }),
    );
  };
  const found = async () => {
    const before = tree(connector.root);
    const { findings } = await checkConnector(undefined, connector.folder);
    assert.deepEqual(tree(connector.root), before);
    return Object.fromEntries(findings.map(other => [other.path.replace(/^.*acme_crm\//, ''), other.difference]));
  };

  describe('of a connector on its own', () => {
    beforeEach(async () => {
      connector = await generate('api', answers, { cwd: temporaryFolder() });
    });

    it('finds nothing where nothing differs, also with another kind of line ends', async () => {
      assert.deepEqual(await found(), {});
      writeFileSync(path('client.py'), readFileSync(path('client.py'), 'utf8').replaceAll('\n', '\r\n'));
      writeFileSync(
        path('schemas/tags.json'),
        readFileSync(path('schemas/tags.json'), 'utf8').replaceAll('\n', '\r\n'),
      );
      assert.deepEqual(await found(), {});
      setRecord(() => ({ files: undefined }));
      assert.deepEqual(await found(), {});
    });

    it('names what was changed by hand, what is missing, and what is no longer needed', async () => {
      appendFileSync(path('client.py'), '# Mine.\n');
      appendFileSync(path('schemas/tags.json'), '\n');
      for (const file of ['README.md', 'schemas/deals.json']) rmSync(path(file));
      writeFileSync(path('old.py'), 'x = 1\n');
      for (const entry of [fingerprintOf, olderEntry]) {
        setRecord(({ files }) => ({
          files: { ...(files as object), 'old.py': entry('x = 1\n'), 'gone.py': entry('') },
        }));
        assert.deepEqual(await found(), {
          'client.py': 'changed',
          'schemas/tags.json': 'changed',
          'README.md': 'missing',
          'schemas/deals.json': 'missing',
          'old.py': 'no longer needed',
        });
      }
    });

    it('names what is outdated, by other answers or an older version', async () => {
      // Git knows what was written, whatever the manifest's answers become.
      git(connector.root, 'init', '-q');
      git(connector.root, 'add', '.');
      appendFileSync(path('__init__.py'), '# Mine.\n');
      setRecord(({ answers: recorded }) => ({ answers: { ...recorded, description: 'Another.' } }));
      assert.deepEqual(await found(), { '__init__.py': 'changed and outdated', 'README.md': 'outdated' });
      await generate('api', { kind: 'api' }, { cwd: connector.folder });
      assert.deepEqual(await found(), { '__init__.py': 'changed' });
      writeFileSync(path('client.py'), 'older = True\n');
      for (const entry of [fingerprintOf, olderEntry]) {
        setRecord(({ files }) => ({ files: { ...files, 'client.py': entry('older = True\n') } }));
        assert.deepEqual(await found(), { '__init__.py': 'changed', 'client.py': 'outdated' });
      }
    });

    it('says so in lines for people and in JSON for scripts', async () => {
      const report = async () => checkReport(await checkConnector(undefined, connector.folder));
      assert.match((await report()).text, /^\nAcme CRM in .*acme_crm is what its answers give\.\n$/);
      rmSync(path('client.py'));
      assert.match(
        (await report()).text,
        /is not what its answers give:\n {2}missing {2}sources\/acme_crm\/client\.py\n$/,
      );
      const { connector: about, files } = (await report()).json as {
        connector: { uuid: string; kind: string };
        files: unknown;
      };
      assert.deepEqual([about.uuid, about.kind], ['acme_crm', 'api']);
      assert.deepEqual(files, [{ path: 'sources/acme_crm/client.py', difference: 'missing' }]);
    });

    it('is for connectors of this generator only', async () => {
      await assert.rejects(checkConnector(undefined, connector.root), /no connector of this generator/);
      rmSync(path('.yo-rc.json'));
      await assert.rejects(checkConnector('.', connector.folder), /\. is no connector of this generator/);
    });
  });

  it('names the files of Mage that lack what registers the connector, and its page', async () => {
    const { root } = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    connector = await generate('api', answers, { cwd: root });
    assert.deepEqual(await found(), {});
    const list = join(root, 'mage_ai/data_integrations/sources/constants.py');
    writeFileSync(list, readFileSync(list, 'utf8').replace(/^.*Acme CRM.*\n/m, ''));
    appendFileSync(join(root, 'docs/data-integrations/sources/acme_crm.mdx'), 'Mine.\n');
    assert.deepEqual(await found(), {
      'docs/data-integrations/sources/acme_crm.mdx': 'changed',
      'mage_ai/data_integrations/sources/constants.py': 'unregistered',
    });
  });
});
