import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/base/problems.ts';
import { selectAll } from '../framework/catalog.ts';
import { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import type { Outcome } from '../framework/output.ts';
import { generate, textOf } from '../support/generate.ts';
import { filesOf, openFolder } from './doors.ts';
import { freshPlace, HOSTILE_COLUMNS, HOSTILE_TEXT } from './hostile.ts';

const RECORD = Object.fromEntries(HOSTILE_COLUMNS.map((column, index) => [column, `value ${index} ${HOSTILE_TEXT}`]));

function recordsOf({ exitCode, error, messages, stderr }: Outcome): unknown[] {
  assert.equal(exitCode, 0, `${error}${stderr}`);
  return messages.filter(({ type }) => type === 'RECORD').map(({ record }) => record);
}

describe('values', function () {
  this.timeout(60_000);
  needsPython();
  let server: TestServer;
  before(async () => {
    server = await serve(() => ({ body: { "da'ta": { '"items"': [RECORD] } } }));
  });
  after(() => server.close());

  it('api: what was given arrives at the server as it was, and records of any names come back', async () => {
    const { checkout } = freshPlace('core');
    const cwd = openFolder();
    writeFileSync(join(cwd, 'sample.json'), JSON.stringify({ "da'ta": { '"items"': [RECORD] } }));
    writeFileSync(join(cwd, 'schema.json'), JSON.stringify({ properties: { id: { description: HOSTILE_TEXT } } }));
    const text = `it's "so" \\ {X} {{Y}} %s 'é'`;
    const doubled = (braces: string) => braces.replaceAll(/[{}]/g, '$&$&');
    const headers = { 'X-Text': doubled(text), 'X-Region': 'in {region}, {{0.__class__}}', 'X-Empty': '' };
    const params = {
      text: doubled(HOSTILE_TEXT),
      'a "name\'': '{region}{{0.__class__}}',
      lines: 'one\ntwo\r\n\ttab',
      braces: '{{not a key}}',
    };
    const answers = {
      kind: 'api',
      name: `Acme ' " """ \\`,
      description: HOSTILE_TEXT,
      documentation_url: 'https://a.test/its?a=%22#x',
      base_url: `${server.url}/its;(x)=%22`,
      headers,
      config: [{ name: 'region', description: HOSTILE_TEXT, default: `eu'"\\{0}` }],
      streams: [
        {
          name: 'rows',
          path: '/a/b(c);d=e',
          params,
          records_path: `["da'ta"]["\\"items\\""]`,
          key_properties: HOSTILE_COLUMNS.slice(0, 8),
          schema: { sample: join(cwd, 'sample.json') },
        },
      ],
    };
    const { answered, generated } = await tryToGenerate('api', answers, checkout.root);
    assert(generated, answered);
    const connector = new Connector({ checkout, folder: generated.folder, config: { region: null, start_date: null } });
    const catalog = await connector.catalog();
    assert.deepEqual(catalog.streams[0]?.key_properties, HOSTILE_COLUMNS.slice(0, 8));
    assert.deepEqual(recordsOf(await connector.run({ catalog: selectAll(catalog) })), [RECORD]);
    const { url = '', headers: sent } = server.requests.at(-1) ?? {};
    const region = answers.config[0]?.default;
    assert.deepEqual(Object.fromEntries(new URL(url, server.url).searchParams), {
      ...params,
      text: HOSTILE_TEXT,
      'a "name\'': `${region}{0.__class__}`,
      braces: '{not a key}',
    });
    assert.equal(sent?.['x-text'], text);
    assert.equal(sent?.['x-region'], `in ${region}, {0.__class__}`);
    assert.equal(sent?.['x-empty'], '');
    assert.deepEqual(await flake8(generated.folder), []);
    const page = join(checkout.root, 'docs/data-integrations/sources/acme.mdx');
    for (const text of [
      await textOf(generated, 'README.md'),
      readFileSync(page, 'utf8').replace(/^---.*?^---/ms, ''),
    ]) {
      assert.doesNotMatch(text, /(?<!\\)<script/);
      for (const invisible of ['\u0007', '\u202e']) assert(!text.includes(invisible));
    }
  });

  it('file: paths, configuration and columns of any names are read', async () => {
    const { checkout } = freshPlace('core');
    const folder = join(openFolder(), `it's "here" {x} [y] \\ ü`);
    mkdirSync(folder);
    const columns = HOSTILE_COLUMNS.map(column => `"${column.replaceAll('"', '""')}"`).join(',');
    writeFileSync(
      join(folder, `a'b" \\ %s 🎉.csv`),
      `${columns}\n${HOSTILE_COLUMNS.map((_, index) => `"v ${index}"`).join(',')}\n`,
    );
    const answers = {
      kind: 'file',
      name: 'Files',
      description: HOSTILE_TEXT,
      format: 'csv',
      config: [{ name: 'part', description: HOSTILE_TEXT, default: `b" \\` }],
      streams: [
        {
          name: 'rows',
          path: `a'{part} %s *.csv`,
          key_properties: HOSTILE_COLUMNS,
          schema: { sample: join(folder, `a'b" \\ %s 🎉.csv`) },
        },
      ],
    };
    const { folder: connectorFolder } = await generate('file', answers, { cwd: checkout.root });
    const connector = new Connector({ checkout, folder: connectorFolder, config: { base_path: folder } });
    const outcome = await connector.run({ catalog: selectAll(await connector.catalog()) });
    assert.deepEqual(recordsOf(outcome), [
      Object.fromEntries(HOSTILE_COLUMNS.map((column, index) => [column, `v ${index}`])),
    ]);
    assert.deepEqual(await flake8(connectorFolder), []);
  });

  it('sql: a description of any characters leaves the module clean', async () => {
    const { checkout } = freshPlace('core');
    const answers = { kind: 'sql', name: 'Acme', dialect: 'sqlite', description: HOSTILE_TEXT };
    const { folder } = await generate('sql', answers, { cwd: checkout.root });
    assert.deepEqual(await flake8(folder), []);
  });

  it('refuses what could never work, where it stands, and writes nothing', async () => {
    const cwd = openFolder();
    const stream = { name: 'rows', path: '/rows', schema: { properties: { id: 'integer' } } };
    const api = { kind: 'api', name: 'Acme', base_url: 'https://a.test', streams: [stream] };
    const withStream = (more: object) => ({ ...api, streams: [{ ...stream, ...more }] });
    const half = 'half \ud800';
    const wrong: [string, object][] = [
      ...[
        'javascript:alert(1)',
        'https://a.test/"; import os',
        'https://a.test/{0.__class__}',
        'https://a b.test',
        '',
        'x\ny',
      ].map((base_url): [string, object] => ['base_url', { ...api, base_url }]),
      ...['/a b', '/a?b=1', '/a#b', '/{0.__class__}', "/'", '/"', '/\\', '/a\nb', ''].map((path): [string, object] => [
        'path',
        withStream({ path }),
      ]),
      ...['a/b', '..', '', '数据', 'a b', '"', 'x'.repeat(64), 'a\n'].map((name): [string, object] => [
        'name',
        withStream({ name }),
      ]),
      ...['../x', 'Acme', 'class', 'base', '', 'a-b', 'x'.repeat(64)].map((uuid): [string, object] => [
        'uuid',
        { ...api, uuid },
      ]),
      ...[
        { 'X\nY': 'v' },
        { 'X Y': 'v' },
        { 'X:': 'v' },
        { X: 'v\r\nY: z' },
        { X: '🎉' },
        { X: half },
        { X: ' padded' },
      ].map((headers): [string, object] => ['headers', { ...api, headers }]),
      ...['Key', '__class__', 'a.b', 'a b', ''].map((name): [string, object] => [
        'config',
        { ...api, config: [{ name }] },
      ]),
      ['params', withStream({ params: { a: half } })],
      ['description', { ...api, description: half }],
      ['documentation_url', { ...api, documentation_url: 'javascript:alert(1)' }],
      ['key_properties', withStream({ key_properties: ['none'] })],
      ['replication_key', withStream({ replication_key: '__proto__' })],
      ['dialect', { kind: 'sql', name: 'Acme', dialect: 'constructor' }],
      ['path', { ...withStream({ path: 'a\nb' }), kind: 'file', format: 'csv', base_url: undefined }],
    ];
    for (const [where, answers] of wrong) {
      const { answered, generated } = await tryToGenerate((answers as { kind: 'api' }).kind, answers, cwd);
      assert.equal(generated, undefined, JSON.stringify(answers));
      assert.match(answered, new RegExp(`${where}.*: `, 's'), JSON.stringify(answers));
    }
    assert.deepEqual(filesOf(cwd), []);
  });
});

async function tryToGenerate(kind: 'api' | 'sql' | 'file', answers: object, cwd: string) {
  try {
    return { generated: await generate(kind, answers, { cwd }), answered: '' };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { answered: error.message };
  }
}
