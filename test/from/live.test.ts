import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOUNDS } from '../../src/from/live/client.ts';
import { settleLive } from '../../src/from/live/settle.ts';
import { ids, items } from '../api/support.ts';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { type Answer, serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { connectorFrom, plannedFrom } from './support.ts';

const SECRET = 'hunter2hunter2hunter2';
const RECORDS = items(23);
const SIZE = 5;

type Serve = (params: URLSearchParams, url: URL) => Answer;
const page = (start: number) => RECORDS.slice(start, start + SIZE);
const number = (params: URLSearchParams, name: string, first = 0) => Number(params.get(name) ?? first);

/** Servers of all habits, each with a path of its own. */
const HABITS: Readonly<
  Record<string, { readonly serve: Serve; readonly pagination: object; readonly query?: string }>
> = {
  link_header: {
    serve: (params, url) => {
      const end = number(params, 'after') + SIZE;
      const link = `<${url.origin}${url.pathname}?after=${end}>; rel="next"`;
      return { body: page(end - SIZE), ...(end < RECORDS.length && { headers: { Link: link } }) };
    },
    pagination: { type: 'link_header', omitted_at_end: true },
  },
  next_url: {
    serve: (params, url) => {
      const end = number(params, 'start') + SIZE;
      const next = end < RECORDS.length ? `${url.pathname}?start=${end}` : null;
      return { body: { results: page(end - SIZE), count: RECORDS.length, links: { next } } };
    },
    pagination: { type: 'next_url', next_url_path: 'links.next' },
  },
  hal: {
    serve: (params, url) => {
      const end = number(params, 'start') + SIZE;
      const links = {
        self: { href: url.href },
        ...(end < RECORDS.length && { next: { href: `${url.origin}${url.pathname}?start=${end}` } }),
      };
      return { body: { _embedded: { things: page(end - SIZE) }, _links: links } };
    },
    pagination: { type: 'next_url', next_url_path: '_links.next.href', omitted_at_end: true },
  },
  rel_links: {
    serve: (params, url) => {
      const end = number(params, 'offset') + SIZE;
      const links = [
        { rel: 'self', href: url.href },
        ...(end < RECORDS.length ? [{ rel: 'next', href: `${url.origin}${url.pathname}?offset=${end}` }] : []),
      ];
      return { body: { type: 'FeatureCollection', features: page(end - SIZE), links } };
    },
    pagination: { type: 'next_url', next_url_path: 'links[rel=next].href', omitted_at_end: true },
  },
  cursor: {
    serve: params => {
      const end = number(params, 'cursor') + SIZE;
      return { body: { data: page(end - SIZE), meta: { next_cursor: end < RECORDS.length ? `${end}` : null } } };
    },
    pagination: { type: 'cursor', cursor_param: 'cursor', cursor_path: 'meta.next_cursor' },
  },
  page_token: {
    serve: params => {
      const end = number(params, 'pageToken') + SIZE;
      return { body: { items: page(end - SIZE), nextPageToken: end < RECORDS.length ? `${end}` : '' } };
    },
    pagination: { type: 'cursor', cursor_param: 'pageToken', cursor_path: 'nextPageToken' },
  },
  keyset: {
    serve: params => {
      const end = number(params, 'starting_after') + SIZE;
      return { body: { data: page(end - SIZE), has_more: end < RECORDS.length } };
    },
    pagination: { type: 'keyset', keyset_param: 'starting_after', keyset_field: 'id', has_more_path: 'has_more' },
  },
  page: {
    serve: params => ({ body: { data: page((number(params, 'page', 1) - 1) * SIZE), total_pages: 5 } }),
    pagination: { type: 'page', page_param: 'page', start_page: 1, total_pages_path: 'total_pages' },
  },
  page_from_0: {
    serve: params => ({ body: { data: page(number(params, 'page') * SIZE) } }),
    pagination: { type: 'page', page_param: 'page', start_page: 0 },
  },
  bare_pages: {
    serve: params => ({ body: page((number(params, '_page', 1) - 1) * SIZE) }),
    pagination: { type: 'page', page_param: '_page', start_page: 1 },
    query: '?_page=1',
  },
  offset: {
    serve: params => ({ body: { data: page(number(params, 'offset')), total: RECORDS.length } }),
    pagination: { type: 'offset', offset_param: 'offset', total_path: 'total' },
  },
  skip: {
    serve: params => ({ body: { value: page(number(params, '$skip')) } }),
    pagination: { type: 'offset', offset_param: '$skip' },
    query: '?$skip=0',
  },
  // Kinto.
  header_address: {
    serve: (params, url) => {
      const end = number(params, '_token') + SIZE;
      const next = `${url.origin}${url.pathname}?_token=${end}`;
      return { body: { data: page(end - SIZE) }, ...(end < RECORDS.length && { headers: { 'Next-Page': next } }) };
    },
    pagination: { type: 'next_url', next_url_header: 'Next-Page', omitted_at_end: true },
  },
  header_cursor: {
    serve: params => {
      const end = number(params, 'next_cursor') + SIZE;
      return {
        body: { data: page(end - SIZE) },
        ...(end < RECORDS.length && { headers: { 'X-Next-Cursor': String(end) } }),
      };
    },
    pagination: {
      ...{ type: 'cursor', cursor_param: 'next_cursor', cursor_header: 'X-Next-Cursor', omitted_at_end: true },
    },
    query: '?next_cursor=',
  },
  // OData's addresses may go on from that of the request.
  relative: {
    serve: params => {
      const end = number(params, '$skiptoken') + SIZE;
      const next = end < RECORDS.length && { '@odata.nextLink': `relative?$skiptoken=${end}` };
      return { body: { value: page(end - SIZE), ...next } };
    },
    pagination: { type: 'next_url', next_url_path: '["@odata.nextLink"]', omitted_at_end: true },
  },
  // Datasette.
  rows: {
    serve: params => {
      const end = number(params, '_next') + SIZE;
      const rows = page(end - SIZE).map(({ id, name, updated_at }) => [id, name, updated_at]);
      const next_url = end < RECORDS.length ? `/v1/rows?_next=${end}` : null;
      return { body: { facets: [{ name: 'id' }], columns: ['id', 'name', 'updated_at'], rows, next_url } };
    },
    pagination: { type: 'next_url', next_url_path: 'next_url' },
  },
  everything: { serve: () => ({ body: RECORDS }), pagination: { type: 'none' } },
};

describe('a connector from a command that works, and the answers of the API', function () {
  this.timeout(120_000);
  needsPython();
  let server: TestServer;

  before(async () => {
    server = await serve((url, { headers }) => {
      if (headers.authorization !== `Bearer ${SECRET}`)
        return { status: 401, body: { message: `no ${headers.authorization}` } };
      return HABITS[url.pathname.slice(4)]?.serve(url.searchParams, url) ?? { status: 404, body: {} };
    });
  });
  after(() => server.close());

  const command = (name: string) =>
    `curl '${server.url}/v1/${name}${HABITS[name]?.query ?? ''}' -H 'Authorization: Bearer ${SECRET}'`;

  for (const [name, { pagination }] of Object.entries(HABITS))
    it(`finds out how pages go on, and all else: ${name}`, async () => {
      const { answers, streams, text } = await connectorFrom(command(name));
      assert.deepEqual(answers.pagination, { ...pagination }, text);
      const [stream] = streams;
      assert.deepEqual(stream?.key_properties, ['id']);
      assert.equal(stream?.replication_key, 'updated_at');
      assert.match(text, /\d+ requests were sent to 127\.0\.0\.1/);
    });

  it('reads all records of all of them, and no secret is in a file or on the screen', async () => {
    const names = Object.keys(HABITS);
    const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    const saved = join(temporaryFolder(), 'saved.yaml');
    const run = { cwd: checkout.root, saveAnswers: saved };
    const { folder, text, json } = await connectorFrom(names.map(command).join('\n'), run);
    const written = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
    const texts = [
      text,
      JSON.stringify(json),
      readFileSync(saved, 'utf8'),
      ...written.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')),
    ];
    assert.deepEqual(
      texts.filter(part => part.includes(SECRET)),
      [],
    );
    assert.match(readFileSync(saved, 'utf8'), /# said: .*the API gave another page by it/);
    assert.deepEqual(
      (json.streams as { grade: string }[]).map(({ grade }) => grade),
      names.map(() => 'full'),
    );
    const connector = new Connector({ checkout, folder, config: { access_token: SECRET } });
    const outcome = await connector.run({ catalog: selectAll(await connector.catalog()) });
    for (const name of names)
      assert.deepEqual([ids(outcome, name), outcome.error], [RECORDS.map(({ id }) => id), undefined], name);
  });

  it('takes no parameter for a page number that the API takes for a filter', async () => {
    const filtering = await serve(({ searchParams }) => ({ body: { data: [...searchParams].length ? [] : page(0) } }));
    try {
      const { answers, text } = await connectorFrom(`curl ${filtering.url}/deals`);
      assert.deepEqual(answers.pagination, { type: 'none' });
      assert.match(text, /deals: how pages go on is not known: the first alone is read/);
    } finally {
      await filtering.close();
    }
  });

  it('does not take a page that is full, or that leads on, for all there is', async () => {
    const full = await serve(({ pathname }) => ({
      body: { data: items(20), ...(pathname === '/leading' && { next_cursor: 'x' }) },
    }));
    const whole = await serve(() => ({ body: { data: items(21) } }));
    const isLost = async (command: string) => /how pages go on is not known/.test((await connectorFrom(command)).text);
    try {
      assert.deepEqual(
        [
          await isLost(`curl ${full.url}/deals`),
          await isLost(`curl ${whole.url}/deals`),
          await isLost(`curl '${whole.url}/deals?limit=21'`),
          await isLost(`curl '${whole.url}/deals?limit=100'`),
          await isLost(`curl ${full.url}/leading`),
        ],
        [true, false, true, false, true],
      );
    } finally {
      await Promise.all([full.close(), whole.close()]);
    }
  });

  it('asks for as many records as the command where one response has all', async () => {
    const sizes: (string | null)[] = [];
    const limited = await serve(({ searchParams }) => {
      sizes.push(searchParams.get('limit'));
      return { body: { data: RECORDS.slice(0, Number(searchParams.get('limit') ?? 10)) } };
    });
    try {
      const { streams } = await connectorFrom(`curl '${limited.url}/deals?limit=500'`);
      assert.deepEqual(streams[0]?.params, { limit: '500' });
      assert.ok(sizes.every(size => size === '500'));
    } finally {
      await limited.close();
    }
  });

  it('sends what pages need in the body of a search', async () => {
    const bodies: unknown[] = [];
    const searched = await serve((_, request, text) => {
      assert.equal(request.method, 'POST');
      const sent = JSON.parse(text) as { limit: number; page_token?: string };
      bodies.push(sent);
      const end = Number(sent.page_token ?? 0) + sent.limit;
      return {
        body: { deals: RECORDS.slice(end - sent.limit, end), next_page_token: end < RECORDS.length ? `${end}` : '' },
      };
    });
    try {
      const command = `curl ${searched.url}/2.0/deals/search -H 'Content-Type: application/json' -d`;
      const { answers, streams } = await connectorFrom(`${command} '{"limit": 5, "open": true}'`);
      const paging = { type: 'cursor', cursor_param: 'page_token', cursor_path: 'next_page_token' };
      assert.deepEqual(answers.pagination, { ...paging, page_size_param: 'limit', page_size: 5 });
      const [deals] = streams;
      assert.deepEqual(
        [deals?.name, deals?.path, deals?.method, deals?.params_in, deals?.body],
        ['deals', '/deals/search', 'POST', 'body', { open: true }],
      );
      assert.deepEqual(bodies.slice(0, 2), [
        { open: true, limit: 5 },
        { open: true, limit: 5, page_token: '5' },
      ]);
    } finally {
      await searched.close();
    }
  });

  it('tries pages as they are described, and keeps what is said where one response has all', async () => {
    const asked: string[] = [];
    const described = await serve(url => {
      asked.push(url.search);
      const after = number(url.searchParams, 'after');
      const isMore = url.pathname === '/many' && after + SIZE < RECORDS.length;
      return { body: { data: page(after), meta: { last: isMore ? after + SIZE : null } } };
    });
    const said = <Value>(value: Value) => ({ value, grade: 'said' as const, evidence: 'the test' });
    const value = {
      type: 'cursor',
      cursor_param: 'after',
      cursor_path: 'meta.last',
      page_size_param: 'n',
      page_size: 5,
    };
    const stream = (name: string) => ({
      ...{ name, title: '', parameters: {}, responses: [], losses: [] },
      answers: { path: said(`/${name}`), pagination: said(value) },
    });
    try {
      const { streams } = await settleLive(
        {
          answers: { base_url: said(described.url) },
          streams: [stream('many'), stream('few')],
          ...{ credentials: {}, notes: [] },
        },
        {},
        { ...BOUNDS, pause: 0 },
      );
      assert.deepEqual(
        streams.map(({ answers: { pagination } }) => [pagination?.value, pagination?.evidence]),
        [
          [value, 'it goes on as it is described: the API gave another page by it'],
          [value, 'the test'],
        ],
      );
      assert.deepEqual(asked.slice(0, 3), ['?n=5', '?n=5&after=5', '?n=5']);
    } finally {
      await described.close();
    }
  });

  it('asks a stream of another host there, with headers and proof of its own, and names both hosts', async () => {
    const other = await serve((_, { headers }) =>
      headers['x-tenant'] === 'a' && headers.authorization === undefined
        ? { body: { data: items(3) } }
        : { status: 403, body: {} },
    );
    const said = <Value>(value: Value) => ({ value, grade: 'said' as const, evidence: 'the test' });
    const stream = (name: string, answers: object) => ({
      ...{ name, title: '', parameters: {}, responses: [], losses: [] },
      answers: { path: said(`/v1/${name}`), ...answers },
    });
    const own = { base_url: said(other.url), headers: said({ 'X-Tenant': 'a' }), auth: said({ type: 'none' }) };
    try {
      const { streams, notes } = await settleLive(
        {
          answers: { base_url: said(server.url), auth: said({ type: 'bearer' }) },
          streams: [stream('everything', {}), stream('reports', own)],
          ...{ credentials: { access_token: SECRET }, notes: [] },
        },
        {},
        { ...BOUNDS, pause: 0 },
      );
      assert.deepEqual(
        streams.map(({ schema }) => schema?.evidence),
        ['23 records', '3 records'],
      );
      const hosts = [server, other].map(({ url }) => new URL(url).host);
      assert.deepEqual(
        notes.map(note => / to (.*)$/.exec(note)?.[1]),
        hosts,
      );
    } finally {
      await other.close();
    }
  });

  it('asks no other host, though a response leads there', async () => {
    const other = await serve(() => ({ body: { data: RECORDS } }));
    const leading = await serve(() => ({ body: { data: page(0), next: `${other.url}/next` } }));
    try {
      const { text } = await connectorFrom(`curl ${leading.url}/deals -H 'Authorization: Bearer ${SECRET}'`);
      assert.equal(other.requests.length, 0);
      assert.doesNotMatch(text, /next_url/);
    } finally {
      await Promise.all([other.close(), leading.close()]);
    }
  });

  it('sends the form that a command sends', async () => {
    const bodies: string[] = [];
    const forms = await serve((_, request) => {
      bodies.push(request.headers['content-type'] ?? '');
      return { body: { data: RECORDS, total: RECORDS.length } };
    });
    try {
      const { streams } = await connectorFrom(`curl ${forms.url}/search -d open=1`);
      assert.deepEqual([streams[0]?.body, streams[0]?.body_as], [{ open: '1' }, 'form']);
      assert.match(bodies[0] ?? '', /^application\/x-www-form-urlencoded/);
    } finally {
      await forms.close();
    }
  });

  it('asks nothing with --offline, and says what is lost', async () => {
    const before = server.requests.length;
    await assert.rejects(
      plannedFrom(command('page'), { flags: { offline: true } }),
      /page can't be a stream: how pages go on is not known.*; its columns are not known/,
    );
    assert.equal(server.requests.length, before);
  });

  it('tells what the API refuses, without its secrets', async () => {
    const wrong = `curl ${server.url}/v1/page -H 'Authorization: Bearer wrong-${SECRET}'`;
    await assert.rejects(plannedFrom(wrong), (error: Error) => {
      assert.match(error.message, /page can't be a stream: .*page was not settled: it answers 401/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  });

  it('takes the credentials from a configuration file, and keeps none', async () => {
    const folder = temporaryFolder();
    const config = join(folder, 'config.json');
    // What a command has is taken for a place to fill in.
    const from = `curl ${server.url}/v1/page -H 'Authorization: Bearer TOKEN'`;
    await assert.rejects(plannedFrom(from, { flags: { config } }), /--config: .*can't be read: ENOENT/);
    writeFileSync(config, `{"access_token": "${SECRET}`);
    await assert.rejects(plannedFrom(from, { flags: { config } }), (error: Error) => {
      assert.match(error.message, /is neither JSON nor YAML/);
      return !error.message.includes(SECRET);
    });
    writeFileSync(config, JSON.stringify({ access_token: SECRET }));
    const { folder: made, streams } = await connectorFrom(from, { flags: { config } });
    assert.deepEqual(streams[0]?.key_properties, ['id']);
    assert.doesNotMatch(readFileSync(join(made, 'templates/config.json'), 'utf8'), /hunter2|TOKEN/);
  });
});
