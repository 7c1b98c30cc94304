import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { fingerprintOf } from '../../src/changes/fingerprint.ts';
import { checkConnector } from '../../src/check/check.ts';
import { checkReport } from '../../src/check/report.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { apply, type Generated, generate, plan, temporaryFolder } from '../support/generate.ts';
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

    it('sees the schema and the module that two runs at once left without an entry in the registry', async () => {
      const add = (name: string) => ({ streams: [{ name, path: `/${name}`, key_properties: ['id'], schema }] });
      const given = { cwd: connector.folder, addsOnly: true };
      const runs = [await plan('api', add('users'), given), await plan('api', add('notes'), given)];
      for (const { changes } of runs) await apply(changes);
      assert.deepEqual(await found(), {
        'schemas/users.json': 'not in the registry',
        'streams/users.py': 'not in the registry',
      });
    });

    it('sees an entry of the registry without a module, and one without a schema', async () => {
      const registry = path('streams/__init__.py');
      const whole = readFileSync(registry, 'utf8');
      const entry = whole
        .replaceAll(/^(.*)\bdeals\b(.*)$/gm, '$&\n$1ghosts$2')
        .replace(/^ +Deals\..*$/m, '$&\n    Ghosts.TABLE: Ghosts,');
      writeFileSync(registry, entry.replace('ghosts import Deals', 'ghosts import Ghosts'));
      assert.deepEqual(await found(), { 'streams/__init__.py': 'changed', 'streams/ghosts.py': 'missing' });
      writeFileSync(path('streams/ghosts.py'), "class Ghosts:\n    TABLE = 'ghosts'\n");
      assert.deepEqual(await found(), { 'streams/__init__.py': 'changed', 'schemas/ghosts.json': 'missing' });
      writeFileSync(registry, whole);
      assert.deepEqual(await found(), { 'streams/ghosts.py': 'not in the registry' });
      writeFileSync(registry, whole.replace(/STREAMS = [\s\S]*$/, 'STREAMS = {name: None for name in ()}\n'));
      assert.deepEqual(await found(), { 'streams/__init__.py': 'changed' });
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

  const examples = resolve(import.meta.dirname, '../../examples');
  for (const file of readdirSync(examples).filter(name => name.endsWith('.yaml')))
    it(`finds nothing in what was just made: ${file}`, async () => {
      const example = join(examples, file);
      connector = await generate(parse(readFileSync(example, 'utf8')).kind, example);
      assert.deepEqual(await found(), {});
    });

  it('sees a schema without an entry, and an entry without a schema, in a connector of files', async () => {
    const streams = [{ name: 'orders', path: 'orders.csv', key_properties: ['id'], schema }];
    connector = await generate('file', { name: 'Acme CRM', format: 'csv', streams });
    writeFileSync(path('schemas/notes.json'), readFileSync(path('schemas/orders.json')));
    assert.deepEqual(await found(), { 'schemas/notes.json': 'not in the registry' });
    writeFileSync(path('__init__.py'), readFileSync(path('__init__.py'), 'utf8').replace("'orders'", "'bills'"));
    assert.deepEqual(await found(), {
      '__init__.py': 'changed',
      'schemas/bills.json': 'missing',
      'schemas/notes.json': 'not in the registry',
      'schemas/orders.json': 'not in the registry',
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
