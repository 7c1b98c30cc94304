import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/base/problems.ts';
import { removeEmptyFolders, writeAll } from '../../src/changes/writing/write.ts';
import { planConnectorRemoval } from '../../src/connector/removal.ts';
import { registerInCore, unregisterInCore } from '../../src/mage/core/list.ts';
import { registerInProject, unregisterInProject } from '../../src/mage/project/list.ts';
import { generate, kindOf, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';
import { HOSTILE_NAMES, registration } from './registration.ts';

const CONSTANTS =
  "SQL_SOURCES = [\n    dict(name='BigQuery'),\n]\n\nSOURCES = sorted([\n    dict(name='Amplitude'),\n    dict(name='Zendesk'),\n] + SQL_SOURCES)\n";

const answers = {
  kind: 'api',
  name: 'Acme CRM',
  base_url: 'https://api.acme.test',
  streams: [{ name: 'deals', path: '/deals', key_properties: ['id'], schema: { properties: { id: 'integer' } } }],
};

const remove = (folder: string, flags: Record<string, unknown> = {}) =>
  planConnectorRemoval(kindOf, {
    given: { connector: folder, dryRun: false, force: flags.force === true, bail: false, json: false },
    flags: { remove: true, ...flags },
    cwd: folder,
    intent: 'any',
  });

const apply = async (folder: string, flags = {}) => {
  const { writes, report } = await remove(folder, flags);
  writeAll(folder, writes);
  removeEmptyFolders(writes);
  return report([]).text;
};

/** A checkout of mage-ai with its documentation, or a project, as far as registration needs them. */
function checkout(): string {
  const root = temporaryFolder();
  const files = {
    'mage_ai/data_integrations/sources/constants.py': CONSTANTS,
    'mage_integrations/requirements.txt': 'requests\n',
    'mage_integrations/mage_integrations/sources/base.py': '',
    'docs/docs.json':
      '{"pages": [\n  "data-integrations/sources/overview",\n  "data-integrations/sources/zendesk"\n]}\n',
    'docs/data-integrations/overview.mdx': '### Available sources\n\n- [Zendesk](/data-integrations/sources/zendesk)\n',
  };
  for (const [path, text] of Object.entries(files)) put(root, path, text);
  return root;
}

function project(list: string | undefined): string {
  const root = temporaryFolder();
  for (const path of ['metadata.yaml', 'io_config.yaml', 'pipelines/.gitkeep']) put(root, path, '');
  if (list !== undefined) put(root, 'data_integrations/sources/metadata.yaml', list);
  return root;
}

function put(root: string, path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('a connector that is taken out of Mage again', () => {
  for (const [layout, make] of [
    ['core', checkout],
    ['project', () => project('sources:\n- name: Other\n  uuid: other # mine\n')],
    ['project', () => project(undefined)],
    ['standalone', temporaryFolder],
  ] as const)
    it(`leaves every byte as it was before, in the layout ${layout}`, async () => {
      const root = make();
      const before = tree(root);
      const { folder } = await generate('api', { ...answers, layout }, { cwd: root });
      assert.notDeepEqual(tree(root), before);
      put(folder, '__pycache__/__init__.cpython-311.pyc', 'x');
      await apply(folder);
      assert.deepEqual(tree(root), before);
      assert.ok(!existsSync(folder));
    });

  it('is told file by file where it has been changed, and nothing goes without --force', async () => {
    const root = checkout();
    const before = tree(root);
    const { folder } = await generate('api', { ...answers, layout: 'core' }, { cwd: root });
    for (const path of ['client.py', 'README.md']) writeFileSync(join(folder, path), 'mine');
    const standing = tree(root);
    await assert.rejects(remove(folder), error => {
      assert.ok(error instanceof UserError);
      assert.deepEqual(error.problems.map(({ where }) => where?.split('/').at(-1)).sort(), ['README.md', 'client.py']);
      return true;
    });
    assert.deepEqual(tree(root), standing);
    await apply(folder, { force: true });
    assert.deepEqual(tree(root), before);
  });

  it('leaves what others have put beside its files, and says so', async () => {
    const root = temporaryFolder();
    const { folder } = await generate('api', answers, { cwd: root });
    put(folder, 'notes/mine.md', 'mine');
    const manifest = join(folder, '.yo-rc.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('{', '{\n  "generator-other": {"a": 1},'));
    assert.match(await apply(folder), /Not of this generator, and left:\n {2}sources\/acme_crm\/notes\/mine\.md/);
    assert.deepEqual(Object.keys(tree(folder)).sort(), ['.yo-rc.json', 'notes/mine.md']);
    assert.deepEqual(JSON.parse(readFileSync(manifest, 'utf8')), { 'generator-other': { a: 1 } });
  });

  it('can be run again where it was ended', async () => {
    const root = checkout();
    const before = tree(root);
    const { folder } = await generate('api', { ...answers, layout: 'core' }, { cwd: root });
    const { writes } = await remove(folder);
    writeAll(folder, writes.slice(0, 6));
    await apply(folder);
    assert.deepEqual(tree(root), before);
  });

  it('goes with no other answers', async () => {
    const { folder } = await generate('api', answers, { cwd: temporaryFolder() });
    await assert.rejects(remove(folder, { name: 'deals', layout: 'core' }), /deals[\s\S]*--layout/);
  });
});

describe('the lists of Mage', () => {
  it('lose an entry to the byte, whatever its name is and however they are written', () => {
    const forms = [
      CONSTANTS,
      'SQL_SOURCES = [\n]\nSOURCES = [\n]\n',
      "SQL_SOURCES = [dict(name='B')]\nSOURCES = [dict(name='A'), dict(name='Z')]\n",
      "SQL_SOURCES = [\n    dict(name='B')\n]\nSOURCES = [\n    dict(name='A'),\n    dict(name='Z')  # last\n]\n",
      CONSTANTS.replaceAll('\n', '\r\n'),
    ];
    for (const text of forms)
      for (const name of HOSTILE_NAMES)
        for (const sql of [true, false]) {
          const source = registration({ name, sql });
          assert.equal(unregisterInCore(registerInCore(text, source), source), text);
        }
  });

  it('lose it in a project as well', () => {
    const forms = [
      'sources:\n- name: Other\n',
      '# mine\nsources:\n  - name: Other\n    uuid: other # mine\n\nother: 1\n',
      'sources: [{name: Other}, {name: More}] # mine\n',
      'other: 1\n',
    ];
    for (const text of forms)
      for (const name of HOSTILE_NAMES) {
        const source = registration({ name });
        const file = 'metadata.yaml';
        assert.equal(unregisterInProject(registerInProject(text, source, file), source, file), text);
      }
  });
});
