import assert from 'node:assert/strict';
import { apiAnswers } from '../../src/kinds/api/answers.ts';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { plan, temporaryFolder } from '../support/generate.ts';
import { DOUBLED, HOSTILE, LISTED, MORE, REFUSED, SENT } from './hostile-answers.ts';
import { StrictApi } from './strict-server.ts';
import { connectorOf, ids, items } from './support.ts';
import { textPlaces, textsAt } from './text-places.ts';

describe('hostile answers of an API', function () {
  this.timeout(120_000);
  needsPython();

  it('are nothing but text in the code', async () => {
    const { checkout, connector, generated } = await connectorOf(HOSTILE);
    assert.deepEqual(await flake8(generated.folder), []);
    const { streams } = await connector.with({ port: '1', access_token: 'x' }).catalog();
    assert.deepEqual(streams.map(({ tap_stream_id }) => tap_stream_id).sort(), [
      'forms',
      'items',
      'jobs',
      'posts',
      'texts',
    ]);
    assert.deepEqual(await flake8(testFolder(checkout, generated.folder)), []);
  });

  MORE.forEach((answers, index) => {
    it(`are nothing but text in the code, ${index + 1} of more`, async () => {
      const { checkout, connector, generated } = await connectorOf(answers);
      assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
      const { streams } = await connector.with({ port: '1', mode: 'x' }).catalog();
      assert.equal(streams.length, (answers.streams as object[]).length);
    });
  });

  it('are nothing but text in the code of streams that are found', async () => {
    const { checkout, generated } = await connectorOf(LISTED);
    assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
  });

  for (const [place, answers] of Object.entries(REFUSED))
    it(`are refused in ${place}`, () =>
      assert.rejects(plan('api', { kind: 'api', name: 'Acme', base_url: 'https://a.test', ...answers }), {
        name: 'UserError',
      }));

  it('are tried in every place that takes text', () => {
    const hostile = [HOSTILE, LISTED, ...MORE].flatMap(answers => textsAt(apiAnswers, answers));
    const tried = new Set(hostile.filter(([, text]) => /['"]/.test(text)).map(([place]) => place));
    const missing = [...textPlaces(apiAnswers)].filter(place => !tried.has(place) && !(place in REFUSED));
    assert.deepEqual(missing, []);
  });

  it('are sent as they are', async () => {
    const { checkout, connector, generated } = await connectorOf({
      pagination: { type: 'offset', offset_param: `${SENT}o` },
      streams: [
        {
          name: 'items',
          path: '/items',
          params: { q: DOUBLED, [DOUBLED]: 'x' },
          schema: { properties: { id: 'integer' } },
        },
      ],
    });
    const pagination = { type: 'offset', offset_param: `${SENT}o` };
    const api = await new StrictApi({
      resources: [{ path: '/items', records: items(4), params: { q: SENT, [SENT]: 'x' }, pagination }],
    }).listen();
    const configured = connector.with({ port: api.port });
    const outcome = await configured.run({ catalog: selectAll(await configured.catalog()) });
    await api.close();
    assert.deepEqual(ids(outcome), [1, 2, 3, 4], outcome.error);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
  });

  it('give the same connector each time', async () => {
    const cwd = temporaryFolder();
    const answers = { kind: 'api', name: 'Acme', ...HOSTILE };
    const texts = async () => (await plan('api', answers, { cwd })).changes.map(({ content }) => content);
    assert.deepEqual(await texts(), await texts());
  });
});
