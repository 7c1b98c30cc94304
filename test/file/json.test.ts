import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { sampledRows } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { answersOf, connectorIn, folderWith, read, records } from './support.ts';

const COLUMNS = { id: 'integer', total: 'number', data: 'object' };

describe('a generated connector of JSON files', function () {
  this.timeout(120_000);
  needsPython();
  let checkout: Checkout;
  before(() => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
  });
  const json = (stream: object, columns: object = COLUMNS, name = 'Some JSON') =>
    connectorIn(checkout, answersOf('json', { ...columns }, { name }, stream));

  it('reads arrays of objects and single objects with their values as they are', async () => {
    const files = {
      'a.json':
        '\uFEFF[{"id": 9007199254740993, "total": 12345678901234567.89, "data": {"a": [1, {"b": null}]}, "more": 1}, {}]',
      'b.json': '{"id": 3, "total": 1e400}',
      'c.json': '[]',
    };
    const connector = (await json({})).with({ base_path: folderWith(files) });
    const outcome = await read(connector);
    assert.match(outcome.stdout, /"id": 9007199254740993, "total": 12345678901234567\.89, /);
    assert.match(outcome.stdout, /"total": 1E\+400/);
    const rows = records(outcome);
    assert.deepEqual(
      rows.map(({ data }) => data),
      [{ a: [1, { b: null }] }, null, null],
    );
    assert.deepEqual(rows[1], { id: null, total: null, data: null });
    assert.deepEqual(
      sampledRows(await connector.with({ base_path: folderWith({ 'c.json': '[]' }) }).sample(['rows'])),
      { rows: [] },
    );
  });

  it('finds the records at their path', async () => {
    const connector = await json({ records_path: 'result.items' }, COLUMNS, 'At a path');
    const found = { 'a.json': '{"result": {"items": [{"id": 1}]}}', 'b.json': '{"result": {"items": {"id": 2}}}' };
    assert.deepEqual(
      records(await read(connector.with({ base_path: folderWith(found) }))).map(({ id }) => id),
      [1, 2],
    );
    for (const content of [
      '{"result": {}}',
      '{"result": [1]}',
      '[]',
      '{"result": {"items": null}}',
      '{"result": {"items": [1]}}',
    ]) {
      const outcome = await read(connector.with({ base_path: folderWith({ 'a.json': content }) }));
      assert.equal(outcome.exitCode, 1);
      assert.match(outcome.error ?? '', /a\.json: no records of rows at \['result', 'items'\]$/);
    }
  });

  it('writes columns of several types as JSON text', async () => {
    const connector = await json({ text_columns: ['value'] }, { id: 'integer', value: 'string' }, 'Several types');
    const values = ['"text"', '5', 'true', 'null', '[1, 1.5, {"a": null}]', '12345678901234567890123.5'];
    const rows = values.map((value, id) => `{"id": ${id}, "value": ${value}}`);
    const base_path = folderWith({ 'a.json': `[${rows.join()}, {"id": 6}]` });
    assert.deepEqual(
      records(await read(connector.with({ base_path }))).map(({ value }) => value),
      ['text', '5', 'true', null, '[1, 1.5, {"a": null}]', '12345678901234567890123.5', null],
    );
  });

  it('ends with an error that names the file', async () => {
    const connector = await json({}, COLUMNS, 'Faulty JSON');
    const faults = {
      '': /a\.json: Expecting value/,
      '[{"id": 1},\n{"id"}]': /a\.json: Expecting .* line 2 column 6/,
      '[1]': /a\.json: no records of rows$/,
      '{"items": [{"id": 1}]}': /a\.json: no records of rows$/,
      '3': /a\.json: no records/,
    };
    for (const [content, error] of Object.entries(faults)) {
      const outcome = await read(connector.with({ base_path: folderWith({ 'a.json': content }) }));
      assert.equal(outcome.exitCode, 1);
      assert.match(outcome.error ?? '', error);
    }
  });
});

describe('a generated connector of JSON Lines files', function () {
  this.timeout(120_000);
  needsPython();
  let checkout: Checkout;
  before(() => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
  });

  it('reads a record from each line that is not empty', async () => {
    const connector = await connectorIn(checkout, answersOf('jsonl', COLUMNS));
    const lines =
      '\uFEFF{"id": 9007199254740993, "total": 1.10, "data": {"a": "x\u2028y"}}\r\n\n  \n{"id": 2}\n{"id": 3}';
    const outcome = await read(connector.with({ base_path: folderWith({ 'a.jsonl': lines, 'b.jsonl': '' }) }));
    assert.match(outcome.stdout, /"id": 9007199254740993, "total": 1\.10, /);
    assert.deepEqual(
      records(outcome)
        .slice(1)
        .map(({ id }) => id),
      [2, 3],
    );
    assert.deepEqual(records(outcome)[0]?.data, { a: 'x\u2028y' });
  });

  it('ends with an error that names the file and the line', async () => {
    const connector = await connectorIn(checkout, answersOf('jsonl', COLUMNS, { name: 'Faulty lines' }));
    const faults: [string | Buffer, RegExp][] = [
      ['{"id": 1}\n\n{"id": }\n', /a\.jsonl, line 3: Expecting value/],
      ['{"id": 1}\n[2]\n', /a\.jsonl, line 2: not a JSON object$/],
      [Buffer.from('{"id": 1}\n{"id": "\xff"}\n', 'latin1'), /a\.jsonl, line 2: .* 0xff/],
    ];
    for (const [content, error] of faults) {
      const outcome = await read(connector.with({ base_path: folderWith({ 'a.jsonl': content }) }));
      assert.equal(outcome.exitCode, 1);
      assert.match(outcome.error ?? '', error);
    }
  });

  it('writes columns of several types as JSON text', async () => {
    const answers = answersOf(
      'jsonl',
      { value: 'string' },
      { name: 'Lines of several types' },
      { text_columns: ['value'] },
    );
    const base_path = folderWith({ 'a.jsonl': '{"value": [1]}\n{"value": "1"}\n' });
    const connector = (await connectorIn(checkout, answers)).with({ base_path });
    assert.deepEqual(records(await read(connector)), [{ value: '[1]' }, { value: '1' }]);
  });
});
