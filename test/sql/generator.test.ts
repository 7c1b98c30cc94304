import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ask } from '../../src/answers/ask.ts';
import { UserError } from '../../src/base/problems.ts';
import { planRun } from '../../src/connector/run.ts';
import { dialectNames, dialectOf } from '../../src/kinds/sql/dialects/registry.ts';
import { sqlKind } from '../../src/kinds/sql/kind.ts';
import { generate, plan } from '../support/generate.ts';

/** Names of what the modules import, or near to it. */
const TAKEN = [
  ...['SQLite', 'PostgreSQL', 'MySQL', 'DuckDB', 'Schema', 'Catalog', 'Connection', 'Path', 'Connection Method'],
  ...['PostgreSQL Connection', 'MySQL Connection', 'DuckDB Connection', 'Database Connection'],
  ...['Thread', 'Empty', 'Simple Queue', 'String IO', 'RSA Key', 'SSH Exception', 'SSH Tunnel Forwarder'],
  ...['REQUIRED', 'SESSION', 'DRIVER', 'EXPRESSIONS', 'RANGES', 'TYPECASTERS', 'UNSORTED'],
  ...['CONNECT', 'TEXTS', 'WRAPPER', 'SETTINGS', 'PARAMETERS', 'UUID', 'DEFAULTS'],
];

/** What the dialect generic needs. */
const DRIVER = { module: 'sqlite3', connect: { database: '{path}' }, catalogue: 'SELECT 1' };

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

