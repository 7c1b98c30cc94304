import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { Ask } from '../../src/answers/ask.ts';
import { planSchema } from '../../src/refresh/plan.ts';
import { schemaReport } from '../../src/refresh/report.ts';
import { generate, plan } from '../support/generate.ts';
import { connectorOf, jsonIn, messageOf, planIn, writeIn } from './support.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../examples/api.yaml');
const type = (name: string) => ({ type: ['null', name] });
const lines = (...records: object[]) => records.map(record => JSON.stringify(record)).join('\n');

describe('the schema generator', () => {
  it('writes a schema, and records its columns beside a hand-written connector', async () => {
    const folder = connectorOf({ 'deals.jsonl': lines({ id: 1, tags: [], note: null, owner: { name: 'x' } }) });
    const { changes } = await writeIn(folder, { name: 'deals', from: 'deals.jsonl' });
    assert.deepEqual(
      changes.map(({ ask }) => ask),
      [false, false],
    );
    assert.deepEqual(jsonIn(folder, 'schemas/deals.json').properties.id, type('integer'));
    const deals = 'id: integer, tags: [null], note: null, owner: {name: string}';
    assert.deepEqual(jsonIn(folder, '.yo-rc.json'), { 'generator-mage-connector': { schemas: { deals } } });
    for (const { before, content } of (await planIn(folder, { name: 'deals', from: 'deals.jsonl' })).changes)
      assert.equal(content, before);
  });

  it('says what is left to do where values become JSON text, which a schema alone makes of none', async () => {
    const sample = lines({ id: 1, mixed: 1, grid: [[1]] }, { id: 2, mixed: 'x' });
    const noteOf = async (folder: string) => {
      writeFileSync(join(folder, 'deals.jsonl'), sample);
      return (await planIn(folder, { name: 'deals', from: 'deals.jsonl' })).textNote;
    };
    assert.match((await noteOf(connectorOf())) ?? '', /^"mixed", "grid": .* by the connector's own code/);
    const ours = async (...text_columns: string[]) => {
      const columns = Object.fromEntries(text_columns.map(name => [name, 'string']));
      const schema = { properties: { id: 'integer', ...columns } };
      const deals = { name: 'deals', path: '/deals', schema, text_columns };
      const answers = { kind: 'api', name: 'Acme', base_url: 'https://a.test', auth: { type: 'none' } };
      return (await generate('api', { ...answers, streams: [deals] })).folder;
    };
    assert.match(
      (await noteOf(await ours())) ?? '',
      /give deals text_columns: \["mixed","grid"\] in the connector's answers/,
    );
    assert.match((await noteOf(await ours('grid'))) ?? '', /^"mixed": .*\["grid","mixed"\]/);
    assert.equal(await noteOf(await ours('grid', 'mixed')), undefined);
  });

  it('asks for one of the streams of a connector of ours, and takes no sample that is not there', async () => {
    const asked = async (cwd: string) => {
      const questions = new Map<unknown, Record<string, unknown>>();
      const ask = new Ask(async question => {
        questions.set(question.name, question);
        return { [String(question.name)]: { stream: 'deals', sample: 'deals.jsonl' }[String(question.name)] };
      });
      writeFileSync(join(cwd, 'deals.jsonl'), lines({ id: 1 }));
      const options = { dryRun: false, force: false, bail: false, json: false };
      await planSchema({ options, flags: {}, cwd }, ask);
      return questions;
    };
    const deals = { name: 'deals', path: '/deals', schema: { properties: { id: 'integer' } } };
    const answers = { kind: 'api', name: 'Acme', base_url: 'https://a.test', auth: { type: 'none' }, streams: [deals] };
    const ours = await asked((await generate('api', answers)).folder);
    assert.deepEqual(ours.get('stream')?.choices, [
      { value: 'deals', name: 'deals' },
      { value: '', name: 'That of another stream, which is begun' },
    ]);
    const byHand = await asked(connectorOf());
    assert.equal(byHand.get('stream')?.type, 'input');
    const accepts = byHand.get('sample')?.validate as unknown as (input: string) => true | string;
    assert.deepEqual(
      ['deals.jsonl', 'https://a.test/x', 'deal.jsonl'].map(input => accepts(input)),
      [true, true, 'This names no file that exists.'],
    );
  });

  it('refreshes it: what was taken out stays out, what is new comes, what was changed stays', async () => {
    const folder = connectorOf({ 'deals.jsonl': lines({ id: 1, title: 'x', secret: 'x' }) });
    await writeIn(folder, { name: 'deals', from: 'deals.jsonl' });
    const mine =
      '{"type": "object",\n"properties": {\n  "title": {"type": ["null", "string"], "format": "date-time"},\n  "id": {"type": ["null", "integer"]}\n}}';
    writeFileSync(join(folder, 'schemas/deals.json'), mine);
    writeFileSync(join(folder, 'deals.jsonl'), lines({ id: 0.5, title: 'x', secret: 'x', stage: 'won' }));
    const run = await writeIn(folder, { name: 'deals', from: 'deals.jsonl' });
    assert.equal(
      readFileSync(join(folder, 'schemas/deals.json'), 'utf8'),
      mine.replace('integer"]}\n', 'number"]},\n  "stage": {"type": ["null", "string"]}\n'),
    );
    assert.equal(
      schemaReport(run, [{ path: 'deals.json', outcome: 'updated', lacks: '' }], false).text,
      [
        '',
        'The schema of deals (3 columns) is updated in deals.json.',
        'New: "stage"',
        'Changed: "id"',
        'Taken out by hand, and left out: "secret"',
        'Worth a look:',
        '  - "id": integer became number: the sample has fractions',
        '  - "title": stays date-time, as changed by hand, though the sample has text that is no date-time',
        '',
      ].join('\n'),
    );
    const again = await planIn(folder, { name: 'deals', from: 'deals.jsonl' });
    assert.ok(again.changes.every(({ before, content }) => before === content));
  });

  it('knows from the start what the generator of the connector wrote', async () => {
    const generated = await generate('api', EXAMPLE);
    const path = join(generated.folder, 'schemas/deals.json');
    const schema = jsonIn(generated.folder, 'schemas/deals.json');
    delete schema.properties.won;
    writeFileSync(path, JSON.stringify(schema));
    const sample = resolve(EXAMPLE, '../samples/deals.json');
    const { merged } = await writeIn(generated.folder, { name: 'deals', from: sample });
    assert.deepEqual([merged.leftOut, merged.added], [['won'], []]);
    assert.equal(readFileSync(path, 'utf8'), JSON.stringify(schema));
  });

  it('records beside the answers, and a second run of the connector keeps what was added', async () => {
    const generated = await generate('api', EXAMPLE);
    writeFileSync(join(generated.folder, 'deals.json'), '[{"id": 1, "stage": "won"}]');
    await writeIn(generated.folder, { name: 'deals', from: 'deals.json' });
    const { schemas } = jsonIn(generated.folder, '.yo-rc.json')['generator-mage-connector'];
    assert.deepEqual(Object.keys(schemas), ['contacts', 'deals']);
    assert.match(schemas.deals, /, stage: string$/);
    const { changes } = await plan('api', EXAMPLE, { cwd: generated.root });
    assert.deepEqual(
      changes.filter(({ before, content }) => before !== content),
      [],
    );
  });

  it('writes none for a stream that a connector of ours lacks', async () => {
    const { folder } = await generate('api', EXAMPLE);
    const from = resolve(EXAMPLE, '../samples/deals.json');
    const fails = (name: string) => messageOf(() => planIn(folder, { name, from }));
    assert.equal(await fails('deal'), 'stream: the connector has no stream deal (did you mean deals?)');
    assert.equal(
      await fails('tickets'),
      'stream: the connector has no stream tickets (add it with mage-connector stream tickets)',
    );
  });

  it('writes it anew by --replace, after a question', async () => {
    const folder = connectorOf({
      'schemas/deals.json': '// mine\n{"properties": {"x": {}}}',
      'deals.json': '[{"id": 1}]',
    });
    const { changes } = await planIn(folder, { name: 'deals', from: 'deals.json', replace: true });
    assert.deepEqual([JSON.parse(changes[0].content).properties, changes[0].ask], [{ id: type('integer') }, true]);
    assert.match(
      await messageOf(() => planIn(folder, { name: 'deals', from: 'deals.json' })),
      /schemas\/deals\.json, line 1: has a comment, which Mage refuses \(mend it, or write it anew with --replace\)$/,
    );
  });

  it('saves the answers without secrets, with paths from where they stand', async () => {
    const folder = connectorOf({ 'deals.csv': 'id\n1\n', 'ci/x': '' });
    const { changes } = await writeIn(folder, { name: 'deals', from: 'deals.csv' }, { saveAnswers: 'ci/deals.yaml' });
    assert.deepEqual(parse(changes[2]?.content ?? ''), { stream: 'deals', sample: '../deals.csv' });
    const again = await planIn(folder, {}, { answers: 'ci/deals.yaml' });
    assert.ok(again.changes.every(({ before, content }) => before === content));
  });

  it('says what is missing, contradicts itself or is given twice', async () => {
    const folder = connectorOf({ 'a.yaml': 'stream: deals\nsampel: x', 'b.yaml': 'stream: deals\nsample: x' });
    assert.equal(
      await messageOf(() => planIn(folder, { name: 'deals' })),
      'sample: is missing (name the stream, and its sample with --from FILE)',
    );
    assert.match(
      await messageOf(() => planIn(folder, { name: 'deals', from: 'x', run: true, 'records-path': 'x' })),
      /^2 problems:\n {2}- run: takes the sample from the connector.*\n {2}- records_path: has no meaning in a run of the connector$/,
    );
    assert.equal(
      await messageOf(() => planIn(folder, { name: 'x', from: 'y', config: 'z' })),
      'config: is for a run of the connector, which is not asked for',
    );
    assert.equal(
      await messageOf(() => planIn(folder, { name: 'x', from: 'y', header: 'A: b' })),
      '--header: is for samples that come from an address, such as --from https://…',
    );
    assert.match(
      await messageOf(() => planIn(folder, {}, { answers: 'a.yaml' })),
      /^2 problems:\n {2}- a\.yaml, sampel, line 2: is unknown: did you mean sample\?\n {2}- a\.yaml, sample, line 1: is missing$/,
    );
    assert.match(
      await messageOf(() => planIn(folder, { from: 'x' }, { answers: 'b.yaml' })),
      /^--from: is for runs without --answers: write sample into b\.yaml$/,
    );
    assert.match(await messageOf(() => planIn(folder, { name: '../x', from: 'x' })), /^stream: /);
  });

  it('says where a record or a connector cannot be read', async () => {
    const folder = connectorOf({ '.yo-rc.json': '{', 'deals.json': '[{"id": 1}]' });
    assert.match(
      await messageOf(() => planIn(folder, { name: 'deals', from: 'deals.json' })),
      /\.yo-rc\.json: can't be read: .* \(mend it, or/,
    );
    assert.match(
      await messageOf(() => planIn(join(folder, 'schemas'), { name: 'a', from: 'b' }, { connector: '.' })),
      /is no connector with a folder schemas/,
    );
  });
});
