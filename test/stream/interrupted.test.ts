import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { planRemoval, planRename, type StreamRun } from '../../generators/stream/plan.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { readAnswer } from '../framework/output.ts';
import { temporaryFolder } from '../support/generate.ts';
import { add, answersFor, FORMS, type Form, place, planFor, tree, write } from './connectors.ts';

/** A process that makes these changes and is killed by SIGKILL at the system call of the n-th change. */
const WRITER = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { folder, files, last, when } = JSON.parse(process.env.CHANGES);
let count = 0;
for (const name of ['renameSync', 'rmSync', 'writeFileSync']) {
  const original = fs[name];
  fs[name] = (...args) => {
    const isFile = name !== 'rmSync' || files.some(({ path }) => path === args[0]);
    if (isFile && ++count === last && when === 'before') process.kill(process.pid, 'SIGKILL');
    if (isFile && count === last && name === 'writeFileSync') original(args[0], args[1].slice(0, args[1].length / 2));
    else original(...args);
    if (isFile && count === last) process.kill(process.pid, 'SIGKILL');
  };
}
syncBuiltinESMExports();
const { writeInOrder } = await import(process.env.MODULE);
writeInOrder(folder, files.map(({ path, content }) => ({ path, content })));
`;

/** Makes the changes in a process that is killed at the n-th system call that writes; false if it ended before that. */
function killedAt(last: number, when: 'before' | 'after', { folder, changes }: StreamRun): boolean {
  const files = changes
    .filter(({ before, content, removed }) => removed || before !== content)
    .map(({ path, content, removed }) => ({ path, content: removed ? undefined : content }));
  const MODULE = pathToFileURL(join(import.meta.dirname, '../../generators/common/write-in-order.ts')).href;
  const CHANGES = JSON.stringify({ folder, files, last, when });
  const { signal, stderr } = spawnSync(process.execPath, ['--import', 'tsx/esm', '--input-type=module', '-e', WRITER], {
    env: { ...process.env, MODULE, CHANGES },
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  return signal === 'SIGKILL';
}

describe('stream, killed while it writes', function () {
  this.timeout(300_000);
  needsPython();
  let checkout: Checkout;
  before(() => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
  });

  const discovered = async (folder: string) => {
    const connector = new Connector({ checkout, folder, config: { folder: '/nowhere', site: 'acme' } });
    const found = readAnswer(await connector.discoverStreams()) as { tap_stream_id: string }[];
    return found.map(stream => stream.tap_stream_id).sort();
  };

  /** Kills the run at each of its writes: what is discovered is from before or after it, and a second run completes it. */
  async function survives(
    form: Form,
    prepare: (folder: string) => Promise<void>,
    plan: (folder: string) => Promise<StreamRun>,
    isDiscovered = true,
  ) {
    const fresh = async () => {
      const folder = place(form, checkout.sources);
      await prepare(folder);
      return folder;
    };
    const folder = await fresh();
    const before = await discovered(folder);
    write(await plan(folder));
    const [after, whole] = [await discovered(folder), tree(folder)];
    let kills = 0;
    for (let at = 2; ; at += 1) {
      const again = await fresh();
      if (!killedAt(Math.floor(at / 2), at % 2 ? 'after' : 'before', await plan(again))) break;
      kills += 1;
      const found = isDiscovered ? await discovered(again) : before;
      for (const name of before.filter(other => after.includes(other)))
        assert.ok(found.includes(name), `${name} is gone`);
      const rest = await plan(again).catch(error => error as Error);
      if (!(rest instanceof Error)) killedAt(1000, 'after', rest);
      const left = tree(again);
      delete left['.mage-connector.tmp'];
      assert.deepEqual(left, whole);
    }
    assert.ok(kills >= 4, `${kills} kills`);
  }

  for (const form of FORMS)
    it(`adds to ${form}`, () =>
      survives(
        form,
        async () => {},
        folder => planFor(folder, [answersFor(form)]),
      ));

  for (const form of ['tables', 'plans', 'graph'] as const) {
    const prepare = async (folder: string) => void (await add(folder, [answersFor(form)]));
    it(`takes out of ${form}`, () => survives(form, prepare, async folder => planRemoval(folder, 'refunds', false)));
  }

  it('renames in ids', () =>
    survives(
      'ids',
      async () => {},
      async folder => planRename(folder, 'orders', 'zones'),
      false,
    ));

  it('leaves no file behind', async () => {
    const folder = place('tables', temporaryFolder());
    writeFileSync(join(folder, '.mage-connector.tmp'), 'half');
    assert.equal(killedAt(1000, 'after', await planFor(folder, [answersFor('tables')])), false);
    assert.equal(existsSync(join(folder, '.mage-connector.tmp')), false);
  });
});
