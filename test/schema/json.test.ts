import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../../src/base/problems.ts';
import { ExactNumber } from '../../src/schema/infer/numbers.ts';
import { parseJson } from '../../src/schema/read/json.ts';

const parse = (text: string) => parseJson(text, 'x');
/** The value as JSON.parse would give it. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value) ?? 'null');

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t\r'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent === '\t\r' ? '\t' : indent);
        assert.deepEqual(plain(parse(text)), plain(JSON.parse(text)));
      }),
    );
  });

  it('accepts and refuses the same texts as JSON.parse', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      ' ',
      '\\',
      '\n',
      '0',
      '1',
      '-',
      '.',
      'e',
      'null',
      'true',
      '"a"',
      '"a":1',
      '\u0001',
      '\u00a0',
    );
    const isRead = (read: (text: string) => unknown, text: string) => {
      try {
        read(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), pieces =>
        assert.equal(isRead(parse, pieces.join('')), isRead(JSON.parse, pieces.join(''))),
      ),
      { numRuns: 5000 },
    );
  });

  it('keeps what Python sees of numbers', () => {
    const exact = (text: string) => new ExactNumber(text);
    assert.deepEqual(parse('[1, 1.5, 10.0, 1e2, 9007199254740993, 1e400]'), [
      1,
      1.5,
      exact('10.0'),
      exact('1e2'),
      exact('9007199254740993'),
      exact('1e400'),
    ]);
  });

  it('makes __proto__ a property, and lets the last of equal names count', () => {
    const value = parse('{"__proto__": 1, "a": 1, "a": 2}') as object;
    assert.deepEqual(Object.entries(value), [
      ['__proto__', 1],
      ['a', 2],
    ]);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
  });

  it('refuses bottomless nesting, with the line', () => {
    const error = (text: string) => {
      try {
        parse(text);
      } catch (error) {
        return error instanceof UserError ? error.message : String(error);
      }
      return '';
    };
    assert.match(error(`\n${'['.repeat(1e6)}`), /^x, line 2: .*nested more than 500 levels/);
    assert.match(error('{"a":1}\n\n x'), /line 3: .*expected the end of the text, found "x"/);
    assert.match(error('["a\nb"]'), /line 1: .*bare line break/);
    assert.match(error('["a'), /without its closing quote/);
    assert.match(error('[1'), /expected "," or "\]", found the end/);
    assert.match(error('[NaN]'), /expected a JSON value, found "NaN\]"/);
  });

  it('reads a string of many megabytes', () => {
    const long = '\\"'.repeat(5e6);
    assert.equal((parse(`["${long}"]`) as string[])[0]?.length, 5e6);
  });
});
