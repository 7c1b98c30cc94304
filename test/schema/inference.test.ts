import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../../src/base/problems.ts';
import { type InferredSchema, SchemaInference } from '../../src/schema/infer/inference.ts';
import { ExactNumber } from '../../src/schema/infer/numbers.ts';
import { checkSchema } from '../../src/schema/read/check.ts';
import { fits, jsonValue, outsideDialect, own, sample } from './conformance.ts';

function infer(records: readonly unknown[], stream?: string): InferredSchema {
  const inference = new SchemaInference({ stream });
  for (const record of records) inference.add(record);
  return inference.result();
}

/** The schema of a single column `x` that had these values. */
function column(...values: unknown[]) {
  return infer(values.map(x => ({ x }))).schema.properties.x;
}

describe('schema inference', () => {
  it('gives each plain column its type', () => {
    const { schema, notes } = infer([{ s: 'x', i: 1, n: 0.5, b: true, o: { k: 1 }, a: ['x'] }]);
    assert.deepEqual(schema, {
      type: 'object',
      properties: {
        s: { type: ['null', 'string'] },
        i: { type: ['null', 'integer'] },
        n: { type: ['null', 'number'] },
        b: { type: ['null', 'boolean'] },
        o: { type: ['null', 'object'], properties: { k: { type: ['null', 'integer'] } } },
        a: { type: ['null', 'array'], items: { type: ['null', 'string'] } },
      },
    });
    assert.deepEqual(notes, []);
  });

  it('takes integers beside fractions as numbers, nulls as nothing', () => {
    assert.deepEqual(column(1, null, 0.5), { type: ['null', 'number'] });
    assert.deepEqual(column(null, 1), { type: ['null', 'integer'] });
    assert.deepEqual(column(new ExactNumber('10.0'), new ExactNumber('20.0')), { type: ['null', 'number'] });
  });

  it('loses no digit of a large integer', () => {
    assert.deepEqual(column(new ExactNumber('9223372036854775807')), { type: ['null', 'integer'] });
    assert.deepEqual(column(new ExactNumber('-9223372036854775809')), { type: ['null', 'string'] });
    assert.deepEqual(column(new ExactNumber('9007199254740993'), 0.5), { type: ['null', 'string'] });
    assert.deepEqual(column(2 ** 53, 0.5), { type: ['null', 'string'] });
    assert.deepEqual(column(2n ** 63n), { type: ['null', 'string'] });
    assert.deepEqual(column(Number.POSITIVE_INFINITY), { type: ['null', 'string'] });
  });

  it('makes text of mixed types, tells so, and names the columns to convert', () => {
    const { schema, notes, textColumns } = infer([
      { a: 1, b: { k: 1 }, c: [[1]], d: [1, 'x'], e: [1, null] },
      { a: 'x', b: 2, c: [], d: [], e: [] },
    ]);
    assert.ok(Object.values(schema.properties).every(({ type }) => type[1] === 'string'));
    assert.deepEqual(textColumns, ['a', 'b', 'c', 'd', 'e']);
    assert.match(
      notes.join('\n'),
      /"a": values of several types \(integer, string\)[\s\S]*"b".*\(integer, object\)[\s\S]*"c": arrays of arrays/,
    );
    assert.match(
      notes.join('\n'),
      /"d": arrays with items of several types \(integer, string\)[\s\S]*"e": arrays with null items/,
    );
  });

  it('leaves out of nested properties what has no type, and describes objects five levels deep', () => {
    assert.deepEqual(column({ a: 1, b: 'x' }, { a: 'x', b: null }), {
      type: ['null', 'object'],
      properties: { b: { type: ['null', 'string'] } },
    });
    const nested = JSON.stringify(column({ l1: { l2: { l3: { l4: { l5: { l6: 1 } } } } } }));
    assert.match(nested, /l5/);
    assert.doesNotMatch(nested, /l6/);
  });

  it('does not describe maps with ids as names', () => {
    const map = Object.fromEntries(Array.from({ length: 201 }, (_, id) => [`id${id}`, id]));
    const { schema, notes } = infer([{ map }]);
    assert.deepEqual(schema.properties.map, { type: ['null', 'object'] });
    assert.match(notes.join(), /"map": objects with hundreds of different names/);
  });

  it('takes columns without a value as strings, and says so', () => {
    const { schema, notes } = infer([{ x: null, y: [], z: undefined }]);
    assert.deepEqual(schema.properties, {
      x: { type: ['null', 'string'] },
      y: { type: ['null', 'array'], items: { type: ['null', 'string'] } },
    });
    assert.match(notes.join('\n'), /"x": no value in the sample[\s\S]*"y": only empty arrays/);
  });

  it('sees date-times only where all values are, and either two differ or the name says so', () => {
    const dateTime = { type: ['null', 'string'], format: 'date-time' };
    const text = { type: ['null', 'string'] };
    const [first, second] = ['2024-01-31T23:59:59Z', '2024-01-31 23:59:59.123+01:00'];
    assert.deepEqual(column(first, null, second), dateTime);
    assert.deepEqual(column(first, first), text);
    assert.deepEqual(column(first, second, ''), text);
    assert.deepEqual(column('', first, second), text);
    assert.deepEqual(column('2024-01-31', '2024-02-01'), text);
    for (const name of ['created_at', 'createdAt', 'closing_date', 'time'])
      assert.deepEqual(infer([{ [name]: first }]).schema.properties[name], dateTime);
    assert.deepEqual(infer([{ meat: first }]).schema.properties.meat, text);
  });

  it('warns of what Mage does to the items of PostgreSQL arrays', () => {
    assert.match(infer([{ tags: ['a', 'b, c'] }]).notes.join(), /"tags": items that are empty or hold commas/);
    assert.deepEqual(infer([{ tags: ['a', 'b c'] }]).notes, []);
  });

  it('leaves out a column without a name, and warns of names that a table cannot hold', () => {
    const { schema, notes } = infer([{ '': 1, 'a b': 1, 'A.b': 2, ['x'.repeat(64)]: 3 }]);
    assert.deepEqual(Object.keys(schema.properties), ['a b', 'A.b', 'x'.repeat(64)]);
    assert.match(
      notes.join('\n'),
      /without a name[\s\S]*"A\.b", "a b": SQL destinations would call each of them "a_b"[\s\S]*xxx….: longer/,
    );
  });

  it('refuses records that are not objects', () => {
    for (const record of [null, 1, 'x', [], undefined, new ExactNumber('1.0')]) {
      assert.throws(
        () => infer([{}, record]),
        error => error instanceof UserError && /^record 2 is .*not an object/.test(error.message),
      );
    }
  });

  it('refuses records without common columns instead of filling the memory', () => {
    const inference = new SchemaInference();
    const add = () => Array.from({ length: 10_001 }, (_, id) => inference.add({ [`id${id}`]: 1 }));
    assert.throws(add, /more than 10000 different columns/);
  });

  it('gives schemas in the dialect under which every record passes, whatever the sample', () => {
    fc.assert(
      fc.property(sample, records => {
        const { schema, textColumns } = infer(records as object[]);
        assert.deepEqual(outsideDialect(schema), []);
        for (const [name, value] of (records as object[]).flatMap(record => Object.entries(record))) {
          const known = own(schema.properties, name);
          assert.ok(
            known ? textColumns.includes(name) || fits(value, known) : name === '',
            `${name}: ${JSON.stringify(value)} under ${JSON.stringify(known)}`,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same for records in any order, and for a sample read twice', () => {
    fc.assert(
      fc.property(sample, records => {
        const once = infer(records as object[]);
        const reversed = infer([...(records as object[])].reverse());
        assert.deepEqual(reversed.schema, once.schema);
        assert.deepEqual([...reversed.notes].sort(), [...once.notes].sort());
        assert.deepEqual(
          [reversed.keys, reversed.bookmarks].map(list => list.length),
          [once.keys, once.bookmarks].map(list => list.length),
        );
        assert.deepEqual(infer([...records, ...records]).schema, once.schema);
      }),
      { numRuns: 300 },
    );
  });

  it('fails on no value but with a UserError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          jsonValue.value,
          fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
        ),
        value => {
          try {
            infer([value, { x: value }]);
          } catch (error) {
            assert.ok(error instanceof UserError, String(error));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives schemas that a check leaves as they are', () => {
    fc.assert(
      fc.property(sample, records => {
        const { schema } = infer(records as object[]);
        if (Object.keys(schema.properties).length) assert.deepEqual(checkSchema(schema, 'x').schema, schema);
      }),
    );
  });
});

describe('suggestions', () => {
  it('names the keys: named like one, unique, never null, scalar; the best first', () => {
    const records = [
      { uuid: 'a', Id: 1, orderId: 'x', key: 1, _id: { $oid: 1 }, guid: 1 },
      { uuid: 'b', Id: 2, orderId: 'y', key: 1, _id: { $oid: 2 } },
    ];
    const { keys } = infer(records, 'orders');
    assert.deepEqual(
      keys,
      ['Id', 'orderId', 'uuid'].map(name => ({ column: name, reason: 'unique and never null in 2 records' })),
    );
    assert.deepEqual(
      infer([{ category_id: 1 }], 'categories').keys.map(({ column }) => column),
      ['category_id'],
    );
    assert.match(infer([{ id: 1 }]).keys[0]?.reason ?? '', /one record alone/);
  });

  it('takes 1 and "1" for the same key, since a destination would', () => {
    assert.deepEqual(infer([{ id: 1 }, { id: '1' }]).keys, []);
  });

  it('names the bookmarks with their format: updates before creation', () => {
    const [early, late] = ['2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z'];
    const records = [
      {
        created_at: early,
        updatedAt: 1_704_067_200,
        modified: '2024-01-01',
        last_updated: 1_704_067_200_000,
        changed: 5,
        date_updated: null,
        updated: 'soon',
      },
      {
        created_at: late,
        updatedAt: null,
        modified: '2024-01-02',
        last_updated: 1_704_067_200_001,
        changed: 6,
        date_updated: null,
        updated: '2024-01-01',
      },
    ];
    assert.deepEqual(infer(records).bookmarks, [
      { column: 'updatedAt', format: 'epoch_seconds', reason: '1 of 2 records have it' },
      { column: 'last_updated', format: 'epoch_milliseconds', reason: 'every record of the sample has it' },
      { column: 'modified', format: 'date', reason: 'every record of the sample has it' },
      { column: 'created_at', format: 'iso8601', reason: 'every record of the sample has it' },
    ]);
  });
});
