import assert from 'node:assert/strict';
import { addRegistryEntry } from '../../src/python/edit/registry-edit.ts';
import { assertRefused, edited } from './assert-edit.ts';

const add = (entry: string) => (source: string) =>
  addRegistryEntry(source, { file: 'streams.py', registry: 'STREAMS', entry });

describe('addRegistryEntry', () => {
  it('takes the sorted place in a sorted registry', () => {
    const before = 'STREAMS = {\n    Accounts.TABLE: Accounts,\n    Users.TABLE: Users,\n}\n';
    const after = edited(before, add('Deals.TABLE: Deals'));
    assert.equal(after, before.replace('    Users', '    Deals.TABLE: Deals,\n    Users'));
  });

  it('goes to the end of an unsorted one, without a comma if the last entry has none', () => {
    const before = 'STREAMS = {\r\n  Users.TABLE: Users,\r\n  Accounts.TABLE: Accounts  # last\r\n}\r\n';
    assert.equal(
      edited(before, add('Deals.TABLE: Deals')),
      'STREAMS = {\r\n  Users.TABLE: Users,\r\n  Accounts.TABLE: Accounts,  # last\r\n  Deals.TABLE: Deals\r\n}\r\n',
    );
  });

  it('serves string keys, one-line and empty registries', () => {
    assert.equal(edited("STREAMS = {'a:b': A, 'c': C}\n", add("'b': B")), "STREAMS = {'a:b': A, 'b': B, 'c': C}\n");
    assert.equal(
      edited('STREAMS: Dict[str, type] = {}\n', add("'b': B")),
      "STREAMS: Dict[str, type] = {\n    'b': B,\n}\n",
    );
  });

  it('changes nothing if the entry is there in other words', () => {
    for (const source of ['STREAMS = {"b":B}\n', "STREAMS = {\n  'b' : B,\n  'a': A}\n"])
      assert.equal(add("'b': B")(source), source);
  });

  it('refuses a key that is taken, and what is not one dict display', () => {
    assertRefused(
      () => add("'b': B")("STREAMS = {'b': Other}\n"),
      'streams.py',
      'has the key b already, for Other',
      "'b': B,",
    );
    for (const source of ['STREAMS = dict(b=B)\n', 'STREAMS = {x: y for x in z}\n', 'STREAMS = {B}\n'])
      assertRefused(
        () => add("'b': B")(source),
        'streams.py',
        'is not a dict display',
        "add to the dict STREAMS: 'b': B,",
      );
    assertRefused(() => add("'b': B")('STREAMS = {\n'), 'not valid Python');
    assertRefused(() => add("'b': B")('STREAMS = {}\nSTREAMS = {}\n'), 'assigned 2 times');
  });
});
