import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { plan } from '../support/generate.ts';
import { type Reply, type Seen, StrictApi, send } from './strict-server.ts';
import { type Built, connectorOf, items, records, SCHEMA } from './support.ts';

type Answers = Record<string, unknown>;

const ITEMS = { name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA };
const SIZE = 2;
const SIZED = { page_size_param: 'limit', page_size: SIZE };

/** How a server cuts seven records, by what it is asked for. */
interface Case {
  readonly pagination: Answers;
  readonly stream?: Answers;
  readonly page: (seen: Seen, page: readonly object[], end: number, isLast: boolean) => Reply;
  readonly start: (seen: Seen) => number;
}

const numbered = (seen: Seen) => (Number(seen.params.get('page')) - 1) * SIZE;
const behind = (seen: Seen) => Number(seen.params.get('after') ?? 0);
const DATA = { records_path: 'data' };

/** Each as an API of that name does it. */
const CASES: Readonly<Record<string, Case>> = {
  'Zendesk exports: an address that never ends, and a flag': {
    pagination: { type: 'next_url', next_url_path: 'next', last_page_when: { path: 'end_of_stream', equals: true } },
    stream: DATA,
    start: behind,
    page: (_, data, end, isLast) => ({ body: { data, next: `/items?after=${end}`, end_of_stream: isLast } }),
  },
  'Zenefits: the text null': {
    pagination: { type: 'next_url', next_url_path: 'next', last_page_when: { path: 'next', equals: 'null' } },
    stream: DATA,
    start: behind,
    page: (_, data, end, isLast) => ({ body: { data, next: isLast ? 'null' : `/items?after=${end}` } }),
  },
  'Sentry: a parameter of the link': {
    pagination: { type: 'link_header', last_page_when: { link: 'results', equals: 'false' } },
    start: behind,
    page: (_, body, end, isLast) => ({
      body,
      headers: { Link: `</items?after=${end}>; rel="next"; results="${!isLast}"; cursor="0:${end}:0"` },
    }),
  },
  'Sentry: a cursor in the link': {
    pagination: {
      type: 'cursor',
      cursor_param: 'after',
      cursor_link: 'Cursor',
      last_page_when: { link: 'results', equals: 'false' },
    },
    start: behind,
    page: (_, body, end, isLast) => ({
      body,
      headers: {
        Link: `</items>; rel="previous"; cursor="9", </items>; rel="next"; results="${!isLast}"; cursor="${end}"`,
      },
    }),
  },
  'a cursor in a link that the last page leaves out, and a body that says so': {
    pagination: { type: 'cursor', cursor_param: 'after', cursor_link: 'at', has_more_path: 'more' },
    stream: DATA,
    start: behind,
    page: (_, data, end, isLast) => ({
      body: { data, more: !isLast },
      headers: { Link: isLast ? '</items>; rel=first' : `</items>; rel=next; at=${end}` },
    }),
  },
  'Zendesk Chat: a short page': {
    pagination: { type: 'next_url', next_url_path: 'next', last_page_when: { short_page: true }, ...SIZED },
    stream: DATA,
    start: behind,
    page: (_, data, end) => ({ body: { data, next: `/items?after=${end}` } }),
  },
  'an empty header': {
    pagination: { type: 'page', last_page_when: { header: 'X-Next', empty: true } },
    start: numbered,
    page: (_, body, __, isLast) => ({ body, headers: { 'X-Next': isLast ? '' : 'yes' } }),
  },
  'a key that the last page alone has, and another stream': {
    pagination: { type: 'page', last_page_when: { path: 'meta.end', missing: false } },
    stream: DATA,
    start: numbered,
    page: (_, data, __, isLast) => ({ body: { data, meta: isLast ? { end: 1 } : {} } }),
  },
  'a cursor beside a status that is another in the last page': {
    pagination: {
      type: 'cursor',
      cursor_param: 'after',
      cursor_path: 'cursor',
      last_page_when: { path: 'status', not: 'more' },
    },
    stream: DATA,
    start: behind,
    page: (_, data, end, isLast) => ({ body: { data, cursor: String(end), status: isLast ? 'done' : 'more' } }),
  },
  'a keyset inside of records, which begins with the record itself': {
    pagination: { type: 'keyset', keyset_param: 'from', keyset_field: 'info.id', keyset_plus: 1 },
    start: seen => Number(seen.params.get('from') ?? 1) - 1,
    page: (_, page) => ({ body: page.map(item => ({ ...item, info: item })) }),
  },
  'a filter that the first page alone has': {
    pagination: { type: 'cursor', cursor_param: 'after', cursor_path: 'cursor', first_page_params: ['since'] },
    stream: { ...DATA, params: { since: '5' } },
    start: behind,
    page: (seen, data, end, isLast) =>
      seen.params.has('after') === seen.params.has('since')
        ? { status: 400, body: 'either since or after' }
        : { body: { data, cursor: isLast ? null : String(end) } },
  },
  'a filter of the first page whose name has braces': {
    pagination: { type: 'cursor', cursor_param: 'after', cursor_path: 'cursor', first_page_params: ['in{{0}}'] },
    stream: { ...DATA, params: { 'in{{0}}': '5' } },
    start: behind,
    page: (seen, data, end, isLast) =>
      seen.params.has('after') === seen.params.has('in{0}')
        ? { status: 400, body: 'either in{0} or after' }
        : { body: { data, cursor: isLast ? null : String(end) } },
  },
};

