import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { killedAt } from '../support/killed.ts';
import { connectorOf } from './support.ts';

describe('schema, killed while it writes', function () {
  this.timeout(120_000);

  it('leaves every file whole, and is completed by the same run', () => {
    const old =
      '{\n  "type": "object",\n  "properties": {\n    "id": {\n      "type": ["null", "integer"]\n    }\n  }\n}\n';
    const fresh = () => connectorOf({ 'schemas/deals.json': old, 'deals.jsonl': '{"id": 1, "name": "x"}\n' });
    const run = (folder: string, last: number) =>
      killedAt(last, folder, ['schema', 'deals', '--connector', folder, '--from', join(folder, 'deals.jsonl')]);
    const read = (folder: string) =>
      ['schemas/deals.json', '.yo-rc.json'].map(name => {
        const isThere = readdirSync(folder).includes('.yo-rc.json') || name !== '.yo-rc.json';
        return isThere ? readFileSync(join(folder, name), 'utf8') : undefined;
      });
    const done = fresh();
    assert.equal(run(done, 0), false);
    const [schema, record] = read(done);
    assert.notEqual(schema, old);
    let kills = 0;
    for (let last = 1; ; last += 1) {
      const folder = fresh();
      if (!run(folder, last)) break;
      kills += 1;
      const [now, recorded] = read(folder);
      assert.ok([old, schema].includes(now), now);
      assert.ok([undefined, record].includes(recorded), recorded);
      assert.deepEqual(readdirSync(join(folder, 'schemas')), ['deals.json', 'other.json']);
      assert.equal(run(folder, 0), false);
      assert.deepEqual(read(folder), [schema, record]);
    }
    assert.ok(kills >= 4, `${kills} kills`);
  });
});
