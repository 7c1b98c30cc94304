import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { type Answer, serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { type PackagedPython, packagedPython, verifyUnder } from './verified.ts';

const ORDERS = resolve(import.meta.dirname, '../fixtures/verify/orders');
const SIZE = 3;
const ROWS = Array.from({ length: 7 }, (_, index) => ({ id: index + 1, note: `Order ${index + 1}` }));

/** A page of the orders, and where the next one begins. */
function cut(from: number, size = SIZE) {
  const to = from + size;
  return { rows: ROWS.slice(from, to), to: to < ROWS.length ? to : undefined };
}

type Style = (params: URLSearchParams, here: string) => Answer;

/** Ways in which APIs have pages, and say what follows. */
const STYLES: Readonly<Record<string, Style>> = {
  link: (params, here) => {
    const page = Number(params.get('page') ?? 1);
    const { rows, to } = cut((page - 1) * SIZE);
    return {
      body: rows,
      headers: { Link: `<${here}?page=1>; rel="first"${to ? `, <${here}?page=${page + 1}>; rel="next"` : ''}` },
    };
  },
  next: (params, here) => {
    const { rows, to } = cut(Number(params.get('from') ?? 0));
    return { body: { data: rows, links: { self: here, next: to ? `${here}?from=${to}` : null } } };
  },
  cursor: params => {
    const { rows, to } = cut(Number(params.get('cursor')?.slice(1) ?? 0));
    return { body: { items: rows, ...(to && { next_cursor: `c${to}` }) } };
  },
  keyset: params => {
    const { rows, to } = cut(Number(params.get('starting_after') ?? 0));
    return { body: { data: rows, has_more: to !== undefined } };
  },
  pages: params => {
    const page = Number(params.get('page') ?? 1);
    return { body: { page, total_pages: 3, results: cut((page - 1) * SIZE).rows } };
  },
  offset: params => {
    const size = Math.min(SIZE, Number(params.get('limit')));
    return { body: { total: ROWS.length, rows: cut(Number(params.get('offset') ?? 0), size).rows } };
  },
  bare: params => ({ body: cut((Number(params.get('page') ?? 1) - 1) * SIZE).rows }),
};

/** A place of the sound connector that is broken, and what is found. */
interface Broken {
  readonly title: string;
  readonly style: string;
  readonly from: string;
  readonly to: string;
  readonly found: RegExp;
}

const BROKEN: readonly Broken[] = [
  {
    title: 'a Link header that is never followed',
    style: 'link',
    from: "while 'next' in response.links:",
    to: "while 'next page' in response.links:",
    found:
      /^fault orders, first run: nothing asked for what follows GET \/link, though .* there is more \(the header Link\)$/m,
  },
  {
    title: 'a Link header that is followed once',
    style: 'link',
    from: "while 'next' in response.links:",
    to: "if 'next' in response.links:",
    found: /^fault orders, first run: nothing asked for what follows GET \/link\?page=2, /m,
  },
  {
    title: 'an address in the response that is never asked for',
    style: 'next',
    from: "url = page['links']['next']",
    to: "url = page.get('next')",
    found:
      /^fault orders, first run: nothing asked for what follows GET \/next, .*\(links\.next\)\n {6}what follows is lost: have pagination follow links\.next/m,
  },
  {
    title: 'a cursor that is looked for by another name',
    style: 'cursor',
    from: "page.get('next_cursor')",
    to: "page.get('nextCursor')",
    found: /^fault orders, first run: nothing asked for what follows GET \/cursor, .*\(next_cursor\)/m,
  },
  {
    title: 'a keyset that stops while there is more',
    style: 'keyset',
    from: "            last = {'starting_after'",
    to: "            if last:\n                return\n            last = {'starting_after'",
    found: /^fault orders, first run: nothing asked for what follows GET \/keyset\?starting_after=3, .*\(has_more\)/m,
  },
  {
    title: 'a second page that is skipped',
    style: 'pages',
    from: 'number += 1\n\n    def offset',
    to: 'number += 2\n\n    def offset',
    found: /^fault orders, first run: asked GET \/pages\?page=3 for page 1, 3, and never for 2$/m,
  },
  {
    title: 'a first page that is skipped',
    style: 'pages',
    from: '        number = 1\n        while True:\n            page = self.get(page=number).json()',
    to: '        number = 2\n        while True:\n            page = self.get(page=number).json()',
    found: /^fault orders, first run: asked GET \/pages\?page=3 for page 2, 3, and never for 1$/m,
  },
  {
    title: 'a last page that is never asked for',
    style: 'pages',
    from: 'number >= page',
    to: 'number + 1 >= page',
    found:
      /^fault orders, first run: GET \/pages\?page=2 was the last page that was asked for, though .* there are 3 \(total_pages\)/m,
  },
  {
    title: 'an offset that goes on by the rows that were asked for, where fewer came',
    style: 'offset',
    from: "offset += len(page['rows'])",
    to: 'offset += 5',
    found:
      /^fault orders, first run: asked GET .* from row 5 on, though from row 0 on 3 rows came\n {6}the 2 rows between are lost/m,
  },
  {
    title: 'a total that is more than what came',
    style: 'offset',
    from: "if offset >= page['total']:",
    to: 'if True:',
    found:
      /^fault orders, first run: 3 rows came of GET \/offset\?offset=0&limit=5, though it says that there are 7 \(total\)/m,
  },
  {
    title: 'a full page after which nothing is asked for',
    style: 'bare',
    from: 'if len(page) < 3:',
    to: 'if True:',
    found:
      /^fault orders, first run: the last page that was asked for, GET \/bare\?page=1&per_page=3, was full: it had 3 rows/m,
  },
  {
    title: 'the last record of each page that is lost',
    style: 'keyset',
    from: "yield page['data']\n            if",
    to: "yield page['data'][:-1]\n            if",
    found: /^fault orders, first run: the last row of all 3 responses did not come: 3, 6, 7$/m,
  },
  {
    title: 'the first record of each page that is lost',
    style: 'bare',
    from: '            yield page\n',
    to: '            yield page[1:]\n',
    found: /^fault orders, first run: the first row of all 3 responses did not come: 1, 4, 7$/m,
  },
  {
    title: 'a page that is read and not delivered',
    style: 'cursor',
    from: "yield page['items']",
    to: "if params:\n                yield page['items']",
    found: /^fault orders, first run: 1 of 3 responses had rows of which none came, 3 in all, such as 1$/m,
  },
  {
    title: 'a last page that is read and not delivered',
    style: 'keyset',
    from: "            yield page['data']\n            if not page['has_more']:\n                return\n",
    to: "            if not page['has_more']:\n                return\n            yield page['data']\n",
    found: /^fault orders, first run: 1 of 3 responses had rows of which none came, 1 in all, such as 7$/m,
  },
  {
    title: 'a record that is left out at the end of one page, as a condition may do',
    style: 'pages',
    from: "yield page['results']",
    to: "yield [row for row in page['results'] if row['id'] != 3]",
    found:
      /^note orders, first run: 1 row that responses had did not come, such as 3\n {6}is that what a filter leaves out\?/m,
  },
  {
    title: 'records that are left out here and there',
    style: 'pages',
    from: "yield page['results']",
    to: "yield [row for row in page['results'] if row['id'] not in (2, 4)]",
    found:
      /^note orders, first run: 2 rows that responses had did not come, such as 2\n {6}is that what a filter leaves out\?/m,
  },
];

describe('verify of a connector that reads pages', function () {
  this.timeout(120_000);
  needsPython();
  let checkout: Checkout;
  let python: PackagedPython;
  let server: TestServer;

  before(async () => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage'));
    python = await packagedPython(checkout);
    server = await serve(
      url => STYLES[url.pathname.slice(1)]?.(url.searchParams, `${server.url}${url.pathname}`) ?? { status: 404 },
    );
  });
  after(() => server.close());

  async function verify(style: string, folder = ORDERS) {
    const config = join(temporaryFolder(), 'config.json');
    const configText = JSON.stringify({ url: `${server.url}/${style}` });
    writeFileSync(config, configText);
    return verifyUnder(checkout, python, folder, { config, configText });
  }

  for (const style of Object.keys(STYLES))
    it(`finds nothing wrong where it reads all: ${style}`, async () => {
      const [{ streams, findings }] = await verify(style);
      assert.deepEqual(findings, []);
      assert.equal(streams[0]?.records, ROWS.length);
    });

  for (const { title, style, from, to, found } of BROKEN)
    it(`finds ${title}`, async () => {
      const folder = join(temporaryFolder(), 'orders');
      cpSync(ORDERS, folder, { recursive: true });
      const main = join(folder, '__init__.py');
      const text = readFileSync(main, 'utf8');
      assert.ok(text.includes(from), from);
      writeFileSync(
        main,
        text.replace(from, () => to),
      );
      const [{ findings }, report] = await verify(style, folder);
      assert.match(report, found);
      assert.equal(findings.length, 1, report);
    });
});
