import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import type { Connector } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { answersOf, connectorIn, folderWith, read, records } from './support.ts';

describe('the paths of a generated connector of files', function () {
  this.timeout(120_000);
  needsPython();
  let checkout: Checkout;
  before(() => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
  });
  const withPath = (path: string, more: object = {}) =>
    connectorIn(checkout, answersOf('jsonl', { id: 'integer' }, more, { path }));
  const ids = async (connector: Connector) => records(await read(connector)).map(({ id }) => id);

  it('are patterns, also over folders, and leave out what is no file', async () => {
    const connector = await withPath('**/x*.jsonl');
    const base_path = folderWith({
      'x1.jsonl': '{"id": 1}',
      'b/x.jsonl': '{"id": 3}',
      'a/c/x2.jsonl': '{"id": 2}',
      'a/y.jsonl': '!',
    });
    mkdirSync(join(base_path, 'x-folder.jsonl'));
    assert.deepEqual(await ids(connector.with({ base_path })), [2, 3, 1]);
  });

  it('start from base_path, whatever it is called, or from the current folder', async () => {
    const connector = await withPath('in/*.jsonl', { name: 'Base path' });
    const folder = folderWith({ 'odd [1] {2} *?/in/a.jsonl': '{"id": 1}', 'in/a.jsonl': '{"id": 2}' });
    assert.deepEqual(await ids(connector.with({ base_path: join(folder, 'odd [1] {2} *?') })), [1]);
    mkdirSync(join(checkout.root, 'in'));
    for (const base_path of ['', null]) {
      const outcome = await connector.with({ base_path }).testConnection();
      assert.match(outcome.error ?? '', /^Stream rows: no file matches in\/\*\.jsonl$/);
    }
    const absolute = await withPath(join(folder, 'in/*.jsonl'), { name: 'Absolute path' });
    assert.deepEqual(await ids(absolute.with({ base_path: '/nowhere' })), [2]);
  });

  it('take configured values, their defaults, or tell which is missing', async () => {
    const config = [{ name: 'region', default: 'eu' }];
    const connector = await withPath('{region}/{year}.jsonl', { name: 'Placeholders', config });
    const base_path = folderWith({ 'eu/2024.jsonl': '{"id": 1}', 'us/2024.jsonl': '{"id": 2}' });
    assert.deepEqual(await ids(connector.with({ base_path, year: '2024', region: null })), [1]);
    assert.deepEqual(await ids(connector.with({ base_path, year: 2024, region: 'us' })), [2]);
    for (const year of ['', null, undefined]) {
      const outcome = await connector.with({ base_path, year }).testConnection();
      assert.deepEqual([outcome.exitCode, outcome.error], [1, "Stream rows: the configuration lacks 'year'"]);
    }
  });

  it('are tested with the connection, and tell a pattern without files in a run', async () => {
    const connector = await withPath('*.jsonl', { name: 'Tested' });
    const base_path = folderWith({ 'a.jsonl': '' });
    assert.equal((await connector.with({ base_path }).testConnection()).exitCode, 0);
    const outcome = await read(connector.with({ base_path: join(base_path, 'none') }));
    assert.equal(outcome.exitCode, 1);
    assert.equal(outcome.error, `Stream rows: no file matches ${base_path}/none/*.jsonl`);
    assert.deepEqual(
      outcome.messages.map(({ type }) => type),
      ['SCHEMA'],
    );
  });

  it('hold any characters, and never run as code', async () => {
    const name = `a'b"c\\n %s ' + __import__("os").abort() + ' é 🎉 #.jsonl`;
    const connector = await withPath(name, { name: 'Hostile paths', description: `"""; import os\\` });
    assert.deepEqual(await ids(connector.with({ base_path: folderWith({ [name]: '{"id": 1}' }) })), [1]);
  });
});
