import assert from 'node:assert/strict';
import type { Answered, Ask } from '../../src/answers/ask.ts';
import { Conversation } from '../../src/answers/asked.ts';
import { BACK } from '../../src/answers/back.ts';

/** A conversation in which the user gives these answers, and what each question proposed. */
function talk(keys: readonly unknown[], answered: readonly Answered[] = []) {
  const left = [...keys];
  const asked: [unknown, unknown][] = [];
  const conversation = new Conversation(async question => {
    asked.push([question.name, question.default]);
    return { [String(question.name)]: left.shift() };
  }, answered);
  return { conversation, asked };
}

const three = async (ask: Ask) => [
  await ask.text('one', { message: 'One' }),
  await ask.hidden('two', { message: 'Two' }),
  await ask.confirm('three', { message: 'Three' }),
];

describe('the questions of a run', () => {
  it('go back one by one, and propose what was answered but what may be secret', async () => {
    const { conversation, asked } = talk(['a', 'curl x -H y', BACK, BACK, BACK, 'b', 'curl z', true]);
    assert.deepEqual(await conversation.run(three), ['b', 'curl z', true]);
    assert.deepEqual(asked.slice(2), [
      ['three', false],
      ['two', undefined],
      ['one', 'a'],
      ['one', 'a'],
      ['two', undefined],
      ['three', false],
    ]);
  });

  it('are kept without what may be secret', async () => {
    const { conversation } = talk(['a', "curl https://a.test -H 'Authorization: Bearer abc'", true]);
    await conversation.run(three);
    assert.deepEqual(conversation.answered, [
      { question: 'one', answer: 'a' },
      { question: 'two' },
      { question: 'three', answer: true },
    ]);
    for (const shown of ['api.yaml', 'https://a.test/v1', '']) {
      const other = talk(['a', shown, true]).conversation;
      await other.run(three);
      assert.deepEqual(other.answered[1], { question: 'two', answer: shown });
    }
    for (const secret of ['https://a.test/v1?key=abc', 'https://user:abc@a.test/']) {
      const other = talk(['a', secret, true]).conversation;
      await other.run(three);
      assert.deepEqual(other.answered[1], { question: 'two' });
    }
  });

  it('are not asked again where their answers are known and fit', async () => {
    const known = [{ question: 'one', answer: 'a' }, { question: 'two' }, { question: 'three', answer: 'yes' }];
    const { conversation, asked } = talk(['curl', false], known);
    assert.deepEqual(await conversation.run(three), ['a', 'curl', false]);
    assert.deepEqual(
      asked.map(([name]) => name),
      ['two', 'three'],
    );
  });

  it('make what takes long once', async () => {
    let made = 0;
    const { conversation } = talk(['a', BACK, 'b']);
    await conversation.run(async ask => {
      await ask.text('one', { message: 'One' });
      await ask.once('key', async () => {
        made += 1;
      });
      return made === 1 && ask.answered.length === 1 ? ask.text('two', { message: 'Two' }) : undefined;
    });
    assert.equal(made, 1);
  });
});
