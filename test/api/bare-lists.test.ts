import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Ask } from '../../src/answers/ask.ts';
import { validate } from '../../src/answers/validate.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { resolveConnector } from '../../src/connector/resolve.ts';
import { planRun } from '../../src/connector/run.ts';
import { apiAnswers } from '../../src/kinds/api/answers.ts';
import { askApi, askApiStream } from '../../src/kinds/api/questions.ts';
import { selectAll } from '../framework/catalog.ts';
import { needsPython } from '../framework/needs.ts';
import { generate, kindOf, plan, temporaryFolder } from '../support/generate.ts';
import { type Resource, StrictApi } from './strict-server.ts';
import { connectorOf, ids, items, SCHEMA, session } from './support.ts';

const CURSOR = { type: 'cursor', cursor_path: 'meta.next' };
const NONE = { type: 'none' };
const stream = (name: string, more: object = {}) => ({
  name,
  path: `/${name}`,
  key_properties: ['id'],
  schema: SCHEMA,
  ...more,
});
const answers = (pagination: object, streams: readonly object[], more: object = {}) => ({
  name: 'Acme',
  base_url: 'https://acme.test',
  pagination,
  streams,
  ...more,
});

/** Only the first page of these would be read, and nothing would say so. */
describe('a response that is a list itself, in which the next page is looked for', () => {
  const told = (name: string, path: string) => new RegExp(`${name} has no ${path} to go on by.*type: none`);
  const refused: readonly [string, object, RegExp][] = [
    ['for a cursor', answers(CURSOR, [stream('tags')]), told('tags', 'meta\\.next')],
    ['for an address', answers({ type: 'next_url', next_url_path: 'next' }, [stream('tags')]), told('tags', 'next')],
    [
      "by the stream's own answers",
      answers(NONE, [stream('tags', { pagination: CURSOR })]),
      told('tags', 'meta\\.next'),
    ],
    ['in JSON Lines', answers(CURSOR, [stream('tags')], { response_format: 'jsonl' }), told('tags', 'meta\\.next')],
    ['in CSV', answers(CURSOR, [stream('tags')], { response_format: 'csv' }), told('tags', 'meta\\.next')],
    [
      'in several streams, all told at once',
      answers(CURSOR, [stream('tags'), stream('teams'), stream('deals', { records_path: 'data' })]),
      /2 problems:\n.*streams.*: tags has no .*\n.*streams.*: teams has no /,
    ],
  ];
  for (const [name, given, message] of refused)
    it(`is refused: ${name}`, () => assert.rejects(plan('api', given), message));

  it('is refused where a sample shows it, and taken where the sample has the records further in', async () => {
    const sample = join(temporaryFolder(), 'tags.json');
    const sampled = answers(CURSOR, [stream('tags', { schema: { sample } })]);
    writeFileSync(sample, JSON.stringify(items(2)));
    await assert.rejects(plan('api', sampled), told('tags', 'meta\\.next'));
    writeFileSync(sample, JSON.stringify({ data: items(2), meta: { next: 'c2' } }));
    await plan('api', sampled);
  });

  const taken: readonly [string, object][] = [
    ['where the stream has one page', answers(CURSOR, [stream('tags', { pagination: NONE })])],
    ['where a header has the cursor', answers({ type: 'cursor', cursor_header: 'X-Next' }, [stream('tags')])],
    ['with Link headers', answers({ type: 'link_header' }, [stream('tags')])],
    // They end at the first empty page as well.
    ['with page numbers', answers({ type: 'page', total_pages_path: 'meta.pages' }, [stream('tags')])],
    ['with offsets', answers({ type: 'offset', total_path: 'meta.total' }, [stream('tags')])],
    ['with the last record', answers({ type: 'keyset', has_more_path: 'more' }, [stream('tags')])],
    ['where the response is one record', answers(CURSOR, [stream('tags', { records_in: 'object' })])],
    [
      'in XML, whose response is an element',
      answers(CURSOR, [stream('tags', { records_path: 'tags.tag' })], { response_format: 'xml' }),
    ],
  ];
  for (const [name, given] of taken) it(`is taken ${name}`, () => plan('api', given));
});

