import assert from 'node:assert/strict';
import { searchStreams } from '../../src/from/ask-streams.ts';
import { chosenStreams, matches } from '../../src/from/choose.ts';
import type { DescribedStream } from '../../src/from/described.ts';

const stream = (name: string, parent?: string): DescribedStream => ({
  name,
  title: `All ${name}`,
  answers: {
    path: { value: `/v1/${name}`, grade: 'said', evidence: 'the text' },
    ...(parent && {
      parent: { value: { stream: parent, field: 'id', as: `${parent}_id` }, grade: 'inferred', evidence: 'the path' },
    }),
  },
  parameters: {},
  responses: [],
  losses: [],
});
const STREAMS = [stream('users'), stream('user_posts', 'users'), stream('post_tags', 'user_posts'), stream('deals')];
const names = (streams: readonly DescribedStream[]) => streams.map(({ name }) => name);

describe('the streams that are taken', () => {
  it('are all, those of names and of patterns', () => {
    assert.deepEqual(names(chosenStreams(STREAMS, undefined)), names(STREAMS));
    assert.deepEqual(names(chosenStreams(STREAMS, 'all')), names(STREAMS));
    assert.deepEqual(names(chosenStreams(STREAMS, 'deals, users')), ['users', 'deals']);
    assert.deepEqual(names(chosenStreams(STREAMS, 'd*')), ['deals']);
  });

  it('have the parents that they need', () => {
    assert.deepEqual(names(chosenStreams(STREAMS, 'post_tags')), ['users', 'user_posts', 'post_tags']);
  });

  it('that there are not are all told', () => {
    assert.throws(
      () => chosenStreams(STREAMS, 'deal,x*y,users'),
      /2 problems:\n.*no stream is called deal \(did you mean deals\?\)\n.*x\*y \(there are users, /,
    );
    assert.throws(() => chosenStreams(STREAMS, ' , '), /no stream is called/);
  });

  it('are told by patterns as long as they may be', () => {
    for (const [name, word, fits] of [
      ['abc', 'a*c', true],
      ['ab', 'ab*b', false],
      ['a1b2c', 'a*b*c', true],
      ['acb', 'a*b*c', false],
      ['abc', '*', true],
    ] as const)
      assert.equal(matches(name, word), fits, word);
    assert.equal(matches('a'.repeat(60), `${'*a'.repeat(5000)}*`), false);
  });

  it('are found by parts of their names, paths and titles', () => {
    assert.deepEqual(names(searchStreams(STREAMS, 'TAGS, all deals')), ['post_tags', 'deals']);
    assert.deepEqual(names(searchStreams(STREAMS, 'post*')), ['post_tags']);
    assert.deepEqual(names(searchStreams(STREAMS, '')), names(STREAMS));
  });
});
