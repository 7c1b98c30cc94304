import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { inWriteOrder } from '../../src/changes/writing/order.ts';
import { writeAll } from '../../src/changes/writing/write.ts';
import { planRemoval, planRename, type StreamRun } from '../../src/streams/plan.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { readAnswer } from '../framework/output.ts';
import { plan as planRun, temporaryFolder } from '../support/generate.ts';
import { add, answersFor, FORMS, type Form, place, planFor, tree, write } from './connectors.ts';
import { generateOurs, planOurs, STREAMS } from './our-connectors.ts';
import { VARIANTS, type Variant } from './variants.ts';

/** A process that makes these changes and is killed by SIGKILL at the system call of the n-th change. */
const WRITER = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { folder, files, last } = JSON.parse(process.env.CHANGES);
let count = 0;
for (const name of ['renameSync', 'rmSync', 'writeFileSync']) {
  const original = fs[name];
  fs[name] = (...args) => {
    const isFile = name !== 'rmSync' || files.some(({ path, content }) => content === undefined && path === args[0]);
    if (isFile) count += 1;
    if (isFile && count === last && name === 'writeFileSync') original(args[0], args[1].slice(0, args[1].length / 2));
    else original(...args);
    if (isFile && count === last) process.kill(process.pid, 'SIGKILL');
  };
}
syncBuiltinESMExports();
const { writeAll } = await import(process.env.MODULE);
writeAll(folder, files);
`;

/** Makes the changes in a process that is killed in the n-th system call that writes, or behind it; false if it ended before that. */
function killedAt(last: number, run: StreamRun): boolean {
  const { folder, writes: files } = run;
  const MODULE = pathToFileURL(join(import.meta.dirname, '../../src/changes/writing/write.ts')).href;
  const CHANGES = JSON.stringify({ folder, files, last });
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
  async function survives(fresh: () => Promise<string>, plan: (folder: string) => Promise<StreamRun>, least = 4) {
    const folder = await fresh();
    const before = await discovered(folder);
    write(await plan(folder));
    const [after, whole] = [await discovered(folder), tree(folder)];
    let kills = 0;
    for (let at = 1; ; at += 1) {
      const again = await fresh();
      if (!killedAt(at, await plan(again))) break;
      kills += 1;
      const found = await discovered(again);
      assert.ok(
        [before, after].some(names => isDeepStrictEqual(names, found)),
        `${found} at ${at}`,
      );
      const rest = await plan(again).catch(error => error as Error);
      if (!(rest instanceof Error)) writeAll(again, rest.writes);
      const left = tree(again);
      delete left['.mage-connector.tmp'];
      assert.deepEqual(left, whole);
    }
    assert.ok(kills >= least, `${kills} kills`);
  }

  const placed = (form: Form, variant?: Variant) => async () => place(form, checkout.sources, variant);

  for (const form of FORMS) {
    it(`adds to ${form}`, () => survives(placed(form), folder => planFor(folder, [answersFor(form)])));

    const last = form === 'graph' ? 'teams' : 'orders';
    it(`renames in ${form}`, () => survives(placed(form), async folder => planRename(folder, last, 'zones')));
  }

  for (const form of ['tables', 'plans', 'graph'] as const)
    it(`takes out of ${form}`, () =>
      survives(
        async () => {
          const folder = place(form, checkout.sources);
          await add(folder, [answersFor(form)]);
          return folder;
        },
        async folder => planRemoval(folder, 'refunds', false),
        // Of one module, the registry and the class are one write.
        form === 'graph' ? 3 : 4,
      ));

  it('renames where others use the class and the registry is built of another', () => {
    const other = VARIANTS['with a registry in another'] as Variant;
    const used: Variant = (text, path) => {
      const first = other(text, path);
      return path === '__init__.py' ? first.replace('streams import STREAMS', 'streams import STREAMS, Orders') : first;
    };
    return survives(placed('records', used), async folder => planRename(folder, 'orders', 'zones'));
  });

  for (const kind of ['api', 'file'] as const)
    it(`adds to a connector of ours (${kind})`, () => {
      const [added, ...streams] = STREAMS[kind];
      return survives(
        async () => (await generateOurs(kind, streams)).folder,
        async connector => {
          const input = { cwd: connector, addsOnly: true, options: { connector } };
          const { changes } = await planRun(kind, { streams: [added] }, input);
          return { folder: connector, changes, writes: inWriteOrder(changes, connector), notes: [], byHand: [] };
        },
      );
    });

  for (const kind of ['api', 'file'] as const)
    for (const renamed of ['zones', undefined])
      it(`${renamed ? 'renames in' : 'takes out of'} a connector of ours (${kind})`, () =>
        survives(
          async () => (await generateOurs(kind)).folder,
          async folder => planOurs(folder, 'deals', renamed),
        ));

  it('leaves no file behind', async () => {
    const folder = place('tables', temporaryFolder());
    writeFileSync(join(folder, '.mage-connector.tmp'), 'half');
    assert.equal(killedAt(1000, await planFor(folder, [answersFor('tables')])), false);
    assert.equal(existsSync(join(folder, '.mage-connector.tmp')), false);
  });
});
