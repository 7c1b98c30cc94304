import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../support/generate.ts';

const COMMAND = resolve(import.meta.dirname, '../../dist/bin/mage-connector.js');
const SAMPLE = '[{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]';

describe('standard input as a sample', () => {
  const stream = (name: string) => ({ name, path: `/${name}`, key_properties: ['id'], schema: { sample: '-' } });
  const answers = (...names: string[]) =>
    JSON.stringify({ kind: 'api', name: 'Acme', base_url: 'https://a.test', streams: names.map(stream) });
  let cwd: string;
  const run = (args: readonly string[], input: string) => {
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { cwd, input, encoding: 'utf8' });
    return { status, stderr };
  };
  const columns = (name: string) =>
    Object.keys(JSON.parse(readFileSync(join(cwd, `sources/acme/schemas/${name}.json`), 'utf8')).properties);

  beforeEach(() => {
    cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.json'), answers('deals'));
  });

  it('is read once, also where the connector is there already', () => {
    for (const sample of [SAMPLE, SAMPLE.replaceAll('name', 'title')]) {
      const { status, stderr } = run(['--answers', 'a.json'], sample);
      assert.equal(status, 0, stderr);
    }
    assert.deepEqual(columns('deals'), ['id', 'name', 'title']);
  });

  it('may be that of several streams', () => {
    writeFileSync(join(cwd, 'a.json'), answers('deals', 'tags'));
    const { status, stderr } = run(['--answers', 'a.json'], SAMPLE);
    assert.equal(status, 0, stderr);
    assert.deepEqual([columns('deals'), columns('tags')], [columns('deals'), ['id', 'name']]);
  });

  it('is refused where the answers come from there', () => {
    const { status, stderr } = run(['--answers', '-'], answers('deals'));
    assert.equal(status, 1);
    assert.match(stderr, /streams\[0\]\.schema.*standard input has the answers/);
  });
});
