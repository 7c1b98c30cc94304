import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameRecords } from '../../src/refresh/data-frame.ts';
import { failureOf } from '../../src/refresh/python-failure.ts';
import { sampleRecords } from '../../src/refresh/python-run.ts';
import { ExactNumber } from '../../src/schema/infer/numbers.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { needsPython } from '../framework/needs.ts';
import { pythonFor, withPythonPath } from '../framework/python.ts';
import { generate, temporaryFolder } from '../support/generate.ts';
import { connectorOf, folderOf, messageOf, planIn } from './support.ts';

describe("a sample from the connector's own run", () => {
  needsPython();
  const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
  let env: NodeJS.ProcessEnv;
  let connector: string;

  before(async () => {
    const python = await pythonFor(checkout.packages);
    if ('missing' in python) throw new Error(python.missing);
    // The checkout's own folder is found by the connector's place.
    env = withPythonPath(python.env, [checkout.singer]);
    const rows = { name: 'rows', path: '*.jsonl', schema: { properties: { id: 'integer', price: 'number' } } };
    const answers = { kind: 'file', name: 'Some rows', format: 'jsonl', streams: [rows] };
    ({ folder: connector } = await generate('file', answers, { cwd: checkout.root }));
  });

  const sampleOf = (lines: readonly string[], config: object = {}) => {
    const folder = folderOf({ 'rows.jsonl': lines.join('\n') });
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify({ base_path: folder, ...config }));
    return sampleRecords({ connector, stream: 'rows', config: file, env });
  };

  it('has the records, and integers beside nulls', async () => {
    const records = await sampleOf([
      '{"id": 1, "n": 5, "name": "é", "tags": ["x"]}',
      '{"id": 2, "n": null, "name": null}',
    ]);
    assert.deepEqual(records, [
      { id: 1, n: 5, name: 'é', tags: ['x'] },
      { id: 2, n: null, name: null, tags: null },
    ]);
  });

  it('has numbers where the schema has them, though Mage writes decimals as text', () => {
    const price = { type: ['null', 'number'] };
    const schema = {
      properties: { price, code: { type: 'string' }, list: { items: price }, owner: { properties: { price } } },
    };
    const frame = {
      price: { 0: '1.50', 1: 'x' },
      code: { 0: '1.50', 1: null },
      list: { 0: ['2.5'], 1: null },
      owner: { 0: { price: '1E+2' } },
    };
    assert.deepEqual(frameRecords(JSON.stringify(frame), schema), [
      { price: 1.5, code: '1.50', list: [2.5], owner: { price: new ExactNumber('1E+2') } },
      { price: 'x', code: null, list: null },
    ]);
    assert.deepEqual(frameRecords('{"price": {"0": "1.50"}}', undefined), [{ price: '1.50' }]);
  });

  it('refreshes the schema', async () => {
    const folder = folderOf({ 'rows.jsonl': '{"id": 1, "price": 1.5, "fresh": true}', 'config.json': '{}' });
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ base_path: folder }));
    const saved = { ...process.env };
    Object.assign(process.env, env);
    try {
      const { merged } = await planIn(folder, { name: 'rows', run: true, config: 'config.json' }, { connector });
      assert.deepEqual([merged.added, merged.changed], [['fresh'], []]);
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
      Object.assign(process.env, saved);
    }
  });

  it("fails with the connector's own message, without its configuration", async () => {
    const config = { base_path: '/nowhere/s3cret-folder' };
    const message = await messageOf(() => sampleOf([], config));
    assert.match(message, /^--run: the connector's sample failed: .*\*{8}/);
    assert.doesNotMatch(message, /s3cret/);
    const nothing = await messageOf(() => sampleRecords({ connector, stream: 'rows', config: '/nowhere.json', env }));
    assert.equal(nothing, '--config: there is no file /nowhere.json');
  });

  it('says what it needs', async () => {
    const empty = connectorOf({ '__init__.py': 'import mage_integrations', 'schemas/rows.json': '{"properties": {}}' });
    const bare = { ...env, PYTHONPATH: '' };
    assert.match(
      await messageOf(() => sampleRecords({ connector: empty, stream: 'rows', env: bare })),
      /No module named 'mage_integrations' \(have Mage's framework in PYTHONPATH/,
    );
    assert.equal(
      await messageOf(() => sampleRecords({ connector: empty, stream: 'rows', env: { PATH: '' } })),
      '--run: there is no Python in the PATH',
    );
    assert.match(
      await messageOf(() => planIn(empty, { name: 'new', run: true })),
      /^--run: the connector finds no stream new without .*new\.json \(write the first one/,
    );
  });

  it('fails with what Mage would show, else with the last line, masked', () => {
    const logged = 'INFO x\nERROR {"tags": {"error": "token abcd1234 is refused"}}\nTraceback\nException: y\n';
    assert.equal(
      failureOf(logged, 1, '{"a": {"b": "abcd1234"}}').message,
      "--run: the connector's sample failed: token ******** is refused",
    );
    assert.match(failureOf('x\nKeyError: 1\n', 1, '').message, /failed: KeyError: 1$/);
    assert.match(failureOf('', 3, '').message, /failed: ended with code 3$/);
    assert.match(failureOf('', null, '').message, /failed: took longer than five minutes$/);
  });
});
