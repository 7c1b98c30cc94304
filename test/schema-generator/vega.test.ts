import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { renderJson } from '../../src/changes/render.ts';
import { openFile } from '../../src/refresh/input.ts';
import { readEvidence } from '../../src/refresh/read.ts';
import type { ColumnSchema } from '../../src/schema/dialect.ts';
import { SchemaInference } from '../../src/schema/infer/inference.ts';
import { mergeSchema } from '../../src/schema/merge/merge-schema.ts';
import { readSample } from '../../src/schema/read/sample.ts';
import { fits, outsideDialect, own } from '../schema/conformance.ts';

const DATA = resolve(import.meta.dirname, '../../node_modules/vega-datasets/data');
const FILES = readdirSync(DATA).filter(name => /\.(?:json|csv|tsv)$/.test(name));

type Row = Readonly<Record<string, unknown>>;

function recordsOf(name: string): { records: readonly Row[]; values: 'text' | 'typed' } {
  const { records, format } = readSample(readFileSync(join(DATA, name), 'utf8'), { file: name });
  return { records: records as readonly Row[], values: format === 'csv' ? 'text' : 'typed' };
}

function infer(records: readonly Row[], values: 'text' | 'typed') {
  const inference = new SchemaInference({ values });
  for (const record of records) inference.add(record);
  return { ...inference.result(), values };
}

/** The value of a CSV field as the connector converts it, undefined where that would lose something. */
function converted(text: unknown, { type }: ColumnSchema): unknown {
  if (typeof text !== 'string' || type[1] === 'string') return text;
  if (text === '') return null;
  if (type[1] === 'integer') return String(BigInt(text)) === text ? Number(text) : undefined;
  if (type[1] === 'number') return Number.isFinite(Number(text)) ? Number(text) : undefined;
  return { true: true, false: false }[text.toLowerCase()];
}

/** The names of the columns that a record doesn't fit. */
function misfits(
  record: Row,
  properties: Readonly<Record<string, ColumnSchema>>,
  asText: ReadonlySet<string>,
): string[] {
  return Object.entries(record).flatMap(([name, value]) => {
    const column = own(properties, name);
    if (!column || asText.has(name)) return [];
    const now = converted(value, column);
    return now !== undefined && fits(now, column) ? [] : [name];
  });
}

describe('schemas of real data sets', function () {
  this.timeout(120_000);

  it('hold every record, by our judgement and by that of a validator of JSON Schema', async () => {
    const ajv = new Ajv({ allowUnionTypes: true, formats: { 'date-time': true } });
    assert.ok(FILES.length > 60);
    for (const name of FILES) {
      const { schema, textColumns, records: count } = await readEvidence(openFile(name, DATA), { stream: 'things' });
      const { records } = recordsOf(name);
      assert.equal(count, records.length, name);
      assert.deepEqual(outsideDialect(schema), [], name);
      const asText = new Set(textColumns);
      const validate = ajv.compile(schema);
      for (const record of records) {
        assert.deepEqual(misfits(record, schema.properties, asText), [], name);
        const sent = Object.entries(record).map(([key, value]) => {
          const column = own(schema.properties, key) as ColumnSchema;
          return [key, asText.has(key) ? JSON.stringify(value) : converted(value, column)];
        });
        assert.ok(
          validate(JSON.parse(JSON.stringify(Object.fromEntries(sent)))),
          `${name}: ${ajv.errorsText(validate.errors)}`,
        );
      }
    }
  });

  it('hold the other half of the records, except where the data differ; and all, once refreshed with that half', () => {
    const differing: string[] = [];
    for (const name of FILES) {
      const { records, values } = recordsOf(name);
      const [one, other] = [0, 1].map(half => records.filter((_, index) => index % 2 === half)) as [Row[], Row[]];
      if (other.length === 0) continue;
      const half = infer(one, values);
      const found = new Set(
        other.flatMap(record => misfits(record, half.schema.properties, new Set(half.textColumns))),
      );
      const whole = infer(records, values).schema.properties;
      for (const column of found)
        assert.notDeepEqual(own(whole, column), own(half.schema.properties, column), `${name}: ${column}`);
      differing.push(...[...found].map(column => `${name}: ${column}`));
      const first = mergeSchema(renderJson({ type: 'object', properties: {} }), name, half);
      const second = mergeSchema(first.text, name, infer(other, values), first.written);
      const asText = new Set([...half.textColumns, ...second.textColumns, ...infer(other, values).textColumns]);
      const { properties } = JSON.parse(second.text);
      for (const record of records) assert.deepEqual(misfits(record, properties, asText), [], name);
    }
    // A fraction among hundreds of integers, each in one half only.
    assert.deepEqual(differing, [
      'cars.json: Displacement',
      'political-contributions.json: Contributions_from_Candidate',
    ]);
  });
});
