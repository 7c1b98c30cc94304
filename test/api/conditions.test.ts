import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Condition, ConditionFault, type Literal, parseCondition } from '../../src/records/condition.ts';
import { meets } from '../../src/records/meets.ts';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testModule, unittest } from '../framework/unittest.ts';
import { plan, temporaryFolder } from '../support/generate.ts';
import '../support/properties.ts';
import { StrictApi, send } from './strict-server.ts';
import { type Built, connectorOf, records } from './support.ts';

type Row = Readonly<Record<string, unknown>>;

const ROWS: readonly Row[] = [
  { id: 1, status: 'finished', total: 5, tags: ['a', 'b'], info: { deleted: true, 'a.b': 1 }, text: `it's "x"\\\n` },
  { id: 2, status: 'running', total: 0, tags: [], info: null, text: '' },
  { id: 3, status: 'failed', total: 2.5, tags: ['test'], info: { deleted: false }, text: null },
  { id: 4, status: null, total: null, tags: null },
];

/** Which of the rows meet a condition. */
const CONDITIONS: readonly (readonly [string, readonly number[]])[] = [
  ['total > 0 and status == "finished"', [1]],
  ["status == 'finished' or status == 'failed'", [1, 3]],
  ['status in ["finished", "failed", null]', [1, 3, 4]],
  ['status in ["finished"] or status in ["failed"]', [1, 3]],
  ['status != "finished"', [2, 3, 4]],
  ['not (status == "finished") and not total >= 2.5', [2, 4]],
  ['not status == "finished" and total < 1 or total == 5', [1, 2]],
  ['status == "finished" or status == "failed" and total > 4', [1]],
  ['(status == "finished" or status == "failed") and total > 4', [1]],
  ['info.deleted == true', [1]],
  ['info.deleted != true', [2, 3, 4]],
  ['info["a.b"] == 1', [1]],
  ['tags[0] == "a"', [1]],
  ['tags[-1] == "b"', [1]],
  ['tags contains "test"', [3]],
  ['status contains "in"', [1, 2]],
  ['exists info', [1, 3]],
  ['exists(info.deleted) and total <= 5', [1, 3]],
  ['status == null', [4]],
  ['status != null', [1, 2, 3]],
  ['not exists tags', [4]],
  [`text == 'it\\'s "x"\\\\\n'`.replace('\n', ''), []],
  ['total in [5, 2.5, -1e2]', [1, 3]],
  ['not not total == 0', [2]],
  ['not status == null and not total != null', []],
  ['not status != null or not exists(text)', [3, 4]],
];

const FAULTS: readonly (readonly [string, RegExp])[] = [
  [
    'deleted',
    /is no condition: deleted is compared with nothing; write deleted == true, or exists deleted, at character 8/,
  ],
  ['status == finished', /a value is missing before finished; a text stands in quotes: "finished", at character 11/],
  ['status = "x"', /= has no meaning here; equal is ==, at character 8/],
  ['a == 1 AND b == 2', /AND has no place here; and, or, not and in are in lower case, at character 8/],
  ['a == 1 b == 2', /b has no place here, at character 8/],
  ['(a == 1', /\) is missing at the end, at character 8/],
  ['a == ', /a value is missing at the end/],
  ['== 1', /a field is missing before ==, at character 1/],
  ['a < true', /true has no order and no parts/],
  ['a contains null', /null has no order and no parts/],
  ['a in "x"', /\[ is missing before "x"/],
  ['a in ["x" "y"]', /\] is missing before "y"/],
  ['a in []', /a value is missing before \]/],
  ['a.* == 1', /a\.\* leads to several values by \*/],
  ['a == 1e999', /1e999 is greater than any number/],
  ['a == 007', /0 has no meaning|007 has|before 007/],
  ['and == 1', /a field is missing before and/],
  ['a == __import__("os")', /a value is missing before __import__/],
  ['a == 1; import os', /; ?has no meaning|;/],
  [`${'('.repeat(60)}a == 1${')'.repeat(60)}`, /is nested more than 50 deep/],
];

const ITEMS = { name: 'items', path: '/items', schema: { properties: { id: 'integer' } } };

