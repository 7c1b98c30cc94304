import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { plan, temporaryFolder } from '../support/generate.ts';
import { connectorOf, ids, items, SCHEMA } from './support.ts';
import { type TextServer, textServer } from './text-server.ts';

const stream = (name: string, more: object = {}) => ({
  name,
  path: `/${name}`,
  key_properties: ['id'],
  schema: SCHEMA,
  ...more,
});

describe('configuration keys of an API', function () {
  this.timeout(120_000);
  needsPython();
  let server: TextServer | undefined;
  afterEach(() => server?.close());

  const made = async (answers: object) => {
    const built = await connectorOf(answers);
    const { checkout, generated } = built;
    assert.deepEqual(await flake8(generated.folder, testFolder(checkout, generated.folder)), []);
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    server = await textServer(() => items(2));
    const { port, sent } = server;
    const run = async (config: object) => {
      sent.length = 0;
      const over = built.connector.with({ port, ...config });
      return over.run({ catalog: selectAll(await over.catalog()) });
    };
    return { ...built, sent, run, port };
  };

  it('stand for one of several values, which README and template show', async () => {
    const { generated, sent, run } = await made({
      base_url: '{region}/v1',
      config: [
        {
          name: 'region',
          description: 'Where it runs',
          values: { eu: 'http://127.0.0.1', 'us 2': 'http://localhost:1' },
        },
        { name: 'mode', values: { live: 'x', test: 0 }, default: 'live' },
      ],
      streams: [stream('items', { params: { mode: '{mode}' } })],
    });
    const readme = readFileSync(join(generated.folder, 'README.md'), 'utf8');
    assert.ok(readme.includes('Where it runs; one of eu, us 2'), readme);
    const template = JSON.parse(readFileSync(join(generated.folder, 'templates/config.json'), 'utf8'));
    assert.deepEqual(template, { region: 'eu or us 2', mode: 'live' });
    const wrong = await run({ region: 'asia', mode: 'live' });
    assert.match(String(wrong.error), /region is 'asia' in the configuration, but has to be eu, us 2/);
    assert.deepEqual(sent, []);
  });

  it('send what the chosen value stands for', async () => {
    const { run, sent } = await made({
      base_url: 'http://{host}:{port}',
      config: [
        { name: 'host', values: { eu: '127.0.0.1', us: 'us.invalid' }, default: 'eu' },
        { name: 'mode', values: { live: "it's {live}", test: 0, true: 'yes' }, default: 'live' },
      ],
      streams: [stream('items', { params: { mode: '{mode}', text: 'mode {mode}' } })],
    });
    for (const [mode, value] of [
      [undefined, "it's {live}"],
      [true, 'yes'],
      ['live', "it's {live}"],
      ['test', '0'],
    ]) {
      const outcome = await run({ mode });
      assert.deepEqual(ids(outcome), [1, 2], outcome.error);
      assert.deepEqual(sent[0]?.params, [
        ['mode', value],
        ['text', `mode ${value}`],
      ]);
    }
  });

  it('are lists, numbers, dates and truth values', async () => {
    const all = { ids: '{ids}', size: '{size}', ratio: '{ratio}', deep: '{deep}', day: '{day}' };
    const { run, sent } = await made({
      config: [
        { name: 'ids', type: 'list' },
        { name: 'size', type: 'integer', default: 5 },
        { name: 'ratio', type: 'number', default: '' },
        { name: 'deep', type: 'boolean' },
        { name: 'day', type: 'date' },
      ],
      headers: { 'X-Day': '{day:%d.%m.%Y}', 'X-Ids': '{ids}' },
      streams: [
        stream('asked', { params: { ...all, text: 'in ({ids}) on {day:epoch}, {deep}' } }),
        stream('posted', { body: all, params_in: 'body', params: { more: '{ids}', when: '{day:epoch_ms}' } }),
        stream('formed', { body: all, body_as: 'form' }),
      ],
    });
    const config = { ids: 'a, b,, c d ', ratio: '1.50', deep: true, day: '2024-02-29' };
    const outcome = await run(config);
    assert.equal(outcome.exitCode, 0, outcome.error);
    const [asked, posted, formed] = ['/asked', '/posted', '/formed'].map(path => sent.find(each => each.path === path));
    const listed = [...'ab'].map(id => ['ids', id]);
    assert.deepEqual(asked?.params, [
      ...listed,
      ['ids', 'c d'],
      ['size', '5'],
      ['ratio', '1.5'],
      ['deep', 'true'],
      ['day', '2024-02-29'],
      ['text', 'in (a,b,c d) on 1709164800, true'],
    ]);
    assert.deepEqual([asked?.headers['x-day'], asked?.headers['x-ids']], ['29.02.2024', 'a,b,c d']);
    const values = { ids: ['a', 'b', 'c d'], size: 5, ratio: 1.5, deep: true, day: '2024-02-29' };
    assert.deepEqual(JSON.parse(String(posted?.body)), { ...values, more: values.ids, when: 1709164800000 });
    assert.deepEqual(new URLSearchParams(formed?.body).get('size'), '5');
    const none = await run({ ids: ['x', 1], day: '2024-02-29T12:00:00Z' });
    assert.equal(none.exitCode, 0, none.error);
    const body = JSON.parse(String(sent.find(({ path }) => path === '/posted')?.body));
    assert.deepEqual(body, {
      ids: ['x', '1'],
      size: 5,
      deep: false,
      day: '2024-02-29',
      more: ['x', '1'],
      when: 1709208000000,
    });
    for (const [wrong, fault] of [
      [{ size: 'five' }, 'size in the configuration is no integer'],
      [{ ratio: '1,5' }, 'ratio in the configuration is no number'],
      [{ deep: 'yes' }, 'deep in the configuration is no boolean'],
      [{ day: '29.2.2024' }, "day is '29.2.2024', neither ISO 8601 nor"],
    ] as const) {
      const { exitCode, error } = await run({ ...config, ...wrong });
      assert.equal(exitCode, 1);
      assert.ok(String(error).includes(fault), error);
    }
  });

  it('have a start some days ago where none is configured', async () => {
    const { run, sent } = await made({
      start_days_ago: 90,
      streams: [stream('items', { path: '/{since:date}', replication_key: 'updated_at' })],
    });
    const days = (text = '') => Math.round((Date.now() - Date.parse(text.slice(1))) / 86_400_000);
    const outcome = await run({});
    assert.equal(outcome.exitCode, 0, outcome.error);
    // A step before, and the day of the run itself may end meanwhile.
    assert.ok([91, 92].includes(days(sent[0]?.path)), sent[0]?.path);
    await run({ start_date: '2024-01-05' });
    assert.equal(sent[0]?.path, '/2024-01-04');
  });

  it('are refused where what they say cannot be', async () => {
    for (const [key, fault, answers] of [
      [{ values: { eu: 'a' }, default: 'eo' }, 'config[0].default, line 1: is none of the values: did you mean eu?'],
      [{ values: { eu: 'a' }, type: 'list' }, 'config[0].type, line 1: has no use beside values'],
      [{ values: { eu: 'a' }, secret: true }, 'config[0].values, line 1: would put secrets into the code'],
      [{ values: {} }, 'config[0].values, line 1: must have a value'],
      [{ values: { 'a,b': 1 } }, 'must be one line without commas'],
      [
        { type: 'boolean', default: true },
        'config[0].default, line 1: cannot be true, since Mage gives false as nothing',
      ],
      [{ type: 'integer', default: '1.5' }, 'config[0].default, line 1: is not of the type integer'],
      [{ type: 'date', default: '1.5.2024' }, 'config[0].default, line 1: is not of the type date'],
      [{ type: 'text' }, 'config[0].type, line 1: must be list, integer, number, date or boolean'],
      [{}, 'base_url, line 1: begins with {x}, which stands for no addresses', { base_url: '{x}/v1' }],
      [{ values: { a: 'b.test' } }, 'begins with {x}, which stands for no addresses', { base_url: '{x}' }],
      [{ type: 'date' }, 'has the format epoc: did you mean epoch?', { headers: { A: '{x:epoc}' } }],
    ] as const) {
      const given = { kind: 'api', name: 'Acme', base_url: 'https://a.test', streams: [stream('items')] };
      const config = [{ name: 'x', ...key }];
      await assert.rejects(
        plan('api', { ...given, config, ...answers }, { cwd: temporaryFolder() }),
        ({ message }: Error) => {
          assert.ok(message.includes(fault), message);
          return true;
        },
      );
    }
  });
});
