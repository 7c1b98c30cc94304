import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inWriteOrder } from '../../src/changes/writing/order.ts';
import { writeAll } from '../../src/changes/writing/write.ts';
import type { ConnectorRun } from '../../src/connector/run.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { readAnswer } from '../framework/output.ts';
import { apply, type Generated, generate, plan, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';
import { killedAt } from '../support/killed.ts';

const schema = { properties: { id: 'integer', good: 'boolean', updated_at: 'date-time' } };
const stream = (name: string, more = {}) => ({ name, path: `/${name}`, key_properties: ['id'], schema, ...more });
const answers = {
  kind: 'api',
  name: 'Acme CRM',
  base_url: 'https://api.acme.test',
  auth: { type: 'bearer' },
  streams: [
    stream('tags'),
    stream('teams', { method: 'POST', path: '/graphql', graphql: '{ teams { id } }', records_path: 'data.teams' }),
  ],
};
const GROWN = { streams: [stream('deals', { replication_key: 'updated_at', pagination: { type: 'page' } })] };
const CHANGED = {
  ...answers,
  description: 'Other.',
  auth: { type: 'basic' },
  pagination: { type: 'cursor', cursor_param: 'after', cursor_header: 'X-Next', has_more_path: 'meta.more' },
  streams: [stream('tags', { schema: { properties: { id: 'integer', color: 'string' } } }), stream('teams')],
};

/**
 * Every file is written whole or not at all (test/stream/interrupted.test.ts kills a process at each of the writes), so a run
 * that was killed has made the first of its changes.
 */
describe('a run that was killed', () => {
  let checkout: ReturnType<typeof workspaceCheckout>;
  let connector: Generated;
  let backup: string;
  const edit = (path: string, change: (text: string) => string) => {
    const file = join(connector.folder, path);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };

  before(async () => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    connector = await generate('api', answers, { cwd: checkout.root });
    edit('client.py', text => `${text}\n# Mine.\n`);
    edit('streams/__init__.py', text => `# Mine.\n${text}`);
    edit('README.md', text => text.replaceAll('\n', '\r\n'));
    edit('schemas/tags.json', text => text.replaceAll('  ', '\t'));
    backup = temporaryFolder();
    cpSync(checkout.root, backup, { recursive: true });
  });

  const restored = () => {
    rmSync(checkout.root, { recursive: true });
    cpSync(backup, checkout.root, { recursive: true });
  };

  /** Makes the first changes of a run, for each number of them; `left` looks at what that leaves. */
  async function survives(run: () => Promise<ConnectorRun>, left: () => Promise<void> = async () => {}): Promise<void> {
    restored();
    const first = await run();
    assert.deepEqual(
      first.changes.filter(({ ask }) => ask),
      [],
    );
    const writes = inWriteOrder(first.changes, connector.folder);
    writeAll(connector.folder, writes);
    const whole = tree(checkout.root);
    assert.ok(writes.length > 5);
    for (let count = 0; count < writes.length; count += 1) {
      restored();
      writeAll(connector.folder, writes.slice(0, count));
      await left();
      await apply((await run()).changes);
      assert.deepEqual(tree(checkout.root), whole, `after ${count} of ${writes.length} changes`);
    }
  }

  describe('and what it left', function () {
    this.timeout(300_000);
    needsPython();

    async function hasBoth(): Promise<void> {
      const place = new Connector({ checkout, folder: connector.folder, config: {} });
      const found = readAnswer(await place.discoverStreams()) as { tap_stream_id: string }[];
      const names = found.map(other => other.tap_stream_id);
      for (const name of ['tags', 'teams']) assert.ok(names.includes(name), `${name} is not in ${names}`);
    }

    it('is completed by the next one, and the streams of before are discovered meanwhile: another stream', () =>
      survives(() => plan('api', GROWN, { cwd: connector.folder, addsOnly: true }), hasBoth));

    it('is completed by the next one, and the streams of before are discovered meanwhile: changed answers', () =>
      survives(() => plan('api', CHANGED, { cwd: connector.folder }), hasBoth));
  });
});

