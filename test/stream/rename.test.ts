import assert from 'node:assert/strict';
import { UserError } from '../../generators/common/problems.ts';
import { survey } from '../../generators/common/survey/survey.ts';
import { planRename } from '../../generators/stream/plan.ts';
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
        const names = () => survey(folder).registry?.streams.map(stream => stream.name) ?? [];
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
