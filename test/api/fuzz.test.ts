import assert from 'node:assert/strict';
import { join } from 'node:path';
import { workspaceCheckout } from '../framework/checkout.ts';
import { needsPython } from '../framework/needs.ts';
import { pythonFor, withPythonPath } from '../framework/python.ts';
import { runPython } from '../framework/run-python.ts';
import { generate, temporaryFolder } from '../support/generate.ts';
import { FIXED } from '../support/properties.ts';

const PAGINATIONS: Readonly<Record<string, object>> = {
  none: { type: 'none' },
  page: { type: 'page' },
  pages: { type: 'page', total_pages_path: 'meta.pages' },
  offset: { type: 'offset' },
  total: { type: 'offset', total_path: 'meta.total' },
  cursor: { type: 'cursor', cursor_path: 'meta.next' },
  next_url: { type: 'next_url', next_url_path: 'links.next' },
  link: { type: 'link_header' },
  keyset: { type: 'keyset' },
  has_more: { type: 'page', has_more_path: 'more' },
};

const REPLICATIONS: Readonly<Record<string, object>> = {
  full: {},
  client: { replication_key: 'updated_at' },
  server: { replication_key: 'updated_at', bookmark_param: 'since' },
  windows: {
    replication_key: 'updated_at',
    bookmark_param: 'since',
    bookmark_end_param: 'until',
    window_days: 365,
  },
};

const FOLDER = join(import.meta.dirname, 'fuzz');

/** RUN is one run alone, RUNS how many there are. */
const { SEED = String(FIXED), RUNS = '300', RUN } = process.env;
const seed = SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(SEED);
const runs: readonly [number, number] = RUN === undefined ? [0, Number(RUNS)] : [Number(RUN), Number(RUN) + 1];

// Against a run without end alone: a busy machine takes its time.
const LIMIT = 300_000 + 1000 * Number(RUNS);

describe('connectors and servers of random habits', function () {
  this.timeout(LIMIT + 60_000);
  needsPython();

  it('give all rows, each once and in its newest version, or an error that names the stream', async () => {
    const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    const connectors: object[] = [];
    for (const [pagination, paging] of Object.entries(PAGINATIONS))
      for (const [replication, bookmark] of Object.entries(REPLICATIONS)) {
        const module = `fuzz_${pagination}_${replication}`;
        const stream = { name: 'things', path: '/things', records_path: 'result.data', key_properties: ['id'] };
        const schema = { properties: { id: 'integer', name: 'string', updated_at: 'date-time' } };
        const answers = { name: module, uuid: module, base_url: 'http://127.0.0.1:{port}', pagination: paging };
        await generate('api', { ...answers, streams: [{ ...stream, schema, ...bookmark }] }, { cwd: checkout.root });
        connectors.push({ module, pagination, replication });
      }
    const python = await pythonFor(checkout.packages);
    if ('missing' in python) throw new Error(python.missing);
    const env = withPythonPath(python.env, [checkout.singer, join(checkout.root, 'mage_integrations'), FOLDER]);
    const options = JSON.stringify({ connectors, seed, runs });
    const { exitCode, stdout, stderr } = await runPython(python, [join(FOLDER, 'fuzz.py'), options], {
      env,
      timeLimit: LIMIT,
    });
    assert.equal(exitCode, 0, stderr);
    const { failures, struck } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    assert.deepEqual(failures, [], `SEED=${seed}, and RUN=… for one of them`);
    if (runs[1] - runs[0] >= 300)
      assert.equal(Object.keys(struck).length, 11, `not every fault came: ${JSON.stringify(struck)}`);
  });
});
