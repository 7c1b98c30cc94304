import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkSchema } from '../../src/schema/read/check.ts';
import { outsideDialect } from './conformance.ts';

const check = (properties: Record<string, unknown>, rest: object = {}) =>
  checkSchema({ type: 'object', properties, ...rest }, 's.json');
const column = (schema: unknown, rest?: object) => check({ x: schema }, rest).schema.properties.x;
const text = { type: ['null', 'string'] };
const problems = (value: unknown) =>
  checkSchema(value, 's.json').problems.map(({ where, message }) => `${where}: ${message}`);

describe('checkSchema', () => {
  it('makes every column nullable and keeps nothing but the dialect', () => {
    assert.deepEqual(column({ type: 'string', title: 'X', maxLength: 5, default: '' }), text);
    assert.deepEqual(column({ type: ['integer', 'null'], minimum: 0 }), { type: ['null', 'integer'] });
    assert.deepEqual(column({ type: 'string', format: 'date-time' }), {
      type: ['null', 'string'],
      format: 'date-time',
    });
    assert.deepEqual(column({ type: 'string', format: 'date' }), text);
    assert.deepEqual(column({ type: ['integer', 'number'] }), { type: ['null', 'number'] });
    const nested = {
      type: 'object',
      additionalProperties: false,
      required: ['k'],
      properties: { k: { type: 'number' }, mixed: { type: ['string', 'number'] } },
    };
    assert.deepEqual(column(nested), { type: ['null', 'object'], properties: { k: { type: ['null', 'number'] } } });
  });

  it('follows local references, even in circles', () => {
    const definitions = {
      'a/b': { type: 'integer' },
      tree: { type: 'object', properties: { name: { type: 'string' }, child: { $ref: '#/definitions/tree' } } },
      loop: { $ref: '#/definitions/loop' },
    };
    assert.deepEqual(column({ $ref: '#/definitions/a~1b' }, { definitions }), { type: ['null', 'integer'] });
    assert.deepEqual(column({ $ref: '#/definitions/tree' }, { definitions }), {
      type: ['null', 'object'],
      properties: { name: text, child: { type: ['null', 'object'] } },
    });
    assert.deepEqual(column({ $ref: '#/definitions/loop' }, { definitions }), text);
    assert.deepEqual(column({ $ref: '#' }), { type: ['null', 'object'] });
  });

  it('takes types from enum, const and other keywords where there is no type', () => {
    assert.deepEqual(column({ enum: ['a', null] }), text);
    assert.deepEqual(column({ const: 5 }), { type: ['null', 'integer'] });
    assert.deepEqual(column({ type: 'integer', enum: [1, 2] }), { type: ['null', 'integer'] });
    assert.deepEqual(column({ properties: { k: { const: true } } }), {
      type: ['null', 'object'],
      properties: { k: { type: ['null', 'boolean'] } },
    });
    assert.deepEqual(column({ minimum: 1 }), { type: ['null', 'number'] });
  });

  it('resolves alternatives to one type, or to text with a note', () => {
    assert.deepEqual(column({ anyOf: [{ type: 'integer' }, { type: 'null' }] }), { type: ['null', 'integer'] });
    assert.deepEqual(column({ allOf: [{ type: ['string', 'integer'] }, { type: 'integer' }] }), {
      type: ['null', 'integer'],
    });
    assert.deepEqual(column({ allOf: [{ type: 'string' }, { format: 'date-time' }] }), {
      type: ['null', 'string'],
      format: 'date-time',
    });
    assert.deepEqual(column({ anyOf: [{ type: 'string', format: 'date-time' }, { type: 'string' }] }), text);
    assert.deepEqual(column({ anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] }), {
      type: ['null', 'string'],
      format: 'date-time',
    });
    const objects = check({
      x: {
        oneOf: [
          { properties: { a: { type: 'number' } } },
          { properties: { a: { type: 'integer' }, b: { type: 'string' } } },
        ],
      },
    });
    assert.deepEqual(objects.schema.properties.x, {
      type: ['null', 'object'],
      properties: { a: { type: ['null', 'number'] }, b: text },
    });
    assert.deepEqual(objects.notes, ['"x": its alternatives are merged to one object']);
    const mixed = check({ x: { oneOf: [{ type: 'string' }, { type: 'object' }] } });
    assert.deepEqual([mixed.schema.properties.x, mixed.textColumns], [text, ['x']]);
    assert.match(mixed.notes.join(), /"x": the schema gives it several types \(object, string\)/);
  });

  it('keeps arrays of one type, and makes the others text', () => {
    const strings = { type: ['null', 'array'], items: text };
    assert.deepEqual(column({ type: 'array', items: { type: 'string', format: 'date-time' } }), strings);
    assert.deepEqual(column({ type: 'array', items: [{ type: 'string' }, { enum: ['x'] }] }), strings);
    assert.deepEqual(column({ prefixItems: [{ type: 'integer' }, { type: 'number' }] }), {
      type: ['null', 'array'],
      items: { type: ['null', 'number'] },
    });
    assert.deepEqual(column({ type: 'array', items: { type: 'object', properties: { k: { type: 'string' } } } }), {
      type: ['null', 'array'],
      items: { type: ['null', 'object'] },
    });
    assert.deepEqual(column({ type: 'array' }), strings);
    const { schema, textColumns } = check({
      a: { items: { items: { type: 'string' } } },
      b: { type: 'array', items: { type: ['string', 'integer'] } },
    });
    assert.deepEqual([schema.properties, textColumns], [{ a: text, b: text }, ['a', 'b']]);
  });

  it('makes text of boolean and empty schemas', () => {
    const { schema, textColumns, problems } = check({ a: true, b: false, c: {}, d: { type: 'null' } });
    assert.deepEqual(schema.properties, { a: text, b: text, c: text, d: text });
    assert.deepEqual([textColumns, problems], [['a', 'b', 'c', 'd'], []]);
  });

  it('reads the schema of a response as that of its records', () => {
    assert.deepEqual(
      checkSchema({ type: 'array', items: { properties: { x: { type: 'string' } } } }, 's').schema.properties,
      { x: text },
    );
  });

  it('reports every problem with its place', () => {
    assert.deepEqual(
      problems({
        properties: {
          a: 'string',
          b: { type: 'int' },
          c: { properties: { d: { $ref: 'http://x/y' } } },
          e: { $ref: '#/nowhere' },
          f: { properties: [] },
          g: [],
        },
      }),
      [
        's.json (a): expected a JSON schema, found "string"',
        's.json (b): "int" is no type of JSON Schema',
        's.json (c.d): the reference "http://x/y" leaves the schema',
        's.json (e): the reference "#/nowhere" points to nothing',
        's.json (f): "properties" is not an object',
        's.json (g): expected a JSON schema, found []',
      ],
    );
    assert.deepEqual(problems({ id: 1 }), ['s.json: the schema describes no columns']);
    assert.match(problems({ properties: { x: { $ref: '#/constructor' } } }).join(), /points to nothing/);
    assert.deepEqual(problems(null), ['s.json: expected a JSON schema, found null']);
  });

  it('stops at a schema that unfolds without end', () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        `d${n}`,
        { anyOf: [{ $ref: `#/definitions/d${n + 1}` }, { $ref: `#/definitions/d${n + 1}` }] },
      ]),
    );
    const value = {
      definitions: { ...definitions, d40: { type: 'string' } },
      properties: { x: { $ref: '#/definitions/d0' } },
    };
    assert.match(problems(value).join(), /unfolds to more than 50000 parts/);
  });

  it('gives the dialect for any value, never throws, and leaves its own results as they are', () => {
    const keyword = fc.constantFrom(
      'type',
      'properties',
      'items',
      'anyOf',
      'allOf',
      'oneOf',
      '$ref',
      'enum',
      'const',
      'format',
      'prefixItems',
      '__proto__',
      'x',
    );
    const { schema } = fc.letrec(tie => ({
      schema: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom('string', 'array', 'object', 'date-time', '#', '#/properties/x', null, true, 1),
        fc.array(tie('schema'), { maxLength: 3 }),
        tie('object'),
      ),
      object: fc
        .array(fc.tuple(keyword, tie('schema')), { maxLength: 4 })
        .map(entries => Object.fromEntries(entries as [string, unknown][])),
    }));
    fc.assert(
      fc.property(schema, fc.constantFrom('x', '__proto__'), (value, name) => {
        const first = checkSchema({ properties: Object.fromEntries([[name, value]]) }, 's').schema;
        assert.deepEqual(outsideDialect(first), []);
        assert.deepEqual(checkSchema(first, 's').schema, first);
      }),
      { numRuns: 2000 },
    );
  });
});
