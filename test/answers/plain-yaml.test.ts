import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { plainYaml } from '../../src/answers/plain-yaml.ts';
import { exampleFiles } from '../examples/running.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');

/** What the library says that knows where everything stands; undefined where the text has an error. */
function careful(text: string): { readonly value: unknown } | undefined {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true, logLevel: 'silent' });
  return document.errors.length > 0 ? undefined : { value: document.toJS({ maxAliasCount: 100 }) };
}

describe('plain YAML', () => {
  const examples = exampleFiles.map(name => readFileSync(resolve(EXAMPLES, name), 'utf8'));

  it('is what every example is', () => {
    for (const text of examples) assert.deepEqual(plainYaml(text), careful(text));
  });

  it('leaves to the other library what has an error, anchors, or keys that are marked or left out', () => {
    const others = [
      'a: [1',
      'a: 1\na: 2',
      'a: &x 1\nb: *x',
      '[&x 1, *x]',
      '? a\n: b',
      ': b',
      '- : b',
      'a: b: c',
      'a: *x',
    ];
    for (const text of others) assert.equal(plainYaml(text), undefined, text);
  });

  it('has the values that the other library gives, whatever was mistyped', () => {
    const texts = [
      ...examples.map(text => text.split('\n')),
      ['a: |', '  x', '   y', '', 'b: >-', '  q', '', '  r', "c: 'it''s'", 'd: "x\\n\\u00e9"'],
      [
        '- 1',
        '- -2.50',
        '- 0x1F',
        '- 0o17',
        '- 1e3',
        '- .inf',
        '- 1_000',
        '- 012',
        '- 2024-01-01',
        '- yes',
        '- ~',
        '- True',
      ],
    ];
    const lines = fc.constantFrom(...texts).chain(all => {
      const most = Math.max(0, all.length - 8);
      return fc.integer({ min: 0, max: most }).map(from => `${all.slice(from, from + 8).join('\n')}\n`);
    });
    const piece = fc.constantFrom(
      ...[
        ' ',
        '  ',
        '\n',
        '\t',
        ':',
        ': ',
        '-',
        '- ',
        '#',
        ' #',
        '"',
        "'",
        '{',
        '}',
        '[',
        ']',
        ',',
        '|',
        '>',
        '&a',
        '*a',
      ],
      ...[
        '!',
        '!!str ',
        '%',
        '@',
        '?',
        '? ',
        '\r\n',
        '0',
        '1_0',
        '1e3',
        '~',
        'null',
        'true',
        '<<: ',
        '---',
        '...',
        '\\',
        'é',
      ],
    );
    const edits = fc.array(fc.record({ at: fc.nat(), cut: fc.nat({ max: 2 }), piece }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lines, edits, (text, changes) => {
        const typed = changes.reduce((old, { at, cut, piece: added }) => {
          const place = at % (old.length + 1);
          return old.slice(0, place) + added + old.slice(place + cut);
        }, text);
        const plain = plainYaml(typed);
        if (plain) assert.deepEqual(plain.value ?? null, careful(typed)?.value);
      }),
      { numRuns: 1000 },
    );
  });
});
