import assert from 'node:assert/strict';
import type { DescribedApi } from '../../src/from/described.ts';
import { singer } from '../../src/from/singer/index.ts';
import { toAnswers } from '../../src/from/to-answers.ts';

const source = (text: string) => ({
  name: 'catalog.json',
  text,
  file: undefined,
  address: undefined,
  headers: {},
  responseHeaders: {},
});
const read = (streams: unknown): Promise<DescribedApi> => singer.read(source(JSON.stringify({ streams })));
const SCHEMA = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    at: { type: ['null', 'string'], format: 'date-time' },
    owner: { $ref: '#/definitions/owner' },
  },
  definitions: { owner: { type: 'object', properties: { id: { type: 'string' } } } },
};

describe('a Singer catalog', () => {
  it('is told by its streams', () => {
    const texts = ['{"streams": [{"tap_stream_id": "a", "schema": {}}]}', '{"openapi": "3.0.0"}', '{"streams": [1]}'];
    assert.deepEqual(
      texts.map(text => singer.recognises(source(text))),
      [true, false, false],
    );
  });

  it('tells columns, keys and bookmarks, in the streams or in their metadata, and nothing of requests', async () => {
    const api = await read([
      {
        tap_stream_id: 'deals',
        schema: SCHEMA,
        key_properties: ['id'],
        replication_key: 'at',
        replication_method: 'INCREMENTAL',
      },
      {
        stream: 'public.Big Orders',
        schema: SCHEMA,
        metadata: [
          { breadcrumb: ['properties', 'id'], metadata: { inclusion: 'automatic' } },
          { breadcrumb: [], metadata: { 'table-key-properties': ['id', 'gone'], 'valid-replication-keys': ['at'] } },
        ],
      },
      { tap_stream_id: 'full', schema: SCHEMA, replication_key: 'at', replication_method: 'FULL_TABLE' },
      { tap_stream_id: 'full', schema: SCHEMA },
    ]);
    const { answers } = toAnswers(api);
    const schema = { properties: { id: 'integer', at: 'date-time', owner: { id: 'string' } } };
    assert.deepEqual(answers.streams, [
      { name: 'deals', path: '/deals', key_properties: ['id'], replication_key: 'at', schema },
      { name: 'public_big_orders', path: '/public_big_orders', key_properties: ['id'], replication_key: 'at', schema },
      { name: 'full', path: '/full', schema },
      { name: 'full_2', path: '/full_2', schema },
    ]);
    assert.equal(api.streams[0]?.answers.path.grade, 'guessed');
    assert.match(api.streams[0]?.losses[0]?.what ?? '', /nothing of requests/);
  });

  it('may be anything in every place, and is refused without a stream', async () => {
    for (const odd of [null, 1, 'x', [], {}, [null], { $ref: '#' }, { $ref: 'file:///etc/passwd' }])
      await assert.rejects(
        read([odd, { stream: odd, schema: odd, metadata: odd }, { stream: 'a', schema: odd }]),
        /without streams/,
      );
  });
});