describe('the sql generator', () => {
  const problemsOf = async (answers: object) => {
    const error = await plan('sql', answers).then(
      () => assert.fail('no error'),
      (reason: unknown) => reason,
    );
    assert(error instanceof UserError);
    return error.problems.map(({ where, message }) => `${where?.split(', ').at(-1)}: ${message}`);
  };

  it('needs a name and a database', async () => {
    assert.deepEqual(await problemsOf({ kind: 'sql' }), ['name: is missing', 'dialect: is missing']);
    assert.deepEqual(await problemsOf({ kind: 'sql', name: 'A', dialect: 'postgresq' }), [
      `dialect: must be ${dialectNames.join(', ').replace(/, (\w+)$/, ' or $1')}: did you mean postgresql?`,
    ]);
  });

  it('asks for what every connector needs, and for the database', async () => {
    const typed: Record<string, unknown> = {
      name: 'Acme Warehouse',
      description: '',
      dialect: 'postgresql',
      ssh_tunnel: false,
      more: false,
    };
    const asked: unknown[] = [];
    const ask = new Ask(async ({ name }) => {
      asked.push(name);
      return { [String(name)]: typed[String(name)] };
    });
    const answers = await sqlKind.ask(ask, {}, '.');
    assert.deepEqual(asked, Object.keys(typed));
    assert.deepEqual(answers, { name: 'Acme Warehouse', dialect: 'postgresql' });
  });

  it('goes through SSH where it is asked to, and the database can be reached so', async () => {
    const ask = new Ask(async ({ name }) => ({
      [String(name)]: { name: 'A', description: '', dialect: 'tidb', ssh_tunnel: true }[String(name)] ?? false,
    }));
    assert.deepEqual(await sqlKind.ask(ask, {}, '.'), { name: 'A', dialect: 'tidb', ssh_tunnel: true });
    const [change] = sqlKind.changes ?? [];
    const answers = { kind: 'sql', name: 'A', dialect: 'postgresql', ssh_tunnel: true };
    assert.equal(change?.when?.(answers), true);
    assert.equal(change.when({ ...answers, dialect: 'sqlite' }), false);
    assert.deepEqual(await change.ask(new Ask(async () => ({ ssh_tunnel: false })), answers), {
      ssh_tunnel: undefined,
    });
    assert.deepEqual(await problemsOf({ ...answers, dialect: 'oracle' }), [
      'ssh_tunnel: is for the dialects postgresql, mysql, mariadb, timescaledb, cockroachdb, greenplum, yugabytedb, tidb only',
    ]);
  });

  it('refuses a configuration key that the database has already', async () => {
    assert.deepEqual(await problemsOf({ kind: 'sql', name: 'A', dialect: 'sqlite', config: [{ name: 'path' }] }), [
      'config[0].name: there is a configuration key path already',
    ]);
  });

  it('refuses a column that is named twice in a key, and a package that no requirements file could name', async () => {
    const streams = [{ name: 'top', query: 'SELECT 1 AS id', key_properties: ['id', 'at', 'id'] }];
    assert.deepEqual(await problemsOf({ kind: 'sql', name: 'A', dialect: 'sqlite', streams }), [
      'streams[0].key_properties: names id twice',
    ]);
    const problems = (name: string) =>
      problemsOf({ kind: 'sql', name: 'A', dialect: 'generic', driver: { ...DRIVER, package: name }, config: 1 });
    for (const bad of ['foo bar', '-r other.txt', 'vertica python>=1'])
      assert.equal((await problems(bad)).length, 2, bad);
    for (const good of [
      'vertica-python',
      'jaydebeapi[extra] >= 1.2',
      'x @ https://a.test/x.whl',
      'git+https://a.test/x#egg=x',
    ])
      assert.equal((await problems(good)).length, 1, good);
  });

  it('asks for each column of a key and each argument of a driver once', async () => {
    const faults: Record<string, unknown> = {};
    const typed: Record<string, unknown> = {
      ...{ name: 'A', dialect: 'generic', module: 'x', package: 'a b', connect: 'host={host}, host=b' },
      ...{ more: true, stream: 'top', query_file: 'x.sql', keys: 'id, id' },
    };
    const ask = new Ask(async ({ name, validate }) => {
      const value = typed[String(name)] ?? '';
      if (typeof validate === 'function') faults[String(name)] = validate(value);
      if (name === 'more') typed.more = false;
      return { [String(name)]: value };
    });
    await sqlKind.ask(ask, {}, '.');
    assert.equal(faults.keys, 'This names id twice.');
    assert.equal(faults.connect, 'This names host twice.');
    assert.match(String(faults.package), /^This must be like vertica-python/);
  });

  it('asks before a connector that is there becomes what was answered in a terminal', async () => {
    const { folder, root } = await generate('sql', { kind: 'sql', name: 'Acme', dialect: 'sqlite' });
    const run = (become: boolean) => {
      const typed: Record<string, unknown> = { name: 'Acme', dialect: 'postgresql', become };
      const ask = new Ask(async ({ name }) => ({ [String(name)]: typed[String(name)] ?? '' }));
      const options = { dryRun: false, force: false, bail: false, json: false };
      return planRun({ kind: sqlKind, options, flags: {}, cwd: root, intent: 'any' }, ask);
    };
    await assert.rejects(run(false), /sources\/acme has a connector of that name already/);
    const { changes } = await run(true);
    assert.match(changes.find(({ path }) => path === join(folder, '__init__.py'))?.content ?? '', /psycopg2/);
  });

  it('gives no class the name of what its module imports', async () => {
    for (const name of TAKEN) {
      for (const dialect of dialectNames) {
        const { model, changes } = await plan('sql', {
          kind: 'sql',
          name,
          dialect,
          ...(dialect === 'generic' && { driver: DRIVER }),
          ...(dialectOf(dialect).tunnel && { ssh_tunnel: true }),
        });
        const module = changes.find(({ path }) => path.endsWith('__init__.py'))?.content ?? '';
        const names = module.replaceAll(/\w+ as /g, '').matchAll(/^(?:from \S+ import (.*)|class (\w+)|(\w+) = )/gm);
        const defined = [...names].flatMap(([, imported, own, constant]) => own ?? constant ?? imported?.split(', '));
        assert.equal(
          defined.filter(defined => defined === model.className).length,
          1,
          `${dialect}: ${model.className}`,
        );
      }
    }
  });

  it('writes the same module for a database that speaks the protocol of another', async () => {
    const moduleOf = async (dialect: string) => {
      const { changes } = await plan('sql', { kind: 'sql', name: 'A', dialect });
      return changes.find(({ path }) => path.endsWith('__init__.py'))?.content;
    };
    assert.equal(await moduleOf('mariadb'), await moduleOf('mysql'));
    assert.equal(await moduleOf('timescaledb'), await moduleOf('postgresql'));
  });

  it('takes a description for text', async () => {
    const description = '"""\'; import os # \\ {{x}} <%= 1 %> "';
    const { changes } = await plan('sql', { kind: 'sql', name: 'A', dialect: 'sqlite', description });
    const module = changes.find(({ path }) => path.endsWith('__init__.py'))?.content ?? '';
    assert.equal(module.split('\n')[0], `"""A: ''''; import os # / {{x}} <%= 1 %> '"""`);
  });

  it("writes one module, whose configuration begins with that of Mage's own connector", async () => {
    const { model, changes } = await plan('sql', join(EXAMPLES, 'sql-postgresql.yaml'));
    assert.deepEqual(
      changes.map(({ path }) => path.slice(model.layout.root.length + 1)),
      ['__init__.py', 'README.md', 'templates/config.json', '.yo-rc.json'].map(
        path => `sources/acme_warehouse/${path}`,
      ),
    );
    const template = changes.find(({ path }) => path.endsWith('config.json'))?.content ?? '';
    assert.deepEqual(JSON.parse(template), {
      host: '',
      port: 5432,
      database: '',
      schema: 'public',
      username: '',
      password: '',
      sslmode: '',
      sslrootcert: '',
      tables: '',
      exclude_tables: '',
    });
  });
});
