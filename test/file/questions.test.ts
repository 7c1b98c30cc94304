import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ask } from '../../src/answers/ask.ts';
import { validate } from '../../src/answers/validate.ts';
import { fileAnswers } from '../../src/kinds/file/answers.ts';
import { fileStreamOptions } from '../../src/kinds/file/options.ts';
import { askFile, askFileStream } from '../../src/kinds/file/questions.ts';
import { answersOf } from '../../src/options/stream-options.ts';
import { folderWith } from './support.ts';

const SAMPLES = fileURLToPath(new URL('../../examples/samples', import.meta.url));

/** Answers each question by its name, the first time with the first answer; what isn't there takes the default. */
function answering(answers: Record<string, readonly unknown[]>): { ask: Ask; refused: string[] } {
  const refused: string[] = [];
  const left = Object.fromEntries(Object.entries(answers).map(([name, values]) => [name, [...values]]));
  const ask = new Ask(async question => {
    const name = String(question.name);
    const validator = (question.validate ?? (() => true)) as (input: string) => true | string;
    for (;;) {
      const value = left[name]?.length ? left[name].shift() : (question.default ?? '');
      const verdict = typeof value === 'string' ? validator(value) : true;
      if (verdict === true) return { [name]: value };
      refused.push(`${name}: ${verdict}`);
    }
  });
  return { ask, refused };
}

describe('the questions of the file generator', () => {
  it('lead to sound answers, with key and bookmark proposed from the sample', async () => {
    const { ask } = answering({
      name: ['Acme Exports'],
      format: ['csv'],
      delimiter: [','],
      stream: ['orders'],
      path: ['orders-*.csv'],
      sample: ['orders-2024-01.csv'],
    });
    const answers = await askFile(ask, {}, SAMPLES);
    assert.deepEqual(answers, {
      name: 'Acme Exports',
      format: 'csv',
      streams: [
        {
          name: 'orders',
          path: 'orders-*.csv',
          schema: { sample: 'orders-2024-01.csv' },
          key_properties: ['order_id'],
          replication_key: 'updated_at',
        },
      ],
    });
    assert.deepEqual(validate(fileAnswers, { kind: 'file', ...answers }).problems, []);
  });

  it('ask for delimiter and encoding of CSV, and refuse wrong answers at once', async () => {
    const sample = join(folderWith({ 'a.csv': 'id/x\n1/2\n' }), 'a.csv');
    const { ask, refused } = answering({
      name: ['Acme'],
      format: ['csv'],
      delimiter: [''],
      other_delimiter: ['ab', '"', '/'],
      encoding: ['klingon', 'cp1252'],
      stream: ['a b', 'rows'],
      path: ['{X}', 's3://bucket/a', 'a.csv'],
      sample: ['nowhere.csv', sample],
      keys: ['no', 'id'],
      incremental: [false],
    });
    const answers = await askFile(ask, {}, dirname(sample));
    assert.deepEqual([answers.delimiter, answers.encoding], ['/', 'cp1252']);
    assert.deepEqual(validate(fileAnswers, { kind: 'file', ...answers }).problems, []);
    assert.deepEqual(
      refused.map(text => text.split(':')[0]),
      ['other_delimiter', 'other_delimiter', 'encoding', 'stream', 'path', 'path', 'sample', 'keys'],
    );
  });

  it('ask where the records are only in JSON, and add a stream to a connector', async () => {
    const sample = join(folderWith({ 'a.json': '{"data": [{"id": 1}]}' }), 'a.json');
    const given = { name: 'rows', path: 'a.json', schema: { sample } };
    const { ask } = answering({ records_path: ['data'], incremental: [false] });
    assert.deepEqual(await askFileStream(ask, given, '.', { format: 'json' }), {
      ...given,
      records_path: 'data',
      key_properties: ['id'],
    });
  });

  it('can be answered by flags', () => {
    const flags = { path: 'a*.csv', key: ['id,day', 'hour'], replicationKey: 'day', sample: 'a.csv' };
    assert.deepEqual(answersOf(fileStreamOptions, flags), {
      path: 'a*.csv',
      key_properties: ['id', 'day', 'hour'],
      replication_key: 'day',
      schema: { sample: 'a.csv' },
    });
    assert.deepEqual(answersOf(fileStreamOptions, {}), {});
  });
});