describe('the questions about a list without a place for the next page', () => {
  const GIVEN: Readonly<Record<string, unknown>> = {
    name: 'Acme',
    base_url: 'https://acme.test',
    auth: 'none',
    pagination: 'cursor',
    cursor_path: 'meta.next',
    stream: 'tags',
    columns: 'id:integer',
  };

  /** Answers by name, other questions by their defaults; `asked` has what was asked. */
  function answering(more: Readonly<Record<string, unknown>>) {
    const asked = new Map<string, Record<string, unknown>>();
    const ask = new Ask(async question => {
      asked.set(String(question.name), question);
      return { [String(question.name)]: { ...GIVEN, ...more }[String(question.name)] ?? question.default ?? '' };
    });
    return { ask, asked };
  }

  const LISTS: readonly [Record<string, unknown>, object][] = [
    [{ list_pagination: 'none' }, NONE],
    [{ list_pagination: 'page' }, { type: 'page', page_param: 'page' }],
  ];
  for (const [given, expected] of LISTS)
    it(`lead to sound answers: ${JSON.stringify(given)}`, async () => {
      const { ask, asked } = answering(given);
      const found = await askApi(ask, {}, '.');
      assert.deepEqual((found.streams as { pagination?: object }[])[0]?.pagination, expected);
      const choices = asked.get('list_pagination')?.choices as { value: string }[];
      assert.deepEqual(choices.map(({ value }) => value).sort(), [
        'job',
        'keyset',
        'link_header',
        'none',
        'offset',
        'page',
      ]);
      assert.deepEqual(validate(apiAnswers, { kind: 'api', ...found }).problems, []);
      const kind = await kindOf('api');
      const place = { cwd: temporaryFolder(), folder: temporaryFolder(), existing: undefined };
      resolveConnector(kind, loadConnector(kind, { kind: 'api', ...found }, place));
    });

  it('are not asked where there is no question', async () => {
    for (const given of [{ pagination: 'page' }, { records_path: 'data' }]) {
      const { ask, asked } = answering(given);
      await askApi(ask, {}, '.');
      assert.ok(!asked.has('list_pagination'), JSON.stringify(given));
    }
  });

  it('are asked of one more stream, as the connector is', async () => {
    const { ask } = answering({ list_pagination: 'none' });
    const connector = (more: object) => ({ ...answers(CURSOR, []), ...more });
    const pagination = async (given: object, more: object) =>
      (await askApiStream(ask, { name: 'tags', ...given }, '.', connector(more))).pagination;
    assert.deepEqual(await pagination({}, {}), NONE);
    assert.deepEqual(await pagination({ pagination: { type: 'page' } }, {}), { type: 'page' });
    assert.equal(await pagination({}, { response_format: 'xml' }), undefined);
  });
});

describe('--pagination', () => {
  it('says how one more stream is cut into pages', async () => {
    const { folder } = await generate('api', answers(CURSOR, [stream('deals', { records_path: 'data' })]));
    const sample = join(temporaryFolder(), 'tags.json');
    writeFileSync(sample, JSON.stringify(items(2)));
    const add = async (flags: object) =>
      planRun(
        {
          kind: await kindOf('api'),
          options: { dryRun: false, force: false, bail: false, json: false },
          name: 'tags',
          flags: { path: '/tags', key: ['id'], sample, ...flags },
          cwd: folder,
          intent: 'add',
        },
        undefined,
      );
    await assert.rejects(add({}), /tags has no meta\.next to go on by/);
    await assert.rejects(add({ pagination: 'some' }), /pagination\.type: must be page, cursor/);
    const { changes } = await add({ pagination: 'none' });
    const module = changes.find(({ path }) => path.endsWith('streams/tags.py'));
    assert.match(module?.content ?? '', /one response that has them all/);
  });
});

describe('streams of one page among others', function () {
  this.timeout(120_000);
  needsPython();
  let api: StrictApi | undefined;
  afterEach(async () => {
    await api?.close();
  });

  it('are read, and so are all pages of the others', async () => {
    const deals = stream('items', { records_path: 'data' });
    const built = await connectorOf({ pagination: CURSOR, streams: [deals, stream('tags', { pagination: NONE })] });
    const pagination = v.parse(apiAnswers.entries.pagination, CURSOR);
    api = await new StrictApi({
      resources: [
        { path: '/items', records: items(7), recordsPath: 'data', pagination },
        { path: '/tags', records: items(2), pagination: { type: 'none' } },
      ],
    }).listen();
    const connector = built.connector.with({ port: api.port });
    const outcome = await connector.run({ catalog: selectAll(await connector.catalog()) });
    assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5, 6, 7], outcome.error);
    assert.deepEqual(ids(outcome, 'tags'), [1, 2]);
  });

  // Where the answers don't say what a response is, the response does.
  for (const pagination of [CURSOR, { type: 'next_url', next_url_path: 'meta.next' }])
    it(`end in an error where ${pagination.type} pagination finds a list`, async () => {
      const opened = await session({ pagination }, { records_in: 'object' });
      api = opened.api;
      const [given] = api.options.resources;
      api.options = { resources: [{ ...(given as Resource), pagination: { type: 'none' } }] };
      const { exitCode, error } = await opened.run();
      assert.equal(exitCode, 1);
      assert.match(error ?? '', /items: the response has a list, where records_in: object says one record$/);
    });
});
