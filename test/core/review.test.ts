import assert from 'node:assert/strict';
import { Ask } from '../../src/answers/ask.ts';
import { Conversation } from '../../src/answers/asked.ts';
import { BACK } from '../../src/answers/back.ts';
import { reviewed, summary } from '../../src/connector/review.ts';
import { kindOf } from '../support/generate.ts';

const STREAMS = [
  { name: 'deals', path: '/deels', records_path: 'data', key_properties: ['id'], schema: { sample: 'deals.json' } },
  { name: 'users', path: '/users', replication_key: 'updated_at', pagination: { type: 'none' } },
];
const ANSWERS = {
  name: 'Acme',
  base_url: 'https://api.acme.test',
  auth: { type: 'bearer' },
  pagination: { type: 'page', page_param: 'p' },
  streams: STREAMS,
};

/** Answers of a user, one after the other. */
function script(...given: readonly (readonly [question: string, answer: unknown])[]) {
  const left = [...given];
  return async ({ name }: Record<string, unknown>) => {
    const [question, answer] = left.shift() ?? [];
    assert.equal(name, question);
    return { [String(name)]: answer };
  };
}

describe('what was answered, before anything is written', () => {
  it('is shown as tables, no wider than the terminal', () => {
    const lines = summary(ANSWERS, undefined).split('\n');
    assert.deepEqual(
      lines.map(line => line.trim().split(/ {2,}/)),
      [
        ['name', 'Acme'],
        ['base_url', 'https://api.acme.test'],
        ['auth', 'bearer'],
        ['pagination', 'page (p)'],
        [''],
        ['stream', 'path', 'records', 'key', 'bookmark', 'pages'],
        ['deals', '/deels', 'data', 'id', '-', '-'],
        ['users', '/users', '-', '-', 'updated_at', 'none'],
      ],
    );
    for (const line of summary({ ...ANSWERS, description: 'x'.repeat(99) }, 52).split('\n'))
      assert.ok(line.length <= 52, line);
  });

  it('can be changed, a stream as well, until it is right', async () => {
    const kind = await kindOf('api');
    const ask = new Ask(
      script(
        ['right', 'streams'],
        ['changed_stream', 'deals'],
        ['changed_answer', 'path'],
        ['changed_value', '/deals'],
        ['right', 'base_url'],
        ['base_url', 'https://other.test'],
        ['right', ''],
      ),
    );
    const [deals, users] = STREAMS;
    assert.deepEqual(await reviewed(ask, kind, ANSWERS), {
      ...ANSWERS,
      base_url: 'https://other.test',
      streams: [{ ...deals, path: '/deals' }, users],
    });
  });

  it('has the headers and the rate limit of an API', async () => {
    const kind = await kindOf('api');
    const given: [string, unknown][] = [
      ['right', 'headers'],
      ['header_name', 'Accept-Version'],
      ['header_value', '{version}'],
      ['right', 'headers'],
      ['header_name', 'X-Old'],
      ['header_value', ''],
      ['right', 'rate_limit'],
      ['rate_calls', '30'],
      ['rate_seconds', '10'],
      ['right', ''],
    ];
    const answers = { ...ANSWERS, headers: { 'X-Old': '1' } };
    assert.deepEqual(await reviewed(new Ask(script(...given)), kind, answers), {
      ...answers,
      headers: { 'Accept-Version': '{version}' },
      rate_limit: { calls: 30, seconds: 10 },
    });
  });

  it('goes back to the question before by Esc', async () => {
    const kind = await kindOf('api');
    const conversation = new Conversation(
      script(['right', 'streams'], ['changed_stream', BACK], ['right', '']) as ConstructorParameters<typeof Ask>[0],
    );
    assert.deepEqual(await conversation.run(ask => reviewed(ask, kind, ANSWERS)), ANSWERS);
  });

  it('takes an answer away that is left empty', async () => {
    const ask = new Ask(
      script(
        ['right', 'streams'],
        ['changed_stream', 'users'],
        ['changed_answer', 'replication_key'],
        ['changed_value', ''],
        ['right', ''],
      ),
    );
    const { streams } = await reviewed(ask, await kindOf('api'), ANSWERS);
    assert.deepEqual(Object.keys((streams as object[])[1] ?? {}), ['name', 'path', 'pagination']);
  });
});
