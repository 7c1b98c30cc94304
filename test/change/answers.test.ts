import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMapping } from '../../src/base/mapping.ts';
import { UserError } from '../../src/base/problems.ts';
import { fingerprintOf } from '../../src/changes/fingerprint.ts';
import { type Generated, generate, plan, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';
import { olderEntry } from '../support/older-entry.ts';

const schema = { properties: { id: 'integer', name: 'string', updated_at: 'date-time' } };
const deals = {
  name: 'deals',
  path: '/deals',
  key_properties: ['id'],
  replication_method: 'INCREMENTAL',
  replication_key: 'updated_at',
  bookmark_param: 'since',
  schema,
};
const tags = { name: 'tags', path: '/tags', key_properties: ['id'], schema };
const answers = {
  kind: 'api',
  name: 'Acme CRM',
  description: 'What Acme has.',
  base_url: 'https://api.acme.test',
  auth: { type: 'bearer' },
  pagination: { type: 'page', page_size_param: 'limit', page_size: 50 },
  streams: [deals, tags],
};
/** What changes nearly every file. */
const OTHER = {
  description: 'All that Acme has.',
  base_url: 'https://{region}.acme.test/v2',
  auth: { type: 'basic' },
  pagination: { type: 'cursor', cursor_param: 'after', cursor_header: 'X-Next', has_more_path: 'meta.more' },
  config: [{ name: 'region', default: 'eu' }],
};
const { streams: _, ...withoutStreams } = { ...answers, ...OTHER };

describe('the changed answers of a connector', () => {
  let connector: Generated;
  const path = (file: string) => join(connector.folder, file);
  const read = (file: string) => readFileSync(path(file), 'utf8');
  const edit = (file: string, change: (text: string) => string) => {
    assert.notEqual(change(read(file)), read(file));
    writeFileSync(path(file), change(read(file)));
  };
  const planned = (given: object) => plan('api', given, { cwd: connector.folder });
  const change = (given: object) => generate('api', given, { cwd: connector.folder });
  const differing = async (given: object) =>
    (await planned(given)).changes.filter(({ before, content, removed }) => removed || before !== content);
  const asked = async (given: object) =>
    (await planned(given)).changes.filter(({ ask }) => ask).map(other => other.path.slice(connector.folder.length + 1));
  const record = () => JSON.parse(read('.yo-rc.json'))['generator-mage-connector'];
  const setRecord = (values: object) =>
    writeFileSync(path('.yo-rc.json'), JSON.stringify({ 'generator-mage-connector': { ...record(), ...values } }));

  beforeEach(async () => {
    connector = await generate('api', answers, { cwd: temporaryFolder() });
  });

  it('give what a new connector with them is, from its folder or from above, in part or as a whole', async () => {
    const fresh = tree((await generate('api', { ...answers, ...OTHER })).folder);
    for (const [given, cwd] of [
      [OTHER, connector.folder],
      [{ ...answers, ...OTHER }, connector.folder],
      [{ ...answers, ...OTHER }, connector.root],
      [withoutStreams, join(connector.folder, 'streams')],
    ] as const) {
      await generate('api', answers, { cwd: connector.root, options: { force: true } });
      await generate('api', given, { cwd });
      assert.deepEqual(tree(connector.folder), fresh);
      assert.deepEqual(await differing(given), []);
      await generate('api', answers, { cwd: connector.root });
    }
  });

  it('are merged with what the user has changed elsewhere in the files', async () => {
    edit('client.py', text => text.replace(/^(class \w+.*)$/m, '$1\n    MINE = 1\n'));
    edit('__init__.py', text => `${text}\n# The end.\n`);
    edit('README.md', text => text.replace('## Trying it out', 'Ours.\n\n## Trying it out'));
    edit('templates/config.json', text => text.replace('{', '{\n  "mine": 1,'));
    edit('streams/tags.py', text => text.replace("PATH = 'tags'", "PATH = 'v1/tags'"));
    const [before, fresh] = [tree(connector.folder), tree((await generate('api', { ...answers, ...OTHER })).folder)];
    assert.deepEqual(await asked(OTHER), []);
    await change(OTHER);
    const after = tree(connector.folder);
    assert.match(after['client.py'] ?? '', /MINE = 1/);
    assert.equal(after['client.py']?.replace(/\n {4}MINE = 1\n/, ''), fresh['client.py']);
    assert.equal(after['__init__.py'], `${fresh['__init__.py']}\n# The end.\n`);
    assert.equal(after['README.md']?.replace('Ours.\n\n', ''), fresh['README.md']);
    assert.deepEqual(JSON.parse(after['templates/config.json'] ?? ''), {
      mine: 1,
      ...JSON.parse(fresh['templates/config.json'] ?? ''),
    });
    assert.equal(after['streams/tags.py'], before['streams/tags.py']);
    assert.deepEqual(await differing(OTHER), []);
  });

  it('are asked about where they touch what the user has changed, and there only', async () => {
    const authorization = /^( {8}request\['headers'\]\['Authorization'\] = ).*$/m;
    edit('client.py', text => text.replace(authorization, "$1'mine'"));
    edit('client.py', text => `${text}\n# The end.\n`);
    edit('streams/base.py', text => `${text}\n# The end.\n`);
    assert.deepEqual(await asked(OTHER), ['client.py']);
    const { content } = (await planned(OTHER)).changes.find(other => other.ask) ?? { content: '' };
    assert.doesNotMatch(content, /'mine'/);
    assert.match(content, /# The end\.\n$/);
  });

  it('leave deleted what was deleted, and remove what is not needed unless it was changed', async () => {
    const graphql = { ...tags, name: 'teams', method: 'POST', graphql: '{ teams { id } }', records_path: 'data' };
    const other = { ...graphql, name: 'users' };
    await generate('api', { streams: [graphql, other] }, { cwd: connector.folder, addsOnly: true });
    rmSync(path('README.md'));
    edit('queries/users.graphql', text => `# Mine.\n${text}`);
    const plain = ({ graphql: _query, method: _method, ...rest }: typeof graphql) => rest;
    const given = { ...answers, streams: [deals, tags, plain(graphql), plain(other)] };
    const { notes } = await change(given);
    assert.equal(existsSync(path('README.md')), false);
    assert.equal(existsSync(path('queries/teams.graphql')), false);
    assert.match(read('queries/users.graphql'), /^# Mine\./);
    assert.match(notes.join('\n'), /queries\/users\.graphql is no longer needed; it stays/);
    assert.deepEqual(await differing(given), []);
    assert.deepEqual((await planned(given)).notes, []);
  });

  it('never take a stream out, and say so where the whole answers lack one', async () => {
    const before = tree(connector.folder);
    const { notes } = await change({ ...answers, streams: [tags] });
    assert.match(notes.join('\n'), /^deals is not among the answers, and stays: stream --remove deals/);
    assert.deepEqual(tree(connector.folder), before);
    assert.deepEqual((await planned({ auth: { type: 'bearer' }, streams: [tags] })).notes, []);
  });

  it('change a stream, also in part, and add one', async () => {
    const more = { ...tags, name: 'more' };
    await change({ description: 'x', streams: [{ name: 'tags', path: '/labels' }, more] });
    assert.match(read('streams/tags.py'), /PATH = 'labels'/);
    assert.match(read('streams/tags.py'), /KEY_PROPERTIES = \['id'\]/);
    assert.ok(existsSync(path('schemas/more.json')));
    await change({ ...answers, streams: [{ ...tags, key_properties: ['name'], schema: undefined }] });
    assert.match(read('streams/tags.py'), /PATH = 'tags'[\s\S]*KEY_PROPERTIES = \['name'\]/);
  });

  it('bring schemas up to date as `schema` does: columns are added, and what was changed by hand stays', async () => {
    edit('schemas/tags.json', text => text.replace('"integer"', '"number"').replaceAll('  ', '\t'));
    const before = JSON.parse(read('schemas/tags.json')).properties;
    const wider = { properties: { id: 'integer', updated_at: 'date-time', color: 'string' } };
    const { notes } = await change({ ...answers, streams: [deals, { ...tags, schema: wider }] });
    const after = JSON.parse(read('schemas/tags.json')).properties;
    assert.deepEqual(after, { ...before, color: { type: ['null', 'string'] } });
    assert.match(read('schemas/tags.json'), /\n\t\t"color"|\n\t\t\t"color"/);
    assert.match(notes.join('\n'), /tags: color: new in the schema/);
    assert.match(notes.join('\n'), /tags: name: no longer in the answers, and kept/);
  });

  it('say nothing of the column of a parent, which no schema declares', async () => {
    const cwd = temporaryFolder();
    const child = { ...tags, parent: { stream: 'deals', field: 'id', as: 'deal' } };
    const given = { ...answers, streams: [deals, child] };
    await generate('api', given, { cwd });
    const { notes, changes } = await plan('api', given, { cwd });
    assert.deepEqual(
      notes.filter(note => note.includes('no longer in the answers')),
      [],
    );
    assert.ok(changes.every(({ before, content }) => before === content));
  });

  it('keep a deleted schema deleted, and know its columns from the record', async () => {
    rmSync(path('schemas/tags.json'));
    await change(OTHER);
    assert.equal(existsSync(path('schemas/tags.json')), false);
    assert.match(read('streams/tags.py'), /KEY_PROPERTIES = \['id'\]/);
    assert.deepEqual(await differing(OTHER), []);
  });

  it('can be the same: a newer version of the generator brings its files up to date, with what was changed', async () => {
    const [before, { files }] = [read('client.py'), record()];
    const older = before.replace(/^( +)(def __init__.*)$/m, '$1OLDER = True\n\n$1$2').replace(/^\s+"""[^"]*"""$/m, '');
    assert.notEqual(older, before);
    for (const [now, expected, edited] of [
      [older, before, false],
      [`${older}\n# Mine.\n`, `${before}\n# Mine.\n`, true],
    ] as const) {
      writeFileSync(path('client.py'), now);
      setRecord({ files: { ...files, 'client.py': olderEntry(older) } });
      await change({ kind: 'api' });
      assert.equal(read('client.py'), expected, String(edited));
      assert.equal(record().files['client.py'], fingerprintOf(before));
    }
  });

  it('are merged with CRLF files, and give CRLF files', async () => {
    for (const file of ['client.py', 'streams/base.py', 'README.md', 'streams/deals.py'])
      edit(file, text => text.replaceAll('\n', '\r\n'));
    edit('client.py', text => `${text}\r\n# The end.\r\n`);
    const fresh = tree((await generate('api', { ...answers, ...OTHER })).folder);
    assert.deepEqual(await asked(OTHER), []);
    await change(OTHER);
    assert.equal(read('client.py'), `${fresh['client.py']}\n# The end.\n`.replaceAll('\n', '\r\n'));
    assert.equal(read('README.md'), fresh['README.md']?.replaceAll('\n', '\r\n'));
  });

  describe('without a record of its files, as an older version left it', () => {
    beforeEach(() => setRecord({ files: undefined }));

    it('update what is as the recorded answers give it, and record it', async () => {
      await change(OTHER);
      assert.deepEqual(
        tree(connector.folder)['client.py'],
        tree((await generate('api', { ...answers, ...OTHER })).folder)['client.py'],
      );
      assert.ok(isMapping(record().files));
    });

    it('are asked about for every file that was changed and has to change, and never merged by lines', async () => {
      edit('client.py', text => `${text}\n# Mine.\n`);
      edit('streams/tags.py', text => `${text}    # Mine.\n`);
      assert.deepEqual(await asked(OTHER), ['client.py']);
    });
  });

  it('are asked about where the record of a file is damaged', async () => {
    edit('client.py', text => `${text}\n# Mine.\n`);
    for (const damaged of [`${'0'.repeat(16)} AAAA`, '0'.repeat(12), 'x', '']) {
      setRecord({ files: { ...record().files, 'client.py': damaged } });
      assert.deepEqual(await asked(OTHER), ['client.py']);
    }
  });

  const refused = async (given: object, message: RegExp) => {
    const before = tree(connector.root);
    await assert.rejects(
      generate('api', given, { cwd: connector.root, options: { connector: connector.folder } }),
      (error: unknown) => error instanceof UserError && message.test(error.message),
    );
    assert.deepEqual(tree(connector.root), before);
  };

  it('are refused where they would make another connector, or no connector', async () => {
    await refused({ ...answers, name: 'Other' }, /, name, line 1: is Acme CRM in the connector, and can't be changed/);
    await refused({ uuid: 'x', auth: { type: 'none' } }, /, uuid, line 1: is acme_crm in the connector/);
    await refused(
      { auth: { type: 'nope' }, streams: [{ name: 'tags', pathh: '/x' }] },
      /auth[\s\S]*streams\[0\]\.pathh/,
    );
    await refused({ streams: [{ ...tags, path: '/other' }] }, /has a stream tags already, with other answers/);
  });
});

describe('a new connector', () => {
  it('is completed where a run was killed, and refused where something else stands in its folder', async () => {
    const cwd = temporaryFolder();
    const { folder } = await generate('api', answers, { cwd });
    const whole = tree(folder);
    for (const file of ['.yo-rc.json', 'README.md', 'schemas/tags.json', '__init__.py']) rmSync(join(folder, file));
    writeFileSync(join(folder, '.mage-connector.tmp'), 'half');
    await generate('api', answers, { cwd });
    rmSync(join(folder, '.mage-connector.tmp'));
    assert.deepEqual(tree(folder), whole);
    rmSync(join(folder, '.yo-rc.json'));
    writeFileSync(join(folder, 'client.py'), '# Mine.\n');
    await assert.rejects(plan('api', answers, { cwd }), /exists already and holds something that has no \.yo-rc\.json/);
  });
});

describe('changed answers of the other kinds', () => {
  const cases = {
    sql: [
      { kind: 'sql', name: 'Acme Shop', dialect: 'sqlite' },
      { config: [{ name: 'region', default: 'eu', description: 'Where' }], description: 'The shop.' },
    ],
    file: [
      {
        kind: 'file',
        name: 'Acme Exports',
        format: 'csv',
        streams: [{ name: 'orders', path: 'orders.csv', key_properties: ['id'], schema }],
      },
      { delimiter: ';', streams: [{ name: 'orders', path: '{region}/orders.csv', key_properties: ['name'] }] },
    ],
  } as const;
  for (const [kind, [first, other]] of Object.entries(cases) as ['sql' | 'file', (typeof cases)['sql' | 'file']][])
    it(`merge with what was changed (${kind})`, async () => {
      const connector = await generate(kind, first, { cwd: temporaryFolder() });
      const module = join(connector.folder, '__init__.py');
      writeFileSync(module, `${readFileSync(module, 'utf8')}\n# Mine.\n`);
      await generate(kind, other, { cwd: connector.folder });
      const streams =
        'streams' in first && 'streams' in other ? [{ ...first.streams[0], ...other.streams[0] }] : undefined;
      const fresh = await generate(kind, { ...first, ...other, ...(streams && { streams }) });
      const { '__init__.py': code, ...files } = tree(connector.folder);
      const { '__init__.py': expected, ...others } = tree(fresh.folder);
      assert.equal(code, `${expected}\n# Mine.\n`);
      assert.deepEqual(files, others);
    });
});
