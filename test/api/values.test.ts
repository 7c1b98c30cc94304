import assert from 'node:assert/strict';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { type Session, session } from './support.ts';

const SCHEMA = {
  properties: { id: 'integer', at: 'date-time', data: { type: 'object', properties: { at: 'date-time' } } },
};

describe('values of APIs', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session | undefined;
  afterEach(async () => {
    await opened?.api.close();
    opened = undefined;
  });

  const run = async (records: readonly Record<string, unknown>[], choice: object = {}, stream: object = {}) => {
    opened = await session({}, { schema: SCHEMA, ...stream }, { records });
    return opened.run({ choice });
  };

  it('get the form of their schema: what has no offset is in UTC', async () => {
    const outcome = await run([
      { id: 1, at: '2024-01-31', data: { at: '2024-01-31 10:00' } },
      { id: 2, at: '2024-01-31T10:00:00+02:00', data: null },
    ]);
    assert.equal(outcome.exitCode, 0, outcome.error);
    assert.deepEqual(
      outcome.messages.flatMap(({ record }) => (record ? [[record.at, record.data]] : [])),
      [
        ['2024-01-31T00:00:00+00:00', { at: '2024-01-31T10:00:00+00:00' }],
        ['2024-01-31T10:00:00+02:00', null],
      ],
    );
    assert.deepEqual(await flake8(opened?.generated.folder ?? ''), []);
  });

  it('end a run where destinations have no room for them, unless they are left out', async () => {
    const records = [{ id: 1, count: 2 ** 64, at: 'soon' }];
    const schema = { properties: { id: 'integer', count: 'integer', at: 'date-time' } };
    const tooLong = await run(records, {}, { schema });
    assert.equal(tooLong.exitCode, 1);
    assert.match(tooLong.error ?? '', /items: count is 18446744073709552000, no integer of 64 bits/);
    const leftOut = await opened?.run({ choice: { without: ['count', 'at'] } });
    assert.equal(leftOut?.exitCode, 0, leftOut?.error);
  });

  it('of a form of their own have no place in a column of moments', async () => {
    const stream = { replication_key: 'at', value_format: '%d/%m/%Y' };
    await assert.rejects(run([], {}, stream), /value_format.*at is a date-time by its schema/s);
  });
});