describe('what tells the last page', function () {
  this.timeout(60_000);

  describe('in a response', () => {
    needsPython();

    const built = new Map<string, Built>();
    for (const [name, { pagination, stream, start, page }] of Object.entries(CASES)) {
      it(`is taken from it: ${name}`, async () => {
        const found = await connectorOf({ pagination, streams: [{ ...ITEMS, ...stream }] });
        built.set(name, found);
        assert.deepEqual(await flake8(found.generated.folder), []);
        const api = await new StrictApi({ resources: [] }).listen();
        const connector = found.connector.with({ port: api.port });
        for (const count of [1, SIZE, SIZE + 1, 3 * SIZE + 1]) {
          const all = items(count);
          api.seen.length = 0;
          const answer = (seen: Seen): Reply => {
            const end = Math.min(count, start(seen) + SIZE);
            return page(seen, all.slice(start(seen), end), end, end === count);
          };
          api.faults.splice(
            0,
            api.faults.length,
            ...Array(20).fill((response: never, seen: Seen) => send(response, answer(seen))),
          );
          const outcome = await connector.run({ catalog: selectAll(await connector.catalog()) });
          assert.equal(outcome.exitCode, 0, outcome.error);
          assert.deepEqual(
            records(outcome).map(({ id }) => id),
            all.map(({ id }) => id),
          );
        }
        await api.close();
      });
    }

    it('has tests in a connector, which pass', async () => {
      // Of several ways at once, and of ways that differ by nothing but the sign.
      const ways = Object.entries(CASES).map(([, { pagination, stream }], index) => ({
        ...ITEMS,
        ...stream,
        name: `items_${index}`,
        pagination,
      }));
      const pages = ways.filter(({ pagination }) => pagination.type === 'page');
      const counted = { ...ITEMS, ...DATA, name: 'counted', pagination: { type: 'page', total_pages_path: 'pages' } };
      for (const streams of [ways, [...pages, counted]]) built.set(`${streams.length}`, await connectorOf({ streams }));
      const connectors = [...built.values()];
      const [{ checkout }] = connectors as [Built];
      const folders = connectors.map(({ generated }) => generated.folder);
      const { passed, report } = await unittest(checkout, folders.map(testModule));
      assert.ok(passed, report);
      assert.deepEqual(await flake8(...folders.map(folder => testFolder(checkout, folder))), []);
    });

    it('is looked for in no connector without it', async () => {
      const { generated } = await connectorOf({ pagination: { type: 'page' }, streams: [ITEMS] });
      const text = readFileSync(join(generated.folder, 'streams/base.py'), 'utf8');
      for (const name of ['SIGN', 'says_more', 'drop_first', 'def ask']) assert.ok(!text.includes(name), name);
    });
  });

  const planned = (pagination: Answers) =>
    plan('api', { name: 'Acme', base_url: 'https://acme.test', pagination, streams: [{ ...ITEMS, ...DATA }] });

  const REFUSED: readonly (readonly [Answers, RegExp])[] = [
    [
      { last_page_when: {} },
      /needs one of path, header, link, short_page(?:.|\n)*needs one of equals, not, empty, missing/,
    ],
    [{ last_page_when: { path: 'a', header: 'b', empty: true } }, /needs one of path, header, link, short_page/],
    [{ last_page_when: { path: 'a' } }, /needs one of equals, not, empty, missing/],
    [{ last_page_when: { path: 'a', empty: true, missing: true } }, /needs one of equals, not, empty, missing/],
    [{ last_page_when: { short_page: true } }, /short_page needs to know how many .*answer page_size/],
    [{ last_page_when: { short_page: true, equals: 1 }, ...SIZED }, /equals has no use beside short_page/],
    [{ last_page_when: { short_page: false }, ...SIZED }, /short_page.*must be true/],
    [{ last_page_when: { link: 'a', equals: 1 } }, /link needs the pagination link_header, or a cursor_link/],
    [{ type: 'cursor' }, /cursor_path.*is missing .*; or cursor_header or cursor_link/],
    [{ type: 'cursor', cursor_path: 'a', cursor_link: 'b' }, /cursor_link.*has no use beside cursor_path/],
    [{ last_page_when: { path: 'a.*', equals: 1 } }, /leads to several values by \*/],
    [{ last_page_when: { path: 'a', equals: [] } }, /equals.*must be text, a number or true\/false/],
    [
      { last_page_when: { path: 'a', equals: 1 }, omitted_at_end: true },
      /omitted_at_end.*has no use beside last_page_when/,
    ],
    [
      { last_page_when: { path: 'a', equals: 1 }, has_more_path: 'b' },
      /has_more_path.*has no use beside last_page_when/,
    ],
    [{ last_page_when: { path: 'a', equals: 1 }, total_pages_path: 'b' }, /total_pages_path.*has no use beside/],
    [{ last_page_when: { header: 'X Last', empty: true } }, /header.*is no name that a header can have/],
    [{ first_page_params: ['sinse'] }, /first_page_params.*sinse is no parameter of items/],
  ];
  for (const [pagination, message] of REFUSED)
    it(`is refused: ${JSON.stringify(pagination)}`, async () => {
      await assert.rejects(planned({ type: 'page', ...pagination }), message);
    });

  it('is no value beside records that are the response itself', async () => {
    const pagination = { type: 'page', last_page_when: { path: 'end', equals: true } };
    await assert.rejects(
      plan('api', { name: 'Acme', base_url: 'https://acme.test', pagination, streams: [ITEMS] }),
      /items has no end to go on by, since its response is the list of records itself/,
    );
  });
});
