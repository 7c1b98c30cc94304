import assert from 'node:assert/strict';
import { mergeLines } from '../../src/changes/merge/lines.ts';
import { mergeMembers } from '../../src/changes/merge/members.ts';

const BASE = `import os

SIZE = 2


class Deals(Base):
    PATH = 'deals'
    KEY = 'id'

    def load(self):
        return 1


def run():
    pass
`;
const with_ = (...changes: readonly (readonly [string, string])[]) =>
  changes.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), from);
    return text.replace(from, to);
  }, BASE);
const merge = (mine: string, next: string) => mergeMembers(mine, BASE, next, () => undefined);

const METHOD = '\n    def transform(self):\n        return 2\n';

describe('mergeMembers', () => {
  it("keeps a method that was added where the new version adds as well, each of them in its class's place", () => {
    const mine = with_(
      ["    KEY = 'id'\n", `    KEY = 'id'\n${METHOD}`],
      ['        return 1\n', `        return 1\n${METHOD.replace('transform', 'last')}`],
    );
    const next = with_(
      ["    KEY = 'id'\n", "    KEY = 'key'\n    SORTED = True\n"],
      ['        return 1\n', '        return 1\n\n    def more(self):\n        pass\n'],
    );
    const merged = with_(
      ["    KEY = 'id'\n", `    KEY = 'key'\n    SORTED = True\n${METHOD}`],
      [
        '        return 1\n',
        `        return 1\n\n    def more(self):\n        pass\n${METHOD.replace('transform', 'last')}`,
      ],
    );
    assert.equal(merge(mine, next), merged);
    assert.deepEqual(mergeLines('a.py', mine, BASE, next), { text: merged, conflict: false });
    assert.equal(mergeLines('a.txt', mine, BASE, next).conflict, true);
  });

  it('has nothing to do a second time, also where a killed run has merged it already', () => {
    const [mine, next] = [
      with_(["    KEY = 'id'\n", `    KEY = 'id'\n${METHOD}`]),
      with_(["    KEY = 'id'\n", "    KEY = 'key'\n"]),
    ];
    const merged = mergeLines('a.py', mine, BASE, next).text;
    for (const base of [BASE, next])
      assert.deepEqual(mergeLines('a.py', merged, base, next), { text: merged, conflict: false });
  });

  it('keeps what was deleted, what was added to the module, and comments at the end', () => {
    const mine = `${with_(['SIZE = 2\n', ''], ['\n\ndef run', '\n\ndef mine():\n    pass\n\n\ndef run'])}\n# Mine.\n`;
    const next = with_(['import os\n', 'import os\nimport re\n'], ['pass\n', 'return None\n\n\nlast = 1\n']);
    const merged = `${with_(
      ['import os\n', 'import os\nimport re\n'],
      ['SIZE = 2\n', ''],
      ['\n\ndef run', '\n\ndef mine():\n    pass\n\n\ndef run'],
      ['    pass\n\n\ndef run():\n    pass\n', '    pass\n\n\ndef run():\n    return None\n\n\nlast = 1\n'],
    )}\n# Mine.\n`;
    assert.equal(merge(mine, next), merged);
  });

  it('takes a class of its own along, with what is in it', () => {
    const mine = `${BASE}\n\nclass Mine(Deals):\n    A = 1\n\n    def b(self):\n        pass\n`;
    const next = with_(['    pass\n', '    return 0\n\n\nX = 1\n']);
    assert.equal(merge(mine, next), `${next}\n\nclass Mine(Deals):\n    A = 1\n\n    def b(self):\n        pass\n`);
  });

  it('merges a member that both sides changed as a text, or not at all', () => {
    const [mine, next] = [with_(['return 1', 'return 3']), with_(['def load(self)', 'def load(self, x)'])];
    assert.equal(merge(mine, next), undefined);
    const merged = mergeMembers(mine, BASE, next, (...texts) => texts.map(text => text.length).join(' '));
    assert.match(merged ?? '', /KEY = 'id'\n\d+ \d+ \d+\n\ndef run/);
  });

  it('takes no statement without a name for another', () => {
    const main = (text: string) => `${BASE}\n\nif __name__ == '__main__':\n    ${text}\n`;
    const merged = (mine: string, next: string) => mergeMembers(main(mine), main('run()'), main(next), () => undefined);
    assert.equal(merged('mine()', 'run()'), main('mine()'));
    assert.equal(merged('run()', 'next()'), main('next()'));
    assert.equal(merged('mine()', 'next()'), undefined);
  });

  it('is none where a member was changed that goes, was added twice, or has changed its place, or its class goes', () => {
    const gone = with_(['\n    def load(self):\n        return 1\n', '']);
    assert.equal(merge(with_(['return 1', 'return 3']), gone), undefined);
    assert.equal(merge(gone, with_(['return 1', 'return 3'])), undefined);
    assert.equal(merge(with_(['SIZE = 2', 'SIZE = 2\nNEW = 1']), with_(['SIZE = 2', 'SIZE = 2\nNEW = 2'])), undefined);
    const moved = with_(["    PATH = 'deals'\n    KEY = 'id'\n", "    KEY = 'id'\n    PATH = 'deals'\n"]);
    assert.equal(merge(moved, with_(['return 1', 'return 3'])), undefined);
    assert.equal(merge(with_(["    KEY = 'id'\n", `    KEY = 'id'\n${METHOD}`]), 'import os\n'), undefined);
    assert.equal(merge(BASE.trimEnd(), with_(['return 1', 'return 3'])), undefined);
  });
});
