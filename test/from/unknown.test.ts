import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ask } from '../../src/answers/ask.ts';
import { Conversation } from '../../src/answers/asked.ts';
import { items } from '../api/support.ts';
import type { TestServer } from '../framework/http.ts';
import { temporaryFolder } from '../support/generate.ts';
import { connectorFrom, plannedFrom, servePage, textsIn } from './support.ts';

const SECRET = 'hunter2hunter2hunter2';
const RESPONSE = JSON.stringify({ data: items(3), meta: { next_cursor: 'abc' } }, undefined, 1);

interface Asked {
  readonly name: string;
  readonly message: string;
  readonly choices?: readonly { readonly value: string; readonly name: string }[];
  readonly validate?: (text: string) => true | string;
}

/** Answers by the names of the questions, which are kept; a choice is answered by a part of its name. */
function script(given: Readonly<Record<string, string | readonly string[]>>) {
  const asked: Asked[] = [];
  const ask = new Ask(async question => {
    const each = question as unknown as Asked;
    asked.push(each);
    const answer = given[each.name];
    assert.ok(answer !== undefined, `nothing answers ${each.name}`);
    if (typeof answer === 'string') assert.equal(each.validate?.(answer) ?? true, true);
    const choice = each.choices?.find(({ name }) => typeof answer === 'string' && name.includes(answer));
    return { [each.name]: choice?.value ?? answer };
  });
  return {
    ask,
    names: () => asked.map(({ name }) => name),
    of: (name: string) => asked.find(each => each.name === name),
  };
}

const described = (
  more: object,
  schema: object = { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } },
) => {
  const get = { responses: { 200: { description: '', content: { 'application/json': { schema } } } } };
  return JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Acme', version: '1' },
    paths: { '/deals': { get } },
    ...more,
  });
};

describe('what is not known of an API', () => {
  let server: TestServer;
  before(async () => {
    server = await servePage(SECRET);
  });
  after(() => server.close());
  const command = "curl 'https://a.test/v1/deals'";
  const offline = { offline: true };

  it('is asked for one by one: a response that is pasted settles columns, records, key and bookmark', async () => {
    const { ask, names, of } = script({
      name: 'Acme',
      'response of deals': RESPONSE,
      pages: 'cursor (next_cursor)',
      right: 'Yes',
    });
    const { streams, answers } = await connectorFrom(command, { flags: offline, ask });
    assert.deepEqual(names(), ['name', 'response of deals', 'pages', 'right']);
    const [{ records_path, key_properties, replication_key } = {}] = streams;
    assert.deepEqual([records_path, key_properties, replication_key], ['data', ['id'], 'updated_at']);
    assert.deepEqual(answers.pagination, {
      type: 'cursor',
      cursor_param: 'next_cursor',
      cursor_path: 'meta.next_cursor',
    });
    const { validate } = of('response of deals') ?? {};
    assert.match(String(validate?.('{"a": 1')), /no JSON that is whole/);
    assert.match(String(validate?.('[1, 2]')), /has no records/);
    assert.match(String(validate?.('none.json')), /names no file that can be read: ENOENT/);
  });

  it('is asked for with what shows it, and a file may have the response', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'deals.json'), JSON.stringify(items(3)));
    const { ask, of } = script({ name: 'Acme', 'response of deals': 'deals.json', pages: 'Not at all', right: 'Yes' });
    const { answers } = await connectorFrom(command, { cwd, flags: offline, ask });
    assert.deepEqual(answers.pagination, { type: 'none' });
    const help = (question: string) => {
      const { style } = (
        of(question) as unknown as { theme: { style: { message: (text: string, status: string) => string } } }
      ).theme;
      return style.message('', 'idle');
    };
    assert.match(help('response of deals'), /the API was not asked; paste a response/);
    assert.match(help('pages'), /nothing shows how pages go on/);
  });

  it('is left out where nobody knows it, and any other way of pages is asked for in its parts', async () => {
    const commands = `${command}\n${command.replace('deals', 'tags')}`;
    const { ask, names } = script({
      ...{
        name: 'Acme',
        'response of deals': RESPONSE,
        'response of tags': '',
        streams: ['deals', 'tags'],
        pages: 'Another way',
      },
      ...{ pagination: 'Link headers', page_size_param: '', right: 'Yes' },
    });
    const { streams, answers } = await connectorFrom(commands, { flags: offline, ask });
    assert.deepEqual([streams.map(({ name }) => name), answers.pagination], [['deals'], { type: 'link_header' }]);
    assert.ok(names().includes('pagination'));
  });

  it('of a description is where the API is, and the key; without a terminal both are told with the answers', async () => {
    const text = described(
      {},
      { type: 'array', items: { type: 'object', properties: { day: { type: 'string' }, n: { type: 'integer' } } } },
    );
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'api.json'), text);
    const { ask, names } = script({
      ...{ name: 'Acme', base_url: 'https://a.test', 'key of deals': 'day', right: 'Yes' },
    });
    const { streams, answers } = await connectorFrom('api.json', { cwd, flags: offline, ask });
    assert.deepEqual([answers.base_url, streams[0]?.key_properties], ['https://a.test', ['day']]);
    assert.deepEqual(names(), ['name', 'base_url', 'key of deals', 'right']);
    const other = temporaryFolder();
    writeFileSync(join(other, 'api.json'), text);
    await assert.rejects(plannedFrom('api.json', { cwd: other, flags: offline }), /base_url: is missing/);
    await assert.rejects(
      plannedFrom(command, { flags: offline }),
      /deals can't be a stream: how .* \(the answer pagination\); its columns are not known \(the answer schema\)/,
    );
  });

  it('is asked of the API by a secret that is given, which stands nowhere then', async () => {
    const cwd = temporaryFolder();
    const securitySchemes = { token: { type: 'http', scheme: 'bearer' } };
    const text = described(
      { servers: [{ url: server.url }], security: [{ token: [] }], components: { securitySchemes } },
      { type: 'object', properties: { data: { type: 'array', items: { type: 'object' } } } },
    );
    writeFileSync(join(cwd, 'api.json'), text);
    const given: Record<string, string> = { name: 'Acme', 'value of access_token': SECRET, right: '' };
    const conversation = new Conversation(async question => ({
      [String(question.name)]: given[String(question.name)],
    }));
    const { streams, text: told } = await conversation.run(ask => connectorFrom('api.json', { cwd, ask }));
    assert.deepEqual([streams[0]?.records_path, streams[0]?.key_properties], ['data', ['id']]);
    assert.deepEqual(conversation.answered, [
      { question: 'name', answer: 'Acme' },
      { question: 'value of access_token' },
      { question: 'right', answer: '' },
    ]);
    for (const written of [...textsIn(cwd), told]) assert.ok(!written.includes(SECRET));
  });

  it('of many streams is not asked for: the table shows it', async () => {
    const commands = ['a', 'b', 'c', 'd'].map(path => `curl 'https://a.test/v1/${path}'`).join('\n');
    const { ask, names } = script({ name: 'Acme', streams: ['a', 'b', 'c', 'd'], pages: 'Page numbers', right: 'Yes' });
    await assert.rejects(plannedFrom(commands, { flags: offline, ask }), /a can't be a stream/);
    assert.deepEqual(names(), ['name', 'streams', 'pages', 'right']);
  });
});
