import assert from 'node:assert/strict';
import { fingerprintOf } from '../../src/changes/fingerprint.ts';
import { editJson, mergeJson } from '../../src/changes/merge/json.ts';
import { inLineEndsOf, mergeLines, sameLines, withoutCarriageReturns } from '../../src/changes/merge/lines.ts';
import { assumedFile, writtenFile } from '../../src/changes/written-file.ts';
import { olderEntry } from '../support/older-entry.ts';

const numbered = (...lines: (number | string)[]) => lines.map(line => `${line}\n`).join('');

describe('mergeLines', () => {
  const old = numbered(1, 2, 3, 4, 5);

  it('has the changes of both sides where a line stands between them', () => {
    const merged = mergeLines('a.md', numbered('mine', 2, 3, 4, 5), old, numbered(1, 2, 'new', 4, 5, 6));
    assert.deepEqual(merged, { text: numbered('mine', 2, 'new', 4, 5, 6), conflict: false });
  });

  it('is a conflict where both changed the same lines or touch, and then only those are new', () => {
    const merged = mergeLines('a.md', numbered('mine', 2, 'mine too', 4, 5), old, numbered(1, 2, 'new', 4, 5));
    assert.deepEqual(merged, { text: numbered('mine', 2, 'new', 4, 5), conflict: true });
    assert.equal(mergeLines('a.md', numbered(1, 'mine', 3, 4, 5), old, numbered(1, 2, 'new', 4, 5)).conflict, true);
  });

  it('takes the same change of both sides once', () => {
    const both = numbered(1, 2, 'new', 3, 4, 5);
    assert.deepEqual(mergeLines('a.md', both, old, both), { text: both, conflict: false });
  });

  it('keeps a last line without its end, and lines with the names of object properties', () => {
    const [mine, will] = ['__proto__\n2\n3\nconstructor', 'new\n__proto__\n2\n3\n4\n'];
    assert.deepEqual(mergeLines('a.md', mine, '__proto__\n2\n3\n4\n', will), {
      text: 'new\n__proto__\n2\n3\nconstructor',
      conflict: false,
    });
  });

  it('is a conflict where the result is no Python, and then the new text is whole', () => {
    const was = 'a = [\n    1,\n    2,\n    3,\n    4,\n]\n';
    const mine = was.replace('[', '(').replace(']', ')');
    const will = was.replace('2,\n', '2,\n] + [\n');
    assert.deepEqual(mergeLines('a.txt', mine, was, will), {
      text: mine.replace('2,\n', '2,\n] + [\n'),
      conflict: false,
    });
    assert.deepEqual(mergeLines('a.py', mine, was, will), { text: will, conflict: true });
  });
});

describe('line ends', () => {
  it('are those of a file that has one kind of them', () => {
    assert.equal(inLineEndsOf('a\r\nb\r\n', 'x\ny\n'), 'x\r\ny\r\n');
    for (const model of ['a\nb\n', 'a\r\nb\n', 'a', '']) assert.equal(inLineEndsOf(model, 'x\ny\n'), 'x\ny\n');
    assert.equal(withoutCarriageReturns('a\r\nb\r\n'), 'a\nb\n');
    assert.equal(withoutCarriageReturns('a\r\nb\n'), 'a\r\nb\n');
  });

  it('aside, two texts may have the same lines in another order', () => {
    assert.equal(sameLines(numbered(1, 2, 3), numbered(3, 1, 2)), true);
    assert.equal(sameLines(numbered(1, 2, 2), numbered(1, 1, 2)), false);
  });
});

describe('mergeJson', () => {
  const was = { a: 1, b: { c: 2, d: 3 }, e: [1] };
  const text = (value: unknown) => JSON.stringify(value);
  const merge = (mine: string, will: unknown) => mergeJson(mine, text(was), text(will));

  it('changes what is new and keeps the rest, byte for byte', () => {
    const mine = '{\r\n\t"mine" : true,\r\n\t"b": {"d":3,  "c": 2},\r\n\t"a": 1.0\r\n}';
    assert.deepEqual(merge(mine, { ...was, b: { c: 9, d: 3 }, a: 1, n: 'x' }), {
      text: mine.replace('"c": 2', '"c": 9').replace('1.0\r\n', '1.0,\r\n\t"n": "x"\r\n'),
      conflict: false,
    });
  });

  it('takes out what is no longer needed, unless it was changed', () => {
    assert.deepEqual(merge('{"a":1,"b":{"c":2,"d":3}}', { b: was.b }), {
      text: '{"b":{"c":2,"d":3}}',
      conflict: false,
    });
    assert.equal(merge('{"a":5}', { b: was.b, e: [1] }).conflict, true);
  });

  it('is a conflict where both changed a value, and no conflict where both changed it alike', () => {
    assert.deepEqual(merge('{"a":2,"e":[1]}', { ...was, a: 3 }), { text: '{"a":3,"e":[1]}', conflict: true });
    assert.deepEqual(merge('{"a":3}', { ...was, a: 3 }), { text: '{"a":3}', conflict: false });
  });

  it('is a conflict where there is no JSON object', () => {
    for (const mine of ['{', '[]', '', 'null']) assert.equal(merge(mine, { ...was, a: 2 }).conflict, true);
  });

  it('takes __proto__ for a name like any other', () => {
    const { text: merged, conflict } = mergeJson('{"a":1,"x":0}', '{"a":1}', '{"a":1,"__proto__":2}');
    assert.deepEqual([merged.replaceAll(/\s/g, ''), conflict], ['{"a":1,"x":0,"__proto__":2}', false]);
  });

  it('edits in the style of the text', () => {
    assert.equal(editJson('{\n    "a": 1\n}', ['b'], [1]), '{\n    "a": 1,\n    "b": [\n        1\n    ]\n}');
  });
});

describe('what the manifest says of a file', () => {
  const text = 'one\ntwo\n'.repeat(50);

  it('tells whether a file is what was written, and in an older version what that was', () => {
    for (const entry of [fingerprintOf(text), olderEntry(text), olderEntry(text, false)]) {
      const written = writtenFile(entry);
      assert.equal(written.isUnmodified(text), true);
      assert.equal(written.isUnmodified(text.replaceAll('\n', '\r\n')), true);
      assert.equal(written.isUnmodified(`${text}x`), false);
    }
    assert.equal(assumedFile(text).isUnmodified(text.replaceAll('\n', '\r\n')), true);
    assert.equal(writtenFile(olderEntry(text)).text, text);
    assert.deepEqual(
      [olderEntry(text), text].map(entry => writtenFile(entry).fingerprint),
      [undefined, undefined],
    );
    assert.equal(writtenFile(fingerprintOf(text)).fingerprint, fingerprintOf(text));
  });

  it('has no text where only the hash was kept, or where it was damaged', () => {
    const entry = olderEntry(text);
    const damaged = [
      entry.replace(/.{8}$/, 'AAAAAAAA'),
      entry.slice(0, 25),
      `${'0'.repeat(16)}${entry.slice(16)}`,
      'x',
      '',
      fingerprintOf(text),
    ];
    for (const other of [olderEntry(text, false), ...damaged]) assert.equal(writtenFile(other).text, undefined);
  });
});
