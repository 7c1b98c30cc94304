import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testModule, unittest } from '../framework/unittest.ts';
import { plan } from '../support/generate.ts';
import { StrictApi, send } from './strict-server.ts';
import { type Built, connectorOf } from './support.ts';

const LONG = '19.990000000000000001';
const schema = { properties: { id: 'integer', price: 'number', text: 'number', any: 'string', note: 'string' } };
const RECORD = `{"id": 1, "price": ${LONG}, "text": "${LONG}", "any": ${LONG}, "note": ${LONG}}`;
const stream = { name: 'items', path: '/items', key_properties: ['id'], schema, text_columns: ['any'], cast: true };

const CASES: Readonly<Record<string, readonly [object, object, string]>> = {
  JSON: [{}, {}, `[${RECORD}]`],
  'JSON in another encoding': [{ encoding: 'latin-1' }, {}, `[${RECORD}]`],
  'JSON Lines': [{ response_format: 'jsonl' }, {}, `${RECORD}\n`],
  GraphQL: [{}, { graphql: '{ items { id } }', records_path: 'data.items' }, `{"data": {"items": [${RECORD}]}}`],
};

describe('decimals of an API', function () {
  this.timeout(60_000);
  needsPython();
  const built: Built[] = [];

  const lineOf = async (answers: object, own: object, body: string) => {
    const found = await connectorOf({ ...answers, streams: [{ ...stream, ...own }] });
    built.push(found);
    assert.deepEqual(await flake8(found.generated.folder), []);
    const api = await new StrictApi({ resources: [] }).listen();
    const connector = found.connector.with({ port: api.port });
    const catalog = selectAll(await connector.catalog());
    api.faults.push(response => send(response, { body, headers: { 'Content-Type': 'application/json' } }));
    const { exitCode, error, stdout } = await connector.run({ catalog });
    await api.close();
    return { exitCode, error, line: stdout.split('\n').find(line => line.includes('"RECORD"')) ?? '' };
  };

  for (const [name, [answers, own, body]] of Object.entries(CASES)) {
    it(`keep all of their digits where that is asked for: ${name}`, async () => {
      const { exitCode, error, line } = await lineOf({ ...answers, decimals: 'exact' }, own, body);
      assert.equal(exitCode, 0, error);
      for (const column of ['price', 'text'])
        assert.match(line, new RegExp(`"${column}": ${LONG.replace('.', '\\.')}[,}]`));
      for (const column of ['any', 'note'])
        assert.match(line, new RegExp(`"${column}": "${LONG.replace('.', '\\.')}"`));
    });

    it(`are those of floating point otherwise: ${name}`, async () => {
      assert.match((await lineOf(answers, own, body)).line, /"price": 19\.99[,}]/);
    });
  }

  it('are refused where no destination holds them', async () => {
    const { exitCode, error } = await lineOf({ decimals: 'exact' }, {}, '[{"id": 1, "price": 1e999}]');
    assert.equal(exitCode, 1);
    assert.match(error ?? '', /the number 1e999, which no destination can hold/);
  });

  it('come with tests of their own, which pass', async () => {
    const [{ checkout }] = built as [Built];
    const { passed, report } = await unittest(
      checkout,
      built.map(({ generated }) => testModule(generated.folder)),
    );
    assert.ok(passed, report);
  });

  it('are refused in formats without types, and as what children are asked for by', async () => {
    const planned = (answers: object, streams: object[] = [stream]) =>
      plan('api', { name: 'Acme', base_url: 'https://acme.test', decimals: 'exact', ...answers, streams });
    await assert.rejects(
      planned({ response_format: 'csv' }),
      /decimals.*has no use without response_format: json or jsonl/,
    );
    const child = {
      ...stream,
      name: 'parts',
      path: '/{price}',
      parent: { stream: 'items', field: 'price', as: 'price' },
    };
    await assert.rejects(planned({}, [stream, child]), /price of items is a number that children are asked for by/);
  });
});
