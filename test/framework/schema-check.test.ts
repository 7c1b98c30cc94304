import assert from 'node:assert/strict';
import type { Message } from './output.ts';
import { checkRecords } from './schema-check.ts';

/** Checks one record of a column, as the text that a connector writes. */
function check(schema: object, value: string): void {
  const lines = [
    `{"type": "SCHEMA", "stream": "s", "schema": {"properties": {"a": ${JSON.stringify(schema)}}}}`,
    `{"type": "RECORD", "stream": "s", "record": {"a": ${value}}}`,
  ];
  checkRecords(
    lines.map(line => JSON.parse(line) as Message),
    lines,
  );
}

describe('the framework of the tests refuses a record that does not hold against its schema', () => {
  const MOMENT = { type: ['null', 'string'], format: 'date-time' };
  const INTEGER = { type: ['integer'] };
  const holds: [object, string][] = [
    [MOMENT, 'null'],
    [MOMENT, '"2024-01-31T10:00:00.123456789-05:30"'],
    [INTEGER, '9223372036854775807'],
    [{ type: ['number'] }, `1${'0'.repeat(400)}`],
    [{ type: ['number'] }, '1.0'],
  ];
  for (const [schema, value] of holds)
    it(`but takes ${value.slice(0, 40)} for ${JSON.stringify(schema)}`, () => check(schema, value));

  const contradicts: [object, string][] = [
    [MOMENT, '""'],
    [MOMENT, '"2024-02-30T10:00:00Z"'],
    [MOMENT, '"2024-01-31"'],
    [MOMENT, '"2024-01-31T10:00:00"'],
    [MOMENT, '"2024-01-31 10:00:00Z"'],
    [{ type: ['string'] }, 'null'],
    [{ type: ['string'] }, '5'],
    [{ type: ['object'] }, '[]'],
    [{ type: ['array'], items: { type: ['integer'] } }, '["x"]'],
    [INTEGER, '1.0'],
    [INTEGER, '1e3'],
    [INTEGER, '18446744073709551615'],
  ];
  for (const [schema, value] of contradicts)
    it(`such as ${value} for ${JSON.stringify(schema)}`, () => {
      assert.throws(() => check(schema, value), /^Error: A record of s .*"a"/);
    });

  it('such as one that stands before its schema', () => {
    assert.throws(
      () => checkRecords([{ type: 'RECORD', stream: 's', record: {} }], ['{}']),
      /stands before its schema/,
    );
  });
});
