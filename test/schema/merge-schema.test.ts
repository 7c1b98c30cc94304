import assert from 'node:assert/strict';
import fc from 'fast-check';
import { renderJson } from '../../src/changes/render.ts';
import { evidenceOfSchema } from '../../src/schema/infer/evidence.ts';
import { type InferredSchema, SchemaInference } from '../../src/schema/infer/inference.ts';
import { type Evidence, type MergedSchema, mergeSchema } from '../../src/schema/merge/merge-schema.ts';
import { checkSchema } from '../../src/schema/read/check.ts';
import type { WrittenColumns } from '../../src/schema/write/written.ts';
import { fits, own, sample } from './conformance.ts';

function evidence(records: readonly unknown[], values: 'typed' | 'text' = 'typed'): Evidence & InferredSchema {
  const inference = new SchemaInference({ values });
  for (const record of records) inference.add(record);
  return { ...inference.result(), values };
}

const merge = (properties: object, records: readonly unknown[], recorded?: WrittenColumns, values?: 'text') =>
  mergeSchema(renderJson({ type: 'object', properties }), 'x.json', evidence(records, values), recorded);
const columnsOf = ({ text }: MergedSchema) => JSON.parse(text).properties;
const type = (name: string) => ({ type: ['null', name] });

describe('refreshing a schema', () => {
  it('adds what is new at the end, and reports what has vanished', () => {
    const merged = merge({ z: type('string'), a: type('integer') }, [{ b: 0.5, a: 1 }]);
    assert.deepEqual(Object.entries(columnsOf(merged)), [
      ['z', type('string')],
      ['a', type('integer')],
      ['b', type('number')],
    ]);
    assert.deepEqual([merged.added, merged.vanished, merged.changed, merged.notes], [['b'], ['z'], [], []]);
  });

  it('changes no byte where the sample says nothing new', () => {
    const text =
      '{"properties":\n{"a" : {"type":["null","number"], "description": "x"}, "b": {"type": ["null", "string"]}}}';
    for (const records of [
      [
        { a: 1, b: '2024-01-01T00:00:00Z' },
        { a: 0.5, b: '2025-01-01T00:00:00Z' },
      ],
      [{ a: null }],
    ])
      assert.equal(mergeSchema(text, 'x.json', evidence(records)).text, text);
  });

  it('widens what the sample contradicts, with a note, and keeps the other keywords', () => {
    const properties = {
      n: { description: 'x', type: ['null', 'integer'], maximum: 5 },
      at: { type: ['null', 'string'], format: 'date-time' },
      tags: { type: ['null', 'array'], items: type('integer') },
      plain: { type: 'string' },
      flag: type('boolean'),
    };
    const merged = merge(properties, [{ n: 0.5, at: 'soon', tags: ['x'], plain: null, flag: 1 }]);
    assert.deepEqual(columnsOf(merged), {
      n: { description: 'x', type: ['null', 'number'], maximum: 5 },
      at: type('string'),
      tags: type('string'),
      plain: type('string'),
      flag: type('string'),
    });
    assert.deepEqual(Object.keys(columnsOf(merged).n), ['description', 'type', 'maximum']);
    assert.deepEqual(merged.changed, ['n', 'at', 'tags', 'plain', 'flag']);
    assert.deepEqual(merged.textColumns, ['tags', 'flag']);
    assert.deepEqual(merged.notes.slice(0, 2), [
      '"n": integer became number: the sample has fractions',
      '"at": date-time became string: the sample has text that is no date-time',
    ]);
    assert.match(
      merged.notes.slice(2).join('\n'),
      /"tags": array of integer became string: arrays with items of several types \(integer, string\)/,
    );
    assert.match(merged.notes.join('\n'), /"plain": null is allowed now: the sample has records without it/);
  });

  it('takes text of CSV for what the schema says it is', () => {
    const merged = merge({ zip: type('string'), n: type('integer') }, [{ zip: '1', n: '2' }], undefined, 'text');
    assert.deepEqual([merged.changed, merged.notes], [[], []]);
    assert.deepEqual(merge({ n: type('integer') }, [{ n: '01' }], undefined, 'text').changed, ['n']);
  });

  it('leaves out what was taken out by hand, in nested objects too', () => {
    const recorded = { id: 'integer', phone: 'string', address: { city: 'string', fax: 'string' } };
    const address = { type: ['null', 'object'], properties: { city: type('string') } };
    const merged = merge(
      { id: type('integer'), address },
      [{ id: 1, phone: 'x', address: { city: 'x', fax: 'x', zip: 'x' } }],
      recorded,
    );
    assert.deepEqual([merged.leftOut, merged.added, merged.changed], [['phone', 'address.fax'], ['address.zip'], []]);
    assert.deepEqual(merged.written, {
      id: 'integer',
      address: { city: 'string', zip: 'string', fax: 'string' },
      phone: 'string',
    });
  });

  it('keeps a type that was changed by hand, and says what does not fit', () => {
    const merged = merge({ n: { type: 'integer' }, m: type('string') }, [{ n: 0.5, m: 1 }], {
      n: 'string',
      m: 'integer',
    });
    assert.deepEqual(merged.changed, []);
    assert.deepEqual(merged.notes, [
      '"n": stays integer, as changed by hand, though the sample has fractions',
      '"m": stays string, as changed by hand, though the sample has integers',
    ]);
    assert.deepEqual(merged.written, { n: 'string', m: 'integer' });
  });

  it('gives a column its type once it has values, where a string only stood in for it', () => {
    const first = merge({}, [{ a: null, b: [] }]);
    assert.deepEqual(first.written, { a: 'null', b: ['null'] });
    const second = mergeSchema(first.text, 'x.json', evidence([{ a: 1, b: [2] }]), first.written);
    assert.deepEqual(columnsOf(second), { a: type('integer'), b: { type: ['null', 'array'], items: type('integer') } });
    assert.deepEqual(second.written, { a: 'integer', b: ['integer'] });
    assert.deepEqual(second.notes, [
      '"a": integer, now that it has values',
      '"b": array of integer, now that it has values',
    ]);
    const still = mergeSchema(first.text, 'x.json', evidence([{ a: null, b: [] }]), first.written);
    assert.deepEqual([still.changed, still.written], [[], first.written]);
  });

  it('describes no longer a property of an object that has values of several types', () => {
    const address = { type: ['null', 'object'], properties: { zip: type('string'), city: type('string') } };
    const merged = merge({ address }, [{ address: { zip: 1, city: 'x' } }]);
    assert.deepEqual(columnsOf(merged).address.properties, { city: type('string') });
    assert.deepEqual(merged.notes, ['"address.zip": is described no more: the sample has integers, the schema string']);
    assert.deepEqual(merged.written, { address: { city: 'string', zip: 'any' } });
    const again = mergeSchema(merged.text, 'x.json', evidence([{ address: { zip: 'x', city: 'x' } }]), merged.written);
    assert.deepEqual([again.text, again.leftOut], [merged.text, []]);
  });

  it('takes an array with null items for what a fresh schema would: JSON text, or a property described no more', () => {
    for (const items of [[], ['a']]) {
      const first = merge({}, [{ tags: items, address: { constructor: items, city: 'x' } }]);
      const recent = evidence([{ tags: [null], address: { constructor: [null], city: 'x' } }]);
      const second = mergeSchema(first.text, 'x.json', recent, first.written);
      assert.deepEqual(columnsOf(second), {
        tags: type('string'),
        address: { type: ['null', 'object'], properties: { city: type('string') } },
      });
      assert.deepEqual(
        [second.changed, second.textColumns, second.written],
        [
          ['tags', 'address.constructor'],
          ['tags'],
          { tags: 'string', address: { constructor: 'any', city: 'string' } },
        ],
      );
      assert.deepEqual(second.notes, [
        '"tags": array of string became string: arrays with null items: no type of every destination holds that, so it becomes JSON text in a string',
        '"address.constructor": is described no more: the sample has nulls in it, the schema array of string',
      ]);
      const third = mergeSchema(second.text, 'x.json', recent, second.written);
      assert.deepEqual([third.text, third.written], [second.text, second.written]);
    }
  });

  it('accepts a JSON Schema for what it says', () => {
    const properties = { a: type('integer'), at: { type: 'string', format: 'date-time' }, b: { enum: [1, 'x'] } };
    const given = evidenceOfSchema(checkSchema({ properties }, 'y.json'));
    const merged = mergeSchema(renderJson({ properties: { a: type('string') } }), 'x.json', given);
    assert.deepEqual(columnsOf(merged), {
      a: type('string'),
      at: { ...type('string'), format: 'date-time' },
      b: type('string'),
    });
  });

  it('tells of a column without a type and of a file without columns', () => {
    assert.match(
      merge({ a: {}, b: true }, [{ a: 1, b: 1 }]).notes.join(),
      /^"a": the schema gives it no type, which Mage's SQL destinations refuse$/,
    );
    assert.throws(
      () => mergeSchema('{}', 'x.json', evidence([{}])),
      /^UserError: x\.json: is no schema: it has no properties \(mend it, or/,
    );
    assert.throws(
      () => mergeSchema('{"properties": {"a": {"type": "x"}}}', 'x.json', evidence([{}])),
      /x\.json \(a\): "x" is no type/,
    );
  });

  it('holds every record, old and new, after any samples, and then changes no more', () => {
    fc.assert(
      fc.property(sample, sample, (old, recent) => {
        const first = mergeSchema(renderJson({ type: 'object', properties: {} }), 'x.json', evidence(old));
        const second = mergeSchema(first.text, 'x.json', evidence(recent), first.written);
        const columns = columnsOf(second);
        const addedAsText = evidence(recent).textColumns.filter(name => second.added.includes(name));
        const asText = new Set([...evidence(old).textColumns, ...addedAsText, ...second.textColumns]);
        for (const record of [...old, ...recent] as Record<string, unknown>[])
          for (const [name, value] of Object.entries(record)) {
            const column = own<never>(columns, name);
            if (column && !asText.has(name))
              assert.ok(fits(value, column), `${JSON.stringify(value)} in ${second.text}`);
          }
        const third = mergeSchema(second.text, 'x.json', evidence(recent), second.written);
        assert.deepEqual([third.text, third.written], [second.text, second.written]);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what was done by hand whatever the sample', () => {
    const hand = fc.constantFrom<object | undefined>(undefined, type('string'), type('number'), {
      type: 'integer',
      title: 'mine',
    });
    fc.assert(
      fc.property(sample, sample, fc.array(hand, { minLength: 20, maxLength: 20 }), (old, recent, edits) => {
        const first = mergeSchema(renderJson({ type: 'object', properties: {} }), 'x.json', evidence(old));
        const before: [string, object][] = Object.entries(columnsOf(first));
        const after = before.map(([name, column], index) => [name, index in edits ? edits[index] : column] as const);
        const changed = after.filter(
          ([name, column], index) => JSON.stringify(column) !== JSON.stringify(before[index]?.[1]) && name,
        );
        const text = renderJson({
          type: 'object',
          properties: Object.fromEntries(after.filter(([, column]) => column)),
        });
        const columns = columnsOf(mergeSchema(text, 'x.json', evidence(recent), first.written));
        for (const [name, column] of changed) {
          // A title alone changes no type.
          const isTypeChange =
            JSON.stringify((column as { type?: unknown })?.type) !==
            JSON.stringify((own(Object.fromEntries(before), name) as { type: unknown }).type);
          if (isTypeChange) assert.deepEqual(own(columns, name), column);
        }
      }),
      { numRuns: 500 },
    );
  });
});
