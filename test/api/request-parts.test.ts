import assert from 'node:assert/strict';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { plan, temporaryFolder } from '../support/generate.ts';
import { connectorOf, ids, items, lastState, SCHEMA } from './support.ts';
import { Redirect, type Sent, type TextServer, textServer } from './text-server.ts';

const FORM = 'application/x-www-form-urlencoded';
const stream = (name: string, more: object) => ({
  name,
  path: `/${name}`,
  key_properties: ['id'],
  schema: SCHEMA,
  ...more,
});
const EACH = { _json: ['a', '{kind}'], n: [1, true], flag: false, price: 1.5 };

describe('the parts of requests', function () {
  this.timeout(120_000);
  needsPython();
  const servers: TextServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map(server => server.close())));

  const serve = async (answer: (sent: Sent) => unknown = () => items(2)) => {
    servers.push(await textServer(answer));
    return servers.at(-1) as TextServer;
  };

  /** What a connector sends in a run, after its own tests have passed. */
  const sentBy = async (answers: object, config: object = {}, answer?: (sent: Sent) => unknown) => {
    const { checkout, connector, generated } = await connectorOf(answers);
    assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    const server = await serve(answer);
    const over = connector.with({ port: server.port, ...config });
    const catalog = selectAll(await over.catalog());
    const run = async (state?: unknown) => {
      server.sent.length = 0;
      const outcome = await over.run({ catalog, state });
      assert.equal(outcome.exitCode, 0, outcome.error);
      return { outcome, sent: [...server.sent] };
    };
    return { ...(await run()), run };
  };

  it('have a parameter several times, and truth values as JSON writes them', async () => {
    const { sent } = await sentBy({ streams: [stream('items', { params: EACH })] }, { kind: 'b' });
    assert.deepEqual(sent[0]?.params, [
      ['_json', 'a'],
      ['_json', 'b'],
      ['n', '1'],
      ['n', 'true'],
      ['flag', 'false'],
      ['price', '1.5'],
    ]);
  });

  it('keep the types of values in JSON', async () => {
    const answers = { streams: [stream('items', { params_in: 'body', params: { ...EACH, 'a.b': 2 } })] };
    const { sent } = await sentBy(answers, { kind: 'b' });
    assert.deepEqual(JSON.parse(String(sent[0]?.body)), {
      _json: ['a', 'b'],
      n: [1, true],
      flag: false,
      price: 1.5,
      a: { b: 2 },
    });
  });

  it('are a form, also beside JSON, with the key that authenticates', async () => {
    const answers = {
      auth: { type: 'api_key', in: 'body', name: 'key' },
      pagination: { type: 'page' },
      streams: [
        stream('formed', {
          body_as: 'form',
          body: { kind: '{kind}', tags: ['x', 'y z'], on: true },
          params_in: 'body',
          params: { 'page.no': '{page}', 'since[]': '{since:epoch}' },
          replication_key: 'updated_at',
        }),
        stream('json', { method: 'POST', body: { on: true }, params_in: 'body' }),
      ],
    };
    const once = (sent: Sent) => (/page\.no=1&|"page": 1/.test(sent.body) ? items(2) : []);
    const config = { kind: 'a&b', api_key: 'k', start_date: '2024-01-01' };
    const { sent } = await sentBy(answers, config, once);
    const [formed, json] = ['/formed', '/json'].map(path => sent.find(each => each.path === path));
    assert.equal(formed?.type, FORM);
    assert.deepEqual(
      [...new URLSearchParams(formed?.body)],
      [
        ['kind', 'a&b'],
        ['tags', 'x'],
        ['tags', 'y z'],
        ['on', 'true'],
        ['page.no', '1'],
        ['since[]', String(Date.UTC(2024, 0, 1) / 1000 - 1)],
        ['key', 'k'],
      ],
    );
    assert.equal(json?.type, 'application/json');
    assert.deepEqual(JSON.parse(String(json?.body)), { on: true, page: 1, key: 'k' });
  });

  it('are variables of GraphQL', async () => {
    const query = 'query ($since: Int, $kind: String) { items { id } }';
    const graphql = { graphql: query, variables: { since: '{since:epoch}', kind: '{kind}', deep: [{ n: 1 }] } };
    const answers = {
      streams: [stream('items', { ...graphql, records_path: 'data.items', replication_key: 'updated_at' })],
    };
    const config = { kind: '{x}', start_date: '2024-01-01' };
    const { sent } = await sentBy(answers, config, () => ({ data: { items: items(2) } }));
    assert.deepEqual(JSON.parse(String(sent[0]?.body)), {
      query: `${query}\n`,
      variables: { since: Date.UTC(2024, 0, 1) / 1000 - 1, kind: '{x}', deep: [{ n: 1 }] },
    });
  });

  it('are headers of one stream, left out where what they name has no value', async () => {
    const streams = [
      stream('plain', {}),
      stream('headed', {
        headers: {
          'X-Of-All': 'own',
          'X-Kind': '{kind}',
          'If-Modified-Since': '{since:%a, %d %b %Y %H:%M:%S GMT}',
          'X-Page': '{{}}{page}',
        },
        pagination: { type: 'page' },
        replication_key: 'updated_at',
      }),
    ];
    const answers = { headers: { 'X-Of-All': 'all {kind}' }, streams };
    const once = (sent: Sent) => (sent.headers['x-page'] === '{}2' ? [] : items(2));
    const { sent, outcome, run } = await sentBy(answers, { kind: '{x}' }, once);
    const seen = (all: readonly Sent[], path: string) =>
      all
        .filter(each => each.path === path)
        .map(({ headers }) => ['x-of-all', 'x-kind', 'if-modified-since', 'x-page'].map(name => headers[name]));
    assert.deepEqual(seen(sent, '/plain'), [['all {x}', undefined, undefined, undefined]]);
    assert.deepEqual(seen(sent, '/headed'), [
      ['own', '{x}', undefined, '{}1'],
      ['own', '{x}', undefined, '{}2'],
    ]);
    const again = await run(lastState(outcome));
    assert.deepEqual(seen(again.sent, '/headed')[0], [
      'own',
      '{x}',
      'Mon, 01 Jan 2024 00:02:00 GMT'.replace('02:00', '01:59'),
      '{}1',
    ]);
  });

  it('go to the host of one stream, with what authenticates them, and sent on without it', async () => {
    const elsewhere = await serve();
    const other = await serve(() => new Redirect(`http://localhost:${elsewhere.port}/on`));
    const auth = { type: 'api_key', in: 'header', name: 'X-Key' };
    const streams = [
      stream('here', {}),
      stream('there', { base_url: 'http://127.0.0.1:{other}/v2/', headers: { 'X-Secret': '{token}' } }),
    ];
    const config = [{ name: 'token', secret: true }];
    const { connector } = await connectorOf({ auth, config, streams });
    const { port } = await serve();
    const over = connector.with({ port, other: other.port, api_key: 'k', token: 't' });
    const outcome = await over.run({ catalog: selectAll(await over.catalog()) });
    assert.deepEqual(
      [ids(outcome, 'here'), ids(outcome, 'there')],
      [
        [1, 2],
        [1, 2],
      ],
      outcome.error,
    );
    assert.deepEqual(
      other.sent.map(({ path, headers }) => [path, headers['x-key'], headers['x-secret']]),
      [['/v2/there', 'k', 't']],
    );
    assert.deepEqual(
      elsewhere.sent.map(({ path, headers }) => [path, headers['x-key'], headers['x-secret']]),
      [['/on', undefined, undefined]],
    );
  });

  it('have the cursor where a text has it, though the other streams have it in the body', async () => {
    const answers = {
      pagination: { type: 'cursor', cursor_param: 'cursor', cursor_path: 'next', cursor_in: 'body' },
      streams: [
        stream('items', { records_path: 'data', params: { after: '{cursor}' } }),
        stream('others', { records_path: 'data', method: 'POST' }),
      ],
    };
    const { sent } = await sentBy(answers, {}, ({ params, body }) =>
      params.some(([name]) => name === 'after') || body.includes('cursor')
        ? { data: items(2).slice(1) }
        : { data: items(1), next: 'b' },
    );
    assert.deepEqual(sent.map(({ path, params, body }) => [path, ...params.flat(), body]).sort(), [
      ['/items', ''],
      ['/items', 'after', 'b', ''],
      ['/others', '{"cursor": "b"}'],
      ['/others', '{}'],
    ]);
  });

  it('are refused where they have no place', async () => {
    for (const [more, fault] of [
      [{ body_as: 'form', body: { a: { b: 1 } } }, 'body, line 1: has something nested at a'],
      [{ body_as: 'form', graphql: '{a}' }, 'body_as, line 1: has no place beside graphql'],
      [{ body_as: 'form', method: 'GET' }, 'body_as, line 1: a GET request has no body'],
      [{ variables: {} }, 'variables, line 1: has no use without graphql'],
      [{ graphql: '{a}', variables: {}, body: { variables: {} } }, 'variables, line 1: stands in body as well'],
      [{ headers: { 'X-Api-Key': 'abc' } }, 'headers.X-Api-Key, line 1: looks like a secret'],
      [{ headers: { 'a b': 'c' } }, 'is no name that a header can have'],
      [{ headers: { a: '{B}' } }, 'headers.a, line 1: has {B}: a name in braces'],
      [{ base_url: 'ftp://a.test' }, 'base_url, line 1: must be an address'],
      [{ params: { a: [{}] } }, 'must be text, a number, true/false or a list of these'],
    ] as const) {
      const answers = { kind: 'api', name: 'Acme', base_url: 'https://a.test', streams: [stream('items', more)] };
      await assert.rejects(plan('api', answers, { cwd: temporaryFolder() }), ({ message }: Error) => {
        assert.ok(message.includes(fault), message);
        return true;
      });
    }
  });
});
