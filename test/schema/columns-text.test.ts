import assert from 'node:assert/strict';
import fc from 'fast-check';
import '../support/properties.ts';
import { columnsIn, columnsText } from '../../src/schema/write/columns-text.ts';
import type { WrittenColumns } from '../../src/schema/write/written.ts';

describe('the columns of a schema in one line', () => {
  it('are readable', () => {
    const columns = {
      id: 'integer!',
      'first name': 'string',
      größe: 'integer|string',
      tags: ['date-time'] as const,
      owner: { name: 'null', none: {} },
    };
    const text = '"id": ';
    assert.equal(
      columnsText(columns),
      'id: integer!, "first name": string, größe: integer|string, tags: [date-time], owner: {name: null, none: {}}',
    );
    assert.equal(columnsText({ [text]: text }), '"\\"id\\": ": "\\"id\\": "');
    assert.equal(columnsText({}), '');
  });

  it('give the columns back, in their order, whatever they are called', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('__proto__', 'constructor', '', 'a.b', '"', '\\', '\u2028', '[', 'a: b', '1'),
    );
    const { columns } = fc.letrec<{ columns: WrittenColumns }>(tie => ({
      columns: fc
        .uniqueArray(fc.tuple(name, fc.oneof({ maxDepth: 3 }, name, fc.tuple(name), tie('columns'))), {
          selector: ([key]) => key,
          maxLength: 4,
        })
        .map(entries => Object.fromEntries(entries) as WrittenColumns),
    }));
    fc.assert(
      fc.property(columns, written => {
        const read = columnsIn(columnsText(written));
        assert.deepEqual(read, written);
        assert.equal(JSON.stringify(read), JSON.stringify(written));
        assert.doesNotMatch(columnsText(written), /[\n\r]/);
      }),
    );
  });

  it('are not taken from what is something else', () => {
    for (const text of [
      'id',
      'id:',
      'id: [',
      'id: []',
      'id: a,',
      'id: a b',
      'id: {a: b',
      'a: b}',
      '"a: b',
      'a: b; c',
      ': a',
    ])
      assert.equal(columnsIn(text), undefined, text);
  });
});
