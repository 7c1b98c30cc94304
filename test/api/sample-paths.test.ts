import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plan, temporaryFolder } from '../support/generate.ts';

describe('paths to what is beside the records', () => {
  const planned = (pagination: object, response: object, stream: object = {}) => {
    const sample = join(temporaryFolder(), 'things.json');
    writeFileSync(sample, JSON.stringify(response));
    const things = { name: 'things', path: '/things', records_path: 'data', schema: { sample }, ...stream };
    return plan('api', { name: 'Acme', base_url: 'https://acme.test', pagination, streams: [things] });
  };
  const data = [{ id: 1 }];

  const near: readonly [object, object, RegExp][] = [
    [
      { type: 'cursor', cursor_path: 'next_page_token' },
      { data, nextPageToken: 'b' },
      /the sample of things has nothing at next_page_token.*did you mean nextPageToken\?/,
    ],
    [
      { type: 'cursor', cursor_path: 'meta.next' },
      { data, meta: { next_cursor: 'b' } },
      /nothing at meta\.next .*did you mean meta\.next_cursor\?/,
    ],
    [
      { type: 'next_url', next_url_path: 'odata.nextLink' },
      { data, 'odata.nextLink': '/2' },
      /nothing at odata\.nextLink .*did you mean \["odata\.nextLink"\]\?/,
    ],
    [{ type: 'offset', total_path: 'meta.total' }, { data, meta: { Total: 1 } }, /did you mean meta\.Total\?/],
  ];
  for (const [pagination, response, message] of near)
    it(`are compared with those of a sample: ${JSON.stringify(pagination)}`, async () => {
      await assert.rejects(planned(pagination, response), message);
    });

  it('are taken where a sample has them, has nothing like them, or may lack them', async () => {
    await planned({ type: 'cursor', cursor_path: 'meta.next' }, { data, meta: { next: null } });
    await planned({ type: 'cursor', cursor_path: 'meta.next' }, { data });
    await planned({ type: 'cursor', cursor_path: 'metadata.next' }, { data });
    await planned({ type: 'next_url', next_url_path: 'links[rel=next].href' }, { data, links: [{ rel: 'self' }] });
    const cursor = { type: 'cursor', cursor_path: 'next', omitted_at_end: true };
    await planned(cursor, { data, next_run: 'today' });
    await planned({ type: 'cursor', cursor_path: 'never' }, { data, next: 'b' }, { pagination: { type: 'none' } });
  });

  it('are refused where they are none, with the place', async () => {
    const none: readonly [object, RegExp][] = [
      [{ type: 'cursor', cursor_path: "['next']" }, /pagination\.cursor_path.*: is no path: .*at character 1/],
      [{ type: 'cursor', cursor_path: 'next\\.page' }, /cursor_path.*: is no path: .*at character 5/],
      [{ type: 'page', has_more_path: 'pages.*.more' }, /has_more_path.*: leads to several values by \*/],
      [{ type: 'page', omitted_at_end: true }, /omitted_at_end.*: has no use here/],
      [{ type: 'next_url' }, /next_url_path.*: is missing/],
      [{ type: 'next_url', next_url_path: 'a', next_url_header: 'b' }, /next_url_header.*: has no use beside/],
    ];
    for (const [pagination, message] of none) await assert.rejects(planned(pagination, { data }), message);
    const filtered = { records_path: 'data[type=a]' };
    await assert.rejects(planned({ type: 'none' }, { data }, filtered), /records_path.*: ends in \[field=value\]/);
  });
});
