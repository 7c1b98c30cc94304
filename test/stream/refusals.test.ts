import assert from 'node:assert/strict';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../src/base/problems.ts';
import { inWriteOrder } from '../../src/changes/writing/order.ts';
import { actionOf } from '../../src/streams/action.ts';
import { planStreams } from '../../src/streams/plan.ts';
import { findTarget } from '../../src/streams/target.ts';
import { temporaryFolder } from '../support/generate.ts';
import { add, place, refunds, tree } from './connectors.ts';

const source = (base: string, body: string, before = '') =>
  `from mage_integrations.sources.${base} import Source, main\n${before}\n\nclass Acme(Source):\n${body}\n\n\nif __name__ == '__main__':\n    main(Acme)\n`;

function connector(files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder(), 'acme');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function refused(folder: string, message: RegExp, answers: object = refunds): Promise<void> {
  const before = tree(folder);
  await assert.rejects(add(folder, [answers]), (error: unknown) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, message);
    return true;
  });
  assert.deepEqual(tree(folder), before);
}

const schema = '{"type": "object", "properties": {"id": {"type": ["null", "integer"]}}}';

describe('stream on connectors that it cannot finish', () => {
  it('refuses those that discover their streams at run time, and says why', async () => {
    const sql = connector({ '__init__.py': source('sql.base', '    pass') });
    await refused(sql, /extends Mage's SQL source, so its streams are the tables of the database.*nothing to add/);
    const finds = connector({
      '__init__.py': source('base', '    def discover(self, streams=None):\n        return []'),
    });
    await refused(finds, /in Acme\.discover of __init__\.py/);
  });

  it('gives entries to copy where a table has the streams', async () => {
    const table = "STREAMS = {\n    'deals': {\n        'key_properties': ['id'],\n    },\n}\n";
    const main = source(
      'base',
      '    def load_data(self, stream, **kwargs):\n        yield [STREAMS[stream.tap_stream_id]]',
      table,
    );
    const folder = connector({ '__init__.py': main, 'schemas/deals.json': schema });
    const { changes, byHand } = await add(folder, [refunds]);
    assert.deepEqual(
      changes.map(({ path }) => path),
      [join(folder, 'schemas/refunds.json')],
    );
    assert.match(byHand.join('\n'), /__init__\.py, line 2, add to STREAMS what deals has there/);
    assert.match(byHand.join('\n'), /\n {4}'refunds': \{\n {8}'key_properties': \['id'\],\n {4}\},\n/);
  });

  it('keeps a schema out of the way where a stream without an entry could not be discovered', async () => {
    const hook = '    def get_table_key_properties(self, stream_id):\n        return KEYS[stream_id]';
    const main = source('base', hook, "KEYS = {'deals': ['id']}\n");
    const folder = connector({ '__init__.py': main, 'schemas/deals.json': schema });
    const { changes, byHand } = await add(folder, [refunds]);
    const written = join(folder, 'refunds.schema.json');
    assert.deepEqual(
      changes.map(({ path }) => path),
      [written],
    );
    assert.match(byHand.at(-1) ?? '', /\n {4}mv refunds\.schema\.json schemas\/refunds\.json\n/);
    renameSync(written, join(folder, 'schemas/refunds.json'));
    const again = await add(folder, [refunds]);
    assert.deepEqual(
      [existsSync(written), again.changes.some(({ before, content }) => before !== content)],
      [false, false],
    );
    assert.doesNotMatch(again.byHand.join(), /mv /);
  });

  it('names the method where the code does not tell the streams apart', async () => {
    const main = source('base', '    def load_data(self, **kwargs):\n        yield []');
    const folder = connector({ '__init__.py': main, 'schemas/deals.json': schema });
    assert.match(
      (await add(folder, [refunds])).byHand.join(),
      /line 5, have Acme\.load_data give the records of refunds/,
    );
  });

  it('refuses what is no Python, two registries, and a stream that is there', async () => {
    const broken = place('tables', temporaryFolder(), (text, path) =>
      path.endsWith('orders.py') ? 'class :\n' : text,
    );
    await refused(broken, /streams\/orders\.py: this is not valid Python/);
    const two = place('inline', temporaryFolder(), text =>
      text.replace('\n\nclass Inline', "\nOTHERS = {'o': Orders}\n\n\nclass Inline"),
    );
    await refused(two, /its streams are in STREAMS of __init__\.py and OTHERS of __init__\.py.*by hand/);
    const twice = place('inline', temporaryFolder(), text =>
      text.replace('\n\nclass Inline', '\nSTREAMS = {}\n\n\nclass Inline'),
    );
    await refused(twice, /STREAMS is assigned more than once/);
    const there = place('tables', temporaryFolder());
    await refused(there, /there is such a file already/, { ...refunds, name: 'orders' });
    await refused(there, /path of x: is missing/, { name: 'x', schema: refunds.schema });
    await refused(there, /streams\[0\]\.pth: is unknown: did you mean path/, { ...refunds, pth: 1 });
  });

  it('refuses flags that have no place, and asks nothing without a terminal', async () => {
    const folder = place('tables', temporaryFolder());
    const input = { folder, name: 'refunds', cwd: folder, document: undefined };
    await assert.rejects(
      planStreams({ ...input, flags: { 'bookmark-param': 'since' } }, undefined),
      /--bookmark-param: has no place/,
    );
    await assert.rejects(
      planStreams({ ...input, flags: { pagination: 'none' } }, undefined),
      /--pagination: has no place/,
    );
    await assert.rejects(planStreams({ ...input, flags: {} }, undefined), /schema: is missing/);
  });

  it('finds the connector from inside it, and says when there is none', () => {
    const folder = place('tables', temporaryFolder());
    assert.deepEqual(findTarget(undefined, join(folder, 'streams')), { folder });
    assert.throws(() => findTarget(undefined, dirname(folder)), /no connector: there is no __init__\.py/);
    assert.throws(() => findTarget('streams', folder), /--connector: streams is no connector/);
  });
});

describe('the options of stream', () => {
  it('say what to do', () => {
    assert.deepEqual(actionOf({ name: 'a' }), { does: 'add' });
    assert.deepEqual(actionOf({ list: true }), { does: 'list' });
    assert.deepEqual(actionOf({ remove: 'a' }), { does: 'edit', name: 'a', renamed: undefined });
    assert.deepEqual(actionOf({ rename: 'a', name: 'b' }), { does: 'edit', name: 'a', renamed: 'b' });
  });

  it("are refused where they can't go together", () => {
    assert.throws(() => actionOf({ list: true, remove: 'a', path: '/x' }), /2 problems[\s\S]*--remove[\s\S]*--path/);
    assert.throws(() => actionOf({ rename: 'a' }), /needs the new name too \(--rename OLD NEW\)/);
    assert.throws(() => actionOf({ remove: 'a', name: 'b' }), /b: is an argument that --remove doesn't read/);
  });
});

describe('inWriteOrder', () => {
  it('puts modules before what imports them, schemas behind, and the record last', () => {
    const change = (path: string, before?: string) => ({ path: join('/c', path), before, content: 'x', ask: false });
    const changes = [
      change('.yo-rc.json', 'old'),
      change('__init__.py', 'old'),
      change('schemas/tags.json'),
      change('streams/__init__.py', 'old'),
      change('streams/base.py', 'old'),
      change('streams/tags.py'),
      change('../list.py', 'old'),
    ];
    assert.deepEqual(
      inWriteOrder(changes, '/c').map(({ path }) => path.replace('/c/', '')),
      [
        'streams/tags.py',
        'streams/base.py',
        'streams/__init__.py',
        '__init__.py',
        'schemas/tags.json',
        '.yo-rc.json',
        '/list.py',
      ],
    );
  });
});
