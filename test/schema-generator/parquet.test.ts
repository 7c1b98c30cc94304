import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openFile } from '../../src/refresh/input.ts';
import { readEvidence } from '../../src/refresh/read.ts';
import { messageOf, readFile } from './support.ts';

/** Written by PyArrow: rows.parquet has two row groups, packed by Snappy. */
const FIXTURES = resolve(import.meta.dirname, 'fixtures');
const type = (name: string) => ({ type: ['null', name] });
const ROWS = {
  id: type('integer'),
  small: type('integer'),
  price: type('number'),
  whole: type('number'),
  cost: type('number'),
  name: type('string'),
  paid: type('boolean'),
  at: { ...type('string'), format: 'date-time' },
  tags: { ...type('array'), items: type('string') },
  owner: { ...type('object'), properties: { id: type('integer'), name: type('string') } },
  raw: type('string'),
  empty: type('string'),
};

describe('a sample in Parquet', () => {
  it('gives each column its type', async () => {
    const { schema, records, notes } = await readEvidence(openFile('rows.parquet', FIXTURES), { stream: 'rows' });
    assert.deepEqual([schema.properties, records], [ROWS, 3]);
    assert.deepEqual(notes, ['"empty": no value in the sample: taken as string']);
  });

  it('is read from other inputs than files, and from what gzip packed', async () => {
    const { chunks } = openFile('rows.parquet', FIXTURES);
    const { schema } = await readEvidence({ name: 'standard input', chunks }, { stream: 'rows' });
    assert.deepEqual(schema.properties, ROWS);
    const gzip = await readEvidence(openFile('gzip.parquet', FIXTURES), { stream: 'rows' });
    assert.deepEqual([gzip.schema.properties, gzip.records], [{ id: type('integer') }, 3]);
  });

  it('is refused where it is damaged or packed in a way that is not known', async () => {
    const whole = readFileSync(resolve(FIXTURES, 'rows.parquet'));
    assert.match(
      await messageOf(() => readFile('x', whole.subarray(0, 900))),
      /^x: begins as Parquet does, and does not end so: it is damaged or cut off \(copy it again\)$/,
    );
    const damaged = Buffer.from(whole).fill(7, 4, 600);
    assert.match(await messageOf(() => readFile('x', damaged)), /^x: can't be read as Parquet: /);
    assert.match(
      await messageOf(() => readFile('x', whole, { recordsPath: 'a' })),
      /^x: a records path has no meaning/,
    );
    const lz4 = () => readEvidence(openFile('lz4.parquet', FIXTURES), { stream: 'rows' });
    assert.match(await messageOf(lz4), /^lz4\.parquet: can't be read as Parquet: .*LZ4/);
  });
});
