import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { UserError } from '../../src/base/problems.ts';
import { type Generated, generate, plan, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');

function example(): { streams: { name: string; schema: Record<string, unknown> }[]; [key: string]: unknown } {
  const answers = parse(readFileSync(join(EXAMPLES, 'api.yaml'), 'utf8'));
  answers.streams[0].schema.sample = join(EXAMPLES, 'samples/deals.json');
  return answers;
}

describe('a connector that grows', () => {
  const whole = example();
  const [deals, contacts] = whole.streams;
  const schema = { properties: { name: 'string' } };
  const tags = { name: 'tags', path: '/tags', records_path: 'data', key_properties: ['name'], schema };
  let cwd: string;
  let connector: Generated;
  const add = (streams: unknown[], options = {}) =>
    generate('api', { streams }, { cwd, addsOnly: true, options: { connector: connector.folder, ...options } });
  const edit = (path: string, change: (text: string) => string) => {
    const file = join(connector.folder, path);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  const read = (path: string) => readFileSync(join(connector.folder, path), 'utf8');

  beforeEach(async () => {
    cwd = temporaryFolder();
    connector = await generate('api', { ...whole, streams: [contacts] }, { cwd });
  });

  it('ends in the same files as one that was made with all streams, in whatever order they came', async () => {
    await add([tags]);
    await add([deals]);
    const atOnce = await generate('api', { ...whole, streams: [deals, tags, contacts] });
    assert.deepEqual(tree(connector.folder), tree(atOnce.folder));
  });

  it('changes nothing when the same stream is added again', async () => {
    await add([deals]);
    const { changes } = await plan(
      'api',
      { streams: [deals] },
      { cwd, addsOnly: true, options: { connector: connector.folder } },
    );
    assert.deepEqual(
      changes.filter(({ before, content }) => before !== content),
      [],
    );
  });

  it('keeps what the user has changed, beside what it adds', async () => {
    edit('streams/__init__.py', text => `# Ours.\n${text}\nEXTRA = 1\n`);
    edit('README.md', text => text.replace('# Acme CRM', '# Acme CRM, our way').replaceAll('\n', '\r\n'));
    edit('streams/contacts.py', text => `${text}\n    # A note.\n`);
    edit('templates/config.json', text => text.replace('"eu"', '"us"'));
    await add([deals]);
    assert.match(
      read('streams/__init__.py'),
      /^# Ours\.\n(.*\n)*from .*\.deals import Deals\n(.*\n)* {4}Deals\.TABLE: Deals,\n\}\n\nEXTRA = 1\n$/,
    );
    assert.match(read('README.md'), /^# Acme CRM, our way\r\n/);
    assert.match(read('README.md'), /\| `contacts` \|.*\r\n\| `deals` \|/);
    assert.match(read('README.md'), /\| `start_date` \|/);
    assert.doesNotMatch(read('README.md'), /[^\r]\n/);
    assert.match(read('streams/contacts.py'), /# A note\.\n$/);
    assert.deepEqual(JSON.parse(read('templates/config.json')), { access_token: '', region: 'us', start_date: '' });
  });

  it('leaves to Yeoman a whole file that the user has changed where it has to change as well, and there only', async () => {
    const asked = async () => {
      const { changes } = await plan(
        'api',
        { streams: [deals] },
        { cwd, addsOnly: true, options: { connector: connector.folder } },
      );
      return changes.filter(({ ask }) => ask).map(({ path }) => path);
    };
    edit('streams/base.py', text => `${text}# Mine.\n`);
    assert.deepEqual(await asked(), []);
    edit('streams/base.py', text => text.replace(/^( +)params = .*\n/m, '$&$1print(params)\n'));
    assert.deepEqual(await asked(), [join(connector.folder, 'streams/base.py')]);
  });

  it('leaves deleted what the user has deleted', async () => {
    rmSync(join(connector.folder, 'README.md'));
    await add([deals]);
    assert.equal(tree(connector.folder)['README.md'], undefined);
  });

  it('finds the connector around the current folder', async () => {
    const { files } = await generate(
      'api',
      { streams: [tags] },
      { cwd: join(connector.folder, 'streams'), addsOnly: true },
    );
    assert.ok(files.includes('sources/acme_crm/streams/tags.py'));
  });

  const refused = (streams: unknown[], message: RegExp, options = {}) =>
    assert.rejects(
      add(streams, options),
      (error: unknown) => error instanceof UserError && message.test(error.message),
    );

  it('refuses a stream that is there with other answers, and what is no connector', async () => {
    const before = tree(cwd);
    await refused([{ ...contacts, path: '/people' }], /has a stream contacts already, with other answers/);
    await refused([tags], /is no connector of this generator/, { connector: cwd });
    await refused(
      [{ name: 'x y', path: '/x' }],
      /streams\[0\]\.name, line 1: must be letters.*x_y[\s\S]*streams\[0\]\.schema, line 1: is missing/,
    );
    assert.deepEqual(tree(cwd), before);
  });

  it('refuses a registry that it cannot read, and says what to do by hand', async () => {
    appendFileSync(join(connector.folder, 'streams/__init__.py'), 'def broken(:\n');
    const before = tree(cwd);
    await refused([deals], /streams\/__init__\.py: .*not valid Python.*import Deals.*Deals\.TABLE: Deals,/);
    assert.deepEqual(tree(cwd), before);
  });
});

describe('what a sample tells', () => {
  const answers = {
    name: 'A',
    base_url: 'https://a.test',
    pagination: { type: 'page' },
    streams: [{ name: 'a', path: '/a', pagination: { type: 'page' }, schema: { sample: 'a.json' } }],
  };
  let cwd: string;
  beforeEach(() => {
    cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.json'), '{"data": [{"id": 1, "x": 1}, {"id": 2, "x": "y"}], "errors": []}');
    for (const stream of answers.streams) stream.schema.sample = join(cwd, 'a.json');
  });

  it('is where the records are and which columns need to be text, and it is recorded', async () => {
    const generated = await generate('api', answers, { cwd });
    assert.match(readFileSync(join(generated.folder, 'streams/a.py'), 'utf8'), /RECORDS_PATH = \('data',\)/);
    assert.match(readFileSync(join(generated.folder, 'streams/a.py'), 'utf8'), /TEXT_COLUMNS = \('x',\)/);
    assert.match(generated.notes.join('\n'), /data/);
    const again = await plan('api', { streams: answers.streams }, { cwd: generated.folder, addsOnly: true });
    assert.deepEqual(
      again.changes.filter(({ before, content }) => before !== content),
      [],
    );
  });
});
