import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import type { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { generate, plan, temporaryFolder, textOf } from '../support/generate.ts';
import { tree } from '../support/golden.ts';
import { StrictApi, type StrictOptions } from './strict-server.ts';
import { type Built, connectorOf, lastState, records, SCHEMA } from './support.ts';

const PAGES = { type: 'page' };
const schema = SCHEMA;
const key_properties = ['id'];
const at = (minute: number) => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString().replace('.000Z', 'Z');
const row = (id: number | string, minute = 1) => ({ id, name: `n${id}`, updated_at: at(minute) });

const STREAMS = [
  { name: 'teams', path: '/teams', schema: { properties: { id: 'string', name: 'string' } }, key_properties },
  {
    name: 'people',
    path: '/teams/{team}/people',
    parent: { stream: 'teams', field: 'id', as: 'team' },
    key_properties,
    schema,
    replication_key: 'updated_at',
    bookmark_param: 'since',
  },
  {
    name: 'notes',
    path: '/notes',
    params: { q: '{team}/{person}' },
    parents: [
      { stream: 'people', field: 'team', as: 'team' },
      { stream: 'people', field: 'id', as: 'person' },
    ],
    key_properties,
    schema,
  },
  {
    name: 'pairs',
    path: '/pairs/{team}/{kind}',
    parents: [
      { stream: 'teams', field: 'id', as: 'team' },
      { stream: 'kinds', field: 'name', as: 'kind' },
    ],
    schema: { properties: { id: 'integer' } },
  },
  { name: 'kinds', path: '/kinds', schema: { properties: { name: 'string' } } },
];

describe('streams with parents', function () {
  this.timeout(120_000);
  needsPython();
  let api: StrictApi;
  let built: Built;
  let connector: Connector;
  const people: Record<string, Partial<ReturnType<typeof row>>[]> = {};

  const resources = (): StrictOptions['resources'] => [
    {
      path: '/teams',
      records: Object.keys(people).map(id => ({ id, name: id })),
      pagination: { type: 'page', page_param: 'page' },
    },
    ...Object.entries(people).map(([team, list]) => ({
      path: `/teams/${encodeURIComponent(team)}/people`,
      records: list,
      pagination: { type: 'page', page_param: 'page' },
      bookmark: { param: 'since', field: 'updated_at' },
    })),
    { path: '/notes', records: [row(1)], pagination: { type: 'page', page_param: 'page' }, anyParams: true },
    { path: '/kinds', records: [{ name: 'x' }, { name: 'y' }], pagination: { type: 'page', page_param: 'page' } },
    ...Object.keys(people).flatMap(team =>
      ['x', 'y'].map(kind => ({
        path: `/pairs/${encodeURIComponent(team)}/${kind}`,
        records: [{ id: 1 }],
        pagination: { type: 'page', page_param: 'page' },
      })),
    ),
  ];
  const run = async (streams: readonly string[], state?: unknown) =>
    connector.run({ catalog: selectAll(await connector.catalog(), {}, streams), state });

  before(async () => {
    built = await connectorOf({ pagination: PAGES, streams: STREAMS });
  });
  beforeEach(async () => {
    for (const team of Object.keys(people)) delete people[team];
    Object.assign(people, { 'a/b ?': [row(1), row(2, 2), row(3, 3), row(4, 9)], b: [], c: [row(7, 5)] });
    api = await new StrictApi({ resources: resources() }).listen();
    connector = built.connector.with({ port: api.port });
  });
  afterEach(() => api.close());

  it('are clean, and have the columns that their parents give them', async () => {
    assert.deepEqual(await flake8(built.generated.folder), []);
    const { streams } = await connector.catalog();
    const columns = Object.fromEntries(streams.map(stream => [stream.tap_stream_id, stream.schema.properties]));
    assert.deepEqual(columns.notes?.team, { type: ['null', 'string'] });
    assert.deepEqual(columns.notes?.person, { type: ['null', 'integer'] });
    assert.equal((await connector.testConnection()).exitCode, 0);
    assert.deepEqual(
      api.seen.map(({ path }) => path),
      ['/kinds'],
    );
  });

  it('are read for each parent, of several levels and for each combination of several parents', async () => {
    const outcome = await run(['people', 'notes', 'pairs']);
    assert.equal(outcome.exitCode, 0, outcome.error);
    assert.deepEqual(
      records(outcome, 'people').map(({ team, id }) => [team, id]),
      [
        ['a/b ?', 1],
        ['a/b ?', 2],
        ['a/b ?', 3],
        ['a/b ?', 4],
        ['c', 7],
      ],
    );
    const notes = api.seen.filter(({ path, params }) => path === '/notes' && params.get('page') === '1');
    assert.deepEqual(
      notes.map(({ params }) => params.get('q')),
      ['a/b ?/1', 'a/b ?/2', 'a/b ?/3', 'a/b ?/4', 'c/7'],
    );
    assert.deepEqual(
      records(outcome, 'pairs').map(({ team, kind }) => `${team}${kind}`),
      ['a/b ?x', 'a/b ?y', 'bx', 'by', 'cx', 'cy'],
    );
    // One page and an empty one, of each parent once.
    assert.equal(api.seen.filter(({ path }) => path === '/teams').length, 2);
  });

  it('take what was read of their parents in the same run, whatever order the streams are in', async () => {
    const order = ['pairs', 'people', 'kinds', 'teams'];
    const { streams } = selectAll(await connector.catalog(), {}, order);
    const place = ({ tap_stream_id }: { readonly tap_stream_id: string }) => order.indexOf(tap_stream_id);
    const outcome = await connector.run({ catalog: { streams: [...streams].sort((a, b) => place(a) - place(b)) } });
    assert.equal(outcome.exitCode, 0, outcome.error);
    assert.equal(records(outcome, 'teams').length, 3);
    assert.equal(records(outcome, 'pairs').length, 6);
    for (const path of ['/teams', '/kinds']) assert.equal(api.seen.filter(seen => seen.path === path).length, 2, path);
  });

  it('keep a bookmark for each parent, so that an old record of a new parent is not missed', async () => {
    const first = await run(['people']);
    assert.deepEqual(lastState(first)?.bookmarks?.people, {
      updated_at: '2024-01-01T00:09:00+00:00',
      parents: { '["a/b ?"]': '2024-01-01T00:09:00+00:00', '["c"]': '2024-01-01T00:05:00+00:00' },
    });
    Object.assign(people, {
      b: [row(5, 1)],
      c: [row(7, 5), row(8, 6)],
      d: [row(9, 2), { id: 10, name: 'without a bookmark' }],
    });
    api.options = { resources: resources() };
    const second = await run(['people'], lastState(first));
    assert.deepEqual(
      records(second, 'people').map(({ id }) => id),
      [4, 5, 7, 8, 9, 10],
    );
    delete people.c;
    api.options = { resources: resources() };
    const third = await run(['people'], lastState(second));
    assert.deepEqual(Object.keys(lastState(third)?.bookmarks?.people?.parents ?? {}), ['["a/b ?"]', '["b"]', '["d"]']);
  });

  it('without a parent give an empty sample, and no state', async () => {
    for (const team of Object.keys(people)) delete people[team];
    api.options = { resources: resources() };
    for (const stream of ['people', 'notes']) assert.equal((await connector.sample([stream])).exitCode, 0, stream);
    const outcome = await run(['people', 'notes']);
    assert.equal(outcome.exitCode, 0, outcome.error);
    assert.equal(lastState(outcome), undefined);
  });

  it('may be added to a connector that has the parent, and the same again changes nothing', async () => {
    const cwd = temporaryFolder();
    const [teams, child] = STREAMS;
    const answers = { name: 'Grown', base_url: 'https://grown.test', pagination: PAGES };
    const grown = await generate('api', { ...answers, streams: [teams] }, { cwd });
    const add = { cwd, addsOnly: true, options: { connector: grown.folder } };
    await generate('api', { streams: [child] }, add);
    const whole = await generate('api', { ...answers, streams: [teams, child] });
    assert.deepEqual(tree(grown.folder), tree(whole.folder));
    const again = await plan('api', { streams: [child] }, add);
    assert.deepEqual(
      again.changes.filter(({ before, content }) => before !== content),
      [],
    );
  });

  it('need what they take of a parent, which is read all the same', async () => {
    Object.assign(people, { b: [{ name: 'without an id', updated_at: at(1) }] });
    api.options = { resources: resources() };
    const outcome = await run(['people', 'notes']);
    assert.match(outcome.error ?? '', /people: a record has no value in id, of name, updated_at, team$/);
    assert.equal(records(outcome, 'people').length, 4);
  });

  it('that cannot be are refused', async () => {
    const child = (name: string, stream: string, field = 'id') => ({
      name,
      path: `/{p}/${name}`,
      parent: { stream, field, as: 'p' },
      schema,
    });
    const refused = (streams: object[], message: RegExp) => assert.rejects(connectorOf({ streams }), message);
    await refused(
      [child('a', 'bs'), { name: 'b', path: '/b', schema }],
      /a has the parent bs, which is no stream.*did you mean b\?/,
    );
    await refused(
      [child('a', 'b', 'no'), { name: 'b', path: '/b', schema }],
      /a takes no of b, which has no such column/,
    );
    await refused([child('a', 'b'), child('b', 'a')], /a is its own ancestor/);
  });

  it('may have the field of a parent in their keys', async () => {
    const parent = { stream: 'contacts', field: 'id', as: 'contact_id' };
    const { generated } = await connectorOf({
      streams: [
        { name: 'contacts', path: '/contacts', key_properties: ['id'], schema },
        { name: 'notes', path: '/{contact_id}/notes', key_properties: ['contact_id', 'id'], parent, schema },
      ],
    });
    const notes = await textOf(generated, 'streams/notes.py');
    assert.match(notes, /KEY_PROPERTIES = \['contact_id', 'id'\]/);
    await assert.rejects(
      connectorOf({ streams: [{ name: 'notes', path: '/notes', key_properties: ['contact_id', 'id'], schema }] }),
      /contact_id is no column of the schema/,
    );
  });
});
