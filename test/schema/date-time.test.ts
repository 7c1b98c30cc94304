import assert from 'node:assert/strict';
import { isDate, isDateTime } from '../../src/schema/infer/date-time.ts';

describe('date-times', () => {
  it('are full ISO 8601 or RFC 3339 points in time', () => {
    const times = [
      '2024-02-29T23:59:59Z',
      '2024-01-01 00:00:00',
      '2024-01-01T00:00',
      '2024-01-01T00:00:00.123456789+05:30',
      '2024-01-01T00:00:00-0800',
      '2024-01-01T00:00:00+01',
    ];
    for (const text of times) assert.ok(isDateTime(text), text);
  });

  it('are nothing less and nothing impossible', () => {
    const others = [
      '2024-01-01',
      '2023-02-29T00:00:00Z',
      '1900-02-29T00:00:00Z',
      '2024-13-01T00:00:00Z',
      '2024-04-31T00:00:00Z',
      '2024-01-00T00:00:00Z',
      '0000-01-01T00:00:00Z',
    ];
    const wrong = [
      '2024-01-01T24:00:00Z',
      '2024-01-01T00:60:00Z',
      '2016-12-31T23:59:60Z',
      '2024-01-01T00:00:00.Z',
      '20240101T000000Z',
      '1704067200',
      '01/02/2024 10:00',
      ' 2024-01-01T00:00:00Z',
      '2024-01-01T00:00:00Z\n',
    ];
    for (const text of [...others, ...wrong]) assert.ok(!isDateTime(text), text);
  });

  it('have dates of the calendar', () => {
    for (const text of ['2000-02-29', '2024-12-31', '0001-01-01']) assert.ok(isDate(text), text);
    for (const text of ['2100-02-29', '2024-1-1', '2024-06-31', '2024-00-10', '2024-01-01T00:00:00Z', 'today'])
      assert.ok(!isDate(text), text);
  });
});
