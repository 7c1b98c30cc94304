import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { listStreams, textList } from '../../src/streams/list.ts';
import { findTarget } from '../../src/streams/target.ts';
import { type CatalogStream, selectAll } from '../framework/catalog.ts';
import { sampledRows } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { type Reply, readRequest, type Seen, send } from './strict-server.ts';
import { type Built, connectorOf, lastState, records } from './support.ts';

const FORMS = {
  name: 'forms',
  path: '/forms',
  records_path: 'forms',
  key_properties: ['id'],
  schema: { properties: { id: 'string', title: 'string', lang: 'string', questions: ['object'] } },
};
const ANSWERS = {
  name: 'answers',
  path: '/forms/{form}/answers',
  params: { of: '{form}' },
  key_properties: ['id'],
  replication_key: 'at',
  bookmark_param: 'since',
  schema: { properties: { id: 'integer', at: 'date-time' } },
  streams_from: {
    stream: 'forms',
    name: 'title',
    as: { form: 'id' },
    columns: {
      in: 'questions',
      name: 'text',
      type: 'kind',
      types: { count: 'integer', amount: 'number', yes_no: 'boolean', when: 'date-time' },
      values_in: 'values',
    },
  },
};
/** Its records are streams without columns of their own. */
const VIEWS = {
  name: 'views',
  path: '/views',
  params: { form: '{form}', lang: '{lang}' },
  key_properties: ['id'],
  schema: { properties: { id: 'integer', Day: 'string' } },
  streams_from: { stream: 'forms', name: ['title', 'lang'], prefix: 'Views of', as: { form: 'id', lang: 'lang' } },
};
const PAGING = {
  type: 'page',
  page_param: 'page',
  page_size_param: 'size',
  page_size: 2,
} as const;

interface Form {
  readonly id: string | null;
  readonly title: unknown;
  readonly lang?: string;
  readonly questions?: unknown;
}

const at = (minute: number) => `2024-01-01T00:0${minute}:00Z`;
const answer = (id: number, values: object) => ({ id, at: at(id), values });

/** An API of forms, which has two of them on a page. */
class FormsApi {
  forms: Form[] = [];
  answers: Record<string, unknown[]> = {};
  instead: Reply | undefined;
  readonly seen: Seen[] = [];
  private readonly server = createServer(async (request, response) => {
    const seen = await readRequest(request);
    this.seen.push(seen);
    send(response, this.reply(seen));
  });

  port = '';

