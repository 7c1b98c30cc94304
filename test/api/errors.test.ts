import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testModule, unittest } from '../framework/unittest.ts';
import { plan } from '../support/generate.ts';
import { type Fault, type Reply, StrictApi, send } from './strict-server.ts';
import { connectorOf, ids, items, SCHEMA, type Session, session } from './support.ts';

const OF_OTHERS = { stream: 'others', field: 'id', as: 'of' };

const answering =
  (reply: Reply): Fault =>
  response =>
    send(response, reply);

describe('rules for errors', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session | undefined;
  afterEach(async () => {
    await opened?.api.close();
    opened = undefined;
  });

  it('try again what passes, as Snapchat has it, and tell what the API said where it does not', async () => {
    opened = await session({
      pagination: { type: 'page' },
      errors: [{ status: 403, path: 'request_status', equals: 'THROTTLED', do: 'retry' }],
    });
    assert.deepEqual(await flake8(opened.generated.folder), []);
    const throttled = answering({ status: 403, body: { request_status: 'THROTTLED', message: 'slow' } });
    opened.api.faults.push(throttled, undefined, throttled, throttled);
    const outcome = await opened.run();
    assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5, 6, 7], outcome.error);
    opened.api.faults.push(answering({ status: 403, body: { request_status: 'DENIED', message: 'no ads for you' } }));
    assert.match((await opened.run()).error ?? '', /answered 403: no ads for you$/);
    opened.api.faults.push(...Array.from({ length: 6 }, () => throttled));
    assert.match((await opened.run()).error ?? '', /items answered 403: slow$/);
  });

  it('take some errors for no records, as Chargebee has it, in requests with bodies as well', async () => {
    const errors = [{ path: 'api_error_code', equals: 'configuration_incompatible', do: 'empty' }];
    for (const stream of [{ errors }, { errors, method: 'POST', empty_statuses: [404] }]) {
      opened = await session({ errors: [{ status: 400, do: 'fail', message: 'Ask us' }] }, stream);
      const body = { api_error_code: 'configuration_incompatible', message: 'no such plan' };
      opened.api.faults.push(answering({ status: 400, body }));
      const outcome = await opened.run();
      assert.equal(outcome.exitCode, 0, outcome.error);
      assert.deepEqual(ids(outcome), []);
      opened.api.faults.push(answering({ status: 400, body: { api_error_code: 'other', message: 'no such site' } }));
      assert.match((await opened.run()).error ?? '', /items answered 400: Ask us: no such site$/);
      await opened.api.close();
    }
  });

  it('see failures with status 200, whatever the answers are', async () => {
    opened = await session({ errors: [{ path: 'fault.code', equals: 17, do: 'fail', message: 'Renew the plan' }] });
    opened.api.faults.push(answering({ body: { fault: { code: 17, text: 'over' } } }));
    assert.match((await opened.run()).error ?? '', /items answered 200: Renew the plan: .*over/);
    assert.deepEqual(ids(await opened.run()), [1, 2, 3, 4, 5, 6, 7]);
  });

  it('see failures of GraphQL, as Shopify has them, before these end the run', async () => {
    const errors = [{ path: 'errors[0].extensions.code', equals: 'THROTTLED', do: 'wait', wait_seconds: 1 }];
    opened = await session({ errors }, { graphql: '{ items { id } }', records_path: 'data.items' });
    const body = { errors: [{ message: 'slow', extensions: { code: 'THROTTLED' } }] };
    opened.api.faults.push(answering({ body }), answering({ body: { data: { items: [{ id: 1 }] } } }));
    const outcome = await opened.run();
    assert.deepEqual(ids(outcome), [1], outcome.error);
    opened.api.faults.push(answering({ body: { errors: [{ message: 'no field nodes' }] } }));
    assert.match((await opened.run()).error ?? '', /no field nodes$/);
  });

  it('are those of the stream that is read, parents and children each by its own', async () => {
    const own = [{ status: 410, do: 'fail', message: 'Not this one' }];
    const stream = { key_properties: ['id'], schema: SCHEMA };
    const { connector, generated } = await connectorOf({
      errors: [{ status: 418, do: 'empty' }],
      streams: [
        { ...stream, name: 'others', path: '/others' },
        { ...stream, name: 'items', path: '/items', params: { of: '{of}' }, errors: own, parent: OF_OTHERS },
      ],
    });
    const resource = { records: items(1), anyParams: true };
    const api = await new StrictApi({
      resources: [
        { ...resource, path: '/others' },
        { ...resource, path: '/items' },
      ],
    }).listen();
    const over = connector.with({ port: api.port });
    const catalog = selectAll(await over.catalog());
    const gone = answering({ status: 410, body: { message: 'gone' } });
    const run = (...faults: (Fault | undefined)[]) => {
      api.faults.push(...faults);
      return over.run({ catalog: { streams: catalog.streams.filter(({ stream: name }) => name === 'items') } });
    };
    assert.match((await run(gone)).error ?? '', /others answered 410: gone$/);
    assert.match((await run(undefined, gone)).error ?? '', /items answered 410: Not this one: gone$/);
    for (const faults of [[answering({ status: 418 })], [undefined, answering({ status: 418 })]])
      assert.deepEqual(ids(await run(...faults)), []);
    assert.deepEqual(ids(await run()), [1]);
    await api.close();
    const readme = readFileSync(join(generated.folder, 'README.md'), 'utf8');
    assert.match(readme, /what is answered with status 418 has no records; .*status 410 ends the run/);
  });

  it('are nothing but text in the code, and the tests of a connector pass with them', async () => {
    const BAD = `'"""\\ {x} <%= 1 %> \${y} é\u2028`;
    opened = await session(
      {
        errors: [{ status: [400, 404], path: `["it's"][0]`, contains: BAD, do: 'wait', wait_seconds: 5, message: BAD }],
      },
      { errors: [{ status: 409, path: '["{x}"]', equals: BAD, do: 'retry' }] },
    );
    const { checkout, generated } = opened;
    assert.deepEqual(await flake8(generated.folder), []);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    opened.api.faults.push(
      answering({ status: 404, body: { "it's": [`x ${BAD} x`] }, headers: { 'Retry-After': '0.01' } }),
      answering({ status: 409, body: { '{x}': BAD } }),
    );
    assert.deepEqual(ids(await opened.run()), [1, 2, 3, 4, 5, 6, 7]);
  });

  it('leave no trace in a connector without any', async () => {
    opened = await session({});
    const text = ['client.py', 'streams/base.py'].map(path =>
      readFileSync(join(String(opened?.generated.folder), path), 'utf8'),
    );
    assert.doesNotMatch(text.join(''), /rule/i);
  });
});

