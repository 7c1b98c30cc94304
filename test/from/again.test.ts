import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Ask } from '../../src/answers/ask.ts';
import { Stopped } from '../../src/answers/stopped.ts';
import { commandNamed } from '../../src/commands/commands.ts';
import { type ExistingConnector, readConnector } from '../../src/connector/existing.ts';
import { planConnectorRun } from '../../src/connector/run.ts';
import { items } from '../api/support.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { apply, kindOf, temporaryFolder } from '../support/generate.ts';
import { connectorFrom, type ListedPath, openapi, plannedFrom } from './support.ts';

const RECORDS = items(7);
const names = (streams: readonly Record<string, unknown>[]) => streams.map(({ name }) => name);

describe('a description that is read again', () => {
  let server: TestServer;
  before(async () => {
    server = await serve(({ pathname, searchParams }) => ({
      body: { data: pathname === '/single' ? { id: 1 } : searchParams.get('page') === '2' ? [] : RECORDS },
    }));
  });
  after(() => server.close());
  const commands = (...paths: readonly string[]) => paths.map(path => `curl '${server.url}/${path}'`).join('\n');

  it('adds what is new, tells what is changed and gone, and takes nothing out', async () => {
    const cwd = temporaryFolder();
    const first = await connectorFrom(commands('deals', 'users'), { cwd });
    const edited = join(first.folder, 'streams/users.py');
    writeFileSync(edited, `${readFileSync(edited, 'utf8')}\n# mine\n`);
    const more = await connectorFrom(commands('deals?open=1', 'tags'), { cwd });
    assert.equal(more.folder, first.folder);
    assert.deepEqual(names(more.streams).toSorted(), ['deals', 'tags', 'users']);
    assert.match(more.text, /deals stays as it is; the description has other answers: params/);
    assert.match(more.text, /users stays, though the description has it no more/);
    assert.match(readFileSync(edited, 'utf8'), /# mine/);
    assert.equal(more.streams.find(({ name }) => name === 'deals')?.params, undefined);
    const same = await plannedFrom(commands('tags'), { cwd: first.folder });
    assert.deepEqual([same.changes, same.writes], [[], []]);
    assert.match(same.report([]).text, /has all of these streams: nothing had to be written/);
  });

  it('tells scripts what is taken over, and fails where nothing is', async () => {
    const { json, streams } = await connectorFrom(
      `${commands('deals')}\ncurl -d '[1]' ${server.url}/users\ncurl ${server.url}/single`,
    );
    assert.deepEqual(names(streams).toSorted(), ['deals', 'single', 'users']);
    const graded = json.streams as { readonly name: string; readonly grade: string }[];
    assert.deepEqual(
      graded.map(({ name, grade }) => [name, grade]),
      [
        ['deals', 'full'],
        ['users', 'loss'],
        ['single', 'full'],
      ],
    );
  });

  it('gives single streams to a connector, by the command stream', async () => {
    const { folder } = await connectorFrom(commands('deals'));
    const plan = await commandNamed('stream').load();
    const given = { dryRun: false, force: false, bail: false, json: false };
    const run = (name: string, connector: string) =>
      plan(
        {
          given: { ...given, connector },
          flags: { name, from: commands('tags', 'users') },
          cwd: folder,
          intent: 'any',
        },
        undefined,
      );
    await apply((await run('users', '.')).changes);
    assert.deepEqual(
      readConnector(folder)
        ?.answers.streams?.map(({ name }) => name)
        .toSorted(),
      ['deals', 'users'],
    );
    await assert.rejects(run('user', '.'), /no stream is called user \(did you mean users\?\)/);
    await assert.rejects(run('users', temporaryFolder()), /is no connector: there is no __init__.py/);
  });

  it('is asked about in a few questions; where the user stops, the answers are kept', async () => {
    const cwd = temporaryFolder();
    const asked: string[] = [];
    const script = (given: Readonly<Record<string, unknown>>) =>
      new Ask(async ({ name }) => {
        asked.push(String(name));
        if (!(String(name) in given)) throw new Stopped();
        return { [String(name)]: given[String(name)] };
      });
    const { streams, answers } = await connectorFrom(commands('deals', 'users'), {
      cwd,
      ask: script({ name: 'Acme', streams: ['users'], right: '' }),
    });
    assert.deepEqual([answers.name, names(streams), asked], ['Acme', ['users'], ['name', 'streams', 'right']]);
    const steps = ['streams', ''];
    const changed = await plannedFrom(commands('deals'), {
      cwd: temporaryFolder(),
      flags: { name: 'Changed' },
      ask: new Ask(async ({ name }) => {
        const given = { right: steps.shift(), changed_answer: 'key_properties', changed_value: 'name' };
        return { [String(name)]: (given as Record<string, unknown>)[String(name)] };
      }),
    });
    await apply(changed.changes);
    assert.deepEqual(readConnector(changed.folder)?.answers.streams?.[0]?.key_properties, ['name']);
    const ask = script({ name: 'Other', streams: ['deals'] });
    await assert.rejects(plannedFrom(commands('deals', 'users'), { cwd, ask }), { name: 'Stopped' });
    // As a door does it.
    const kept = ask.keep?.();
    assert.match(String(kept), /^answers\.yaml has the answers so far/);
    assert.match(readFileSync(join(cwd, 'answers.yaml'), 'utf8'), /# said: your answer\nname: Other\n/);
    assert.ok(!existsSync(join(cwd, 'sources/other')));
  });
});

describe('a newer description of a connector that was changed since', () => {
  const BASE = 'https://api.acme.test/v1';
  const offline = { offline: true };
  const described = (lists: Readonly<Record<string, ListedPath>>, base = BASE, more = {}) => {
    const file = join(temporaryFolder(), 'openapi.json');
    writeFileSync(file, openapi(base, lists, more));
    return file;
  };
  const made = (lists: Readonly<Record<string, ListedPath>>) => connectorFrom(described(lists), { flags: offline });
  const again = async (from: string, cwd: string) => {
    const run = await plannedFrom(from, { cwd, flags: offline });
    const { text, json } = run.report([]);
    return { run, text, notes: (json as { understood: readonly string[] }).understood };
  };
  /** Has the connector's recorded answers be others, as a user changes them. */
  const change = async (folder: string, more: object) => {
    const { answers } = readConnector(folder) as ExistingConnector;
    const streams = answers.streams?.map(stream => ({ ...stream, ...more }));
    const kind = await kindOf('api');
    const document = { file: 'a.yaml', folder, value: { ...answers, streams }, lineOf: () => undefined, comments: [] };
    const given = { dryRun: false, force: true, bail: false, json: false, connector: folder };
    const run = await planConnectorRun(kind, { given, flags: {}, cwd: folder, intent: 'change' }, undefined, document);
    await apply(run.changes);
  };

  it('knows a stream that the user has renamed, and children of it', async () => {
    const { folder } = await made({ '/deals': {} });
    const plan = await commandNamed('stream').load();
    const given = { dryRun: false, force: false, bail: false, json: false };
    const rename = { name: 'opportunities', rename: 'deals' };
    const renamed = await plan({ given, flags: rename, cwd: folder, intent: 'any' }, undefined);
    for (const { path, content, removed } of renamed.changes)
      if (removed) rmSync(path);
      else writeFileSync(path, content);
    const id = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
    const from = described({ '/deals': {}, '/deals/{id}/notes': { parameters: id } });
    const { run, notes } = await again(from, folder);
    assert.ok(notes.includes('opportunities is called deals in the description, and keeps its name'));
    assert.ok(!notes.some(note => /no more/.test(note)));
    await apply(run.changes);
    const streams = readConnector(folder)?.answers.streams ?? [];
    assert.deepEqual(streams.map(({ name }) => name).toSorted(), ['notes', 'opportunities']);
    const [notesStream] = streams.filter(({ name }) => name === 'notes');
    assert.deepEqual(notesStream?.parent, { stream: 'opportunities', field: 'id', as: 'deal_id' });
    assert.deepEqual((await again(from, folder)).run.changes, []);
  });

  it('tells a key and pages that are others, and columns that are new, once each, and changes nothing', async () => {
    const { folder } = await made({ '/deals': {} });
    await change(folder, { key_properties: ['id', 'updated_at'] });
    const before = readFileSync(join(folder, '.yo-rc.json'), 'utf8');
    const pages = [{ name: 'page', in: 'query', schema: { type: 'integer' } }];
    const { run, notes } = await again(described({ '/deals': { columns: ['stage'], parameters: pages } }), folder);
    assert.deepEqual(run.changes, []);
    const text = notes.join('\n');
    assert.match(text, /deals stays as it is; the description has other answers: key_properties \["id"\]/);
    assert.match(text, /deals lacks columns that the description has: stage \(mage-connector schema deals/);
    assert.match(text, /pagination/);
    assert.equal(readFileSync(join(folder, '.yo-rc.json'), 'utf8'), before);
  });

  it('says nothing of columns that the user took out, nor of the same description in another form', async () => {
    const { folder } = await made({ '/deals': { columns: ['stage'] }, '/users': {} });
    const schema = join(folder, 'schemas/deals.json');
    const { properties, ...rest } = JSON.parse(readFileSync(schema, 'utf8'));
    const { stage: _, ...others } = properties;
    writeFileSync(schema, JSON.stringify({ ...rest, properties: others }));
    const yaml = join(temporaryFolder(), 'openapi.yaml');
    const text = readFileSync(described({ '/deals': { columns: ['stage'] }, '/users': {} }), 'utf8');
    writeFileSync(yaml, stringify(JSON.parse(text)));
    const { run, notes } = await again(yaml, folder);
    assert.deepEqual([run.changes, notes.filter(note => /deals|users|connector's/.test(note))], [[], []]);
  });

  it("puts what is new below the connector's own base URL, wherever that is", async () => {
    const { folder } = await made({ '/deals': {} });
    await apply(
      (await again(described({ '/v1/deals': {}, '/v1/tags': {}, '/v2/users': {} }, 'https://api.acme.test'), folder))
        .run.changes,
    );
    const streams = Object.fromEntries((readConnector(folder)?.answers.streams ?? []).map(each => [each.name, each]));
    assert.deepEqual(Object.keys(streams).toSorted(), ['deals', 'tags', 'users']);
    assert.deepEqual([streams.tags?.path, streams.tags?.base_url], ['/tags', undefined]);
    assert.deepEqual([streams.users?.path, streams.users?.base_url], ['/v2/users', 'https://api.acme.test']);
  });

  it('adds another stream of a name that is taken under a free one', async () => {
    const { folder } = await made({ '/deals': {} });
    const plan = await commandNamed('stream').load();
    const given = { dryRun: false, force: false, bail: false, json: false };
    const flags = { name: 'users', rename: 'deals' };
    const renamed = await plan({ given, flags, cwd: folder, intent: 'any' }, undefined);
    for (const { path, content, removed } of renamed.changes)
      if (removed) rmSync(path);
      else writeFileSync(path, content);
    const { run, notes } = await again(described({ '/deals': {}, '/users': {} }), folder);
    assert.ok(notes.includes("users is another than the connector's users, and is added as users_2"), notes.join('\n'));
    await apply(run.changes);
    assert.deepEqual(names(readConnector(folder)?.answers.streams ?? []).toSorted(), ['users', 'users_2']);
  });

  it('fails with a description that is broken now, and leaves all as it was', async () => {
    const { folder } = await made({ '/deals': {} });
    const broken = join(temporaryFolder(), 'openapi.json');
    writeFileSync(broken, '{"openapi": "3.0.0", "paths": {');
    await assert.rejects(again(broken, folder), { name: 'UserError' });
    writeFileSync(broken, '{"openapi": "3.0.0", "info": {"title": "Acme", "version": "2"}, "paths": {}}');
    await assert.rejects(again(broken, folder), /has no list of records/);
  });
});
