import assert from 'node:assert/strict';
import type { DescribedApi, Understood } from '../../src/from/described.ts';
import { toAnswers } from '../../src/from/to-answers.ts';
import { longForms } from '../../src/schema/read/short-form.ts';

const said = <Value>(value: Value): Understood<Value> => ({ value, grade: 'said', evidence: 'the text' });

const api: DescribedApi = {
  answers: { pagination: said({ type: 'none' }), base_url: said('https://api.test'), name: said('Acme') },
  streams: [
    {
      name: 'deals',
      title: '',
      answers: { path: said('/deals'), records_path: said('') },
      schema: said({
        type: 'object',
        properties: {
          id: { type: 'integer' },
          at: { type: 'string', format: 'date-time' },
          odd: { type: 'object', properties: { type: { type: 'string' }, sum: { type: 'number' } } },
          plain: { type: 'object', properties: { sum: { type: 'number' } } },
          tags: { type: 'array', items: { type: 'string' } },
          any: {},
          either: { anyOf: [{ type: 'string' }, { type: 'object', properties: { a: { type: 'string' } } }] },
        },
      }),
      parameters: {},
      responses: [],
      losses: [],
    },
  ],
  credentials: { access_token: 'hunter2' },
  notes: [],
};

describe('the answers of a description', () => {
  it('has what is known in the order of an answers file, and no credentials', () => {
    const { answers } = toAnswers(api);
    assert.deepEqual(Object.keys(answers), ['kind', 'name', 'base_url', 'pagination', 'streams']);
    assert.doesNotMatch(JSON.stringify(answers), /hunter2/);
  });

  it('has schemas in the short form, and what may be taken for a JSON Schema in the long one', () => {
    const [stream] = toAnswers(api).answers.streams as Record<string, unknown>[];
    const columns = {
      id: 'integer',
      at: 'date-time',
      odd: { type: 'object', properties: { type: 'string', sum: 'number' } },
      plain: { sum: 'number' },
      tags: ['string'],
      any: 'string',
      either: 'string',
    };
    assert.deepEqual(stream, {
      name: 'deals',
      path: '/deals',
      text_columns: ['any', 'either'],
      schema: { properties: columns },
    });
    assert.deepEqual(longForms(columns).odd, {
      type: 'object',
      properties: { type: { type: 'string' }, sum: { type: 'number' } },
    });
  });

  it('leaves out a schema that no stream can have', () => {
    const [stream] = api.streams;
    assert.ok(stream);
    const { answers } = toAnswers({ ...api, streams: [{ ...stream, schema: said({ type: 'string' }) }] });
    assert.deepEqual(answers.streams, [{ name: 'deals', path: '/deals' }]);
  });

  it('says of each answer where it comes from', () => {
    const { comments } = toAnswers(api);
    assert.deepEqual(comments.find(([path]) => path.join('.') === 'streams.0.path')?.[1], 'said: the text');
    assert.equal(comments.length, 6);
  });
});
