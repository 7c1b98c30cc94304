import assert from 'node:assert/strict';
import { plan, temporaryFolder } from '../support/generate.ts';
import { SCHEMA } from './support.ts';

const INCREMENTAL = { key_properties: ['id'], replication_key: 'updated_at' };
const COUNTED = { key_properties: ['id'], replication_key: 'id', bookmark_format: 'integer' };
const PAGED = { type: 'page' };
const NAME = 'a name in braces is of lower-case letters, digits and _';

/** What can't stand in a text of a request: the answers of a stream, what is wrong, and further answers. */
const FAULTS: readonly (readonly [object, string, object?])[] = [
  [{ params: { q: '{userId}' } }, `streams[0].params.q, line 1: has {userId}: ${NAME}, such as {user_id}`],
  [{ params: { '{userId}': 'x' } }, `has {userId}: ${NAME}, such as {user_id}`],
  [{ params: { q: '{"a": 1}' } }, `has {"a": 1}: ${NAME}; braces that stand for themselves are doubled`],
  [{ body: { a: [{ b: 'x {' }] } }, `streams[0].body, line 1: has {: ${NAME}`],
  [{ path: '/{a}{B}' }, `streams[0].path, line 1: has {B}: ${NAME}, such as {b}`],
  [{}, `headers.X-A, line 1: has {A}: ${NAME}, such as {a}`, { headers: { 'X-A': '{A}' } }],
  [{ params: { q: '{since}' } }, 'params.q, line 1: has {since}, which has no value without a replication_key'],
  [{ path: '/{until}' }, 'path, line 1: has {until}, which has no value without a replication_key'],
  [{ ...INCREMENTAL, params: { q: '{until}' } }, 'has {until}, which has no use without {since}'],
  [{ ...INCREMENTAL, params: { q: '{since:epoc}' } }, 'has the format epoc: did you mean epoch?'],
  [
    { ...INCREMENTAL, params: { q: '{since:yyyy}' } },
    'has the format yyyy: iso, date, epoch, epoch_ms, epoch_us and patterns',
  ],
  [{ ...INCREMENTAL, params: { q: '{since:100%%}' } }, 'has the format 100%%: iso, date, epoch'],
  [{ ...INCREMENTAL, params: { q: '{since:%Q}' } }, 'has the format %Q, in which strftime knows no %Q'],
  [{ ...INCREMENTAL, params: { '{since}': 'x' } }, 'has {since} in a name'],
  [
    { ...INCREMENTAL, params: { q: '{since}' }, bookmark_param: 'p' },
    'bookmark_param, line 1: has no use beside {since} in params.q',
  ],
  [
    { ...INCREMENTAL, params: { q: '{since}' }, bookmark_end_param: 'p' },
    'bookmark_end_param, line 1: has no use beside {since}',
  ],
  [{ ...INCREMENTAL, params: { q: '{since}' }, window_days: 3 }, 'window_days, line 1: needs a bookmark_end_param'],
  [
    { ...INCREMENTAL, params: { q: '{since:%Y-%m}{until}' }, window_days: 3 },
    'window_days, line 1: must be more than 31',
  ],
  [{ params: { q: '{region:date}' } }, 'params.q, line 1: has a format for {region}'],
  [{ params: { q: '{bookmark}' } }, 'params.q, line 1: has {bookmark}: did you mean {since}?'],
  [{ params: { q: '{page_size}' } }, 'params.q, line 1: has {page_size}: did you mean {limit}?'],
  [
    {},
    'base_url, line 1: has {page}, which has a value in the texts of a stream alone',
    { base_url: 'https://{page}.test' },
  ],
  [{}, 'headers.X-A, line 1: has {since}, which has a value in', { headers: { 'X-A': '{since}' } }],
  [{}, 'headers.X-A, line 1: has the format epok', { headers: { 'X-A': '{now:epok}' } }],
  [
    { params: { q: '{page}' } },
    'items has {page}, which its pagination (none) has no value for (leave it out, or take a pagination that counts or has a cursor)',
  ],
  [
    { params: { q: '{offset}' }, pagination: PAGED },
    'items has {offset}, which its pagination (page) has no value for (it has {page} and {limit}; for others, take a pagination that counts or has a cursor)',
  ],
  [{ params: { q: '{limit}' }, pagination: PAGED }, 'items has {limit}, but its pagination has no page_size'],
  [
    { path: '/{cursor}', pagination: { type: 'cursor', cursor_path: 'a' }, records_path: 'b' },
    'path, line 1: has {cursor}, and a first request has none',
  ],
  [
    { path: '/{page}', pagination: PAGED },
    'path, line 1: has {page}, which has a meaning of its own',
    { config: [{ name: 'page' }] },
  ],
  [{ ...COUNTED, path: '/{since}' }, 'has {since}, and a counter has no value in a first run'],
  [
    { ...COUNTED, params: { q: 'id > {since} skip {offset}' }, pagination: { type: 'offset' } },
    'params.q, line 1: has {since}, and a counter has no value in a first run (put it into a parameter of its own',
  ],
  [{ ...COUNTED, params: { q: '{since:date}{until}' } }, 'has a format for {since}, which is a counter'],
  [
    {
      ...INCREMENTAL,
      params: { from: '{since}' },
      records_path: 'data',
      pagination: { type: 'cursor', cursor_path: 'next', first_page_params: ['from'] },
    },
    'items has from in first_page_params, and it stands in a text that every page is asked for with',
  ],
  [
    { params: { '{q}': 'x' } },
    'has {q}, which has no value where none is configured',
    { config: [{ name: 'q', default: '' }] },
  ],
];

/** The problems of a connector with one stream; empty text where it has none. */
async function problems(stream: object, answers: object = {}): Promise<string> {
  const items = { name: 'items', path: '/items', schema: SCHEMA, ...stream };
  const given = { kind: 'api', name: 'Acme', base_url: 'https://acme.test', streams: [items], ...answers };
  return plan('api', given, { cwd: temporaryFolder() }).then(
    () => '',
    ({ message }: Error) => message,
  );
}

describe('what stands in braces in a request', () => {
  for (const [stream, fault, answers] of FAULTS)
    it(`is refused: ${fault.slice(0, 90)}`, async () => {
      const message = await problems(stream, answers);
      assert.ok(message.includes(fault), message);
    });

  it('may be a key of the configuration that is called as a mistake would be, where it is declared', async () => {
    assert.equal(await problems({ params: { q: '{page_size}' } }, { config: [{ name: 'page_size' }] }), '');
  });
});
