import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonFaults } from '../../src/python/format.ts';
import { generate, type KindName } from '../support/generate.ts';

/** Around each of these some line fits, or no longer does. */
const LENGTHS = [1, 2, 9, 17, 25, 31, 37, 44, 50, 54, 56, 60, 63, 71, 79, 84, 88, 92, 96, 101, 130, 260];

/** A name of that many characters, or of as many as a name may have. */
const named = (length: number, letter: string, most = 63) => letter.repeat(Math.min(length, most));
const text = (length: number) => `${'word '.repeat(length).slice(0, length - 1)}.`;
/** Of a body no deeper than it may be. */
const nested = (depth: number, leaf: unknown): object => nest(Math.min(depth, 85), leaf);
const nest = (depth: number, leaf: unknown): object =>
  depth === 0 ? { leaf, list: [leaf] } : { k: nest(depth - 1, leaf) };

function api(length: number): object {
  const name = (letter: string) => named(length, letter);
  const long = (letter: string) => letter.repeat(length);
  const key = `{${name('q')}}`;
  const stream = (letter: string, more: object = {}) => ({
    name: name(letter),
    path: `/${long('p')}/${key}`,
    records_path: `${long('d')}.${long('e')}`,
    key_properties: [long('c')],
    schema: { properties: { [long('c')]: 'integer', [long('u')]: 'date-time', [long('日')]: 'string' } },
    params: { [long('r')]: text(length), [long('日')]: long('語'), x: key },
    ...more,
  });
  const incremental = {
    replication_key: long('u'),
    bookmark_param: long('z'),
    bookmark_end_param: long('y'),
    window_days: 3,
    record_filter: { [long('c')]: text(length) },
    from_response: { [long('u')]: `${long('o')}.${long('p')}` },
  };
  const parents = [{ stream: name('a'), field: long('c'), as: name('f') }];
  const token = {
    token_url: `https://acme.test/${long('u')}`,
    scopes: [text(length), 'b'],
    token_params: { grant_type: text(length), [long('v')]: key },
  };
  const login = {
    login_path: `/${long('u')}`,
    token_path: `${long('e')}.${long('f')}`,
    username_field: long('g'),
    password_field: long('h'),
    name: long('J'),
  };
  return {
    name: named(length, 'N', 80),
    description: `${long('日')} ${text(length)}`,
    base_url: `https://acme.test/${long('b')}`,
    headers: { [`X-${long('H')}`]: text(length), Y: key },
    config: [{ name: name('q'), description: text(length), default: text(length) }],
    auth: {
      type: 'choice',
      schemes: {
        [name('s')]: { type: 'api_key', name: long('K'), prefix: text(length) },
        [name('t')]: { type: 'oauth2_refresh_token', rotating: true, ...token },
        log_in: { type: 'session_token', ...login },
      },
    },
    pagination: { type: 'cursor', cursor_param: long('y'), cursor_path: `${long('a')}.${long('b')}` },
    streams: [
      stream('a'),
      stream('b', incremental),
      stream('e', { method: 'POST', params_in: 'body', body: nested(length, text(length)), parents }),
      stream('g', { method: 'POST', graphql: `{ ${text(length)} }`, body: { variables: nested(length, key) } }),
    ],
  };
}

function file(length: number): object {
  const columns = { [length === 1 ? 'c' : 'c'.repeat(length)]: 'integer', ['u'.repeat(length)]: 'date-time' };
  const stream = (letter: string, more: object = {}) => ({
    name: named(length, letter),
    path: `${letter.repeat(length)}/{${named(length, 'q')}}-*.csv`,
    key_properties: ['c'.repeat(length)],
    schema: { properties: columns },
    ...more,
  });
  return {
    name: named(length, 'N', 80),
    description: text(length),
    format: 'csv',
    config: [{ name: named(length, 'q'), description: text(length), default: text(length) }],
    streams: [stream('a'), stream('b', { replication_method: 'INCREMENTAL', replication_key: 'u'.repeat(length) })],
  };
}

function sql(length: number): object {
  const long = (letter: string) => letter.repeat(length);
  return {
    name: named(length, 'N', 80),
    description: text(length),
    dialect: 'generic',
    driver: {
      module: `a.${named(length, 'm')}`,
      package: named(length, 'p'),
      connect: { [named(length, 'h')]: `{${named(length, 'k')}}`, x: text(length) },
      session: [`SELECT '${text(length)}'`, 'SELECT 1'],
    },
    streams: [
      {
        name: named(length, 'a'),
        query: `SELECT ${long('c')} AS id`,
        key_properties: ['id'],
        replication_key: long('r'),
      },
      { name: named(length, 'b'), query: `SELECT ${text(length)}` },
    ],
  };
}

function assertFormatted(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.py'));
  assert.notEqual(files.length, 0);
  for (const path of files) assert.deepEqual(pythonFaults(readFileSync(join(folder, path), 'utf8')), [], path);
}

describe('names and texts of any length', function () {
  this.timeout(120_000);
  const kinds: readonly [KindName, (length: number) => object][] = [
    ['api', api],
    ['file', file],
    ['sql', sql],
  ];
  it('are refused where Python could not read what they make', async () => {
    const stream = { name: 'a', path: '/a', key_properties: ['id'], schema: { properties: { id: 'integer' } } };
    const body = nest(95, 1);
    const answers = { name: 'A', base_url: 'https://a.test', streams: [{ ...stream, method: 'POST', body }] };
    await assert.rejects(generate('api', answers), /streams\[0\]\.body, line 1: is nested more than 90 deep/);
  });

  for (const [kind, answers] of kinds)
    it(`have a place in a connector of the kind ${kind}`, async () => {
      for (const length of LENGTHS) {
        const { root } = await generate(kind, answers(length)).catch(error => {
          throw new Error(`${length}: ${error.message}`, { cause: error });
        });
        assertFormatted(root);
      }
    });
});
