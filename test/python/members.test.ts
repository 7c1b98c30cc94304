import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { membersOf } from '../../src/python/members.ts';
import { topLevel } from '../../src/python/parse.ts';

const EXPECTED = resolve(import.meta.dirname, '../expected');
/** Two statements in a line are one. */
const MODULE = `"""A module."""

import os  # for paths

# How many.
SIZE: int = 2; REST = 3


@decorated
class Deals(
    Base,
):  # a class
    """Deals."""
    PATH = 'deals'

    # How.
    def load(self):
        return 1

    # At the end of the class.


class Empty(Base): pass


def run():
    x = 1
# The end.
`;

describe('the members of a module', () => {
  it('have names, and the comments and empty lines above them', () => {
    const members = membersOf(MODULE) ?? [];
    assert.deepEqual(
      members.map(({ owner, key }) => `${owner}.${key}`),
      [
        '.\nExpressionStatement',
        '.import os',
        '.\nStatementGroup',
        '.Deals',
        'Deals.\nExpressionStatement',
        'Deals.PATH',
        'Deals.load',
        '.Empty',
        '.run',
        '.\n',
      ],
    );
    assert.equal(members[3]?.text, '\n\n@decorated\nclass Deals(\n    Base,\n):  # a class\n');
    assert.equal(members[6]?.text, '\n    # How.\n    def load(self):\n        return 1\n');
    assert.equal(members[7]?.text, '\n    # At the end of the class.\n\n\nclass Empty(Base): pass\n');
  });

  it('are the module again when they are joined, with any line ends', () => {
    const paths = readdirSync(EXPECTED, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.py'));
    // Lezer doesn't know a `with` in parentheses, which the offline tests may have.
    const texts = paths.map(path => readFileSync(join(EXPECTED, path), 'utf8')).filter(text => topLevel(text));
    assert.ok(texts.length > 20);
    for (const text of [...texts, '', '# x\n', '\n\n'])
      for (const source of [text, text.replaceAll('\n', '\r\n')])
        assert.equal(
          membersOf(source)
            ?.map(member => member.text)
            .join(''),
          source,
        );
  });

  it('are not told from each other where two have one name, and there are none without a last line end', () => {
    for (const text of [
      'a = 1\na = 2\n',
      'if a: pass\nif b: pass\n',
      'a = 1\ndef a(): pass\n',
      'def broken(:\n',
      'a = 1',
    ])
      assert.equal(membersOf(text), undefined, text);
  });
});
