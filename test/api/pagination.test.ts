import assert from 'node:assert/strict';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import type { Resource } from './strict-server.ts';
import { ids, items, type Session, session } from './support.ts';

interface Case {
  readonly name: string;
  readonly pagination: Record<string, unknown>;
  readonly stream?: Record<string, unknown>;
  readonly resource?: Partial<Resource>;
  readonly auth?: object;
  /** True where the end is only seen by an empty page. */
  readonly emptyPage?: boolean;
}

const DATA = { records_path: 'data' };

const CASES: readonly Case[] = [
  { name: 'pages from 1', pagination: { type: 'page' }, emptyPage: true },
  { name: 'pages from 0', pagination: { type: 'page', page_param: 'p', start_page: 0 }, emptyPage: true },
  {
    name: 'pages from 1 with their number',
    pagination: { type: 'page', total_pages_path: 'meta.pages', page_size_param: 'size', page_size: 50 },
    stream: DATA,
  },
  {
    name: 'pages from 0 with their number',
    pagination: { type: 'page', start_page: 0, total_pages_path: 'pages' },
    stream: DATA,
  },
  { name: 'pages that say there are more', pagination: { type: 'page', has_more_path: 'more' }, stream: DATA },
  { name: 'offsets', pagination: { type: 'offset', page_size_param: 'limit', page_size: 50 }, emptyPage: true },
  { name: 'offsets with a total', pagination: { type: 'offset', total_path: 'meta.total' }, stream: DATA },
  { name: 'a cursor', pagination: { type: 'cursor', cursor_path: 'meta.next' }, stream: DATA },
  {
    name: 'a cursor in a header',
    pagination: { type: 'cursor', cursor_header: 'X-Next-Cursor', omitted_at_end: true },
  },
  {
    name: 'a cursor in the body',
    pagination: { type: 'cursor', cursor_param: 'paging.after', cursor_path: 'next', cursor_in: 'body' },
    stream: { ...DATA, method: 'POST', params: { expand: 'all' }, body: { filter: { kind: 'x' } } },
  },
  {
    name: 'everything in the body',
    pagination: { type: 'offset', offset_param: 'page.from', page_size_param: 'page.size', page_size: 2 },
    stream: { ...DATA, params: { 'options.expand': 'all' }, params_in: 'body' },
    resource: { method: 'POST' },
    emptyPage: true,
  },
  {
    name: 'addresses',
    pagination: { type: 'next_url', next_url_path: 'links.next' },
    stream: { ...DATA, params: { q: 'a b' } },
  },
  {
    name: 'relative addresses with a key in the query',
    pagination: { type: 'next_url', next_url_path: 'links.next' },
    stream: DATA,
    resource: { followed: 'relative' },
    auth: { type: 'api_key', in: 'query', name: 'key' },
  },
  {
    name: 'Link headers',
    pagination: { type: 'link_header', omitted_at_end: true, page_size_param: 'per_page', page_size: 2 },
  },
  {
    name: 'addresses in a list of links',
    pagination: { type: 'next_url', next_url_path: 'links[rel=next].href' },
    stream: DATA,
    resource: { envelope: data => ({ data, links: [{ rel: 'self', href: '/items' }] }) },
  },
  {
    name: 'addresses by a key with a dot',
    pagination: { type: 'next_url', next_url_path: '["@odata.nextLink"]' },
    stream: DATA,
  },
  {
    name: 'addresses in a header',
    pagination: { type: 'next_url', next_url_header: 'Next-Page', omitted_at_end: true },
  },
  { name: 'the last record', pagination: { type: 'keyset' }, emptyPage: true },
  {
    name: 'the last record and whether there are more',
    pagination: { type: 'keyset', keyset_param: 'after', keyset_field: 'name', has_more_path: 'has_more' },
    stream: DATA,
  },
];

describe('pagination', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session;
  afterEach(() => opened.api.close());

  for (const { name, pagination, stream, resource, auth, emptyPage } of CASES) {
    const size = pagination.page_size === 2 ? 2 : 3;
    it(`by ${name}: every record once, and no request too many`, async () => {
      opened = await session({ pagination, auth }, stream, resource);
      assert.deepEqual(await flake8(opened.generated.folder), []);
      const [given] = opened.api.options.resources;
      for (const count of [0, 1, size, size + 1, 3 * size]) {
        opened.api.options = { ...opened.api.options, resources: [{ ...(given as Resource), records: items(count) }] };
        opened.api.seen.length = 0;
        const outcome = await opened.run();
        assert.equal(outcome.exitCode, 0, outcome.error);
        assert.deepEqual(ids(outcome), idsOf(count));
        const pages = emptyPage ? Math.ceil(count / size) + 1 : Math.max(1, Math.ceil(count / size));
        assert.equal(
          opened.api.reads.length,
          pages,
          `${count} records: ${opened.api.reads.map(({ params }) => params)}`,
        );
      }
    });
  }

  it("of a stream's own goes before the connector's", async () => {
    opened = await session(
      { pagination: { type: 'page', page_param: 'never' } },
      { ...DATA, pagination: { type: 'next_url', next_url_path: 'next' } },
    );
    assert.deepEqual(await flake8(opened.generated.folder), []);
    assert.deepEqual(ids(await opened.run()), idsOf(7));
  });

  const repeating: readonly [string, Record<string, unknown>, object][] = [
    ['page', { type: 'page' }, {}],
    ['offset', { type: 'offset' }, {}],
    ['cursor', { type: 'cursor', cursor_path: 'next' }, { next: 'c0' }],
    ['address', { type: 'next_url', next_url_path: 'next' }, { next: '/items' }],
    ['last record', { type: 'keyset' }, {}],
  ];
  for (const [name, pagination, body] of repeating) {
    it(`by ${name} that repeats for ever ends in an error, and writes no state`, async () => {
      opened = await session({ pagination }, DATA);
      const page = { data: items(3), ...body };
      const [given] = opened.api.options.resources;
      opened.api.options = {
        resources: [{ ...(given as Resource), pagination: { type: 'none' }, anyParams: true, envelope: () => page }],
      };
      const outcome = await opened.run();
      assert.equal(outcome.exitCode, 1);
      assert.match(outcome.error ?? '', /items: .* repeats/);
      assert.ok(opened.api.reads.length <= 3);
    });
  }

  it('does not follow an address to another host', async () => {
    opened = await session({ pagination: { type: 'next_url', next_url_path: 'next' }, auth: { type: 'bearer' } }, DATA);
    const [given] = opened.api.options.resources;
    const envelope = () => ({ data: [], next: 'http://localhost:1/items' });
    opened.api.options = {
      ...opened.api.options,
      resources: [{ ...(given as Resource), envelope, pagination: { type: 'none' } }],
    };
    assert.match((await opened.run()).error ?? '', /The next page is at another host, localhost:1/);
  });
});

function idsOf(count: number): number[] {
  return items(count).map(({ id }) => id);
}
