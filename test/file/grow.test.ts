import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/base/problems.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { type Generated, generate, plan, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';
import { folderWith, read, records } from './support.ts';

const ORDERS = {
  name: 'orders',
  path: 'orders.csv',
  key_properties: ['id'],
  schema: { properties: { id: 'integer' } },
};
const VISITS = { ...ORDERS, name: 'visits', path: 'visits.csv' };
const CLIENTS = {
  ...ORDERS,
  name: 'clients',
  path: `${'very '.repeat(20)}long path of 'clients'.csv`,
  key_properties: [],
};
const CHANGES = { ...VISITS, replication_key: 'id' };
const REGIONS = { ...VISITS, path: '{region}.csv' };
const connector = (...streams: object[]) => ({ kind: 'file', name: 'Growing', format: 'csv', streams });

describe('a connector of files that grows', function () {
  this.timeout(120_000);
  needsPython();

  const start = (...streams: object[]) => generate('file', connector(...streams), { cwd: temporaryFolder() });
  const add = ({ folder }: Generated, ...streams: object[]) =>
    generate('file', { streams }, { cwd: folder, addsOnly: true });
  const module = ({ folder }: Generated) => join(folder, '__init__.py');
  const edit = (made: Generated, change: (text: string) => string) =>
    writeFileSync(module(made), change(readFileSync(module(made), 'utf8')));

  it('becomes what it would have been from the start, in any order', async () => {
    const whole = tree((await start(CLIENTS, ORDERS, CHANGES)).folder);
    const grown = await start(ORDERS);
    await add(grown, CHANGES);
    await add(grown, CLIENTS);
    const { '.yo-rc.json': _, ...files } = tree(grown.folder);
    for (const [path, content] of Object.entries(files)) assert.equal(content, whole[path], path);
    assert.equal(Object.keys(files).length, Object.keys(whole).length - 1);
  });

  it('does not change when a stream is added again', async () => {
    const grown = await start(ORDERS);
    await add(grown, CHANGES);
    const before = tree(grown.folder);
    await add(grown, CHANGES);
    assert.deepEqual(tree(grown.folder), before);
  });

  it('keeps what the user changed, and runs', async () => {
    const grown = await start(ORDERS);
    edit(grown, text =>
      text
        .replace("'path': 'orders.csv',", "'path': 'my-orders.csv',  # moved")
        .replace('BATCH_SIZE = 1000', 'BATCH_SIZE = 2'),
    );
    const before = readFileSync(module(grown), 'utf8').split('\n');
    await add(grown, VISITS, CLIENTS);
    const after = readFileSync(module(grown), 'utf8').split('\n');
    assertKept(before, after);
    assert.deepEqual(await flake8(grown.folder), []);
    const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    const base_path = folderWith({
      'my-orders.csv': 'id\n1\n2\n3\n',
      'visits.csv': 'id\n4\n',
      [CLIENTS.path]: 'id\n5\n',
    });
    const running = new Connector({ checkout, folder: grown.folder, layout: 'standalone', config: { base_path } });
    for (const [stream, ids] of [
      ['orders', [1, 2, 3]],
      ['visits', [4]],
      ['clients', [5]],
    ] as const) {
      assert.deepEqual(
        records(await read(running, { stream })).map(({ id }) => id),
        ids,
      );
    }
    const once = tree(grown.folder);
    await add(grown, VISITS);
    assert.deepEqual(tree(grown.folder), once);
  });

  it('keeps CRLF', async () => {
    const grown = await start(ORDERS);
    edit(grown, text => text.replaceAll('\n', '\r\n'));
    await add(grown, CLIENTS);
    const text = readFileSync(module(grown), 'utf8');
    assert.match(text, /'clients': \{\r\n/);
    assert.doesNotMatch(text, /[^\r]\n/);
  });

  it('merges the code that a new stream calls for into a module that was changed', async () => {
    for (const [stream, code] of [
      [CHANGES, 'def write_records'],
      [REGIONS, 'format_map'],
    ] as const) {
      const grown = await start(ORDERS);
      edit(grown, text => text.replace("'array': [list]", "'array': [list, tuple]"));
      await add(grown, stream);
      const once = readFileSync(module(grown), 'utf8');
      const whole = readFileSync(module(await start(ORDERS, stream)), 'utf8');
      assert.ok(once.includes(code));
      assert.equal(once, whole.replace('[list]', '[list, tuple]'));
    }
  });

  it('refuses a registry that it cannot read, and leaves everything as it is', async () => {
    const refusals: [object, (text: string) => string, RegExp][] = [
      [VISITS, text => text.replace('STREAMS = {', 'STREAMS = dict(x=1) or {'), /STREAMS is not a dict display/],
      [VISITS, text => `${text}(\n`, /__init__\.py/],
    ];
    for (const [stream, change, error] of refusals) {
      const grown = await start(ORDERS);
      edit(grown, change);
      await assert.rejects(
        plan('file', { streams: [stream] }, { cwd: grown.folder, addsOnly: true }),
        (reason: unknown) => {
          assert(reason instanceof UserError);
          assert.match(reason.message, error);
          return true;
        },
      );
    }
  });
});

/** Asserts that nothing but new lines stands between the old ones. */
function assertKept(before: readonly string[], after: readonly string[]): void {
  let kept = 0;
  for (const line of after) if (line === before[kept]) kept += 1;
  assert.equal(before[kept], undefined);
}
