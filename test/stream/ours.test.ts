import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/base/problems.ts';
import { type Generated, generate } from '../support/generate.ts';
import { tree, write } from './connectors.ts';
import { generateOurs, planOurs, STREAMS } from './our-connectors.ts';

async function edit(connector: Generated, name: string, renamed?: string, force = false): Promise<readonly string[]> {
  const run = await planOurs(connector.folder, name, renamed, force);
  write(run);
  return run.notes.filter(note => !note.startsWith('pipelines '));
}

for (const kind of ['api', 'file', 'sql'] as const)
  describe(`stream --remove and --rename on a connector of ours (${kind})`, () => {
    const streams = STREAMS[kind];
    const generated = (list: readonly object[]) => generateOurs(kind, list);
    const change = (connector: Generated, path: string, by: (text: string) => string) => {
      const place = join(connector.folder, path);
      const text = readFileSync(place, 'utf8');
      assert.notEqual(by(text), text);
      writeFileSync(place, by(text));
    };

    for (const name of ['contacts', 'deals', 'tags'])
      it(`gives what a connector without ${name} is, and with it again what it was`, async () => {
        const connector = await generated(streams);
        const before = tree(connector.folder);
        assert.deepEqual(await edit(connector, name), []);
        const rest = streams.filter(other => other.name !== name);
        assert.deepEqual(tree(connector.folder), tree((await generated(rest)).folder));
        const again = streams.filter(other => other.name === name);
        await generate(
          kind,
          { streams: again },
          { cwd: connector.root, addsOnly: true, options: { connector: connector.folder } },
        );
        assert.deepEqual(tree(connector.folder), before);
      });

    it('gives what a connector with the other name is', async () => {
      const connector = await generated(streams);
      await edit(connector, 'deals', 'zones');
      const renamed = streams.map(other => (other.name === 'deals' ? { ...other, name: 'zones' } : other));
      assert.deepEqual(tree(connector.folder), tree((await generated(renamed)).folder));
    });

    it('keeps what the user has changed around the stream', async () => {
      const connector = await generated(streams);
      const registry = kind === 'api' ? 'streams/__init__.py' : '__init__.py';
      change(connector, registry, text => `# Ours.\n${text}`);
      change(connector, 'README.md', text => `${text}\nMore of ours.\n`);
      await edit(connector, 'tags');
      const after = tree(connector.folder);
      assert.match(after[registry] ?? '', /^# Ours\.\n/);
      assert.doesNotMatch(after[registry] ?? '', /tags/i);
      assert.match(after['README.md'] ?? '', /More of ours\.\n$/);
      assert.doesNotMatch(after['README.md'] ?? '', /\| `tags`/);
      await edit(connector, 'deals', 'zones');
      assert.match(tree(connector.folder)[registry] ?? '', /^# Ours\.\n[\s\S]*zones/i);
      assert.doesNotMatch(tree(connector.folder)[registry] ?? '', /deals'?:|Deals\./);
    });

    it('refuses what is not there, a name that is taken, and the last stream', async () => {
      const connector = await generated(streams.slice(0, 1));
      const before = tree(connector.folder);
      for (const [name, renamed, message] of [
        ['contact', undefined, /no stream contact .*did you mean contacts/],
        ['contacts', 'contacts', /a stream contacts already/],
        ['contacts', 'a b', /must be letters/],
        ...(kind === 'sql' ? [] : [['contacts', undefined, /must have at least one/] as const]),
      ] as const)
        await assert.rejects(edit(connector, name, renamed), (error: unknown) => {
          assert.ok(error instanceof UserError, String(error));
          assert.match(error.message, message);
          return true;
        });
      assert.deepEqual(tree(connector.folder), before);
    });
  });

describe('stream --rename on an edited query', () => {
  it('moves it with the edits; --remove keeps it and says so', async () => {
    const connector = await generateOurs('sql');
    const query = join(connector.folder, 'queries/deals.sql');
    writeFileSync(query, 'SELECT * FROM deals -- mine\n');
    assert.deepEqual(await edit(connector, 'deals', 'zones'), []);
    const after = tree(connector.folder);
    assert.equal(after['queries/zones.sql'], 'SELECT * FROM deals -- mine\n');
    assert.equal(after['queries/deals.sql'], undefined);
    assert.match((await edit(connector, 'zones')).join(), /queries\/zones\.sql has been changed, and stays/);
    assert.equal(tree(connector.folder)['queries/zones.sql'], 'SELECT * FROM deals -- mine\n');
  });
});

describe('stream --remove on an edited module of ours', () => {
  it('keeps it and says so; a new name is refused; --force removes it', async () => {
    const connector = await generateOurs('api');
    const module = join(connector.folder, 'streams/tags.py');
    writeFileSync(module, `${readFileSync(module, 'utf8')}    # Mine.\n`);
    await assert.rejects(edit(connector, 'tags', 'zones'), /streams\/tags\.py: has been changed.*--force/);
    const before = tree(connector.folder);
    assert.match((await edit(connector, 'tags')).join(), /streams\/tags\.py has been changed, and stays/);
    assert.equal(tree(connector.folder)['streams/tags.py'], before['streams/tags.py']);
    for (const [path, text] of Object.entries(before)) writeFileSync(join(connector.folder, path), text);
    await edit(connector, 'tags', undefined, true);
    assert.equal(tree(connector.folder)['streams/tags.py'], undefined);
  });
});

describe('streams of ours that are found at run time', () => {
  const schema = { properties: { id: 'string', name: 'string' } };
  const forms = { name: 'forms', path: '/forms', key_properties: ['id'], schema };
  const answers = (list = 'forms') => ({
    ...{ name: 'answers', path: '/forms/{form}', key_properties: ['id'], schema },
    streams_from: { stream: list, as: { form: 'id' } },
  });
  const texts = async (...streams: object[]) => tree((await generateOurs('api', streams)).folder);

  it('are added, go with their list where that gets another name, and are taken out', async () => {
    const connector = await generateOurs('api', [forms]);
    const before = tree(connector.folder);
    await generate(
      'api',
      { streams: [answers()] },
      { cwd: connector.root, addsOnly: true, options: { connector: connector.folder } },
    );
    assert.deepEqual(tree(connector.folder), await texts(forms, answers()));
    await edit(connector, 'forms', 'sheets');
    assert.deepEqual(tree(connector.folder), await texts({ ...forms, name: 'sheets' }, answers('sheets')));
    await edit(connector, 'answers', 'replies');
    const replies = { ...answers('sheets'), name: 'replies' };
    assert.deepEqual(tree(connector.folder), await texts({ ...forms, name: 'sheets' }, replies));
    await assert.rejects(edit(connector, 'sheets'), /replies has the list sheets, which is no stream/);
    await edit(connector, 'replies');
    await edit(connector, 'sheets', 'forms');
    assert.deepEqual(tree(connector.folder), before);
  });
});
