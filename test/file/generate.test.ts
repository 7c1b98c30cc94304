import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../src/base/problems.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector, sampledRows } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { listing } from '../framework/listing.ts';
import { needsPython } from '../framework/needs.ts';
import { readAnswer } from '../framework/output.ts';
import { generate, plan, temporaryFolder } from '../support/generate.ts';
import { assertGolden } from '../support/golden.ts';
import { answersOf, connectorIn, folderWith, read, records } from './support.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const SAMPLES = join(EXAMPLES, 'samples');
const STREAMS = { csv: ['customers', 'orders'], json: ['prices', 'stock'], jsonl: ['events'] };
const RECORDS = { csv: { customers: 3, orders: 5 }, json: { prices: 2, stock: 2 }, jsonl: { events: 2 } };
/** An order stands in two of the exports; a run brings its newest version alone. */
const REPEATED = { orders: 1 } as Record<string, number>;

type Format = keyof typeof STREAMS;

describe('the file generator', function () {
  this.timeout(120_000);
  needsPython();

  const problemsOf = async (answers: object) => {
    const error = await plan('file', answers).then(
      () => assert.fail('no problem was found'),
      (reason: unknown) => reason,
    );
    assert(error instanceof UserError, String(error));
    return error.problems.map(({ where, message }) => `${where?.replace(/^.*, /, '')}: ${message}`);
  };

  for (const format of ['csv', 'json', 'jsonl'] as const) {
    describe(`from the example of ${format} files`, () => {
      const example = join(EXAMPLES, `file-${format}.yaml`);
      let home: string;
      let checkout: Checkout;
      beforeEach(() => {
        home = temporaryFolder();
        checkout = workspaceCheckout(join(home, 'mage-ai'));
      });
      const base_path = SAMPLES;

      it('writes a connector into a checkout of mage-ai', async () => {
        const { folder, model } = await generate('file', example, { cwd: checkout.root });
        await runs(new Connector({ checkout, folder, config: { base_path } }), format);
        await assertListed(checkout, model.uuid);
        assert.deepEqual(await flake8(folder), []);
      });

      it('writes a connector into a Mage project', async () => {
        const project = projectIn(join(home, 'project'));
        const { folder, model } = await generate('file', example, { cwd: project });
        await runs(new Connector({ checkout, folder, layout: 'project', config: { base_path } }), format);
        await assertListed(checkout, model.uuid, project);
      });

      it('writes a connector into a folder of its own', async () => {
        const { folder } = await generate('file', example, { cwd: home });
        assertGolden(folder, `file/${format}`);
        await runs(new Connector({ checkout, folder, layout: 'standalone', config: { base_path } }), format);
      });
    });
  }

  it('reports every answer that means nothing, at its place', async () => {
    const json = answersOf(
      'json',
      { id: 'integer', tags: 'object' },
      { delimiter: ';', encoding: 'cp1252', config: [{ name: 'region' }] },
      { replication_key: 'tags' },
    );
    assert.deepEqual(await problemsOf(json), [
      'streams[0].replication_key: tags is of the type object',
      'delimiter: has no meaning in json files',
      'encoding: has no meaning in json files',
      'config[0].name: region is used by no stream',
    ]);
    const csv = answersOf('csv', { id: 'integer' }, {}, { records_path: 'data', text_columns: ['id'] });
    assert.deepEqual(await problemsOf(csv), [
      'streams[0].records_path: has no meaning in csv files',
      'streams[0].text_columns: has no meaning in csv files',
    ]);
    const faulty = {
      ...answersOf('cvs', {}, { delimiter: 'ab', encoding: 'klingon', location: 'moon' }),
      streams: [{ name: 'a', path: 's3://b/c.csv', schema: { properties: {} } }, { name: 'b' }, null],
    };
    assert.deepEqual(
      (await problemsOf(faulty)).map(problem => problem.split(':')[0]),
      [
        'format',
        'location',
        'delimiter',
        'encoding',
        'streams[0].path',
        'streams[1].schema',
        'streams[1].path',
        'streams[2]',
      ],
    );
    for (const path of ['{a}/{B}.csv', '{}', 'a}.csv', 'a\u0000b', 'a\nb', ' ', '']) {
      const [problem] = await problemsOf(answersOf('csv', { id: 'integer' }, {}, { path }));
      assert.match(problem ?? '', /^streams\[0\]\.path: (must be|has \{)/, JSON.stringify(path));
    }
    for (const delimiter of ['"', '\n', 'a', '1', ' ', '']) {
      assert.match(
        (await problemsOf(answersOf('csv', { id: 'integer' }, { delimiter }))).join(),
        /^delimiter: must be one character/,
      );
    }
    assert.deepEqual(await problemsOf({ kind: 'file', name: 'No streams', format: 'csv' }), ['streams: is missing']);
  });

  it('says that a sample in another encoding has to be converted', async () => {
    const sample = join(folderWith({ 'a.csv': Buffer.from('id,größe\n1,2\n', 'latin1') }), 'a.csv');
    assert.deepEqual(await problemsOf(answersOf('csv', {}, { encoding: 'latin-1' }, { schema: { sample } })), [
      `streams[0].schema: ${sample}: is not UTF-8 text: byte 5 is 0xf6`,
    ]);
  });

  it('takes any column name that a header can have', async () => {
    const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    const names = [
      '"; import os',
      "a'b",
      '{x}',
      '{{x}}',
      '__proto__',
      'constructor',
      'a,b',
      'zwei\nZeilen',
      '%s',
      'é 🎉',
      '\\',
    ];
    const header = names.map(name => `"${name.replaceAll('"', '""')}"`).join();
    const base_path = folderWith({ 'rows.csv': `${header}\n${names.map((_, index) => `v${index}`).join()}\n` });
    const answers = answersOf(
      'csv',
      {},
      {},
      {
        schema: { sample: join(base_path, 'rows.csv') },
        key_properties: names.filter(name => !name.includes('\n')),
        replication_key: names[0],
      },
    );
    const connector = (await connectorIn(checkout, answers)).with({ base_path });
    const [row] = records(await read(connector));
    assert.deepEqual(
      Object.entries(row ?? {}),
      names.map((name, index) => [name, `v${index}`]),
    );
  });
});

async function assertListed(checkout: Checkout, uuid: string, project?: string): Promise<void> {
  const listed = await listing(checkout, uuid, project);
  assert(listed?.fast);
  assert.match(listed.docs, /## Configuration[\s\S]*`base_path`[\s\S]*## Streams/);
  assert.deepEqual(Object.keys(listed.templates), ['config']);
}

function projectIn(folder: string): string {
  mkdirSync(join(folder, 'data_loaders'), { recursive: true });
  for (const name of ['metadata.yaml', 'io_config.yaml', 'data_loaders/__init__.py'])
    writeFileSync(join(folder, name), '');
  return folder;
}

/** Does all that Mage does with the connector of an example, on the example's own samples. */
async function runs(connector: Connector, format: Format): Promise<void> {
  const ids = (readAnswer(await connector.discoverStreams()) as { tap_stream_id: string }[]).map(
    stream => stream.tap_stream_id,
  );
  assert.deepEqual(ids.sort(), STREAMS[format]);
  const test = await connector.testConnection();
  assert.equal(test.exitCode, 0, test.error);
  for (const [stream, count] of Object.entries(RECORDS[format])) {
    assert.equal(sampledRows(await connector.sample([stream]))[stream]?.length, count);
    assert.equal(records(await read(connector, { stream })).length, count - (REPEATED[stream] ?? 0));
  }
}
