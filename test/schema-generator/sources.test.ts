import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { openFile } from '../../src/refresh/input.ts';
import { progressText, withProgress } from '../../src/refresh/progress.ts';
import { readEvidence } from '../../src/refresh/read.ts';
import { parseJson } from '../../src/schema/read/json.ts';
import { parseJsonLine } from '../../src/schema/read/json-lines.ts';
import { folderOf, messageOf, readFile } from './support.ts';

const type = (name: string) => ({ type: ['null', name] });
const fails = (name: string, content: string | Uint8Array, options?: { recordsPath?: string }) =>
  messageOf(() => readFile(name, content, options));

describe('the sources of a schema', () => {
  it('are JSON, JSON Lines and CSV, told by name or content', async () => {
    const columns = { a: type('integer'), b: type('string') };
    const sources: Record<string, string> = {
      'x.json': '{"data": [{"a": 1, "b": "é"}]}',
      'x.jsonl': '\ufeff{"a": 1, "b": "é"}\r\n\r\n{"a": 2}',
      x: '{"a": 1}\n{"b": "x"}\n',
      'x.csv': 'a,b\n1,"é\n"\n',
      'x.tsv': 'a\tb\n1\té,é',
      'y.csv': 'a;b\n1;é,\n',
    };
    for (const [name, content] of Object.entries(sources)) {
      const { schema, records } = await readFile(name, content);
      assert.deepEqual(schema.properties, columns, name);
      assert.equal(records, name === 'x' || name === 'x.jsonl' ? 2 : 1);
    }
  });

  it('are taken from the path that is given', async () => {
    const { schema } = await readFile('x.json', '{"data": [{"a": 1}], "b": {"c": [{"d": 1}]}}', { recordsPath: 'b.c' });
    assert.deepEqual(Object.keys(schema.properties), ['d']);
    assert.match(await fails('x.csv', 'a\n1\n', { recordsPath: 'a' }), /^x\.csv: a records path has no meaning in csv/);
  });

  it('may be a JSON Schema, but not what only looks like one', async () => {
    const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', properties: { a: { type: 'integer' } } };
    const read = await readFile('x.json', JSON.stringify(schema));
    assert.deepEqual(
      [read.schema.properties, read.notes],
      [{ a: type('integer') }, ['it is a JSON Schema, not a sample']],
    );
    const array = await readFile(
      'x.json',
      JSON.stringify({ type: 'array', items: { type: 'object', properties: { a: {} } } }),
    );
    assert.deepEqual(array.schema.properties, { a: type('string') });
    const feature = await readFile('x.json', '{"type": "object of art", "properties": {"a": 1}}');
    assert.deepEqual(Object.keys(feature.schema.properties), ['type', 'properties']);
    assert.match(
      await fails('x.json', '{"type": "object", "properties": {"a": 1}}'),
      /x\.json \(a\): expected a JSON schema, found 1/,
    );
  });

  it('are read wherever the chunks of a file end', async () => {
    const records = Array.from({ length: 20_000 }, (_, id) => ({
      id,
      text: 'é,"\n😀'.repeat(id % 7),
      at: new Date(id * 1e8).toISOString(),
    }));
    const csvOf = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`;
    const csv = ['id,text,at', ...records.map(record => Object.values(record).map(csvOf).join(','))].join('\r\n');
    for (const [name, content] of [
      ['x.jsonl', records.map(record => JSON.stringify(record)).join('\n')],
      ['x.csv', csv],
    ] as const) {
      const read = await readFile(name, content);
      assert.deepEqual(read.schema.properties, {
        id: type('integer'),
        text: type('string'),
        at: { ...type('string'), format: 'date-time' },
      });
      assert.equal(read.records, records.length);
      assert.deepEqual(read.keys, [{ column: 'id', reason: 'unique and never null in 20000 records' }]);
    }
  });

  it('are refused with their line where they are broken', async () => {
    assert.match(
      await fails('x.jsonl', '{"a": 1}\n{"a": }\n\n[1]\n{"a": 1'),
      /^3 problems:\n {2}- x\.jsonl, line 2: .*\n {2}- x\.jsonl, line 4: record 2 is an array, not an object.*\n {2}- x\.jsonl, line 5: /,
    );
    assert.match(await fails('x.jsonl', '{\n'.repeat(50)), /^10 problems:/);
    assert.match(
      await fails('x.csv', 'a,b\n1,2\n1\n1,2,3'),
      /^2 problems:\n.*x\.csv, line 3: the row has 1 fields, but the header 2\n.*line 4: the row has 3/,
    );
    assert.match(await fails('x.csv', 'a,b\n1,"2\n3'), /^x\.csv, line 2: .*no closing quote/);
    assert.equal(await fails('x.csv', 'a,b,a,a\n1,2,3,4'), 'x.csv, line 1: the header names the column "a" twice');
    assert.match(
      await fails('x.json', '[\n{"a": 1},\n{"a" 1}]'),
      /^x\.json, line 3: this isn't valid JSON: expected ":", found "1}]"$/,
    );
  });

  it('are refused where there is no record in them', async () => {
    assert.match(await fails('x.jsonl', '\n'), /^x\.jsonl: is empty$/);
    assert.match(await fails('x.csv', 'a,b\n'), /^x\.csv: there is no record in it \(a schema needs at least one/);
    assert.match(await fails('x.json', '{"data": []}'), /no record in the sample at "data"/);
    assert.match(await fails('x', gzipSync('[{"a": 1}]')), /^x: is compressed \(unpack it: gunzip/);
    assert.match(
      await fails('x', Buffer.from('\ufeff[{"a": 1}]', 'utf16le')),
      /^x: is UTF-16 text \(convert it, for instance with iconv/,
    );
    assert.match(
      await fails('x.csv', Buffer.from('naïve,b\n1,2\n', 'latin1')),
      /^x\.csv: is not UTF-8 text \(convert it/,
    );
    assert.match(await fails('x.json', '<!DOCTYPE html><p>Sign in'), /^x\.json: is HTML or XML, which has no records/);
    assert.match(await fails('x', new Uint8Array([80, 0, 1])), /^x: is no text/);
    const folder = folderOf({});
    assert.equal(await messageOf(async () => openFile('x.json', folder)), 'there is no file x.json');
    assert.equal(await messageOf(async () => openFile('.', folder)), '. is a folder (name a file in it)');
  });

  it('are refused where they are too long to be read as a whole, with what to do', async () => {
    const tooLong = (start: string, recordsPath?: string) => {
      async function* chunks() {
        yield Buffer.from(start);
        const megabyte = Buffer.alloc(2 ** 20, ' ');
        for (let count = 0; count < 130; count++) yield megabyte;
      }
      return messageOf(() => readEvidence({ name: 'x', chunks: chunks() }, { stream: 'things', recordsPath }));
    };
    const message = 'x: has more than 128 MB, and has to be read as a whole';
    assert.equal(await tooLong('[1,'), `${message} (make JSON Lines of it, for instance with jq -c '.[]')`);
    assert.match(await tooLong('{"data":', 'data.items'), /with jq -c '\."data"\."items"\[\]'\)$/);
    assert.equal(await tooLong('PAR1'), `${message} (save it to a file, of which only what is needed is read)`);
  });

  it('give numbers on the fast way as on the exact one', () => {
    const number = fc.oneof(
      fc.integer().map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => JSON.stringify(value)),
      fc.bigInt().map(String),
      fc
        .tuple(fc.maxSafeInteger(), fc.stringMatching(/^[09]{1,20}\d{0,3}$/))
        .map(([whole, digits]) => `${whole}.${digits}`),
      fc.constantFrom(
        '10.0',
        '1e5',
        '1E-5',
        '0.0',
        '-0',
        '1.50',
        '123456789012345.99999',
        '1.00000000000000000001',
        '1e400',
      ),
    );
    const line = fc
      .array(number, { minLength: 1 })
      .map(numbers => `{"a":[${numbers.join(',')}],"b": ${numbers[0]} ,"c":${numbers[0]}}`);
    fc.assert(
      fc.property(line, text => assert.deepEqual(parseJsonLine(text, 'x', 1), parseJson(text, 'x'))),
      { numRuns: 2000 },
    );
  });
});

describe('the progress of a long reading', () => {
  async function* slow(delay: number) {
    for (let part = 0; part < 3; part++) {
      await new Promise(done => setTimeout(done, delay));
      yield new Uint8Array(1_000_000);
    }
  }
  const shownOn = async (isTTY: boolean, delay: number) => {
    const written: string[] = [];
    const terminal = { isTTY, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream;
    for await (const _ of withProgress(slow(delay), 'x.csv', 3_000_000, terminal));
    return written;
  };

  it('is shown on a terminal after a second, and taken away', async () => {
    assert.deepEqual(await shownOn(true, 450), [
      '\r\x1b[KReading x.csv: [####################] 100 %, 3 MB of 3 MB',
      '\r\x1b[K',
    ]);
    assert.deepEqual(await shownOn(true, 1), []);
    assert.deepEqual(await shownOn(false, 450), []);
  });

  it('tells the part, where the whole is known', () => {
    assert.equal(progressText(412e6, 1004e6), '[########            ] 41 %, 412 MB of 1,004 MB');
    assert.equal(progressText(412e6, undefined), '412 MB');
  });
});
