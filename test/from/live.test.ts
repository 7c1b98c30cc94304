import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
