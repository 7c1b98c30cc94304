import assert from 'node:assert/strict';
import { curlRequests } from '../../src/from/curl/command.ts';
import { curl } from '../../src/from/curl/index.ts';
import { shellCommands } from '../../src/from/curl/words.ts';
import { toAnswers } from '../../src/from/to-answers.ts';
import { sourceOf } from './support.ts';

describe('the words of shell commands', () => {
  const cases: readonly [string, string, string[][]][] = [
    ['plain ones', 'curl -s  https://a.test', [['curl', '-s', 'https://a.test']]],
    ["single quotes hold all but '", `curl 'a "b" \\ $c'`, [['curl', 'a "b" \\ $c']]],
    ['double quotes with escapes', 'curl "a \\"b\\" \\\\ \\n \\$c"', [['curl', 'a "b" \\ \\n $c']]],
    ['quotes within a word', `curl a'b'"c"d`, [['curl', 'abcd']]],
    ['an empty word', `curl ''`, [['curl', '']]],
    ['lines that go on', 'curl \\\n  -s \\\r\n  a', [['curl', '-s', 'a']]],
    ['$ quotes of bash', `curl $'it\\'s \\u00e9\\x41\\n'`, [['curl', "it's éA\n"]]],
    [
      'several commands',
      'curl a; curl b && curl c | jq .',
      [
        ['curl', 'a'],
        ['curl', 'b'],
        ['curl', 'c'],
        ['jq', '.'],
      ],
    ],
    [
      'comments',
      '# one\ncurl a # two\ncurl a#b',
      [
        ['curl', 'a'],
        ['curl', 'a#b'],
      ],
    ],
    [
      'the carets of Windows',
      'curl ^"https://a.test/?x=1^&y=2^" ^\r\n  -H ^"A: b^"',
      [['curl', 'https://a.test/?x=1&y=2', '-H', 'A: b']],
    ],
  ];
  for (const [name, text, words] of cases) it(name, () => assert.deepEqual(shellCommands(text, 'given'), words));

  it('a quote without its end is told with its line', () => {
    assert.throws(
      () => shellCommands("curl a\ncurl 'b", 'cmd.txt'),
      /^UserError: cmd\.txt, line 2: a quote ' has no end/,
    );
  });
});

describe('a curl command', () => {
  const request = (text: string) => {
    const [words = []] = shellCommands(text, 'given');
    const [first] = curlRequests(words, 'given');
    assert.ok(first);
    return { ...first, url: first.url.href };
  };
  const cases: readonly [string, string, object][] = [
    ['is a GET', 'curl a.test/x', { method: 'GET', url: 'http://a.test/x', body: '' }],
    ['posts its data', `curl -d '{"a":1}' https://a.test`, { method: 'POST', body: '{"a":1}' }],
    [
      'has its data in the query with -G',
      'curl -G https://a.test -d a=1 --data-urlencode "b=c d"',
      { method: 'GET', url: 'https://a.test/?a=1&b=c%20d' },
    ],
    ['takes --url-query', 'curl https://a.test?x=1 --url-query "q=a&b"', { url: 'https://a.test/?x=1&q=a%26b' }],
    ['has letters together', 'curl -sSLXPOST https://a.test', { method: 'POST', url: 'https://a.test/' }],
    ['has letters before an option with a value', "curl -sH 'A: b' https://a.test", { headers: [['A', 'b']] }],
    [
      'has options that say nothing',
      'curl --retry 3 -o out.json -m 5 --compressed https://a.test',
      { url: 'https://a.test/' },
    ],
    [
      'takes --json',
      `curl --json '{}' https://a.test`,
      { method: 'POST', headers: [['Content-Type', 'application/json']] },
    ],
    [
      'takes a user',
      'curl -u ann:pa:ss https://a.test',
      { headers: [['Authorization', `Basic ${btoa('ann:pa:ss')}`]] },
    ],
    [
      'takes a user from the address',
      'curl https://ann:p%40@a.test',
      { url: 'https://a.test/', headers: [['Authorization', `Basic ${btoa('ann:p@')}`]] },
    ],
  ];
  for (const [name, text, expected] of cases)
    it(name, () => assert.deepEqual({ ...request(text), ...expected }, request(text)));

  it('that sends files, forms or cookies of a file, or has no address, is refused with all of that', () => {
    const words = shellCommands('curl -d @a.json -F a=b -b jar ftp://a.test', 'given')[0] as string[];
    assert.throws(
      () => curlRequests(words, 'given'),
      /4 problems:\n.*form with parts.*\n.*cookies from a file.*\n.*sends a file.*\n.*ftp:/,
    );
  });
});

