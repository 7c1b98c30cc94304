import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Files, tar, zip } from '../framework/archives.ts';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { type Built, connectorOf, records } from './support.ts';

const stream = (name: string, more: object = {}) => ({
  ...{ name, path: `/${name}`, key_properties: ['id'], ...more },
  schema: { properties: { id: 'integer', name: 'string' } },
});
const JOB = { type: 'job', job_path: 'id', status_url: '/jobs/{job}', status_path: 'status', done: ['DONE'] };
const line = (id: number) => `${JSON.stringify({ id, name: 'é' })}\n`;
const packed = (files: Files) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, gzipSync(text)]));

const LINES: Files = { 'a/1.jsonl': line(1) + line(2), 'a/2.jsonl': line(3) };
const TABLES: Files = { '1.csv': 'id,name\n1,é\n2,\n', '2.csv': 'name,id\né,3\n' };

/** What the server has at each path. */
const PACKED: Readonly<Record<string, unknown>> = {
  '/plain': [1, 2, 3].map(id => ({ id })),
  '/lines': zip({ ...packed(LINES), 'README.txt': 'no lines' }),
  '/tables': gzipSync(tar(TABLES)),
  '/documents': zip({ a: '{"items": [{"id": 1}, {"id": 2}]}', b: '{"items": [{"id": 3}]}' }),
  '/trees': tar(
    packed({
      a: '<list><item><id>1</id></item><item><id>2</id></item></list>',
      b: '<list><item><id>3</id></item></list>',
    }),
  ),
  '/one': gzipSync(line(1) + line(2) + line(3)),
  '/made': { id: 7 },
  '/jobs/7': { status: 'DONE' },
  '/jobs/7/file': zip(TABLES),
};

const ARCHIVED = [
  stream('lines', { response_format: 'jsonl', archive: 'zip', archive_files: '*.jsonl' }),
  stream('tables', { response_format: 'csv', archive: 'tar' }),
  stream('documents', { archive: 'zip', records_path: 'items' }),
  stream('trees', { response_format: 'xml', archive: 'tar', records_path: 'list.item' }),
  stream('one', { response_format: 'jsonl', archive: 'gzip' }),
  stream('made', { response_format: 'csv', archive: 'zip', pagination: { ...JOB, result_url: '/jobs/{job}/file' } }),
];

describe('records that come in archives', function () {
  this.timeout(120_000);
  needsPython();
  let server: TestServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  /** Runs a connector against a server that gives nothing to whom it doesn't know. */
  const run = async ({ connector }: Built, instead: Readonly<Record<string, unknown>> = {}) => {
    server = await serve(({ pathname }, { headers }) => {
      if (pathname === '/token') return { body: { access_token: 'token-of-it', expires_in: 3600 } };
      if (headers.authorization !== 'Bearer token-of-it') return { status: 401 };
      return { body: instead[pathname] ?? PACKED[pathname] };
    });
    const secrets = { client_id: 'client-of-it', client_secret: 'secret-of-it' };
    const configured = connector.with({ port: new URL(server.url).port, ...secrets });
    return configured.run({ catalog: selectAll(await configured.catalog()) });
  };
  const auth = { type: 'oauth2_client_credentials', token_url: 'http://127.0.0.1:{port}/token' };

  it('are read file by file in any format, beside streams without, and so are those of jobs', async () => {
    const built = await connectorOf({ auth, streams: [stream('plain'), ...ARCHIVED] });
    const { checkout, generated } = built;
    const outcome = await run(built);
    assert.equal(outcome.exitCode, 0, outcome.error);
    for (const { name } of [stream('plain'), ...ARCHIVED])
      assert.deepEqual(
        records(outcome, name).map(({ id }) => id),
        [1, 2, 3],
        name,
      );
    assert.equal(records(outcome, 'lines')[2]?.name, 'é');
    assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    // What they are packed by has media types of many names.
    const accepted = server?.requests.find(({ url }) => url === '/lines')?.headers.accept;
    assert.equal(accepted, 'application/x-ndjson, application/jsonl, application/json, */*;q=0.8');
    assert.match(readFileSync(join(generated.folder, 'README.md'), 'utf8'), /`lines`.*zip.*`\*\.jsonl`/);
  });

  it('are read where every stream has them, by the connector itself', async () => {
    for (const one of ARCHIVED) {
      const { response_format, pagination, ...each } = {
        response_format: 'json',
        pagination: { type: 'none' },
        ...one,
      };
      const built = await connectorOf({ auth, response_format, pagination, streams: [each] });
      const outcome = await run(built);
      assert.deepEqual(
        records(outcome, one.name).map(({ id }) => id),
        [1, 2, 3],
        outcome.error,
      );
      const { checkout, generated } = built;
      assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
      const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
      assert.ok(passed, report);
      const own = readFileSync(join(generated.folder, 'streams', `${one.name}.py`), 'utf8');
      assert.doesNotMatch(own, /def get_pages/);
      await server?.close();
    }
  });

  it('end the run where a file is damaged, and tell which', async () => {
    const built = await connectorOf({ auth, streams: [ARCHIVED[0] as object] });
    const cut = { ...packed(LINES), 'a/2.jsonl': gzipSync(line(3)).subarray(0, -1) };
    const faults: readonly [unknown, RegExp][] = [
      [zip(cut), /lines: .*\/lines answered with a file, but 'a\/2\.jsonl' of it can not be read as JSON Lines: /],
      [zip(packed(LINES)).subarray(0, -30), /lines: .* it can not be read as JSON Lines: File is not a zip file/],
      [zip({ 'a.csv': '' }), /lines: .*the archive has no file like '\*\.jsonl', but \['a\.csv'\]/],
      [{ error: 'too much of it' }, /lines: .*File is not a zip file: too much of it/],
    ];
    for (const [body, message] of faults) {
      const outcome = await run(built, { '/lines': body });
      assert.equal(outcome.exitCode, 1);
      assert.match(String(outcome.error), message);
      await server?.close();
    }
  });

  it('are refused where there can be none', async () => {
    const refusals: readonly [object, RegExp][] = [
      [stream('a', { archive: 'rar' }), /streams\[0\]\.archive.*must be gzip, zip or tar/],
      [stream('a', { archive_files: '*' }), /archive_files.*has no use without archive: zip or tar/],
      [stream('a', { archive: 'gzip', archive_files: '*' }), /archive_files.*has no use without archive: zip or tar/],
      [stream('a', { archive: 'zip', archive_files: '[a]' }), /archive_files.*\* and \?/],
      [stream('a', { archive: 'zip', graphql: '{ a }', records_path: 'a' }), /archive.*beside graphql/],
      [stream('a', { archive: 'zip', pagination: { type: 'page' } }), /archive.*one of several pages.*type: none/],
      [stream('a', { archive: 'zip', pagination: JOB }), /archive.*beside the status of a job.*result_path/],
    ];
    for (const [answers, message] of refusals) await assert.rejects(connectorOf({ streams: [answers] }), message);
  });
});
