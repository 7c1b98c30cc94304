import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/base/problems.ts';
import { writeAll } from '../../src/changes/writing/write.ts';
import { analyze } from '../../src/python/analysis/analysis.ts';
import { planRename } from '../../src/streams/plan.ts';
import { streamJob } from '../../src/streams/run.ts';
import { temporaryFolder } from '../support/generate.ts';
import { FORMS, place, tree, write } from './connectors.ts';
import { VARIANTS } from './variants.ts';

const last = { tables: 'orders', plans: 'orders', ids: 'orders', inline: 'orders', records: 'orders', graph: 'teams' };

describe('stream --rename on hand-written connectors', () => {
  for (const form of FORMS)
    for (const [name, variant] of Object.entries(VARIANTS))
      it(`renames a stream of ${form} ${name}, and back`, () => {
        const folder = place(form, temporaryFolder(), variant);
        const before = tree(folder);
        const names = () => analyze(folder).registry?.streams.map(stream => stream.name) ?? [];
        const expected = names().map(other => (other === last[form] ? 'zones' : other));
        write(planRename(folder, last[form], 'zones'));
        assert.deepEqual(names(), expected);
        const after = tree(folder);
        const schema = form === 'plans' ? 'schemas/common' : 'schemas';
        assert.equal(after[`${schema}/zones.json`], before[`${schema}/${last[form]}.json`]);
        assert.equal(after[`${schema}/${last[form]}.json`], undefined);
        assert.match(Object.values(after).join('\n'), /class Zones(?:Stream)?\(/);
        write(planRename(folder, 'zones', last[form]));
        assert.deepEqual(tree(folder), before);
      });

  describe('ended halfway', () => {
    const halfway = (done: number) => {
      const folder = place('tables', temporaryFolder());
      writeAll(folder, planRename(folder, 'orders', 'zones').writes.slice(0, done));
      return folder;
    };
    const whole = () => {
      const folder = place('tables', temporaryFolder());
      write(planRename(folder, 'orders', 'zones'));
      return tree(folder);
    };

    it('is completed by the same run', () => {
      const count = planRename(place('tables', temporaryFolder()), 'orders', 'zones').writes.length;
      for (let done = 1; done < count; done += 1) {
        const folder = halfway(done);
        const { notes, writes } = planRename(folder, 'orders', 'zones');
        assert.match(notes.join(), /completes a run/);
        writeAll(folder, writes);
        assert.deepEqual(tree(folder), whole());
      }
    });

    it('has to be completed before anything else is changed', () => {
      const folder = halfway(3);
      const message = /gave orders the name zones was ended before it was done.*stream --rename orders zones/;
      const job = (options: object) =>
        streamJob({ given: { connector: folder } as never, flags: { ...options }, cwd: folder });
      for (const options of [{ name: 'refunds' }, { remove: 'customers' }, { rename: 'orders', name: 'regions' }])
        assert.throws(() => job(options), message);
      assert.equal(job({ rename: 'orders', name: 'zones' }).action.does, 'edit');
      assert.equal(job({ list: true }).action.does, 'list');
    });

    it('is left to the user where a file has been changed since', () => {
      const folder = halfway(3);
      appendFileSync(join(folder, 'streams/__init__.py'), '# Mine.\n');
      const before = tree(folder);
      assert.throws(() => planRename(folder, 'orders', 'zones'), /streams\/__init__\.py: .*has been changed since/);
      assert.deepEqual(tree(folder), before);
    });
  });

  it('refuses a name that is taken or none', () => {
    const folder = place('tables', temporaryFolder());
    for (const [from, to, message] of [
      ['orders', 'customers', /a stream customers already/],
      ['orders', 'a b', /must be letters/],
      ['order', 'zones', /did you mean orders/],
    ] as const)
      assert.throws(
        () => planRename(folder, from, to),
        error => error instanceof UserError && message.test(error.message),
      );
  });
});