describe('what curl commands give', () => {
  const described = (text: string) => curl.read(sourceOf(text));
  const SECRET = 'abcDEF0123456789hunter2';

  it('is recognised', () => {
    const yes = ['curl a', '  $ curl a', '# get\ncurl a', '/usr/bin/curl a', 'curl.exe a', 'curl \\\n a', 'curl ^"a^"'];
    for (const text of yes) assert.ok(curl.recognises(sourceOf(text)), text);
    for (const text of ['{"curl": 1}', 'curly a', 'openapi: 3.0.0']) assert.ok(!curl.recognises(sourceOf(text)), text);
  });

  const schemes: readonly [string, string, object, object][] = [
    ['a bearer token', `-H 'authorization: Bearer ${SECRET}'`, { type: 'bearer' }, { access_token: SECRET }],
    ['a user', `-u ann:${SECRET}`, { type: 'basic' }, { username: 'ann', password: SECRET }],
    [
      'a token of another kind',
      `-H 'Authorization: Token ${SECRET}'`,
      { type: 'api_key', in: 'header', name: 'Authorization', prefix: 'Token ' },
      { api_key: SECRET },
    ],
    [
      'a key alone',
      `-H 'Authorization: ${SECRET}'`,
      { type: 'api_key', in: 'header', name: 'Authorization' },
      { api_key: SECRET },
    ],
    [
      'a header of its own',
      `-H 'X-Api-Key: ${SECRET}'`,
      { type: 'api_key', in: 'header', name: 'X-Api-Key' },
      { api_key: SECRET },
    ],
    [
      'a header that looks secret',
      `-H 'X-Shop: ${SECRET}'`,
      { type: 'api_key', in: 'header', name: 'X-Shop' },
      { api_key: SECRET },
    ],
    ['a cookie', `-b 'sid=${SECRET}'`, { type: 'api_key', in: 'cookie', name: 'sid' }, { api_key: SECRET }],
    [
      'cookies',
      `-b 'a=b; sid=${SECRET}'`,
      { type: 'api_key', in: 'header', name: 'Cookie' },
      { api_key: `a=b; sid=${SECRET}` },
    ],
    [
      'a parameter',
      `--url-query 'api_key=${SECRET}'`,
      { type: 'api_key', in: 'query', name: 'api_key' },
      { api_key: SECRET },
    ],
  ];
  for (const [name, option, auth, credentials] of schemes)
    it(`has the scheme of ${name}, and never its value`, async () => {
      const api = await described(`curl https://api.acme.test/v2/deals ${option}`);
      assert.deepEqual(api.answers.auth?.value, auth);
      assert.deepEqual(api.credentials, credentials);
      const { answers, comments } = toAnswers(api);
      assert.doesNotMatch(JSON.stringify([answers, comments, api.notes, api.streams]), new RegExp(SECRET));
    });

  it('keeps a second secret under a key of its own, and in bodies and paths as well', async () => {
    const api = await described(
      `curl 'https://a.test/bot${SECRET}/deals?client_secret=q${SECRET}&limit=5' -H 'X-Api-Key: x${SECRET}' -H 'DD-Application-Key: y${SECRET}' -H 'X-Region: eu' -d '{"auth":{"password":"z"},"open":true}'`,
    );
    const { answers } = toAnswers(api);
    assert.doesNotMatch(JSON.stringify(answers), new RegExp(SECRET));
    assert.deepEqual(answers.headers, { 'DD-Application-Key': '{dd_application_key}', 'X-Region': 'eu' });
    const [stream] = answers.streams as Record<string, unknown>[];
    assert.deepEqual(stream?.params, { client_secret: '{client_secret}' });
    assert.deepEqual(stream?.body, { auth: { password: '{password}' }, open: true });
    assert.equal(api.credentials.password, 'z');
  });

  it('names connector and streams, and takes what all paths begin with for the base URL', async () => {
    const api = await described(
      'curl https://api.acme.co.uk/api/v2/deals\ncurl "https://api.acme.co.uk/api/v2/users/17/blog-posts?page=1&per_page=50&open=true"\ncurl https://api.acme.co.uk/api/v2/users.json',
    );
    const { answers } = toAnswers(api);
    assert.equal(answers.name, 'Acme');
    assert.equal(answers.base_url, 'https://api.acme.co.uk/api/v2');
    assert.deepEqual(
      (answers.streams as { name: string; path: string }[]).map(({ name, path }) => [name, path]),
      [
        ['deals', '/deals'],
        ['blog_posts', '/users/{user_id}/blog-posts'],
        ['users', '/users.json'],
      ],
    );
    const posts = api.streams[1]?.answers;
    assert.deepEqual(posts?.params?.value, { open: 'true' });
    assert.deepEqual(posts?.pagination, {
      value: { type: 'page', page_param: 'page', page_size_param: 'per_page', page_size: 50 },
      grade: 'guessed',
      evidence: "the request's parameter page",
    });
  });

  it('names streams by what their paths say, where the last word says nothing', async () => {
    const names: Readonly<Record<string, string>> = {
      '/v1/buckets/default/collections/articles/records': 'articles',
      '/collections/things/items?f=json': 'things',
      '/docs/wW2xYz3kQ9mTbV7a/tables/Expenses/records': 'expenses',
      '/items/articles': 'articles',
      '/orders/17/items': 'order_items',
      '/orders/items': 'order_items',
      '/companies/17/values': 'company_values',
      '/shop/items': 'items',
      '/items': 'items',
      '/catalog/products/export': 'products',
      '/users/latest.json': 'users',
      '/articles/_search': 'articles',
    };
    for (const [path, name] of Object.entries(names)) {
      const api = await described(`curl 'https://a.test${path}'`);
      assert.equal(api.streams[0]?.name, name, path);
    }
    const several = ['articles', 'authors'].map(name => `curl https://a.test/collections/${name}/records`);
    assert.deepEqual(
      (await described(several.join('\n'))).streams.map(({ name }) => name),
      ['articles', 'authors'],
    );
  });

  it('has the parent of a path whose list is a stream, too', async () => {
    const api = await described('curl https://a.test/users/17/posts; curl https://a.test/users');
    assert.deepEqual(api.streams[0]?.answers.parent?.value, { stream: 'users', field: 'id', as: 'user_id' });
    assert.deepEqual(api.credentials, {});
  });

  it('leaves out other hosts, and says so', async () => {
    const api = await described('curl https://a.test/x; curl https://a.test/y; curl https://b.test/z');
    assert.deepEqual(
      api.streams.map(({ name }) => name),
      ['x', 'y'],
    );
    assert.match(api.notes.join(), /b\.test were left out/);
  });

  it('has the fields of a form, without its secrets', async () => {
    const [stream] = (await described('curl https://a.test/x -d open=1 -d password=hunter2')).streams;
    assert.deepEqual(stream?.answers.body?.value, { open: '1', password: '{password}' });
    assert.equal(stream?.answers.body_as?.value, 'form');
  });

  it('tells what a connector can not send', async () => {
    const api = await described(`curl -X PUT https://a.test/x; curl -d '[1]' https://a.test/y`);
    assert.deepEqual(
      api.streams.map(({ name, losses }) => [name, losses[0]?.what]),
      [['y', 'its body is not a JSON object']],
    );
    assert.match(api.notes.join(), /PUT \/x was left out: a connector only reads/);
    await assert.rejects(described('curl -X DELETE https://a.test/x'), /has no GET or POST, but DELETE \/x/);
  });
});
