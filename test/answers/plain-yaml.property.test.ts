import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument, stringify } from 'yaml';
import { plainYaml } from '../../src/answers/plain-yaml.ts';

/** What the parser says that knows all; undefined where something is wrong. */
function whole(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  return document.errors.length > 0 || document.warnings.length > 0 ? undefined : document.toJS();
}

const SCALARS = [
  '',
  '~',
  'null',
  'Null',
  'NULL',
  'nULL',
  'true',
  'True',
  'TRUE',
  'tRue',
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  '0',
  '-0',
  '+1',
  '1',
  '01',
  '0o14',
  '0x1F',
  '0xfg',
  '0b101',
  '1_000',
  '12:30:45',
  '1.',
  '.5',
  '-.5',
  '+.5',
  '1e3',
  '1E+3',
  '1e',
  '.inf',
  '-.Inf',
  '+.INF',
  '.nan',
  '.NaN',
  '.NAN',
  '9007199254740993',
  '123456789012345678901234567890',
  '2020-01-01',
  '2020-01-01T00:00:00Z',
  '2020-01-01 00:00:00',
  '=',
  '<',
  '@at',
  '`tick',
  'a: b',
  'a:b',
  'a #b',
  'a#b',
  '#',
  '-',
  '- a',
  '-a',
  '? a',
  '?a',
  ':a',
  '"a\\tb"',
  '"\\u00e9\\x41\\n"',
  '"a\n  b"',
  "'a''b'",
  "'a\n\n  b'",
  '[a, b]',
  '[a, , b]',
  '[a,]',
  '{a: 1, b}',
  '{a: 1,}',
  '{a: [1, {b: 2}]}',
  '[]',
  '{}',
  '{"a":1}',
  '|\n  a\n  b',
  '|-\n  a\n\n',
  '|+\n  a\n\n',
  '>\n  a\n  b\n\n  c',
  '>-\n  a\n   b\n  c',
  '|2\n    a',
  'a\n  b',
  'a\n\n  b',
  'é',
  '日本',
  '\u{1f600}',
  'a\u00a0b',
  '\ufeffa',
  'a\u2028b',
  '"a',
  "'a",
  '[a',
  '{a',
  ']',
  '}',
  ',',
  'a]',
  'a, b',
];

const PLACES: readonly ((scalar: string) => string)[] = [
  scalar => scalar,
  scalar => `key: ${scalar}\n`,
  scalar => `key: ${scalar} # why\nother: 1\n`,
  scalar => `- ${scalar}\n- 1\n`,
  scalar => `key:\n  - name: ${scalar}\n    other: 1\n  - 2\n`,
  scalar => `${scalar}: 1\n`,
  scalar => `key: [${scalar}, 1]\n`,
  scalar => `key: {a: ${scalar}, b: 1}\n`,
  scalar => `key:\r\n  a: ${scalar}\r\n`,
  scalar => `\n\n  key: ${scalar}\n\n`,
  scalar => `key:\n- ${scalar}\n`,
];

describe('YAML without anchors, tags and directives', () => {
  for (const place of PLACES)
    it(`has the value that the whole parser finds: ${JSON.stringify(place('…'))}`, () => {
      const seen = SCALARS.filter(scalar => {
        const text = place(scalar);
        const value = plainYaml(text);
        if (value !== undefined) assert.deepEqual(value, whole(text), JSON.stringify(text));
        return value !== undefined;
      });
      assert.ok(seen.length > 0);
    });

  it('is what it was made of', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 4, withBigInt: false }), fc.boolean(), (value, isJson) => {
        const text = isJson ? JSON.stringify(value, undefined, 2) : stringify(value);
        const plain = plainYaml(text);
        if (plain !== undefined) assert.deepEqual(plain, whole(text), JSON.stringify(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('is left to the whole parser where it isn’t plain, or isn’t YAML', () => {
    for (const text of [
      'a: &b 1',
      'a: *b',
      'a: !!int 1',
      '%YAML 1.1',
      '<<: {a: 1}',
      '--- a',
      'a: [',
      'a: 1\na: 2',
      'a:\t1',
    ])
      assert.equal(plainYaml(text), undefined, text);
  });
});