  async listen(): Promise<string> {
    await new Promise<void>(done => this.server.listen(0, '127.0.0.1', done));
    this.server.unref();
    this.port = String((this.server.address() as AddressInfo).port);
    return this.port;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  asked(path: string): Seen[] {
    return this.seen.filter(each => each.path === path);
  }

  private reply({ path, params }: Seen): Reply {
    const start = (Number(params.get('page')) - 1) * 2;
    const page = (list: readonly unknown[]) => list.slice(start, start + 2);
    if (path === '/forms') return this.instead ?? { body: { forms: page(this.forms) } };
    if (path === '/views')
      return {
        body: page([{ id: 1, Day: `${params.get('form')} ${params.get('lang')}`, more: true, form: 'its own' }]),
      };
    const id = decodeURIComponent(path.split('/')[2] ?? '');
    const found = this.answers[id];
    if (!found || params.get('of') !== id) return { status: 404, body: { error: `no form ${id}` } };
    const since = params.get('since') ?? '';
    return { body: page(found.filter(each => (each as { at: string }).at >= since.slice(0, 19))) };
  }
}

describe('streams that are found at run time', function () {
  this.timeout(120_000);
  needsPython();
  let api: FormsApi;
  let built: Built;
  let connector: Built['connector'];

  before(async () => {
    built = await connectorOf({ streams: [ANSWERS, FORMS, VIEWS], pagination: PAGING });
  });
  beforeEach(async () => {
    api = new FormsApi();
    const questions = [
      { text: 'How many?', kind: 'count' },
      { text: 'Price', kind: 'amount' },
      { text: 'Sure', kind: 'yes_no' },
      { text: 'Due', kind: 'when' },
      { text: 'Which', kind: 'choice' },
    ];
    api.forms = [
      { id: 'f/1', title: 'Customer Survey', lang: 'en', questions },
      { id: 'f2', title: 'Team', lang: 'de', questions: [{ text: 'Mood', kind: 'amount' }] },
      { id: 'f3', title: 'Last', lang: 'fr', questions: [] },
    ];
    api.answers = {
      'f/1': [
        answer(1, { 'How many?': 3, Price: 2.5, Sure: true, Due: '2024-02-01', Which: ['a', { b: 1 }] }),
        answer(2, { Price: '4' }),
        answer(3, { Which: 7 }),
      ],
      f2: [answer(1, { Mood: 1 }), answer(2, {})],
      f3: [],
    };
    connector = built.connector.with({ port: await api.listen() });
  });
  afterEach(() => api.close());

  const discovered = async () => {
    const { streams } = await connector.catalog();
    return Object.fromEntries(streams.map(stream => [stream.tap_stream_id, stream]));
  };
  const columns = (stream: CatalogStream | undefined) =>
    Object.fromEntries(
      Object.entries(stream?.schema.properties ?? {}).map(([name, { type, format }]) => [
        name,
        format ?? (type as string[])[1],
      ]),
    );
  const run = async (streams?: readonly string[], state?: unknown) =>
    connector.run({ catalog: selectAll(await connector.catalog(), {}, streams), state });
  it('are clean, and their own tests pass', async () => {
    const { checkout, generated } = built;
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
  });

  it('have no columns but those of the schema, or those that are named beside it', async () => {
    const ofAll = await connectorOf({ streams: [FORMS, VIEWS], pagination: PAGING });
    const of = { stream: 'forms', name: 'title', as: { form: 'id', lang: 'lang' }, columns: { in: 'questions' } };
    const questions = { ...FORMS.schema.properties, questions: ['string'] };
    const named = await connectorOf({
      streams: [
        { ...FORMS, schema: { properties: questions } },
        { ...VIEWS, streams_from: of },
      ],
      pagination: PAGING,
    });
    for (const { checkout, generated } of [ofAll, named]) {
      const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
      assert.ok(passed, report);
      assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    }
    api.forms = [{ id: 'f1', title: 'Days', lang: 'en', questions: ['id', 'more', 'Day'] }];
    for (const [made, name, row] of [
      [ofAll, 'views_of_days_en', { id: 1, Day: 'f1 en' }],
      [named, 'days', { id: 1, Day: 'f1 en', more: 'true' }],
    ] as const) {
      const over = made.connector.with({ port: api.port });
      const outcome = await over.run({ catalog: selectAll(await over.catalog(), {}, [name]) });
      assert.deepEqual(records(outcome, name), [row], outcome.error);
    }
  });

  it('are discovered over all pages of their list, with the columns that it has', async () => {
    const found = await discovered();
    assert.deepEqual(Object.keys(found).sort(), [
      ...['customer_survey', 'forms', 'last', 'team'],
      ...['views_of_customer_survey_en', 'views_of_last_fr', 'views_of_team_de'],
    ]);
    assert.deepEqual(columns(found.customer_survey), {
      ...{ id: 'integer', at: 'date-time', how_many: 'integer', price: 'number' },
      ...{ sure: 'boolean', due: 'date-time', which: 'string' },
    });
    assert.deepEqual(columns(found.last), { id: 'integer', at: 'date-time' });
    assert.deepEqual(columns(found.views_of_team_de), { id: 'integer', Day: 'string' });
    assert.deepEqual(found.team?.unique_constraints, ['id']);
    assert.equal(found.team?.replication_method, 'INCREMENTAL');
  });

  it('are tested, sampled and read, each with its own bookmark', async () => {
    const tested = await connector.testConnection();
    assert.equal(tested.exitCode, 0, tested.error);
    const first = await run();
    assert.equal(first.exitCode, 0, first.error);
    assert.deepEqual(records(first, 'customer_survey'), [
      {
        ...{ id: 1, at: at(1), how_many: 3, price: 2.5, sure: true, due: '2024-02-01T00:00:00+00:00' },
        which: '["a", {"b": 1}]',
      },
      { id: 2, at: at(2), how_many: null, price: 4, sure: null, due: null, which: null },
      { id: 3, at: at(3), how_many: null, price: null, sure: null, due: null, which: '7' },
    ]);
    assert.deepEqual(records(first, 'views_of_customer_survey_en'), [{ id: 1, Day: 'f/1 en' }]);
    assert.equal(records(first, 'forms').length, 3);
    const states = first.messages.flatMap(({ type, value }) => (type === 'STATE' ? [value?.bookmarks] : []));
    assert.deepEqual(Object.assign({}, ...(states as object[])), {
      customer_survey: { at: '2024-01-01T00:03:00+00:00' },
      team: { at: '2024-01-01T00:02:00+00:00' },
    });
    (api.answers.f2 as unknown[]).push(answer(5, { Mood: 2 }));
    const second = await run(['team'], { bookmarks: { team: { at: '2024-01-01T00:02:00+00:00' } } });
    assert.deepEqual(
      records(second, 'team').map(({ id }) => id),
      [2, 5],
      second.error,
    );
    assert.deepEqual(lastState(second), { bookmarks: { team: { at: '2024-01-01T00:05:00+00:00' } } });
  });

  it('are sampled, and asked for nothing where no stream of a list is chosen', async () => {
    const catalog = selectAll(await connector.catalog());
    const sampled = await connector.sample(['team'], catalog);
    assert.equal(sampled.exitCode, 0, sampled.error);
    assert.deepEqual(Object.values(sampledRows(sampled).team ?? {})[0], {
      id: 1,
      at: at(1),
      values: { Mood: 1 },
      mood: 1,
    });
    const unknown = await connector.sample(['answers']);
    assert.match(String(unknown.error), /answers is no stream that the API has now: .*customer_survey/);
    api.seen.length = 0;
    assert.equal((await connector.run({ catalog: selectAll(catalog, {}, ['forms']) })).exitCode, 0);
    assert.deepEqual(
      api.asked('/forms').map(({ params }) => params.get('page')),
      ['1', '2', '3'],
    );
    api.seen.length = 0;
    assert.deepEqual(
      (await connector.catalog(['forms'])).streams.map(stream => stream.tap_stream_id),
      ['forms'],
    );
    assert.deepEqual(api.seen, []);
    const chosen = selectAll(catalog, {}, ['team', 'last', 'customer_survey']);
    assert.equal((await connector.run({ catalog: chosen })).exitCode, 0);
    assert.equal(api.asked('/forms').length, 3, 'the list is read once in a run');
  });

  it('have names and columns that depend neither on the order nor on what else there is', async () => {
    const longest = 'x'.repeat(300);
    const titles = [
      'forms',
      'Übung "1"\n{x}',
      '😀',
      'class',
      '__class__',
      longest,
      `${longest}y`,
      'Same!',
      'same',
      2024,
    ];
    const fields = ['ID', 'at', 'A b', 'a_b', '__class__', '😀', 'None', '{x} "y" \\ \n', longest, 'self'];
    const questions = [...fields.map(text => ({ text, kind: 'choice' })), { text: 'count', kind: '__class__' }];
    api.forms = titles.map((title, index) => ({ id: `f"{${index}}`, title, lang: 'en', questions }));
    const values = Object.fromEntries(fields.map(field => [field, `of ${field}`]));
    api.answers = Object.fromEntries(api.forms.map(({ id }) => [id, [answer(1, values)]]));
    const before = await discovered();
    const names = Object.keys(before).filter(name => !name.startsWith('views_of'));
    for (const name of names) assert.match(name, /^[a-z0-9_]{1,63}$/);
    assert.equal(new Set(names).size, titles.length + 1);
    for (const name of ['ubung_1_x', '2024', 'forms']) assert.ok(names.includes(name), names.join());
    assert.equal(names.filter(name => /^(same|class)_[0-9a-f]{8}$/.test(name)).length, 4);
    assert.equal(names.filter(name => /^forms_[0-9a-f]{8}$/.test(name)).length, 1);
    assert.equal(names.filter(name => /^stream_[0-9a-f]{8}$/.test(name)).length, 1);
    const own = Object.keys(before.ubung_1_x?.schema.properties ?? {});
    for (const column of own) assert.match(column, /^[a-z0-9_]{1,63}$/);
    assert.equal(own.length, 2 + questions.length);
    assert.equal(own.filter(column => /^(id|at|a_b|column)_[0-9a-f]{8}$/.test(column)).length, 5);
    const outcome = await run(['ubung_1_x']);
    const [row = {}] = records(outcome, 'ubung_1_x');
    assert.deepEqual(
      Object.values(row)
        .filter(value => String(value).startsWith('of '))
        .sort(),
      fields.map(field => `of ${field}`).sort(),
      outcome.error,
    );
    api.forms.reverse();
    const again = await discovered();
    assert.deepEqual(Object.keys(again).sort(), Object.keys(before).sort());
  });

  it('end the run where one of them, or a column, is gone', async () => {
    const catalog = selectAll(await connector.catalog(), {}, ['team']);
    const ended = async () => {
      const outcome = await connector.run({ catalog });
      assert.equal(outcome.exitCode, 1);
      return String(outcome.error);
    };
    api.forms[1] = { ...(api.forms[1] as Form), questions: [{ text: 'Temper', kind: 'amount' }] };
    assert.match(await ended(), /team has no mood any more: choose the columns of the stream anew/);
    api.forms.splice(1, 1);
    assert.match(await ended(), /team is no stream that the API has now: .* of customer_survey, .*last/);
    api.forms = [];
    assert.match(await ended(), /team is no stream that the API has now: .* of none/);
    assert.deepEqual(Object.keys(await discovered()), ['forms']);
  });

  it('end the discovery with what is wrong where their list is refused or says too little', async () => {
    const wrong = async () => {
      const outcome = await connector.discover();
      assert.equal(outcome.exitCode, 1);
      return String(outcome.error);
    };
    api.instead = { status: 403, body: { error: { message: 'needs the scope forms:read' } } };
    assert.match(await wrong(), /forms: .*403.*needs the scope forms:read/);
    assert.match(String((await connector.testConnection()).error), /forms: .*403/);
    api.instead = undefined;
    const [form] = api.forms as [Form];
    const faults: readonly (readonly [Partial<Form>, RegExp])[] = [
      [{ title: null }, /a record of forms has no title to name a stream by/],
      [{ id: null }, /no value in id|a record of forms has no id/],
      [{ questions: null }, /a record of forms has no list of columns in questions, but None/],
      [{ questions: [{ kind: 'count' }] }, /a record of forms has a column without text in questions/],
    ];
    for (const [change, message] of faults) {
      api.forms = [{ ...form, ...change }];
      assert.match(await wrong(), message);
    }
  });

  it('end the run where values are not of the types that the list says, or not where the answers say', async () => {
    const read = async (record: object) => {
      api.answers['f/1'] = [record];
      return String((await run(['customer_survey'])).error);
    };
    assert.match(await read(answer(1, { Price: 'dear' })), /customer_survey: price is 'dear', no number/);
    assert.match(await read(answer(1, { Due: 'soon' })), /customer_survey: due is 'soon', no moment in ISO 8601/);
    assert.match(await read(answer(1, { 'How many?': 2 ** 70 })), /customer_survey: how_many is \d+, no integer of 64/);
    assert.match(await read({ id: 1, at: at(1) }), /customer_survey: a record has no object at values/);
  });

  it('are told in the README and in the list of streams', async () => {
    const readme = readFileSync(join(built.generated.folder, 'README.md'), 'utf8');
    assert.match(readme, /one for each record of `forms` \| `\/forms\/\{form\}\/answers`/);
    assert.match(readme, /Each record of `forms` is a stream, named by `title`, with the columns .* `questions`/);
    assert.match(readme, /named by `title` and `lang` behind `Views of`/);
    assert.match(readme, /selected_streams_json '\["forms"\]'/);
    const listed = await listStreams(findTarget(built.generated.folder, process.cwd()));
    assert.match(textList(listed), /answers +\(one for each record of forms\)\n/);
  });

  it('are refused where they could not be', async () => {
    let said = '';
    const refused = async (...streams: object[]) => {
      await assert.rejects(connectorOf({ streams }), (error: Error) => {
        said = error.message;
        return true;
      });
    };
    const from = ANSWERS.streams_from;
    await refused(FORMS, { ...VIEWS, for_each: { items: ['a'] } });
    assert.match(said, /streams_from.*has no place beside for_each.*give for_each to forms/s);
    await refused(FORMS, VIEWS, { ...FORMS, name: 'parts', parent: { stream: 'views', field: 'id', as: 'view' } });
    assert.match(said, /parts has the parent views, which is not one stream but many/);
    await refused(FORMS, VIEWS, {
      ...ANSWERS,
      streams_from: { ...from, stream: 'views', columns: undefined, name: 'id' },
    });
    assert.match(said, /answers has the list views, which is not one stream but many/);
    await refused(FORMS, VIEWS, { ...VIEWS, name: 'others' });
    assert.match(said, /views would name its streams as others does.*prefix/s);
    await refused(VIEWS);
    assert.match(said, /views has the list forms, which is no stream/);
    await refused(FORMS, { ...ANSWERS, streams_from: { ...from, as: { form: 'key' } } });
    assert.match(said, /answers takes key of forms, which has no such column/);
    await refused(FORMS, { ...ANSWERS, streams_from: { ...from, as: {} } });
    assert.match(said, /streams_from\.as.*must have a field/);
    await refused(FORMS, { ...ANSWERS, streams_from: { ...from, columns: { ...from.columns, types: { a: 'text' } } } });
    assert.match(said, /must be string, integer, number, boolean or date-time/);
    await refused(FORMS, { ...ANSWERS, key_properties: ['form'] });
    assert.match(said, /form is no column of the schema/);
  });
});