/** Answers of one connector: each asks of a module what another doesn't, when it is imported or discovered. */
const MOMENTS = { replication_key: 'updated_at' };
const OTHERS: Readonly<Record<string, object>> = {
  plain: {},
  'moments and a cursor': {
    pagination: { type: 'cursor', cursor_header: 'X-Next', has_more_path: 'more' },
    auth: { type: 'api_key', in: 'header', name: 'X-Api-Key' },
    streams: [stream('tags', MOMENTS), stream('teams', { ...MOMENTS, bookmark_param: 'since' })],
  },
  'pages of their own': {
    streams: [
      stream('tags', { pagination: { type: 'next_url', next_url_path: 'next' }, records_path: 'data' }),
      stream('teams', { pagination: { type: 'cursor', cursor_path: 'next' }, records_path: 'data' }),
    ],
  },
  'a query and a counter': {
    streams: [
      stream('tags', { graphql: '{ tags { id } }', records_path: 'data.tags' }),
      stream('teams', { replication_key: 'id', bookmark_format: 'integer', records_in: 'object' }),
    ],
  },
  'a parent and text': {
    response_format: 'csv',
    streams: [
      stream('tags'),
      stream('teams', { path: '/{tag}/teams', parent: { stream: 'tags', field: 'id', as: 'tag' }, ...MOMENTS }),
    ],
  },
};

describe('a connector whose answers were being changed when the run was killed', function () {
  this.timeout(300_000);
  needsPython();
  const given = (name: string) => ({
    kind: 'api',
    name: 'Acme CRM',
    base_url: 'https://api.acme.test',
    streams: [stream('tags'), stream('teams')],
    ...OTHERS[name],
  });

  for (const from of Object.keys(OTHERS))
    for (const to of Object.keys(OTHERS).filter(name => name !== from))
      it(`has its streams after each write, and becomes what was asked for: from ${from} to ${to}`, async () => {
        const { checkout, connector, backup } = await made(from);
        const { folder } = connector;
        const planned = async () => {
          const run = await plan('api', given(to), { cwd: folder });
          assert.ok(!run.changes.some(({ ask }) => ask));
          return inWriteOrder(run.changes, folder);
        };
        const writes = await planned();
        writeAll(folder, writes);
        const whole = tree(checkout.root);
        assert.ok(!JSON.stringify(whole).includes('Until all modules'));
        for (let count = 1; count < writes.length; count += 1) {
          rmSync(checkout.root, { recursive: true });
          cpSync(backup, checkout.root, { recursive: true });
          writeAll(folder, writes.slice(0, count));
          const found = readAnswer(await new Connector({ checkout, folder, config: {} }).discoverStreams());
          assert.equal((found as unknown[]).length, 2, writes[count - 1]?.path);
          writeAll(folder, await planned());
          assert.deepEqual(tree(checkout.root), whole, `after ${count} of ${writes.length} writes`);
        }
      });

  it('has its streams, and whole files, wherever in the command that was', async () => {
    const { checkout, connector, backup } = await made('pages of their own');
    const { folder } = connector;
    const file = join(temporaryFolder(), 'answers.json');
    writeFileSync(file, JSON.stringify(given('a query and a counter')));
    const run = (last: number) => killedAt(last, checkout.root, ['--answers', file], folder);
    assert.equal(run(0), false);
    const whole = tree(checkout.root);
    let kills = 0;
    for (let last = 1; ; last += 1) {
      rmSync(checkout.root, { recursive: true });
      cpSync(backup, checkout.root, { recursive: true });
      if (!run(last)) break;
      kills += 1;
      const found = readAnswer(await new Connector({ checkout, folder, config: {} }).discoverStreams());
      assert.equal((found as unknown[]).length, 2, `at write ${last}`);
      assert.equal(run(0), false);
      assert.deepEqual(tree(checkout.root), whole, `at write ${last}`);
    }
    // Each file's text, and the name that it takes; one of the files has a text for the meantime.
    assert.ok(kills >= 2 * 6, `${kills} kills`);
  });

  async function made(from: string) {
    const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    const connector = await generate('api', given(from), { cwd: checkout.root });
    const backup = temporaryFolder();
    cpSync(checkout.root, backup, { recursive: true });
    return { checkout, connector, backup };
  }
});