describe('rules for errors that cannot be', () => {
  const rule = (...errors: object[]) => ({ errors });
  const refused: readonly [object, RegExp][] = [
    [rule({ do: 'retry' }), /errors\[0\]\.status.*leaves nothing that tells an error from a success/],
    [rule({ status: [200, 500], do: 'retry' }), /errors\[0\]\.status.*leaves nothing/],
    [rule({ status: [], do: 'retry' }), /errors\[0\]\.status.*must have a status/],
    [rule({ status: 99, do: 'retry' }), /errors\[0\]\.status.*must be a/],
    [rule({ status: 600, do: 'retry' }), /errors\[0\]\.status.*must be a/],
    [rule({ contains: 'x', do: 'retry' }), /errors\[0\]\.contains.*in records as well/],
    [rule({ status: 200, contains: 'x', do: 'empty' }), /errors\[0\]\.contains.*in records as well/],
    [rule({ status: 400, equals: 'x', do: 'retry' }), /errors\[0\]\.equals.*needs a path/],
    [rule({ path: 'a', equals: 'x', contains: 'x', do: 'retry' }), /errors\[0\]\.contains.*no use beside equals/],
    [rule({ path: 'a.*', do: 'retry' }), /errors\[0\]\.path.*more than keys and positions/],
    [rule({ status: 401, do: 'empty' }), /errors\[0\]\.do.*would hide every 401/],
    [rule({ status: [404, 503], do: 'empty' }), /errors\[0\]\.do.*would hide every 503/],
    [rule({ status: 404, do: 'empty', message: 'x' }), /errors\[0\]\.message.*no use/],
    [rule({ status: 404, do: 'retry', wait_seconds: 1 }), /errors\[0\]\.wait_seconds.*without do: wait/],
    [rule({ status: 404, do: 'ignore' }), /errors\[0\]\.do.*must be retry, wait, empty or fail/],
    [rule({ status: [403, 404], do: 'retry' }, { status: 404, path: 'a', do: 'empty' }), /errors\[1\].*never counts/],
    [
      rule({ path: 'a', do: 'retry' }, { status: 404, path: 'a', equals: 'x', do: 'fail' }),
      /errors\[1\].*never counts/,
    ],
    // The fault of a stream makes none of what is said of errors.
    [
      {
        ...rule({ path: 'a', do: 'retry' }),
        streams: [{ name: 'items', path: '/items', schema: { properties: { id: 'date' } } }],
      },
      /^(?!(.|\n)*JSON alone)(.|\n)*properties\.id/,
    ],
    [{ response_format: 'csv', ...rule({ path: 'a', do: 'retry' }) }, /errors\[0\]\.path.*is read in JSON alone/],
  ];
  const stream = { name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA };
  const connector = (answers: object, own: object = {}) =>
    plan('api', {
      kind: 'api',
      name: 'Acme',
      base_url: 'https://a.test',
      streams: [{ ...stream, ...own }],
      ...answers,
    });

  for (const [answers, message] of refused)
    it(`such as ${JSON.stringify(answers)}`, () => assert.rejects(connector(answers), message));

  it('also those of a stream, and statuses that mean no records', async () => {
    await assert.rejects(connector({}, rule({ status: 401, do: 'empty' })), /streams\[0\]\.errors\[0\]\.do.*401/);
    await assert.rejects(connector({}, { empty_statuses: [404, 429] }), /streams\[0\]\.empty_statuses.*429/);
  });

  it('but none that can', () =>
    connector(
      rule(
        { status: 404, path: 'a', do: 'empty' },
        { status: 404, path: 'b', equals: 'x', do: 'retry' },
        { status: 404, do: 'fail', message: 'x' },
        { status: 401, path: 'code', equals: 'none', do: 'empty' },
      ),
    ));
});
