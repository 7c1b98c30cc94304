import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import { connectorOf, lastState, records } from './support.ts';

const JOB = { type: 'job', job_path: 'reportId', status_url: '/reports/{job}', status_path: 'status', done: ['DONE'] };
const STREAM = {
  ...{ name: 'orders', path: '/reports', method: 'POST', key_properties: ['id'] },
  schema: { properties: { id: 'integer', at: 'date-time' } },
};

describe('records that an API makes in jobs', function () {
  this.timeout(120_000);
  needsPython();
  let server: TestServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('are asked for, waited for and fetched, and then what is new', async () => {
    const { generated, connector } = await connectorOf({
      pagination: {
        ...{ ...JOB, failed: ['FATAL'], result_path: 'document', result_url: '/documents/{result}' },
        ...{ download_path: 'url', poll_seconds: 1 },
      },
      streams: [
        {
          ...STREAM,
          response_format: 'csv',
          body: { kind: 'orders' },
          replication_key: 'at',
          bookmark_param: 'from',
          params_in: 'body',
        },
      ],
    });
    assert.deepEqual(await flake8(generated.folder), []);
    let polls = 0;
    let state = 'DONE';
    server = await serve(({ pathname, origin }) => {
      if (pathname === '/reports') return { status: 202, body: { reportId: 'r 1' } };
      if (pathname === '/reports/r%201') return { body: { status: polls++ % 2 ? state : 'IN_QUEUE', document: 5 } };
      if (pathname === '/documents/5') return { body: { url: `${origin}/files/orders.csv?signature=s` } };
      return { body: 'id,at\n1,2024-01-01T00:00:00Z\n2,2024-01-02T00:00:00Z\n' };
    });
    const configured = connector.with({ port: new URL(server.url).port });
    const catalog = selectAll(await configured.catalog());
    const first = await configured.run({ catalog });
    assert.equal(first.exitCode, 0, first.error);
    assert.deepEqual(
      records(first, 'orders').map(({ id }) => id),
      [1, 2],
    );
    assert.deepEqual(
      server.requests.map(({ method, url }) => `${method} ${url}`),
      [
        'POST /reports',
        'GET /reports/r%201',
        'GET /reports/r%201',
        'GET /documents/5',
        'GET /files/orders.csv?signature=s',
      ],
    );
    // What it makes is preferred, and what is said of it is JSON.
    assert.equal(server.requests[0]?.headers.accept, 'text/csv, application/json;q=0.9');
    const second = await configured.run({ catalog, state: lastState(first) });
    assert.deepEqual(
      records(second, 'orders').map(({ id }) => id),
      [2],
      second.error,
    );
    state = 'FATAL';
    const failed = await configured.run({ catalog });
    assert.equal(failed.exitCode, 1);
    assert.match(failed.error ?? '', /orders: the job ended as FATAL/);
    assert.match(
      readFileSync(join(generated.folder, 'README.md'), 'utf8'),
      /made in a job.*asked about every 1 seconds/,
    );
  });

  it('are refused where the answers leave the job or its result open', async () => {
    const refusals: readonly [object, RegExp][] = [
      [{ status_url: '/reports' }, /status_url.*has no \{job\}/],
      [{ status_url: '/{kind}/{job}' }, /status_url.*has \{kind\}/],
      [{ status_url: '/x?y={job}' }, /status_url.*must be a path/],
      [{ result_url: '/{result}' }, /result_path.*is missing/],
      [{ result_url: '/x', result_path: 'a' }, /result_url.*has no \{result\}/],
      [{ download_path: 'url' }, /download_path.*has no use without a result_url/],
      [{ failed: ['DONE'] }, /failed.*has DONE, as done has/],
      [{ done: [] }, /done/],
    ];
    const ofStreams: readonly [object, RegExp][] = [
      [{ headers: { A: 'b' } }, /orders has headers of its own/],
      [{ graphql: '{ a }', records_path: 'a' }, /orders has a GraphQL query/],
    ];
    for (const [more, message] of ofStreams)
      await assert.rejects(connectorOf({ pagination: JOB, streams: [{ ...STREAM, ...more }] }), message);
    for (const [more, message] of refusals)
      await assert.rejects(connectorOf({ pagination: { ...JOB, ...more }, streams: [STREAM] }), message);
  });
});
