import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../../src/base/problems.ts';
import { inferSample, readSample, type SampleOptions } from '../../src/schema/read/sample.ts';

const read = (text: string, options: Partial<SampleOptions> = {}) => readSample(text, { file: 'x', ...options });
const problemOf = (text: string, options: Partial<SampleOptions> = {}) => {
  try {
    inferSample(text, { file: 'x', ...options });
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }
  return assert.fail('no error');
};

describe('readSample', () => {
  it('reads an array, an object that is one record, JSON Lines and CSV, told by content', () => {
    const records = [{ a: 1 }];
    assert.deepEqual(read('[{"a": 1}]'), { format: 'json', records, recordsPath: '', response: records, notes: [] });
    assert.deepEqual(read('{\n"a": 1}').records, [{ a: 1 }]);
    assert.deepEqual(read('\uFEFF{"a": 1}\r\n\n{"a": 2}\n', { file: 'x.json' }), {
      format: 'jsonl',
      records: [{ a: 1 }, { a: 2 }],
      notes: [],
    });
    assert.deepEqual(read('\uFEFFa,b\n1,\n'), { format: 'csv', records: [{ a: '1', b: '' }], notes: [] });
  });

  it('tells the format by the name where the content leaves a choice', () => {
    assert.equal(read('{"items": [{"a": 1}]}', { file: 'x.ndjson' }).format, 'jsonl');
    assert.deepEqual(read('{"items": [{"a": 1}]}', { file: 'x.json' }).records, [{ a: 1 }]);
    assert.deepEqual(read('[a],b\n1,2', { file: 'x.csv' }).records, [{ '[a]': '1', b: '2' }]);
    assert.deepEqual(read('a\tb\n1,5\t2', { file: 'x.tsv' }).records, [{ a: '1,5', b: '2' }]);
    assert.deepEqual(read('a;b\n1;2', { format: 'csv', delimiter: ';' }).records, [{ a: '1', b: '2' }]);
  });

  it('finds the longest array of objects that is not about the response, and says where', () => {
    const text = JSON.stringify({
      errors: [{}, {}, {}],
      meta: { links: [{}, {}, {}] },
      ids: [1, 2, 3, 4],
      result: { items: [{ a: [{}, {}, {}] }, {}] },
      users: [{}],
    });
    const { records, recordsPath, notes } = read(text);
    assert.equal(recordsPath, 'result.items');
    assert.equal(records.length, 2);
    assert.deepEqual(notes, ['the records are those at "result.items" (2); there are also "users" (1)']);
  });

  it('takes the records at a given path, one object there as one record', () => {
    const text = '{"data": [{"a": 1}], "user": {"b": 2}}';
    assert.deepEqual(read(text, { recordsPath: 'data' }).records, [{ a: 1 }]);
    assert.deepEqual(read(text, { recordsPath: 'user' }).records, [{ b: 2 }]);
    assert.equal(read(text, { recordsPath: '' }).records.length, 1);
    assert.match(
      problemOf(text, { recordsPath: 'items' }),
      /^x: there are no records at the path "items" \(arrays of objects are at: "data"\)$/,
    );
    assert.match(problemOf(text, { recordsPath: '__proto__' }), /no records at the path/);
    assert.match(problemOf('{"Data": {"items": [{}]}}', { recordsPath: 'data.items' }), /did you mean "Data\.items"\?/);
    assert.match(
      problemOf(text, { recordsPath: 'data..x' }),
      /"data\.\.x" is no path: a key is missing, at character 6/,
    );
  });

  it('takes records at every item of a path, at a position, and at a key with dots', () => {
    const text = '{"g": [{"r": [{"a": 1}]}, {"r": [{"a": 2}, {"a": 3}]}], "x.y": [{"b": 1}]}';
    assert.deepEqual(read(text, { recordsPath: 'g.*.r' }).records, [{ a: 1 }, { a: 2 }, { a: 3 }]);
    assert.deepEqual(read(text, { recordsPath: 'g[-1].r' }).records, [{ a: 2 }, { a: 3 }]);
    assert.deepEqual(read(text, { recordsPath: '["x.y"]' }).records, [{ b: 1 }]);
    // JSON Lines are records already, whatever a response of the API has around them.
    assert.deepEqual(read('{"a":1}\n{"a":2}', { recordsPath: 'data' }).records, [{ a: 1 }, { a: 2 }]);
  });

  it('says where each syntax error is', () => {
    assert.match(problemOf('[\n{"a": 1},\n{"a" 1}]'), /^x, line 3: this isn't valid JSON: expected ":", found "1}]"$/);
    assert.match(
      problemOf('{"a": 1}\n{"a": }\n{"a": 2}\n{a}\n', { format: 'jsonl' }),
      /2 problems:\n.*x, line 2: [\s\S]*x, line 4: .*double quotes/,
    );
    assert.match(problemOf('a,b\n1,"2\n3', { format: 'csv' }), /^x, line 2: .*no closing quote/);
    assert.match(
      problemOf('a,b\n1,2\n1\n1,2,3', { format: 'csv' }),
      /x, line 3: the row has 1 fields, but the header 2[\s\S]*x, line 4: the row has 3/,
    );
    assert.match(problemOf('a,b,a\n1,2,3', { format: 'csv' }), /^x, line 1: the header names the column "a" twice/);
  });

  it('refuses a sample without records', () => {
    assert.match(problemOf(' \n'), /the sample is empty/);
    assert.match(problemOf('{"data": []}'), /there is no record in the sample at "data"/);
    assert.match(problemOf('a,b\n'), /there is no record in the sample/);
    assert.match(problemOf('"x"', { format: 'json' }), /single value/);
    assert.match(problemOf('[1]'), /^x: record 1 is a number, not an object/);
  });

  it('keeps hostile names', () => {
    const { schema } = inferSample('[{"__proto__": {"polluted": 1}, "constructor": 1}]', { file: 'x' });
    assert.deepEqual(Object.keys(schema.properties), ['__proto__', 'constructor']);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    assert.deepEqual(Object.keys(inferSample('__proto__,b\n1,2', { file: 'x' }).schema.properties), ['__proto__', 'b']);
  });

  it('fails on no text but with a UserError', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\n',
      '\r',
      '\\',
      '1',
      '-',
      '1e5',
      'null',
      '"a"',
      '{"a":1}',
      'NaN',
      '\ud800',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom('x', 'x.json', 'x.jsonl', 'x.csv'), (pieces, file) => {
        try {
          inferSample(pieces.join(''), { file });
        } catch (error) {
          assert.ok(error instanceof UserError, String(error));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('inferSample', () => {
  it('tells text of CSV from typed JSON', () => {
    const csv = inferSample('id,zip,price,paid,sent\n1,01234,1.50,TRUE,2024-01-01T00:00:00Z\n2,56789,,false,\n', {
      file: 'x.csv',
    });
    assert.deepEqual(csv.schema.properties, {
      id: { type: ['null', 'integer'] },
      zip: { type: ['null', 'string'] },
      price: { type: ['null', 'number'] },
      paid: { type: ['null', 'boolean'] },
      sent: { type: ['null', 'string'] },
    });
    assert.deepEqual([csv.textColumns, csv.keys.map(({ column }) => column)], [[], ['id']]);
    assert.deepEqual(inferSample('{"id": "1"}', { file: 'x' }).schema.properties.id, { type: ['null', 'string'] });
  });

  it('makes a CSV column of several types text, which needs no conversion', () => {
    const { schema, textColumns, notes } = inferSample('a\n1\ntrue\nx\n', { file: 'x.csv' });
    assert.deepEqual([schema.properties.a, textColumns, notes], [{ type: ['null', 'string'] }, [], []]);
  });
});
