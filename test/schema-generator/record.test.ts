import assert from 'node:assert/strict';
import { renderJson } from '../../src/changes/render.ts';
import type { StreamModel } from '../../src/connector/model.ts';
import { recordText, schemaRecords, schemaRecordsIn } from '../../src/connector/schema-record.ts';

const KEY = 'generator-mage-connector';
const stream = (name: string, ...columns: string[]): StreamModel =>
  ({
    name,
    schema: {
      type: 'object',
      properties: Object.fromEntries(columns.map(column => [column, { type: ['null', 'string'] }])),
    },
    untypedColumns: columns.filter(column => column === 'unknown'),
  }) as unknown as StreamModel;

describe('the record of schemas', () => {
  it('has every column of a new stream, what was recorded of others, and what was brought up to date', () => {
    const first = schemaRecords([stream('a', 'id', 'unknown')], {});
    assert.deepEqual(first, { a: { id: 'string', unknown: 'null' } });
    const grown = schemaRecords([stream('a', 'id'), stream('b', 'id')], first);
    assert.deepEqual(grown, { ...first, b: { id: 'string' } });
    const refreshed = { ...stream('a', 'id'), written: { id: 'integer' } };
    assert.deepEqual(schemaRecords([refreshed], grown), { a: { id: 'integer' } });
  });

  it('keeps what else stands in its file, and its layout', () => {
    const before =
      '{\r\n\t"other": [1,2],\r\n\t"generator-mage-connector": {\r\n\t\t"answers": {"kind":"api"},\r\n\t\t"schemas": {}\r\n\t}\r\n}';
    const text = recordText(before, 'x', { answers: { kind: 'api' }, schemas: { a: { id: 'integer' } } });
    assert.equal(text, before.replace('{}', '{\r\n\t\t\t"a": {\r\n\t\t\t\t"id": "integer"\r\n\t\t\t}\r\n\t\t}'));
    assert.equal(
      recordText(text, 'x', { answers: { kind: 'api', name: undefined }, schemas: schemaRecordsIn(text, 'x') }),
      text,
    );
  });

  it('is the same whether it is new or was changed', () => {
    const answers = { kind: 'api', list: [{ a: [] }, {}], name: 'x' };
    const schemas = { b: { id: 'integer' }, a: { tags: ['string'] as const } };
    const whole = recordText(undefined, 'x', { answers, schemas });
    assert.equal(whole, renderJson({ [KEY]: { answers, schemas: { a: schemas.a, b: schemas.b } } }));
    assert.equal(
      recordText(recordText(undefined, 'x', { answers: { kind: 'sql' }, schemas: {} }), 'x', { answers, schemas }),
      whole,
    );
  });

  it('is refused where it is no JSON object', () => {
    for (const text of ['{', '[]', '// x\n{'])
      assert.throws(() => schemaRecordsIn(text, 'x'), /^UserError: x: can't be read: it is no valid JSON/);
    assert.deepEqual(schemaRecordsIn(undefined, 'x'), {});
    assert.deepEqual(schemaRecordsIn('{"generator-mage-connector": {"schemas": []}}', 'x'), {});
  });
});
