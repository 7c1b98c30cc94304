import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pick } from 'lodash-es';
import { Ask } from '../../src/answers/ask.ts';
import { validate } from '../../src/answers/validate.ts';
import { apiAnswers } from '../../src/kinds/api/answers.ts';
import { askAuth } from '../../src/kinds/api/auth/question.ts';
import { askApi } from '../../src/kinds/api/questions.ts';
import { temporaryFolder } from '../support/generate.ts';

const BASICS = {
  name: ['Acme CRM'],
  base_url: ['https://api.acme.test/v2'],
  stream: ['deals'],
  columns: ['id:integer, updated_at:date-time'],
};

/** Answers each question by its name; what isn't there takes the default. */
function answering(answers: Record<string, readonly unknown[]>): { ask: Ask; refused: string[] } {
  const refused: string[] = [];
  const left = Object.fromEntries(
    Object.entries({ ...BASICS, ...answers }).map(([name, values]) => [name, [...values]]),
  );
  const ask = new Ask(async question => {
    const name = String(question.name);
    const check = (question.validate ?? (() => true)) as (input: string) => true | string;
    for (;;) {
      const value = left[name]?.length ? left[name].shift() : (question.default ?? '');
      const verdict = typeof value === 'string' ? check(value) : true;
      if (verdict === true) return { [name]: value };
      refused.push(`${name}: ${verdict}`);
    }
  });
  return { ask, refused };
}

