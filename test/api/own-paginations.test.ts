import assert from 'node:assert/strict';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { connectorOf, SCHEMA } from './support.ts';

/** Each way in which pages go on. */
const PAGINATIONS: Readonly<Record<string, object>> = {
  none: { type: 'none' },
  page: { type: 'page' },
  page_total: { type: 'page', total_pages_path: 'meta.pages' },
  page_sign: { type: 'page', last_page_when: { path: 'end', equals: true } },
  offset: { type: 'offset' },
  offset_total: { type: 'offset', total_path: 'meta.total' },
  offset_more: { type: 'offset', has_more_path: 'more' },
  cursor: { type: 'cursor', cursor_path: 'meta.next' },
  cursor_more: { type: 'cursor', cursor_path: 'meta.next', has_more_path: 'more' },
  cursor_header: { type: 'cursor', cursor_header: 'X-Next' },
  cursor_link: { type: 'cursor', cursor_link: 'cursor' },
  next_url: { type: 'next_url', next_url_path: 'links.next' },
  next_header: { type: 'next_url', next_url_header: 'Next-Page' },
  link_sign: { type: 'link_header', last_page_when: { link: 'results', equals: 'false' } },
  link_header: { type: 'link_header', omitted_at_end: true },
  keyset: { type: 'keyset', keyset_field: 'id' },
};

describe("a connector whose streams have any other pagination than the connector's", function () {
  this.timeout(120_000);
  needsPython();

  for (const [name, pagination] of Object.entries(PAGINATIONS))
    it(`reads all pages of all of them: ${name}`, async () => {
      const streams = Object.entries(PAGINATIONS).map(([own, its]) => ({
        ...{ name: own, path: `/${own}`, records_path: 'data', key_properties: ['id'], schema: SCHEMA },
        ...(own !== name && { pagination: its }),
      }));
      const { checkout, generated } = await connectorOf({ pagination, streams });
      const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
      assert.ok(passed, report);
      for (const folder of [generated.folder, testFolder(checkout, generated.folder)])
        assert.deepEqual(await flake8(folder), []);
    });
});
