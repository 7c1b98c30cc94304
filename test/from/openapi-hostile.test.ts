import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DescribedApi } from '../../src/from/described.ts';
import { openapi } from '../../src/from/openapi/index.ts';
import { toAnswers } from '../../src/from/to-answers.ts';

const LIST = (schema: unknown) => ({
  openapi: '3.0.0',
  info: { title: 'Acme' },
  servers: [{ url: 'https://acme.test' }],
  paths: { '/things': { get: { responses: { 200: { content: { 'application/json': { schema } } } } } } },
});
const listOf = (items: unknown) => LIST({ type: 'array', items });

const read = (value: unknown, file?: string): Promise<DescribedApi> =>
  openapi.read({
    name: 'acme.json',
    text: typeof value === 'string' ? value : JSON.stringify(value),
    file,
    address: undefined,
    headers: {},
    responseHeaders: {},
  });

const columns = (api: DescribedApi): Record<string, unknown> =>
  (api.streams[0]?.schema?.value.properties ?? {}) as Record<string, unknown>;

describe('a hostile OpenAPI description', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'openapi-'));
    mkdirSync(join(folder, 'api', 'schemas'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (path: string, value: unknown): string => {
    const file = join(folder, path);
    writeFileSync(file, JSON.stringify(value));
    return file;
  };

  it('reads other files below its own folder, whose references are relative to them', async () => {
    write('api/schemas/thing.json', {
      properties: { id: { $ref: 'types.json#/id' }, back: { $ref: '../api.json#/x-back' } },
    });
    write('api/schemas/types.json', { id: { type: 'integer' } });
    const root = { ...listOf({ $ref: './schemas/thing.json' }), 'x-back': { type: 'boolean' } };
    const file = write('api/api.json', root);
    assert.deepEqual(columns(await read(root, file)), {
      id: { type: ['null', 'integer'] },
      back: { type: ['null', 'boolean'] },
    });
  });

  it('reads no file beyond its folder, by any way', async () => {
    write('secret.json', { properties: { stolen: { type: 'string' } } });
    symlinkSync(join(folder, 'secret.json'), join(folder, 'api', 'link.json'));
    for (const path of [
      '../secret.json',
      `${folder}/secret.json`,
      'schemas/../../secret.json',
      '%2e%2e/secret.json',
      'link.json',
      '/etc/passwd',
      `file://${folder}/secret.json`,
    ]) {
      const root = listOf({ properties: { own: { type: 'string' } }, allOf: [{ $ref: path }] });
      const api = await read(root, write('api/api.json', root));
      assert.deepEqual(Object.keys(columns(api)), ['own'], path);
      assert.match(api.notes.join('\n'), /leads (?:out of the folder|to another place)/, path);
    }
  });

  it('reads no file at all where it came from an address or standard input', async () => {
    const api = await read(
      listOf({ properties: { own: { type: 'string' } }, allOf: [{ $ref: 'schemas/thing.json' }] }),
    );
    assert.match(api.notes.join('\n'), /schemas\/thing\.json leads to another file/);
  });

  it('asks no host', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end('{"type": "object", "properties": {"stolen": {"type": "string"}}}');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/thing.json`;
    const root = listOf({ properties: { own: { type: 'string' } }, allOf: [{ $ref: address }] });
    const api = await read(root, write('api/api.json', root));
    server.close();
    assert.equal(asked, 0);
    assert.deepEqual(Object.keys(columns(api)), ['own']);
    assert.match(api.notes.join('\n'), /leads to another place, which was not asked/);
  });

  it('ends where references go in circles', async () => {
    const root = {
      ...listOf({ $ref: '#/components/schemas/A' }),
      components: {
        schemas: {
          A: {
            allOf: [{ $ref: '#/components/schemas/B' }],
            properties: { id: { type: 'integer' }, self: { $ref: '#/components/schemas/Loop' } },
          },
          B: {
            allOf: [{ $ref: '#/components/schemas/A' }],
            properties: { others: { type: 'array', items: { $ref: '#/components/schemas/A' } } },
          },
          Loop: { $ref: '#/components/schemas/Loop2' },
          Loop2: { $ref: '#/components/schemas/Loop' },
        },
      },
    };
    const found = columns(await read(root));
    assert.deepEqual(found.id, { type: ['null', 'integer'] });
    assert.deepEqual(found.others, { type: ['null', 'array'], items: { type: ['null', 'object'] } });
    assert.deepEqual(found.self, {});
  });

  it('stays small where references multiply', async () => {
    const level = (next: string) => ({
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`p${index}`, { $ref: next }])),
    });
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`L${index}`, level(`#/components/schemas/L${index + 1}`)]),
    );
    const api = await read({
      ...listOf({ $ref: '#/components/schemas/L0' }),
      components: { schemas: { ...schemas, L40: { type: 'string' } } },
    });
    const text = JSON.stringify(api.streams[0]?.schema?.value);
    assert.equal(Object.keys(columns(api)).length, 30);
    assert.ok(text.length < 200_000, `${text.length} characters`);
  });

  it('stays small where the required fields of a body multiply', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `f${index}`);
    const schema = { $ref: '#/components/schemas/A' };
    const wide = { type: 'object', required: names, properties: Object.fromEntries(names.map(name => [name, schema])) };
    const { notes } = await read({
      openapi: '3.0.0',
      paths: {
        '/a/search': {
          post: { requestBody: { content: { 'application/json': { schema } } }, responses: { 200: {} } },
        },
      },
      components: { schemas: { A: wide } },
    });
    assert.match(notes.join(), /in the body, which is more than a value: POST \/a\/search/);
  });

  it('stays small where aliases of YAML multiply', async () => {
    const aliases = Array.from({ length: 40 }, (_, index) => {
      const next =
        index === 0
          ? '{type: string}'
          : `{type: object, properties: {a: *l${index - 1}, b: *l${index - 1}, c: *l${index - 1}}}`;
      return `  l${index}: &l${index} ${next}`;
    });
    const api = await read(
      `openapi: 3.0.0\nx-bomb:\n${aliases.join('\n')}\npaths: {/things: {get: {responses: {'200': {content: {application/json: {schema: {type: array, items: *l39}}}}}}}}\n`,
    );
    assert.deepEqual(Object.keys(columns(api)), ['a', 'b', 'c']);
    assert.ok(JSON.stringify(api.streams[0]?.schema?.value).length < 200_000);
  });

  it('is not waited for where a reference names a pipe', async function () {
    this.timeout(5000);
    if (process.platform === 'win32') return this.skip();
    execFileSync('mkfifo', [join(folder, 'api', 'pipe.json')]);
    const root = listOf({ properties: { own: { type: 'string' } }, allOf: [{ $ref: 'pipe.json' }] });
    const api = await read(root, write('api/api.json', root));
    assert.deepEqual(Object.keys(columns(api)), ['own']);
    assert.match(api.notes.join('\n'), /pipe\.json names what is no file/);
  });

  it('has its columns where schemas lead to each other without end, or are made of as many', async function () {
    this.timeout(10_000);
    const count = 30_000;
    const numbers = [...Array(count).keys()];
    const part = (number: number) => ({ properties: { [`p${number}`]: { type: 'string' } } });
    const schemas = Object.fromEntries(
      numbers.map(number => [
        `s${number}`,
        { ...part(number), allOf: [{ $ref: `#/components/schemas/s${number + 1}` }] },
      ]),
    );
    const chained = await read({ ...listOf({ $ref: '#/components/schemas/s0' }), components: { schemas } });
    const together = await read(listOf({ allOf: numbers.map(part) }));
    for (const api of [chained, together]) {
      assert.ok(Object.keys(columns(api)).includes('p0'));
      assert.ok(toAnswers(api).answers.streams);
    }
  });

  it('is read where paths are without end, or without number', async function () {
    this.timeout(20_000);
    const get = LIST({ type: 'array', items: { properties: { id: { type: 'string' } } } }).paths['/things'];
    const long = await read({ ...listOf({}), paths: { [`/${'a/'.repeat(100_000)}`]: get, '/things': get } });
    assert.deepEqual(
      long.streams.map(({ name }) => name),
      ['things'],
    );
    assert.match(long.notes.join('\n'), /left out, since the path is more than an address: GET \/a\/a/);
    const paths = Object.fromEntries([...Array(20_000).keys()].map(number => [`/v${number}/things`, get]));
    const names = (await read({ ...listOf({}), paths })).streams.map(({ name }) => name);
    assert.deepEqual([names.length, new Set(names).size, names.at(-1)], [20_000, 20_000, 'things_20000']);
  });

  it('is refused where it is nested without end', async () => {
    await assert.rejects(read(`openapi: 3.0.0\nx: ${'['.repeat(100_000)}`), /nesting exceeded/);
    await assert.rejects(read(`{"openapi": "3.0.0", "x": ${'['.repeat(1_000_000)}`), /is neither JSON nor YAML/);
  });

  it('has names such as __proto__ and constructor as any others, and none that it hasn’t', async () => {
    const text = JSON.stringify(
      listOf({ properties: { id: { type: 'integer' }, constructor: { type: 'string' } }, required: ['toString'] }),
    ).replace('"constructor"', '"__proto__": {"type": "boolean"}, "constructor"');
    const api = await read(
      text.replace('"paths":{', '"paths":{"__proto__": {"get": {}}, "constructor": {"get": null}, '),
    );
    assert.deepEqual(Object.keys(columns(api)), ['id', '__proto__', 'constructor']);
    assert.equal(({} as { get?: unknown }).get, undefined);
    const { streams } = toAnswers(api).answers as { streams: { schema: { properties: object } }[] };
    assert.deepEqual(Object.keys(streams[0]?.schema.properties ?? {}), ['id', '__proto__', 'constructor']);
  });

  it('brings scripts of names into no name, path or line', async () => {
    const evil = '"""\nimport os\n#{{}} `$(rm -rf /)` \u202e<script>';
    const place = '"""\nimport os `id` \u202e<x>';
    const { paths, ...rest } = listOf({ properties: { id: { type: 'integer' } } });
    const api = await read({
      ...rest,
      info: { title: evil, description: evil },
      paths: {
        [`/things${place}}/{${place}}/items`]: {
          get: {
            ...paths['/things'].get,
            operationId: evil,
            summary: evil,
            parameters: [{ name: evil, in: 'query', required: true, description: evil }],
          },
        },
      },
    });
    const [stream] = api.streams;
    assert.match(stream?.name ?? '', /^[a-z][a-z0-9_]{0,62}$/);
    assert.doesNotMatch(
      `${stream?.title}${stream?.answers.path.value}${api.answers.name?.value}${api.answers.description?.value}`,
      /[\n\u202e]/,
    );
    for (const { name } of api.answers.config?.value ?? []) assert.match(name, /^[a-z][a-z0-9_]{0,62}$/);
    assert.doesNotMatch(stream?.answers.path.value ?? '', /["`<>\\^|\s]/);
  });

  it('may be anything in every place', async () => {
    for (const odd of [null, 1, 'x', [], {}, [null], { $ref: 1 }, { $ref: '#' }, true]) {
      const root = LIST(odd) as Record<string, unknown>;
      for (const key of ['info', 'servers', 'paths', 'components', 'security', 'tags', 'externalDocs'])
        await read({ ...root, [key]: odd });
      await read({
        ...root,
        paths: {
          '/a': odd,
          '/b': { get: odd, parameters: odd },
          '/c': { get: { parameters: odd, responses: odd, security: odd, servers: odd } },
        },
      });
      await read({
        ...root,
        paths: { '/a': { get: { parameters: [odd, { name: odd, in: odd, schema: odd }], responses: { 200: odd } } } },
      });
      await read({
        ...root,
        components: { securitySchemes: { a: odd, b: { type: odd, flows: odd, in: odd, name: odd } } },
        security: [{ a: [], b: [] }],
      });
      await read({
        swagger: '2.0',
        host: odd,
        basePath: odd,
        schemes: odd,
        securityDefinitions: odd,
        produces: odd,
        paths: {
          '/a': {
            get: {
              responses: {
                200: { schema: { type: odd, items: odd, properties: odd, required: odd, allOf: odd, enum: odd } },
              },
            },
          },
        },
      });
    }
  });
});
