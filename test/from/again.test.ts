import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ask } from '../../src/answers/ask.ts';
import { Stopped } from '../../src/answers/stopped.ts';
import { commandNamed } from '../../src/commands/commands.ts';
import { readConnector } from '../../src/connector/existing.ts';
import { items } from '../api/support.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { apply, temporaryFolder } from '../support/generate.ts';
import { connectorFrom, plannedFrom } from './support.ts';

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
    const ask = script({ name: 'Other', streams: ['deals'] });
    await assert.rejects(plannedFrom(commands('deals', 'users'), { cwd, ask }), { name: 'Stopped' });
    // As a door does it.
    const kept = ask.keep?.();
    assert.match(String(kept), /^answers\.yaml has the answers so far/);
    assert.match(readFileSync(join(cwd, 'answers.yaml'), 'utf8'), /# said: your answer\nname: Other\n/);
    assert.ok(!existsSync(join(cwd, 'sources/other')));
  });
});
