import assert from 'node:assert/strict';
import fc from 'fast-check';
import { insertSorted, listElements } from '../../src/python/edit/list-edit.ts';
import { readString } from '../../src/python/strings.ts';
import { assertRefused, edited } from './assert-edit.ts';

const insert = (name: string, block?: readonly string[]) => (source: string) =>
  insertSorted(source, { file: 'names.py', list: 'NAMES', entry: `'${name}'`, block, key: name, keyOf: readString });

describe('insertSorted', () => {
  it('keeps one element a line, CRLF, tabs and the trailing comma', () => {
    const before = "NAMES = [\r\n\t'Alpha',\r\n\t'Gamma',\r\n]\r\n";
    assert.equal(edited(before, insert('beta')), "NAMES = [\r\n\t'Alpha',\r\n\t'beta',\r\n\t'Gamma',\r\n]\r\n");
    assert.equal(edited(before, insert('Zeta')), "NAMES = [\r\n\t'Alpha',\r\n\t'Gamma',\r\n\t'Zeta',\r\n]\r\n");
  });

  it('leaves the last element without a comma if it had none', () => {
    assert.equal(edited("NAMES = [\n  'A'\n]\n", insert('B')), "NAMES = [\n  'A',\n  'B'\n]\n");
    assert.equal(edited("NAMES = [\n  'A'  # a, b\n]\n", insert('B')), "NAMES = [\n  'A',  # a, b\n  'B'\n]\n");
  });

  it('leaves comments with the elements that they belong to', () => {
    const before =
      "NAMES = [  # sorted\n    # about A\n    'A',  # a, too\n    # about C\n    'C',  # c\n    # end\n]\n";
    assert.equal(
      edited(before, insert('B')),
      "NAMES = [  # sorted\n    # about A\n    'A',  # a, too\n    'B',\n    # about C\n    'C',  # c\n    # end\n]\n",
    );
    assert.equal(edited(before, insert('D')), before.replace("'C',  # c\n", "'C',  # c\n    'D',\n"));
    assert.equal(edited(before, insert('0')), before.replace('    # about A', "    '0',\n    # about A"));
  });

  it('stays on the line of a one-line list', () => {
    assert.equal(edited("NAMES = ['A', 'C']\n", insert('B')), "NAMES = ['A', 'B', 'C']\n");
    assert.equal(edited("NAMES = ['A','C',]\n", insert('D')), "NAMES = ['A','C','D',]\n");
    assert.equal(
      edited("NAMES = ['A', 'C',\n         'E']\n", insert('F')),
      "NAMES = ['A', 'C',\n         'E',\n         'F']\n",
    );
  });

  it('opens an empty list', () => {
    assert.equal(edited('NAMES = []\n', insert('B')), "NAMES = [\n    'B',\n]\n");
    assert.equal(edited('NAMES = [\n    # none yet\n]\n', insert('B')), "NAMES = [\n    # none yet\n    'B',\n]\n");
  });

  it('indents an element of several lines as the list is indented', () => {
    const block = ['str(', "    'B',", ')'];
    const source = "NAMES = [\n\t'C',\n]\n";
    const after = insertSorted(source, {
      file: 'f',
      list: 'NAMES',
      entry: "str('B')",
      block,
      key: 'B',
      keyOf: readString,
    });
    assert.equal(after, "NAMES = [\n\tstr(\n\t\t'B',\n\t),\n\t'C',\n]\n");
  });

  it('finds the list inside of sorted(…) and sums, with an annotation, and not in a keyword argument', () => {
    const before = "NAMES: list = sorted([\n    'C',\n] + OTHERS, key=lambda x: [x])\n";
    assert.equal(edited(before, insert('B')), before.replace('[\n', "[\n    'B',\n"));
    assert.equal(edited("NAMES = sorted(['A'], key=['x'])\n", insert('B')), "NAMES = sorted(['A', 'B'], key=['x'])\n");
  });

  it('changes nothing if the key is there, even twice', () => {
    for (const source of ['NAMES = ["B"]\n', "NAMES = ['B', 'A', 'B']\n"]) assert.equal(insert('B')(source), source);
  });

  it('refuses what is broken, missing or ambiguous, naming the file and what to add', () => {
    const cases: [source: string, reason: string][] = [
      ['NAMES = [\n', 'not valid Python'],
      ["NAMES = ['A']\ndef f(:\n", 'not valid Python'],
      ["OTHER = ['A']\n", 'no assignment `NAMES = …`'],
      ["if x:\n    NAMES = ['A']\n", 'no assignment `NAMES = …`'],
      ["NAMES = ['A']\nNAMES = ['B']\n", 'assigned 2 times'],
      ["NAMES = ['A'] + ['B']\n", 'made of 2 lists'],
      ['NAMES = load()\n', 'is not a list'],
      ['NAMES = [x for x in y]\n', 'is not a list'],
    ];
    for (const [source, reason] of cases) assertRefused(() => insert('B')(source), 'names.py', reason, "'B',");
  });

  it('takes nothing away and keeps every list sorted, whatever its form', () => {
    fc.assert(
      fc.property(listSource, fc.stringMatching(/^[a-zA-Z]{1,6}$/), ({ source, names }, name) => {
        const after = edited(source, insert(name));
        const values = listElements(after, 'NAMES', { file: '', byHand: '' }).map(readString);
        assert.deepEqual(values, [...new Set([...names, name])].sort(compare));
        assert.equal(after.includes('\r\n'), source.includes('\r\n'));
        assert.equal(/[^\r]\n/.test(after), /[^\r]\n/.test(source) || !source.includes('\n'));
      }),
    );
  });
});

function compare(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left === right) return a < b ? -1 : 1;
  return left < right ? -1 : 1;
}

const listSource = fc
  .record({
    names: fc.uniqueArray(fc.stringMatching(/^[a-zA-Z]{1,6}$/), { maxLength: 5 }).map(names => names.sort(compare)),
    newline: fc.constantFrom('\n', '\r\n'),
    indent: fc.constantFrom('  ', '    ', '\t'),
    quote: fc.constantFrom("'", '"'),
    trailing: fc.boolean(),
    oneLine: fc.boolean(),
    comments: fc.array(fc.constantFrom('', '  # note, with a comma', '  # ] [', '\n# above'), {
      minLength: 5,
      maxLength: 5,
    }),
    end: fc.constantFrom('', ' + OTHER', ''),
  })
  .map(({ names, newline, indent, quote, trailing, oneLine, comments, end }) => {
    const literals = names.map(name => quote + name + quote);
    if (oneLine) return { names, source: `X = 1${newline}NAMES = [${literals.join(', ')}]${end}${newline}` };
    const lines = literals.map((literal, index) => {
      const comma = trailing || index < literals.length - 1 ? ',' : '';
      const comment = comments[index] ?? '';
      return comment.startsWith('\n')
        ? `${indent}${comment.slice(1)}${newline}${indent}${literal}${comma}`
        : indent + literal + comma + comment;
    });
    return { names, source: ['NAMES = [', ...lines, `]${end}`, 'Y = 2', ''].join(newline) };
  });
