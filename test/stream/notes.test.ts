import assert from 'node:assert/strict';
import { Ask } from '../../src/answers/ask.ts';
import { UserError } from '../../src/base/problems.ts';
import { planStreams } from '../../src/streams/plan.ts';
import { temporaryFolder } from '../support/generate.ts';
import { answersFor, type Form, place, planFor, refunds } from './connectors.ts';
import type { Variant } from './variants.ts';

const paged: Variant = text =>
  text
    .replace(
      '    def load_data(self):',
      '    def next_page(self, response):\n        return None\n\n    def load_data(self):',
    )
    .replace('    # The last one.\n', '\n    def next_page(self, response):\n        return response["next"]\n');

/** The streams of `records`, with one way to get records that two of them share. */
const shared: Variant = text =>
  text.replace(
    / {4}def get_records\(self, bookmark_datetime=None, is_parent=False\) -> Iterator(?:.*\n)+?(?=\n\n)/g,
    () =>
      [
        '    data_key = "list"',
        '',
        '    def get_records(self, bookmark_datetime=None, is_parent=False) -> Iterator[list]:',
        '        yield from self.client.get(self.path).get(self.data_key, [])',
        '',
      ].join('\n'),
  );

describe('what stream says of a class that it has written', () => {
  const run = (form: Form, answers: object, variant: Variant = text => text) =>
    planFor(place(form, temporaryFolder(), variant), [answers]);
  const notes = async (...args: Parameters<typeof run>) => (await run(...args)).notes;

  it('is nothing where the class does all that was asked for', async () => {
    assert.deepEqual(await notes('tables', answersFor('tables')), []);
    assert.deepEqual(await notes('inline', { ...answersFor('inline'), key_properties: [] }), []);
  });

  it('is which answers have no place', async () => {
    assert.deepEqual(await notes('inline', answersFor('inline', { replication_key: 'updated_at' })), [
      "refunds: key_properties is not written: the connector's streams have no attribute for it",
      "refunds: replication_key is not written: the connector's streams have no attribute for it, and are read whole each time",
    ]);
    assert.deepEqual(await notes('ids', answersFor('ids', { records_path: 'data' })), [
      'refunds: records_path is not written: BaseStream itself decides where the records are in a response',
    ]);
  });

  it('is where a bookmark is chosen that the class has no attribute for', async () => {
    const reading: Variant = text =>
      text.replace('load_data(self):', "load_data(self, bookmarks=None):\n        bookmarks.get('id')");
    const [, note] = await notes('inline', answersFor('inline', { replication_key: 'updated_at' }), reading);
    assert.match(note ?? '', /no attribute for it; choose it in the pipeline$/);
  });

  it('is that no request has the bookmark', async () => {
    const incremental = answersFor('records', { replication_key: 'updated_at' });
    assert.match((await notes('records', incremental)).join(), /nothing in its class sends the bookmark to the API/);
    const sending: Variant = text =>
      text.replace(
        '    def get_parent_data(self):',
        '    def since(self):\n        return self.replication_key\n\n    def get_parent_data(self):',
      );
    assert.doesNotMatch((await notes('records', incremental, sending)).join(), /sends the bookmark/);
  });

  it('is that the base class knows no other page', async () => {
    const [, note] = await notes('inline', answersFor('inline'), paged);
    assert.equal(
      note,
      'refunds: it reads one response, as next_page of InlineStream knows no other page: if the API has several, give it one of its own, as Orders has',
    );
  });

  it('is what to do by hand where the records are further in than the class can say', async () => {
    const { byHand } = await run('inline', answersFor('inline', { records_path: 'data.refunds' }));
    assert.match(byHand.join(), /take their records by one key of a response, and data\.refunds has more/);
  });

  it('is that the path of the records is missing where a method that others share needs it', async () => {
    const { byHand, changes } = await run('records', { ...refunds, records_path: 'data' }, shared);
    assert.deepEqual(byHand, []);
    assert.match(changes[0]?.content ?? '', /class Refunds[\s\S]*data_key = 'data'[\s\S]*self\.data_key, \[\]/);
    await assert.rejects(run('records', refunds, shared), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /records_path of refunds: is missing.*by a key of the response, data_key/);
      return true;
    });
  });
});

describe('the questions of stream in a hand-written connector', () => {
  const asked = async (form: Form, variant?: Variant) => {
    const folder = place(form, temporaryFolder(), variant);
    const questions = new Map<string, Record<string, unknown>>();
    const ask = new Ask(async question => {
      questions.set(String(question.name), question);
      const answers: Record<string, unknown> = {
        path: '/refunds',
        records_path: 'data',
        schema: '',
        columns: 'id:integer',
      };
      return { [String(question.name)]: answers[String(question.name)] ?? question.default };
    });
    await planStreams({ folder, name: 'refunds', flags: {}, cwd: folder, document: undefined }, ask);
    return questions;
  };
  const help = (question: Record<string, unknown> = {}) => {
    const { style } = question.theme as { style: { message: (text: string, status: string) => string } };
    return style.message('', 'idle');
  };
  const accepts = (question: Record<string, unknown> = {}, input: string) =>
    (question.validate as (input: string) => unknown)(input) === true;

  it('have a path of the connector as the example', async () => {
    assert.match(help((await asked('ids')).get('path')), /such as \/customers\b/);
    assert.match(help((await asked('tables')).get('path')), /such as \/deals\b/);
  });

  it('take no empty path of the records where the streams need one', async () => {
    assert.equal(accepts((await asked('records')).get('records_path'), ''), true);
    const needed = (await asked('records', shared)).get('records_path');
    assert.match(help(needed), /its key in the response/);
    assert.equal(accepts(needed, ''), false);
  });
});
