import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fingerprintOf } from '../../src/changes/fingerprint.ts';
import { writtenFile } from '../../src/changes/written-file.ts';
import { checkConnector } from '../../src/check/check.ts';
import { readManifest } from '../../src/connector/manifest.ts';
import { type Generated, generate, kindOf, plan, temporaryFolder } from '../support/generate.ts';
import { git } from '../support/git.ts';
import { tree } from '../support/golden.ts';
import { otherVersion } from '../support/other-version.ts';

const OLDER = resolve(import.meta.dirname, '../fixtures/older');
const schema = { properties: { id: 'integer', name: 'string', updated_at: 'date-time' } };
const stream = (name: string, more = {}) => ({ name, path: `/${name}`, key_properties: ['id'], schema, ...more });
const answers = {
  kind: 'api',
  name: 'Acme CRM',
  base_url: 'https://api.acme.test',
  auth: { type: 'bearer' },
  streams: [stream('deals'), stream('tags')],
};
const GROWN = { streams: [stream('users')] };

/** A connector whose files a user edits. */
class Edited {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  edit(file: string, change: (text: string) => string): void {
    assert.notEqual(change(this.read(file)), this.read(file));
    writeFileSync(join(this.folder, file), change(this.read(file)));
  }

  /** The files that would be asked about. */
  async asked(given: object, more = {}): Promise<readonly string[]> {
    const { changes } = await plan('api', given, { cwd: this.folder, ...more });
    return changes.filter(({ ask }) => ask).map(({ path }) => path.slice(this.folder.length + 1));
  }
}