describe('conditions of records', function () {
  this.timeout(60_000);

  for (const [text, ids] of CONDITIONS)
    it(`keep those that meet them, in samples: ${text}`, () => {
      const condition = parseCondition(text) as Condition;
      assert.ok(!(condition instanceof ConditionFault), JSON.stringify(condition));
      assert.deepEqual(
        ROWS.filter(row => meets(row, condition)).map(({ id }) => id),
        ids,
      );
    });

  const planned = (stream: object) =>
    plan('api', { name: 'Acme', base_url: 'https://acme.test', streams: [{ ...ITEMS, ...stream }] });

  for (const [text, message] of FAULTS)
    it(`are refused with the place: ${text.slice(0, 40)}`, async () => {
      await assert.rejects(planned({ keep_when: text }), message);
    });

  it('are tried on samples, which have the records that are kept', async () => {
    const sample = join(temporaryFolder(), 'things.json');
    writeFileSync(
      sample,
      JSON.stringify([
        { id: 1, kind: 'a', own: 1 },
        { id: 2, kind: 'b', gone: true, other: 'x' },
      ]),
    );
    const schemaOf = async (stream: object) => {
      const { changes } = (await planned({ schema: { sample }, ...stream })) as unknown as {
        changes: { path: string; content: string }[];
      };
      const { content = '{}' } = changes.find(({ path }) => path.endsWith('items.json')) ?? {};
      return Object.keys(JSON.parse(content).properties);
    };
    assert.deepEqual(await schemaOf({ keep_when: 'kind == "a"' }), ['id', 'kind', 'own']);
    assert.deepEqual(await schemaOf({ drop_when: 'kind == "a"' }), ['id', 'kind', 'gone', 'other']);
    assert.deepEqual(await schemaOf({ deleted_when: 'gone == true' }), ['id', 'kind', 'own']);
    const marked = { deleted_when: 'gone == true', deleted_column: '_deleted', names: 'lower' };
    assert.deepEqual(await schemaOf(marked), ['id', 'kind', 'own', '_deleted', 'gone', 'other']);
    await assert.rejects(
      schemaOf({ keep_when: 'kinds == "a"' }),
      /no record of the sample has kinds.*did you mean kind\?/,
    );
    await assert.rejects(schemaOf({ keep_when: 'kind == "c"' }), /no record of the sample is kept/);
    await assert.rejects(schemaOf({ keep_when: 'kind > 1' }), /kind is "a" in the sample, to which > 1 has no meaning/);
  });

  it('are refused where they have no use', async () => {
    await assert.rejects(planned({ deleted_column: 'd' }), /deleted_column.*has no use without deleted_when/);
    const deleted = { deleted_when: 'gone == true', deleted_column: 'id' };
    await assert.rejects(planned(deleted), /id is of the type integer in the schema.*it is a boolean/);
    const csv = { name: 'Acme', base_url: 'https://acme.test', response_format: 'csv' };
    await assert.rejects(
      plan('api', { ...csv, streams: [{ ...ITEMS, keep_when: 'a == 1 or b == true or c == "1"' }] }),
      /items has a condition with 1, and csv has nothing but text.*write "1"(.|\n)*a condition with true/,
    );
    await assert.rejects(planned({ ...deleted, deleted_column: 'd' }), /d is no column in the schema/);
  });

  describe('in runs', () => {
    needsPython();
    const built: Built[] = [];

    const read = async (stream: object, rows: readonly Row[]) => {
      const found = await connectorOf({ streams: [{ ...ITEMS, ...stream }] });
      built.push(found);
      assert.deepEqual(await flake8(found.generated.folder), []);
      const api = await new StrictApi({ resources: [] }).listen();
      const connector = found.connector.with({ port: api.port });
      const catalog = selectAll(await connector.catalog());
      api.faults.push(response => send(response, { body: rows }));
      const outcome = await connector.run({ catalog });
      await api.close();
      return outcome;
    };

    it('keep the same records as in samples', async () => {
      const streams = CONDITIONS.map(([text], index) => ({ ...ITEMS, name: `items_${index}`, keep_when: text }));
      const found = await connectorOf({ streams });
      built.push(found);
      assert.deepEqual(await flake8(found.generated.folder), []);
      const api = await new StrictApi({ resources: [] }).listen();
      const connector = found.connector.with({ port: api.port });
      const catalog = selectAll(await connector.catalog());
      for (const _ of streams) api.faults.push(response => send(response, { body: ROWS }));
      const outcome = await connector.run({ catalog });
      assert.equal(outcome.exitCode, 0, outcome.error);
      for (const [index, [text, ids]] of CONDITIONS.entries())
        assert.deepEqual(
          records(outcome, `items_${index}`).map(({ id }) => id),
          ids,
          text,
        );
      await api.close();
    });

    it('are read as Python that says the same', async () => {
      const stream = {
        keep_when: 'total > 0 and (status == "finished" or info.deleted == true)',
        drop_when: 'exists gone',
      };
      const outcome = await read(stream, ROWS);
      assert.deepEqual(
        records(outcome).map(({ id }) => id),
        [1],
      );
      const text = readFileSync(join(built.at(-1)?.generated.folder ?? '', 'streams/items.py'), 'utf8');
      assert.match(
        text,
        /def keeps\(self, record: dict\) -> bool:\n {8}return \(\n {12}self\.compares\(record, \('total',\), '>', 0\)\n/,
      );
      assert.match(text, /and self\.look_up\(record, \('gone',\)\) is None/);
    });

    it('mark what is deleted, or leave it out', async () => {
      const schema = { properties: { id: 'integer', _deleted: 'boolean' } };
      const deleted_when = 'info.deleted == true';
      const marked = await read({ deleted_when, deleted_column: '_deleted', schema }, ROWS);
      assert.deepEqual(
        records(marked).map(({ id, _deleted }) => [id, _deleted]),
        [
          [1, true],
          [2, false],
          [3, false],
          [4, false],
        ],
      );
      assert.deepEqual(
        records(await read({ deleted_when }, ROWS)).map(({ id }) => id),
        [2, 3, 4],
      );
    });

    it('end the run where they have no meaning', async () => {
      const outcome = await read({ keep_when: 'status > 1' }, ROWS);
      assert.equal(outcome.exitCode, 1);
      assert.match(outcome.error ?? '', /^items: status is 'finished', to which > 1 has no meaning$/);
    });

    it('have tests in a connector, which pass', async () => {
      const [{ checkout }] = built as [Built];
      const { passed, report } = await unittest(
        checkout,
        built.map(({ generated }) => testModule(generated.folder)),
      );
      assert.ok(passed, report);
    });

    it('of any texts are Python that tells what they tell', async () => {
      const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 12 }), 40);
      const hostile = [...texts, `"""`, `'''`, `\\`, `\\"`, '{id}', `'); import os #`, '%s', '#'].filter(
        text => !/[\r\n]|\p{Surrogate}/u.test(text),
      );
      const streams = hostile.map((text, index) => ({
        ...ITEMS,
        name: `items_${index}`,
        path: `/${index}`,
        keep_when: `text == ${quoted(text)} or ["${text.replaceAll(/[\\"]/g, '\\$&')}"] == ${quoted(text)}`,
      }));
      const found = await connectorOf({ streams });
      const api = await new StrictApi({ resources: [] }).listen();
      const connector = found.connector.with({ port: api.port });
      const catalog = selectAll(await connector.catalog());
      for (const _ of hostile)
        api.faults.push((response, { path }) => {
          const text = hostile[Number(path.slice(1))] ?? '';
          send(response, {
            body: [
              { id: 1, text },
              { id: 2, text: `${text}x` },
            ],
          });
        });
      const outcome = await connector.run({ catalog });
      assert.equal(outcome.exitCode, 0, outcome.error);
      for (const index of hostile.keys())
        assert.deepEqual(
          records(outcome, `items_${index}`).map(({ id }) => id),
          [1],
          hostile[index],
        );
      await api.close();
    });
  });
});

function quoted(text: Literal & string): string {
  return `"${text.replaceAll(/[\\"]/g, '\\$&')}"`;
}
