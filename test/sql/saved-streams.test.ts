import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/base/problems.ts';
import { dialectNames } from '../../src/kinds/sql/dialects/registry.ts';
import { topLevel } from '../../src/python/parse.ts';
import { type Generated, generate, plan, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';

const TOP = { name: 'top', query: 'SELECT * FROM customers ORDER BY total DESC LIMIT 10', key_properties: ['id'] };
const LATE = { name: 'late', query: 'SELECT * FROM orders', key_properties: ['id'], replication_key: 'at' };
const DAYS = { name: 'days', query: "-- it's\nSELECT 1 AS day" };

describe('saved queries of an SQL connector', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = temporaryFolder();
  });
  const start = (...streams: object[]) =>
    generate('sql', { kind: 'sql', name: 'Acme', dialect: 'sqlite', ...(streams.length > 0 && { streams }) }, { cwd });
  const add = ({ folder }: Generated, streams: readonly object[], options = {}) =>
    generate('sql', { streams }, { cwd, addsOnly: true, options: { connector: folder, ...options } });
  const edit = ({ folder }: Generated, path: string, change: (text: string) => string) => {
    const text = readFileSync(join(folder, path), 'utf8');
    assert.notEqual(change(text), text);
    writeFileSync(join(folder, path), change(text));
  };
  const refused = async (answers: object, message: RegExp, options = {}) => {
    const before = tree(cwd);
    await assert.rejects(plan('sql', answers, { cwd, ...options }), (error: unknown) => {
      assert.ok(error instanceof UserError, String(error));
      assert.match(error.message, message);
      return true;
    });
    assert.deepEqual(tree(cwd), before);
  };

  it('come one by one, in any order and from files, to the same tree as at once', async () => {
    writeFileSync(join(cwd, 'late.sql'), `\uFEFF${LATE.query};\r\n`);
    const grown = await start();
    const { query: _, ...late } = LATE;
    for (const stream of [TOP, { ...late, query_file: join(cwd, 'late.sql') }, DAYS]) await add(grown, [stream]);
    const files = tree(grown.folder);
    assert.equal(files['queries/late.sql'], `${LATE.query}\n`);
    assert.match(files['README.md'] ?? '', /\| `late` \| `queries\/late\.sql` \| `id` \| INCREMENTAL by `at` \|/);
    rmSync(grown.folder, { recursive: true });
    assert.deepEqual(files, tree((await start(DAYS, TOP, LATE)).folder));
  });

  it('change nothing a second time, nor when a connector without them is generated again', async () => {
    const grown = await start(TOP);
    await add(grown, [LATE]);
    const before = tree(grown.folder);
    await add(grown, [{ ...LATE, query: `${LATE.query} ;\n` }]);
    assert.deepEqual(tree(grown.folder), before);
    await refused({ streams: [{ ...LATE, query: 'SELECT 2' }] }, /a stream late already, with other answers/, {
      addsOnly: true,
      options: { connector: grown.folder },
    });
  });

  it('leave what the user has changed', async () => {
    const grown = await start(TOP);
    edit(
      grown,
      '__init__.py',
      text => `${text.replace("'key_properties': ['id']", "'key_properties': ['id', 'x']")}# Ours.\n`,
    );
    edit(grown, 'README.md', text => text.replaceAll('\n', '\r\n'));
    edit(grown, 'queries/top.sql', text => text.replace('10', '20'));
    const before = tree(grown.folder);
    await add(grown, [LATE, DAYS]);
    const after = tree(grown.folder);
    assert.equal(after['queries/top.sql'], before['queries/top.sql']);
    assert.match(
      after['__init__.py'] ?? '',
      /'days': \{[\s\S]*'late': \{[\s\S]*'top': \{\s+'key_properties': \['id', 'x'\][\s\S]*# Ours\.\n$/,
    );
    assert.match(after['README.md'] ?? '', /\| `days` \|.*\r\n\| `late` \|.*\r\n\| `top` \|/);
    await add(grown, [LATE]);
    assert.deepEqual(tree(grown.folder), after);
  });

  it('can be added to a module of any dialect that the user has changed', async () => {
    for (const dialect of dialectNames) {
      const driver = dialect === 'generic' ? { module: 'any', connect: {} } : undefined;
      const answers = { kind: 'sql', name: 'Acme', dialect, driver, streams: [TOP] };
      const { changes } = await plan('sql', answers, { cwd });
      const module = changes.find(({ path }) => path.endsWith('__init__.py'))?.content ?? '';
      assert.ok(topLevel(module), `${dialect}: the editor of Python does not understand the module`);
    }
  });

  it('are refused together with everything else that is wrong', async () => {
    const connector = { kind: 'sql', name: 'Acme', dialect: 'postgresql' };
    writeFileSync(join(cwd, 'two.sql'), 'SELECT 1; SELECT 2');
    writeFileSync(join(cwd, 'latin.sql'), Buffer.from("SELECT '\xe9'", 'latin1'));
    const streams = [
      { ...TOP, query: undefined },
      { ...LATE, query: undefined, query_file: join(cwd, 'two.sql'), replication_method: 'FULL_TABLE' },
      { name: 'a b', query: 'SELECT 1' },
      { name: 'c', query: 'SELECT 1', query_file: 'none.sql' },
      { name: 'd', query_file: join(cwd, 'none.sql') },
      { name: 'e', query_file: join(cwd, 'latin.sql') },
      { name: 'f', query: 'DROP TABLE x' },
      { name: 'g', query: 'SELECT 1', path: '/g' },
      { name: 'TOP', query: 'SELECT 1' },
    ];
    await refused(
      { ...connector, streams },
      new RegExp(
        [
          'streams\\[2\\]\\.name.*must be letters',
          'streams\\[7\\]\\.path.*is unknown',
          'streams\\[0\\]\\.query,.*is missing: give it, or its file as query_file',
          'streams\\[1\\]\\.replication_key.*has no use in a FULL_TABLE stream',
          'streams\\[1\\]\\.query_file.*two\\.sql: has more than one statement',
          'streams\\[3\\]\\.query_file.*none\\.sql: a query is given as well',
          'streams\\[4\\]\\.query_file.*none\\.sql: there is no such file',
          "streams\\[5\\]\\.query_file.*latin\\.sql: can't be read",
          'streams\\[6\\]\\.query,.*must be a query such as a SELECT, and begins with DROP',
          'streams\\[8\\]\\.name.*TOP and top would share the module',
        ].join('[\\s\\S]*'),
      ),
    );
  });

  it('bring the code that reads them into a module that the user has changed, and are refused where it was taken out', async () => {
    const grown = await start();
    edit(grown, '__init__.py', text => `${text}\n# Ours.\n`);
    await add(grown, [TOP]);
    cwd = temporaryFolder();
    const whole = tree((await start(TOP)).folder)['__init__.py'];
    cwd = grown.root;
    assert.equal(tree(grown.folder)['__init__.py'], `${whole}\n# Ours.\n`);
    edit(grown, '__init__.py', text => text.replaceAll('read_query', 'read_our_query'));
    await refused({ streams: [LATE] }, /__init__\.py: was changed by hand and has no code to read saved queries/, {
      addsOnly: true,
      options: { connector: grown.folder },
    });
  });

  it('are text in every file', async () => {
    const query = `SELECT '"""\\' AS "'; import os #", <%= 1 %> {{ x }} FROM t`;
    const columns = ['\'"\\\n; import os #'.replace('\n', ''), '| `x` <b>'];
    const made = await start({ name: 'odd', query, key_properties: columns });
    assert.equal(tree(made.folder)['queries/odd.sql'], `${query}\n`);
    const module = tree(made.folder)['__init__.py'] ?? '';
    assert.ok(topLevel(module));
    assert.doesNotMatch(module, /^import os/m);
    const row = (tree(made.folder)['README.md'] ?? '').split('\n').find(line => line.startsWith('| `odd`'));
    assert.equal(row?.replaceAll(/\\\|/g, '').split('|').length, 6);
  });
});
