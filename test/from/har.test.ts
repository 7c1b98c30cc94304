import assert from 'node:assert/strict';
import { har } from '../../src/from/har/index.ts';
import { learnRecorded } from '../../src/from/responses/recorded.ts';
import { toAnswers } from '../../src/from/to-answers.ts';
import { items } from '../api/support.ts';
import { sourceOf } from './support.ts';

const SECRET = 'hunter2hunter2hunter2';

function entry(
  url: string,
  body: unknown,
  more: { readonly status?: number; readonly headers?: Record<string, string>; readonly base64?: boolean } = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = Object.entries(more.headers ?? {}).map(([name, value]) => ({ name, value }));
  return {
    request: {
      method: 'GET',
      url,
      headers: [
        { name: 'Authorization', value: `Bearer ${SECRET}` },
        { name: 'Sec-Fetch-Mode', value: 'cors' },
      ],
    },
    response: {
      status: more.status ?? 200,
      headers,
      content: more.base64 ? { text: Buffer.from(text).toString('base64'), encoding: 'base64' } : { text },
    },
  };
}

const recorded = (entries: readonly unknown[]) =>
  har.read(sourceOf(JSON.stringify({ log: { version: '1.2', entries } }), { name: 'a.har' }));
const RECORDS = items(12);

describe('a recording', () => {
  const page = (number: number) =>
    entry(`https://api.acme.test/v1/deals?page=${number}&limit=5&token=${SECRET}`, {
      data: RECORDS.slice(number * 5 - 5, number * 5),
    });

  it('is recognised by its beginning', () => {
    assert.ok(har.recognises(sourceOf('{\n "log": {"entries": []}}')));
    assert.ok(!har.recognises(sourceOf('{"logs": {}}')));
  });

  it('has a stream for each list in JSON; all else is left out and counted', async () => {
    const api = await recorded([
      entry('https://acme.test/', '<html>'),
      entry('https://api.acme.test/v1/me', { id: 1 }),
      entry('https://api.acme.test/v1/deals', { data: RECORDS }, { base64: true }),
      entry('https://api.acme.test/v1/gone', [{}], { status: 404 }),
      entry('https://api.acme.test/v1/users/7/tags', [{ id: 1 }]),
      { odd: true },
    ]);
    assert.deepEqual(
      api.streams.map(({ name, answers }) => [name, answers.path.value]),
      [
        ['deals', '/deals'],
        ['tags', '/users/{user_id}/tags'],
      ],
    );
    assert.deepEqual(api.notes, ['4 of 6 entries are no lists in JSON, and were left out']);
    assert.deepEqual(api.answers.headers, undefined);
  });

  it('proves how pages go on by those that follow each other', async () => {
    const api = await recorded([page(1), page(2), page(3)]);
    const [stream] = api.streams;
    assert.ok(stream);
    const { answers, schema } = learnRecorded(stream).stream;
    assert.deepEqual(answers.pagination, {
      value: { type: 'page', page_param: 'page', page_size_param: 'limit', page_size: 5 },
      grade: 'said',
      evidence: '?page=2, and the page after it was asked for by that',
    });
    assert.equal(answers.records_path?.value, 'data');
    assert.equal(answers.replication_key?.value, 'updated_at');
    assert.equal(schema?.evidence, '12 records');
  });

  it('does not take pages for proof that do not begin with the first', async () => {
    const [stream] = (await recorded([page(3), page(2)])).streams;
    assert.ok(stream);
    assert.equal(learnRecorded(stream).stream.answers.pagination?.grade, 'guessed');
  });

  it('keeps the number of the first page where addresses lead on', async () => {
    const linked = (number: number) =>
      entry(`https://api.acme.test/v1/deals?page=${number}&limit=5`, RECORDS.slice(number * 5 - 5, number * 5), {
        headers: { Link: `<https://api.acme.test/v1/deals?page=${number + 1}&limit=5>; rel="next"` },
      });
    const settledBy = async (entries: readonly unknown[]) => {
      const [stream] = (await recorded(entries)).streams;
      assert.ok(stream);
      const { pagination, params } = learnRecorded(stream).stream.answers;
      return [pagination?.grade, pagination?.value.type, params?.value];
    };
    assert.deepEqual(await settledBy([linked(1), linked(2)]), ['said', 'link_header', { page: '1' }]);
    assert.deepEqual(await settledBy([linked(1)]), ['inferred', 'link_header', { page: '1' }]);
    assert.deepEqual(await settledBy([linked(2)]), ['guessed', 'page', undefined]);
  });

  it('has one stream of pages that lead to each other, whatever their addresses look like', async () => {
    const next = 'https://api.acme.test/v1/b/6bc0e2a1c5a04a6a9d0e4d5c/deals?_token=Zm9vYmFyYmF6MTIzNDU2Nzg5';
    const { streams, answers } = await recorded([
      entry(
        'https://api.acme.test/v1/b/default/deals',
        { data: RECORDS.slice(0, 5) },
        { headers: { 'Next-Page': next } },
      ),
      entry(next, { data: RECORDS.slice(5) }),
    ]);
    assert.deepEqual(
      streams.map(({ name, answers: { path } }) => [name, path.value]),
      [['deals', '/b/default/deals']],
    );
    assert.equal(answers.config, undefined);
    const { pagination } = learnRecorded(streams[0] as (typeof streams)[number]).stream.answers;
    assert.deepEqual([pagination?.grade, pagination?.value.next_url_header], ['said', 'Next-Page']);
  });

  it('has its secrets in no answer, and in no response that is kept', async () => {
    const api = await recorded([page(1), page(2)]);
    assert.doesNotMatch(JSON.stringify([toAnswers(api), api.streams, api.notes]), /hunter2/);
    assert.equal(api.credentials.access_token, SECRET);
  });

  it('without a list is refused, as is what is none', async () => {
    await assert.rejects(
      recorded([entry('https://a.test', { id: 1 })]),
      /a\.har: none of its 1 entries is answered by JSON with a list of records/,
    );
    await assert.rejects(har.read(sourceOf('{"log": {')), /given: is no recording/);
  });
});
