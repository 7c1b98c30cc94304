import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ask } from '../../src/answers/ask.ts';
import { selectAll } from '../framework/catalog.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import { assertOnlyAdded } from '../stream/added.ts';
import { FORMS, type Form, place, tree, write } from '../stream/connectors.ts';
import { temporaryFolder } from '../support/generate.ts';
import { moreFrom, openapi } from './support.ts';

const OFFLINE = { offline: true };
/** Where the code of each form says that its requests begin, and where it has its records. */
const BASES: Readonly<Record<Exclude<Form, 'graph'>, readonly [base: string, records: string]>> = {
  tables: ['https://acme.example.com/v1', 'data'],
  plans: ['https://acme.example.com/v1', 'data'],
  ids: ['https://acme.example.com/v1', 'data'],
  inline: ['https://acme.example.com/v1', 'data'],
  records: ['https://acme.example.com/v1', 'list'],
};

interface Json {
  readonly streams: readonly { readonly name: string; readonly grade: string; readonly losses: { what: string }[] }[];
  readonly understood: readonly string[];
}
const report = (run: { report(files: readonly never[]): { readonly json: unknown } }) => run.report([]).json as Json;

describe('a description and a hand-written connector', () => {
  for (const form of FORMS) {
    if (form === 'graph') continue;
    it(`puts a stream into ${form} as its others are, and a second run changes nothing`, async () => {
      const folder = place(form, temporaryFolder());
      const before = tree(folder);
      const [base, records] = BASES[form];
      const text = openapi(base, { '/refunds': { records } });
      const run = await moreFrom(text, folder, OFFLINE);
      write(run);
      const after = tree(folder);
      for (const [path, was] of Object.entries(before)) assertOnlyAdded(was, after[path] ?? '');
      assert.match(Object.values(after).join('\n'), /class Refunds/);
      const again = await moreFrom(text, folder, OFFLINE);
      assert.deepEqual([again.changes, again.writes], [[], []]);
      assert.match(report(again).understood.join('\n'), /refunds is there already, in .*py, and stays as it is/);
    });
  }

  it('tells what its classes have no place for, and leaves out what they cannot ask for', async () => {
    const folder = place('tables', temporaryFolder());
    const string = { type: 'string' };
    const cursor = [{ name: 'starting_after', in: 'query', schema: string }];
    const text = openapi('https://acme.example.com/v1', {
      '/refunds': {
        parameters: [...cursor, { name: 'updated_since', in: 'query', schema: { ...string, format: 'date-time' } }],
        more: { next_cursor: string },
      },
      '/customers': {},
      '/refunds/{id}/notes': { parameters: [{ name: 'id', in: 'path', required: true, schema: string }] },
    });
    const run = await moreFrom(text, folder, OFFLINE);
    const { streams, understood } = report(run);
    const told = Object.fromEntries(
      streams.map(({ name, grade, losses }) => [name, [grade, ...losses.map(({ what }) => what)].join('; ')]),
    );
    assert.match(String(told.refunds), /^loss; its pages go on by .*starting_after/);
    assert.match(String(told.refunds), /its filter updated_since is not sent/);
    assert.match(String(told.notes), /^none; .*it is asked for by the records of refunds/);
    assert.match(understood.join('\n'), /customers is there already/);
    assert.ok(!('customers' in told));
    assert.deepEqual(
      run.changes.map(({ path }) => path.slice(folder.length + 1)).filter(path => /notes/.test(path)),
      [],
    );
    await assert.rejects(
      moreFrom(text, folder, { ...OFFLINE, name: 'refund' }),
      /no stream is called refund \(did you mean refunds\?\)/,
    );
    const only = openapi('https://acme.example.com/v1', { '/refunds/{id}/notes': {} });
    await assert.rejects(moreFrom(only, folder, OFFLINE), /notes can't be a stream: its path needs a value for \{id\}/);
  });

  it("counts paths from where the connector's own count, and says where that is not plain", async () => {
    const path = async (base: string, list: string) => {
      const folder = place('tables', temporaryFolder());
      const run = await moreFrom(openapi(base, { [list]: {} }), folder, OFFLINE);
      write(run);
      const [, found] = /return '(.*refunds)'/.exec(tree(folder)['streams/refunds.py'] ?? '') ?? [];
      return [found, report(run).understood.some(note => /see that they are right/.test(note))];
    };
    const right = 'https://{}.example.com/v1/refunds';
    assert.deepEqual(await path('https://acme.example.com', '/v1/refunds'), [right, false]);
    assert.deepEqual(await path('https://acme.example.com/v1', '/refunds'), [right, false]);
    assert.deepEqual(await path('https://api.other.test/v1', '/refunds'), [right, true]);
    await assert.rejects(
      path('https://acme.example.com/v2', '/refunds'),
      /its path \/v2\/refunds is not below what the connector's requests begin with/,
    );
  });

  it('gives the only stream there is the name that is asked for, and knows one by its address', async () => {
    const folder = place('tables', temporaryFolder());
    const base = 'https://acme.example.com/v1';
    write(await moreFrom(openapi(base, { '/refunds': {} }), folder, { ...OFFLINE, name: 'returns' }));
    assert.match(tree(folder)['streams/returns.py'] ?? '', /TABLE = 'returns'[\s\S]*v1\/refunds'/);
    const again = await moreFrom(openapi(base, { '/refunds': {}, '/tags': {} }), folder, OFFLINE);
    assert.match(report(again).understood.join('\n'), /refunds is there already as returns, in streams\/returns.py/);
    const returns = join(folder, 'streams/returns.py');
    writeFileSync(returns, (tree(folder)['streams/returns.py'] ?? '').replace('v1/refunds', 'v1/customers'));
    // Two streams have one address then: the third has its own all the same.
    write(await moreFrom(openapi(base, { '/tags': {} }), folder, OFFLINE));
    assert.match(tree(folder)['streams/tags.py'] ?? '', /v1\/tags'/);
  });

  it('asks which streams are wanted, and whether it is right', async () => {
    const folder = place('tables', temporaryFolder());
    const asked: string[] = [];
    const answers: Readonly<Record<string, unknown>> = { streams: ['tags'], right: 'yes' };
    const ask = new Ask(async ({ name }) => {
      asked.push(String(name));
      return { [String(name)]: answers[String(name)] };
    });
    const text = openapi('https://acme.example.com/v1', { '/refunds': {}, '/tags': {} });
    const run = await moreFrom(text, folder, OFFLINE, 'openapi.json', ask);
    assert.deepEqual(asked, ['streams', 'right']);
    assert.deepEqual(
      report(run).streams.map(({ name }) => name),
      ['tags'],
    );
  });
});

describe('a described stream in a connector that a user wrote', function () {
  this.timeout(120_000);
  needsPython();
  let checkout: Checkout;
  let server: TestServer;
  const records = Array.from({ length: 5 }, (_, id) => ({ id, updated_at: '2024-01-01T00:00:00Z' }));
  before(async () => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    server = await serve(({ pathname, searchParams }) => {
      const page = Number(searchParams.get('page') ?? 1);
      const data = pathname === '/v1/refunds' ? records.slice(2 * page - 2, 2 * page) : [];
      return { body: { data, next_page: 2 * page < records.length ? page + 1 : null } };
    });
  });
  after(() => server.close());

  it("is read whole, by the pages of the connector's base class", async () => {
    const folder = place('pages', checkout.sources);
    const before = tree(folder);
    const run = await moreFrom(`curl '${server.url}/v1/refunds'`, folder, { name: 'refunds' }, 'curl.txt');
    assert.deepEqual(
      report(run).streams.map(({ name, grade }) => [name, grade]),
      [['refunds', 'full']],
    );
    write(run);
    const after = tree(folder);
    for (const [path, was] of Object.entries(before)) assertOnlyAdded(was, after[path] ?? '');
    const connector = new Connector({ checkout, folder, config: { base_url: `${server.url}/v1` } });
    const catalog = selectAll(await connector.catalog(['refunds']));
    const { messages } = await connector.run({ catalog });
    const rows = messages.flatMap(({ type, record }) => (type === 'RECORD' ? [record] : []));
    assert.deepEqual(rows, records);
  });
});
