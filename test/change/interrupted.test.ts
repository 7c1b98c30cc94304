import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedRun } from '../../generators/common/run.ts';
import { inWriteOrder } from '../../generators/common/write-order.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { readAnswer } from '../framework/output.ts';
import { apply, type Generated, generate, plan, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';

const schema = { properties: { id: 'integer', updated_at: 'date-time' } };
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
  async function survives(run: () => Promise<PlannedRun>, left: () => Promise<void> = async () => {}): Promise<void> {
    restored();
    const first = await run();
    assert.deepEqual(
      first.changes.filter(({ ask }) => ask),
      [],
    );
    const changes = inWriteOrder(first.changes, connector.folder).filter(
      ({ before, content, removed }) => removed || before !== content,
    );
    await apply(changes);
    const whole = tree(checkout.root);
    assert.ok(changes.length > 5);
    for (let count = 0; count < changes.length; count += 1) {
      restored();
      await apply(changes.slice(0, count));
      await left();
      await apply((await run()).changes);
      assert.deepEqual(tree(checkout.root), whole, `after ${count} of ${changes.length} changes`);
    }
  }

  it('is completed by the next one: changed answers', () =>
    survives(() => plan('api', CHANGED, { cwd: connector.folder })));

  describe('while it adds a stream', function () {
    this.timeout(120_000);
    needsPython();

    it('is completed by the next one, and the streams of before are discovered meanwhile: another stream', async () => {
      const discovered = async () => {
        const found = readAnswer(
          await new Connector({ checkout, folder: connector.folder, config: {} }).discoverStreams(),
        );
        return (found as { tap_stream_id: string }[]).map(other => other.tap_stream_id);
      };
      await survives(
        () => plan('api', GROWN, { cwd: connector.folder, addsOnly: true }),
        async () => {
          const names = await discovered();
          for (const name of ['tags', 'teams']) assert.ok(names.includes(name), `${name} is not in ${names}`);
        },
      );
    });
  });
});
