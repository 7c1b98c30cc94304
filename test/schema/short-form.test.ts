import assert from 'node:assert/strict';
import { loadSchema } from '../../src/schema/read/load.ts';
import { longForm } from '../../src/schema/read/short-form.ts';

describe('the short form of columns', () => {
  it('stands for a JSON Schema at any depth', () => {
    const forms: [unknown, unknown][] = [
      ['integer', { type: 'integer' }],
      ['date-time', { type: 'string', format: 'date-time' }],
      [
        { id: 'integer', at: 'date-time' },
        { type: 'object', properties: { id: longForm('integer'), at: longForm('date-time') } },
      ],
      [['string'], { type: 'array', items: { type: 'string' } }],
      [[], { type: 'array' }],
      [[{ sku: 'string' }], { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } }],
      [
        { type: 'object', properties: { id: 'integer' } },
        { type: 'object', properties: { id: { type: 'integer' } } },
      ],
      [
        { type: 'array', items: { n: 'number' } },
        { type: 'array', items: longForm({ n: 'number' }) },
      ],
    ];
    for (const [short, long] of forms) assert.deepEqual(longForm(short), long);
  });

  it('leaves a JSON Schema as it is', () => {
    for (const schema of [
      { type: ['null', 'integer'] },
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
      { type: 'array', items: [{ type: 'string' }, { type: 'integer' }] },
      { $ref: '#/x' },
      {},
    ])
      assert.deepEqual(
        longForm(schema),
        Object.keys(schema).length === 0 ? { type: 'object', properties: {} } : schema,
      );
  });

  it('gives columns in the dialect of Mage', () => {
    const properties = { owner: { id: 'integer', name: 'string' }, lines: [{ sku: 'string' }], tags: ['string'] };
    const { schema } = loadSchema({ properties } as never, { stream: 'x', folder: '.' });
    assert.deepEqual(schema.properties, {
      owner: {
        type: ['null', 'object'],
        properties: { id: { type: ['null', 'integer'] }, name: { type: ['null', 'string'] } },
      },
      lines: { type: ['null', 'array'], items: { type: ['null', 'object'] } },
      tags: { type: ['null', 'array'], items: { type: ['null', 'string'] } },
    });
  });

  it('is refused where a type in it is none', () => {
    const properties = { owner: { id: 'intger' } };
    assert.throws(() => loadSchema({ properties } as never, { stream: 'x', folder: '.' }), /intger/);
  });
});
