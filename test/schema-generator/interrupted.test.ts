import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connectorOf } from './support.ts';

const COMMAND = resolve(import.meta.dirname, '../../dist/bin/mage-connector.js');

/** Kills the process in the middle of its n-th write into a folder. */
const KILLER = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
let count = 0;
const isLast = path => String(path).startsWith(process.env.FOLDER) && ++count === Number(process.env.LAST);
const kill = () => process.kill(process.pid, 'SIGKILL');
const half = content => content.slice(0, content.length / 2);
const { writeFileSync, renameSync } = fs;
fs.writeFileSync = (path, content, ...rest) => {
  if (!isLast(path)) return writeFileSync(path, content, ...rest);
  writeFileSync(path, half(content));
  kill();
};
fs.renameSync = (from, to) => (isLast(to) ? kill() : renameSync(from, to));
const { writeFile } = fs.promises;
fs.promises.writeFile = async (path, content, ...rest) => {
  if (!isLast(path)) return writeFile(path, content, ...rest);
  writeFileSync(path, half(content));
  kill();
};
syncBuiltinESMExports();
`;

describe('schema, killed while it writes', function () {
  this.timeout(120_000);

  it('leaves every file whole, and is completed by the same run', () => {
    const old =
      '{\n  "type": "object",\n  "properties": {\n    "id": {\n      "type": ["null", "integer"]\n    }\n  }\n}\n';
    const fresh = () => connectorOf({ 'schemas/deals.json': old, 'deals.jsonl': '{"id": 1, "name": "x"}\n' });
    const run = (folder: string, last: number) =>
      spawnSync(
        process.execPath,
        ['--import', `data:text/javascript,${encodeURIComponent(KILLER)}`, COMMAND].concat([
          'schema',
          'deals',
          '--connector',
          folder,
          '--from',
          join(folder, 'deals.jsonl'),
        ]),
        { env: { ...process.env, FOLDER: folder, LAST: String(last) }, encoding: 'utf8', input: '' },
      ).signal;
    const read = (folder: string) =>
      ['schemas/deals.json', '.yo-rc.json'].map(name => {
        const isThere = readdirSync(folder).includes('.yo-rc.json') || name !== '.yo-rc.json';
        return isThere ? readFileSync(join(folder, name), 'utf8') : undefined;
      });
    const done = fresh();
    assert.equal(run(done, 0), null);
    const [schema, record] = read(done);
    assert.notEqual(schema, old);
    let kills = 0;
    for (let last = 1; ; last += 1) {
      const folder = fresh();
      if (run(folder, last) !== 'SIGKILL') break;
      kills += 1;
      const [now, recorded] = read(folder);
      assert.ok([old, schema].includes(now), now);
      assert.ok([undefined, record].includes(recorded), recorded);
      assert.deepEqual(readdirSync(join(folder, 'schemas')), ['deals.json', 'other.json']);
      assert.equal(run(folder, 0), null);
      assert.deepEqual(read(folder), [schema, record]);
    }
    assert.ok(kills >= 4, `${kills} kills`);
  });
});
