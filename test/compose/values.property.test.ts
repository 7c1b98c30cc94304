import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dictOf, exploded, expression, printValue, tuple, type Value } from '../../src/python/compose/values.ts';
import { pythonFaults } from '../../src/python/format.ts';

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(fc.constantFrom("'", '"', '\\', '{', '}', 'é', '漢', '\u2028', '\n', 'abc '), { maxLength: 12 })
    .map(parts => parts.join('')),
);

const { value } = fc.letrec<{ value: Value }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.array(tie('value'), { maxLength: 4 }).map(tuple),
    fc.dictionary(text, tie('value'), { maxKeys: 5, noNullPrototype: true }),
    fc
      .array(fc.tuple(fc.constantFrom('Deals.TABLE', 'Owners', '(1, 2)').map(expression), tie('value')), {
        maxLength: 3,
      })
      .map(dictOf),
    fc.array(tie('value'), { maxLength: 3 }).map(exploded),
    fc.constant(expression("read_query('deals')")),
  ),
}));

describe('values of constants', () => {
  it('are printed as Ruff would print them, or it is asked to', () => {
    let doubts = 0;
    fc.assert(
      fc.property(value, fc.constantFrom('X', 'A_LONG_NAME_OF_A_CONSTANT'), fc.boolean(), (given, name, isMember) => {
        const indent = isMember ? '    ' : '';
        const start = `${indent}${name} = `;
        const { text: printed, needsRuff } = printValue(given, {
          before: start.length,
          after: 0,
          indent: indent.length,
        });
        if (needsRuff) doubts += 1;
        else {
          const source = `${isMember ? 'class C:\n' : ''}${start}${printed}\n`;
          const faults = pythonFaults(source).filter(fault => !/F821|F60|E501/.test(fault));
          assert.deepEqual(faults, [], source);
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(doubts < 250, `${doubts} of 500 need Ruff`);
  });
});