describe('the questions of the api generator', () => {
  const AUTH: readonly [Record<string, readonly unknown[]>, object][] = [
    [{ auth: ['none'] }, { type: 'none' }],
    [{ auth: ['bearer'] }, { type: 'bearer' }],
    [
      { auth: ['api_key'], key_in: ['query'] },
      { type: 'api_key', in: 'query', name: 'api_key' },
    ],
    [{ auth: ['basic'] }, { type: 'basic' }],
    [
      { auth: ['oauth2_client_credentials'], token_url: ['nowhere', 'https://a.test/token'], scopes: ['a, b'] },
      { type: 'oauth2_client_credentials', token_url: 'https://a.test/token', scopes: ['a', 'b'] },
    ],
    [
      { auth: ['oauth2_refresh_token'], token_url: ['https://a.test/token'], rotating: [true] },
      { type: 'oauth2_refresh_token', token_url: 'https://a.test/token', rotating: true },
    ],
    [{ auth: ['digest'] }, { type: 'digest' }],
    [
      { auth: ['aws_signature'], aws_service: ['es'] },
      { type: 'aws_signature', service: 'es' },
    ],
    [
      { auth: ['custom'], auth_text: ['OAuth {userId}', 'OAuth {user_id}'] },
      { type: 'custom', headers: { Authorization: 'OAuth {user_id}' } },
    ],
    [
      { auth: ['session_token'] },
      { type: 'session_token', login_path: '/login', token_path: 'token', name: 'Authorization' },
    ],
  ];
  for (const [given, expected] of AUTH) {
    it(`lead to sound answers on authentication by ${given.auth?.[0]}`, async () => {
      const { ask, refused } = answering({ pagination: ['none'], ...given });
      const answers = await askApi(ask, {}, '.');
      assert.deepEqual(answers.auth, expected);
      assert.deepEqual(validate(apiAnswers, { kind: 'api', ...answers }).problems, []);
      assert.equal(refused.length, given.token_url?.[0] === 'nowhere' || given.auth_text ? 1 : 0);
    });
  }

  const CHANGED: readonly [object, Record<string, readonly unknown[]>, object][] = [
    [
      { type: 'custom', headers: { 'X-Key': '{key}', 'X-Account': '{account}' }, params: { a: '{key}' } },
      { auth_header: ['X-Api-Key'] },
      { type: 'custom', headers: { 'X-Api-Key': '{key}', 'X-Account': '{account}' }, params: { a: '{key}' } },
    ],
    [
      { type: 'session_token', login_path: '/login', token_from_cookie: 'sid' },
      { login_path: ['/sign-in'] },
      { type: 'session_token', login_path: '/sign-in', token_from_cookie: 'sid' },
    ],
    [{ type: 'basic', username: '{key}', password: '' }, {}, { type: 'basic', username: '{key}', password: '' }],
    [{ type: 'bearer', token: '{a}:{b}' }, {}, { type: 'bearer', token: '{a}:{b}' }],
  ];
  for (const [now, given, expected] of CHANGED)
    it(`keep what they do not ask for of ${JSON.stringify(now)}`, async () => {
      assert.deepEqual(await askAuth(answering(given).ask, now as Record<string, unknown>), expected);
    });

  const COUNTED = { columns: ['id:integer, at:integer'], incremental: [true], pagination: ['none'], auth: ['none'] };
  const BOOKMARKS: readonly [Record<string, readonly unknown[]>, object][] = [
    [
      { replication_key: ['id'], numbers: ['integer'], bookmark_param: ['since_id'] },
      { bookmark_param: 'since_id', bookmark_format: 'integer' },
    ],
    [{ replication_key: ['at'], numbers: ['epoch_seconds'] }, { bookmark_format: 'epoch_seconds' }],
    [
      {
        replication_key: ['at'],
        numbers: ['epoch_seconds'],
        bookmark_param: ['since'],
        bookmark_format: ['epoch_milliseconds'],
      },
      { bookmark_param: 'since', bookmark_format: 'epoch_milliseconds' },
    ],
  ];
  for (const [given, expected] of BOOKMARKS) {
    it(`lead to sound answers on a bookmark of numbers: ${JSON.stringify(expected)}`, async () => {
      const { ask } = answering({ ...COUNTED, ...given });
      const answers = await askApi(ask, {}, '.');
      const [stream] = answers.streams as [Record<string, unknown>];
      assert.deepEqual(pick(stream, ['bookmark_param', 'bookmark_format']), expected);
      assert.deepEqual(validate(apiAnswers, { kind: 'api', ...answers }).problems, []);
    });
  }

  it('ask how moments are written where the sample leaves it open', async () => {
    const sample = join(temporaryFolder(), 'sample.json');
    for (const [values, expected] of [
      [['12/01/2024', '01/02/2024'], '%m/%d/%Y'],
      [['13/01/2024'], undefined],
    ] as const) {
      writeFileSync(sample, JSON.stringify(values.map((at, id) => ({ id, at }))));
      const answers = { sample: [sample], incremental: [true], replication_key: ['at'], value_format: ['%m/%d/%Y'] };
      const { ask } = answering({ pagination: ['none'], auth: ['none'], ...answers });
      const [stream] = (await askApi(ask, {}, '.')).streams as Record<string, unknown>[];
      assert.equal(stream?.value_format, expected);
    }
  });

  const PAGINATION: readonly [Record<string, readonly unknown[]>, object][] = [
    [{ pagination: ['none'] }, { type: 'none' }],
    [{ pagination: ['page'] }, { type: 'page', page_param: 'page' }],
    [
      { pagination: ['offset'], page_size_param: ['limit'], page_size: ['many', '0', '50'] },
      { type: 'offset', offset_param: 'offset', page_size_param: 'limit', page_size: 50 },
    ],
    [
      { pagination: ['cursor'], cursor_path: ['meta.next'], records_path: ['data'] },
      { type: 'cursor', cursor_path: 'meta.next', cursor_param: 'cursor' },
    ],
    [
      { pagination: ['next_url'], next_url_path: ['next'], records_path: ['data'] },
      { type: 'next_url', next_url_path: 'next' },
    ],
    [{ pagination: ['link_header'] }, { type: 'link_header' }],
    [{ pagination: ['keyset'] }, { type: 'keyset', keyset_param: 'starting_after', keyset_field: 'id' }],
  ];
  for (const [given, expected] of PAGINATION) {
    it(`lead to sound answers on pagination by ${given.pagination?.[0]}`, async () => {
      const { ask, refused } = answering({ auth: ['none'], ...given });
      const answers = await askApi(ask, {}, '.');
      assert.deepEqual(answers.pagination, expected);
      assert.deepEqual(validate(apiAnswers, { kind: 'api', ...answers }).problems, []);
      assert.equal(refused.length, given.page_size ? 2 : 0, refused.join());
    });
  }
});
