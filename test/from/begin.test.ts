import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ask } from '../../src/answers/ask.ts';
import type { PlannedRun } from '../../src/changes/run.ts';
import { commandNamed } from '../../src/commands/commands.ts';
import { readConnector } from '../../src/connector/existing.ts';
import { items } from '../api/support.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { place, tree, write } from '../stream/connectors.ts';
import { apply, generate, temporaryFolder } from '../support/generate.ts';
import { openapi } from './support.ts';

const DEALS = { name: 'deals', path: '/deals', schema: { properties: { id: 'integer' } } };
const ACME = {
  kind: 'api',
  name: 'Acme',
  base_url: 'https://api.acme.test/v1',
  auth: { type: 'none' },
  streams: [DEALS],
};

const streamsOf = (folder: string) =>
  Object.fromEntries((readConnector(folder)?.answers.streams ?? []).map(({ name, ...rest }) => [name, rest]));

/** Plans a run of the command schema. */
async function schema(
  cwd: string,
  flags: Readonly<Record<string, unknown>>,
  ask?: Ask,
  options: object = {},
): Promise<PlannedRun> {
  const plan = await commandNamed('schema').load();
  const given = { dryRun: false, force: false, bail: false, json: false, ...options };
  return plan({ given, flags, cwd, intent: 'any' }, ask);
}