describe('a connector that version 0.1 wrote, with the texts of its files in its manifest', () => {
  const others = {
    api: { auth: { type: 'basic' }, description: 'Other.' },
    file: { delimiter: ';', description: 'Other.' },
  };
  /** The manifest has all texts but those of the schemas. */
  function restored(kind: 'api' | 'file'): string {
    const folder = join(temporaryFolder(), 'connector');
    const manifest = readFileSync(join(OLDER, kind, 'manifest.json'), 'utf8');
    cpSync(join(OLDER, kind, 'schemas'), join(folder, 'schemas'), { recursive: true });
    writeFileSync(join(folder, '.yo-rc.json'), manifest);
    for (const [name, entry] of Object.entries(readManifest(manifest, kind).files ?? {})) {
      const { text } = writtenFile(entry);
      if (text === undefined) continue;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  }

  for (const kind of ['api', 'file'] as const) {
    it(`is brought up to date, and has a small manifest then (${kind})`, async () => {
      const folder = restored(kind);
      const before = readManifest(readFileSync(join(folder, '.yo-rc.json'), 'utf8'), kind);
      await generate(kind, others[kind], { cwd: folder });
      const text = readFileSync(join(folder, '.yo-rc.json'), 'utf8');
      const { files = {}, schemas } = readManifest(text, kind);
      for (const [name, entry] of Object.entries(files))
        assert.equal(entry, fingerprintOf(readFileSync(join(folder, name), 'utf8')), name);
      assert.deepEqual(schemas, before.schemas);
      const { findings } = await checkConnector(folder, folder);
      assert.deepEqual(findings, []);
    });

    it(`keeps to the letter what its user has changed elsewhere (${kind})`, async () => {
      const [plain, connector] = [restored(kind), new Edited(restored(kind))];
      const mine = { 'README.md': '\nOurs.\n', '__init__.py': '\n# Mine.\n' };
      for (const [file, text] of Object.entries(mine)) connector.edit(file, before => `${before}${text}`);
      const { changes } = await plan(kind, others[kind], { cwd: connector.folder });
      assert.deepEqual(
        changes.filter(({ ask }) => ask),
        [],
      );
      await generate(kind, others[kind], { cwd: connector.folder });
      await generate(kind, others[kind], { cwd: plain });
      const [expected, found] = [tree(plain), tree(connector.folder)];
      for (const [file, text] of Object.entries(mine)) expected[file] += text;
      assert.deepEqual(found, expected);
    });

    it(`knows which columns were taken out of its schemas by hand (${kind})`, async () => {
      const connector = new Edited(restored(kind));
      const name = kind === 'api' ? 'deals' : 'orders';
      connector.edit(`schemas/${name}.json`, text => {
        const { properties, ...rest } = JSON.parse(text);
        delete properties.name;
        return JSON.stringify({ ...rest, properties });
      });
      const wider = { properties: { ...schema.properties, color: 'string' } };
      const given = { streams: [{ name, schema: wider }], description: 'Other.' };
      await generate(kind, given, { cwd: connector.folder });
      const columns = Object.keys(JSON.parse(connector.read(`schemas/${name}.json`)).properties);
      assert.ok(columns.includes('color') && !columns.includes('name'), columns.join(', '));
      assert.match(connector.read('.yo-rc.json'), new RegExp(`"${name}": "name: string, .*id: integer.*color: string`));
    });
  }

  it('keeps the texts in its manifest that a run of `schema` does not write anew', async () => {
    const { planSchema } = await import('../../src/refresh/plan.ts');
    const folder = restored('api');
    writeFileSync(join(folder, 'deals.json'), '[{"id": 1, "color": "red"}]');
    const before = readManifest(readFileSync(join(folder, '.yo-rc.json'), 'utf8'), '').files;
    const options = { dryRun: false, force: false, bail: false, json: false };
    const run = await planSchema({ options, flags: { name: 'deals', from: 'deals.json' }, cwd: folder }, undefined);
    const { files, schemas } = readManifest(run.changes[1]?.content, '');
    assert.deepEqual(files, { ...before, 'schemas/deals.json': fingerprintOf(run.changes[0].content) });
    assert.equal(schemas.deals?.color, 'string');
  });
});

describe('a connector that another version of the generator wrote', () => {
  let connector: Edited;
  let generated: Generated;

  /** In that version each class has a line more at its beginning, and the README an older sentence at its end. */
  const older = (text: string, path: string) =>
    path.endsWith('.py') ? text.replace(/^(class .*:)\n/m, '$1\n    OLDER = True\n\n') : text;

  beforeEach(async () => {
    const version = otherVersion(await kindOf('api'), older);
    generated = await generate('api', answers, { cwd: temporaryFolder(), version });
    connector = new Edited(generated.folder);
    assert.match(connector.read('client.py'), /OLDER/);
  });

  it('is brought up to date where nobody changed it, with Git or without', async () => {
    await generate('api', { kind: 'api' }, { cwd: connector.folder });
    const fresh = await generate('api', answers);
    assert.deepEqual(tree(connector.folder), tree(fresh.folder));
  });

  it('is merged by the texts that Git has, also where they were only staged, or are in a commit of long ago', async () => {
    const fresh = tree((await generate('api', { ...answers, description: 'Other.' })).folder);
    git(generated.root, 'init', '-q');
    git(generated.root, 'add', '.');
    for (const commits of [0, 2]) {
      for (const file of ['client.py', 'streams/deals.py'])
        connector.edit(file, text => `${text}\n# Mine ${commits}.\n`);
      for (let count = 0; count < commits; count += 1) {
        connector.edit('streams/tags.py', text => `${text}\n# Mine ${count}.\n`);
        git(generated.root, 'commit', '-qam', 'x');
      }
    }
    assert.deepEqual(await connector.asked({ description: 'Other.' }), []);
    await generate('api', { description: 'Other.' }, { cwd: connector.folder });
    assert.equal(connector.read('client.py'), `${fresh['client.py']}\n# Mine 0.\n\n# Mine 2.\n`);
    assert.equal(connector.read('streams/deals.py'), `${fresh['streams/deals.py']}\n# Mine 0.\n\n# Mine 2.\n`);
    assert.equal(connector.read('streams/tags.py'), `${fresh['streams/tags.py']}\n# Mine 0.\n\n# Mine 1.\n`);
    assert.deepEqual(await connector.asked({ description: 'Third.' }), []);
  });

  it('is asked about where no text can be had, file by file, and nothing is written over', async () => {
    connector.edit('client.py', text => `${text}\n# Mine.\n`);
    connector.edit('streams/tags.py', text => `${text}    # Mine.\n`);
    const before = tree(connector.folder);
    assert.deepEqual(await connector.asked({ kind: 'api' }), ['client.py', 'streams/tags.py']);
    assert.deepEqual(tree(connector.folder), before);
  });

  it('still gets what is only added: entries of the registry, rows of the README, keys of the configuration', async () => {
    connector.edit('streams/__init__.py', text => `# Mine.\n${text}`);
    connector.edit('README.md', text => text.replace('# Acme CRM', '# Acme CRM, our way'));
    connector.edit('templates/config.json', text => text.replace('{', '{\n  "mine": 1,'));
    assert.deepEqual(await connector.asked(GROWN, { addsOnly: true }), []);
    await generate('api', GROWN, { cwd: connector.folder, addsOnly: true });
    assert.match(connector.read('streams/__init__.py'), /^# Mine\.\n[\s\S]*import Users\n[\s\S]*Users\.TABLE: Users,/);
    assert.match(connector.read('README.md'), /our way[\s\S]*`tags`[\s\S]*`users`/);
    await generate('api', { config: [{ name: 'region', default: 'eu' }] }, { cwd: connector.folder });
    assert.deepEqual(JSON.parse(connector.read('templates/config.json')), { mine: 1, access_token: '', region: 'eu' });
  });

  it('loses no edit where its answers are no longer taken: Git has the text, or the user is asked', async () => {
    const manifest = () => JSON.parse(connector.read('.yo-rc.json'));
    const { 'generator-mage-connector': section } = manifest();
    const outdated = { ...section, answers: { ...section.answers, auth: { type: 'of_another_age' } } };
    writeFileSync(join(connector.folder, '.yo-rc.json'), JSON.stringify({ 'generator-mage-connector': outdated }));
    connector.edit('client.py', text => `${text}\n# Mine.\n`);
    assert.deepEqual(await connector.asked({ auth: { type: 'bearer' } }), ['client.py']);
    git(generated.root, 'init', '-q');
    git(generated.root, 'add', '.');
    assert.deepEqual(await connector.asked({ auth: { type: 'bearer' } }), ['client.py']);
    connector.edit('client.py', text => text.replace('\n# Mine.\n', ''));
    git(generated.root, 'add', '.');
    connector.edit('client.py', text => `${text}\n# Mine.\n`);
    assert.deepEqual(await connector.asked({ auth: { type: 'bearer' } }), []);
  });
});

describe('the text that was written of a file', () => {
  const csv = { ...answers, response_format: 'csv', streams: [stream('deals'), stream('tags')] };

  it('is known after a schema was changed by hand, from the columns that were recorded, and after it was deleted', async () => {
    const { folder } = await generate('api', csv, { cwd: temporaryFolder() });
    const connector = new Edited(folder);
    const fresh = tree((await generate('api', { ...csv, description: 'Other.' })).folder);
    connector.edit('streams/deals.py', text => `${text}\n# Mine.\n`);
    connector.edit('schemas/deals.json', text => text.replace('"integer"', '"string"'));
    assert.deepEqual(await connector.asked({ description: 'Other.' }), []);
    rmSync(join(folder, 'schemas/deals.json'));
    await generate('api', { description: 'Other.' }, { cwd: folder });
    assert.equal(connector.read('streams/deals.py'), `${fresh['streams/deals.py']}\n# Mine.\n`);
  });
});