function file(name: string, content: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

const DESCRIPTION = file(
  'openapi.json',
  openapi('https://api.acme.test/v1', { '/deals': { columns: ['value'] }, '/tags': {} }),
);

describe('schema --from, where there is no stream', () => {
  it('begins one by a description, as stream does, with its class and answers', async () => {
    const { folder } = await generate('api', ACME);
    const run = await schema(folder, { name: 'tags', from: DESCRIPTION, offline: true });
    await apply(run.changes);
    const { tags } = streamsOf(folder);
    assert.deepEqual([tags?.path, tags?.records_path, tags?.key_properties], ['/tags', 'data', ['id']]);
    assert.match(readFileSync(join(folder, 'streams/tags.py'), 'utf8'), /class Tags/);
    const same = await schema(folder, { name: 'tags', from: DESCRIPTION, offline: true });
    assert.ok(same.changes.every(({ before, content }) => before === content));
    await assert.rejects(
      schema(folder, { name: 'users', from: DESCRIPTION, offline: true }),
      /no stream is called users/,
    );
  });

  it('begins one by sample records, and says what is a guess', async () => {
    const { folder } = await generate('api', ACME);
    const sample = file('users.json', JSON.stringify({ users: items(3) }));
    const run = await schema(folder, { name: 'users', from: sample });
    await apply(run.changes);
    const { users } = streamsOf(folder);
    assert.deepEqual([users?.path, users?.records_path, users?.key_properties], ['/users', 'users', ['id']]);
    assert.ok(existsSync(join(folder, 'schemas/users.json')));
    const { text, json } = run.report([]);
    assert.match(text, /the path \/users is a guess/);
    assert.match(text, /the key id is a guess/);
    assert.match(text, /updated_at may be its bookmark/);
    assert.equal((json as { understood: unknown[] }).understood.length, 3);
  });

  it('begins one of files by a file', async () => {
    const orders = { name: 'orders', path: 'orders*.csv', schema: { properties: { id: 'integer' } } };
    const { folder } = await generate('file', { kind: 'file', name: 'Exports', format: 'csv', streams: [orders] });
    await apply((await schema(folder, { name: 'users', from: file('users.csv', 'id,name\n1,a\n2,b\n') })).changes);
    assert.deepEqual(streamsOf(folder).users, { path: 'users.csv', key_properties: ['id'] });
  });

  it('asks for what a sample does not tell, and for the stream in the first place', async () => {
    const { folder } = await generate('api', ACME);
    const asked: string[] = [];
    const answers: Readonly<Record<string, unknown>> = {
      stream: '',
      new_stream: 'users',
      from: file('users.json', JSON.stringify(items(2))),
      path: '/people',
      records_path: '',
      keys: 'id',
      incremental: false,
    };
    const ask = new Ask(async ({ name }) => {
      asked.push(String(name));
      return { [String(name)]: answers[String(name)] };
    });
    await apply((await schema(folder, {}, ask)).changes);
    assert.deepEqual(asked.slice(0, 4), ['stream', 'new_stream', 'from', 'path']);
    assert.equal(streamsOf(folder).users?.path, '/people');
  });

  it('refuses a name that is all but another, a database, and options that have no use', async () => {
    const { folder } = await generate('api', ACME);
    await assert.rejects(
      schema(folder, { name: 'deal', from: DESCRIPTION }),
      /no stream deal \(did you mean deals\?\)/,
    );
    await assert.rejects(
      schema(folder, { name: 'tags', from: DESCRIPTION, 'records-path': 'data' }),
      /--records-path: is for samples/,
    );
    const sample = file('users.json', '[{"id": 1}]');
    await assert.rejects(
      schema(folder, { name: 'users', from: sample, offline: true, config: 'c.json' }),
      /2 problems:\n {2}- --offline: is for descriptions and addresses[\s\S]*--config/,
    );
    await assert.rejects(schema(folder, { name: 'deals', from: sample, offline: true }), /--offline: is for desc/);
    const sql = await generate('sql', { kind: 'sql', name: 'Shop', dialect: 'sqlite' });
    await assert.rejects(schema(sql.folder, { name: 'users', from: sample }), /Shop: has no schemas to write/);
  });

  it('puts one of a description into a hand-written connector, and of a sample the schema alone', async () => {
    const folder = place('tables', temporaryFolder());
    const description = openapi('https://acme.example.com/v1', { '/refunds': {} });
    const run = await schema(folder, { name: 'refunds', from: file('o.json', description), offline: true });
    write(run as never);
    assert.match(tree(folder)['streams/refunds.py'] ?? '', /class RefundsStream/);
    const alone = await schema(folder, { name: 'tags', from: file('tags.json', '[{"id": 1}]') });
    assert.deepEqual(
      alone.changes.map(({ path }) => path.slice(folder.length + 1)),
      ['schemas/tags.json', '.yo-rc.json'],
    );
    assert.match(
      alone.report([{ path: 'x', outcome: 'created', lacks: '' }]).text,
      /nothing reads it yet: .*stream tags/,
    );
  });

  it('takes what is wanted from an answers file, whose files are named from there', async () => {
    const { folder } = await generate('api', ACME);
    const answers = file('begin.yaml', 'stream: users\nsample: users.json\n');
    writeFileSync(join(answers, '../users.json'), '[{"id": 1}, {"id": 2}]');
    await apply((await schema(folder, {}, undefined, { answers })).changes);
    assert.equal(streamsOf(folder).users?.path, '/users');
  });

  describe('by an address', () => {
    let server: TestServer;
    before(async () => {
      server = await serve(() => ({ body: { data: items(3) } }));
    });
    after(() => server.close());

    it('takes the name that it is given', async () => {
      const { folder } = await generate('api', { ...ACME, base_url: server.url });
      await apply((await schema(folder, { name: 'members', from: `${server.url}/people` })).changes);
      assert.equal(streamsOf(folder).members?.path, '/people');
    });
  });
});

describe('schema --from a description, of a stream that is there', () => {
  it('adds its columns, also where the stream has another name', async () => {
    const { folder } = await generate('api', { ...ACME, streams: [{ ...DEALS, name: 'opportunities' }] });
    const run = await schema(folder, { name: 'opportunities', from: DESCRIPTION, offline: true });
    await apply(run.changes);
    const { properties } = JSON.parse(readFileSync(join(folder, 'schemas/opportunities.json'), 'utf8'));
    assert.deepEqual(Object.keys(properties).toSorted(), ['id', 'updated_at', 'value']);
    const files = run.changes.map(({ path }) => ({ path, outcome: 'updated', lacks: '' }) as const);
    assert.match(run.report(files).text, /it is what is said of deals there/);
    const again = await schema(folder, { name: 'opportunities', from: DESCRIPTION, offline: true });
    assert.ok(again.changes.every(({ before, content }) => before === content));
  });
});
