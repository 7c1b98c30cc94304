import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openFolder } from '../doors/doors.ts';
import { answer, CLEAR_LINE, CTRL_A, CTRL_C, choose, ESC, PASTE_END, PASTE_START, play } from '../doors/terminal.ts';
import type { TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import { servePage, textsIn } from './support.ts';

const SECRET = 'hunter2hunter2hunter2';

describe('a command that is pasted into a terminal', function () {
  this.timeout(90_000);
  needsPython('demo');
  let server: TestServer;
  before(async () => {
    server = await servePage(SECRET);
  });
  after(() => server.close());

  const pasted = () => [
    { expect: 'What do you have of it' },
    { send: `curl '${server.url}/v1/deals' \\\r` },
    { expect: 'it goes on; an empty line ends it' },
    { send: `-H 'Authorization: Bearer ${SECRET}'\r` },
    ...answer('What is the connector called', ''),
  ];

  it('is a connector after four questions, with its secret in no file and no longer on the screen', async () => {
    const cwd = openFolder();
    const steps = [...pasted(), ...choose('Shall it be made like this', 'Yes')];
    const { exitCode, text, failed } = await play(['api'], cwd, steps);
    assert.deepEqual([exitCode, failed], [0, undefined], text);
    assert.match(text, /Local is ready in sources\/local/);
    assert.equal(text.match(/base URL +~http/g)?.length, 1, text);
    assert.deepEqual(
      textsIn(cwd).filter(file => file.includes(SECRET)),
      [],
    );
    assert.ok(!text.includes(SECRET), text);
  });

  it('is one answer with all of its lines, and takes one line of 60 columns, without its secret', async () => {
    const cwd = openFolder();
    const more = Array.from(
      { length: 12 },
      (_, index) => `  -H 'X-Header-Of-A-Browser-${index}: ${'value'.repeat(10)}'`,
    );
    const command = [
      `curl '${server.url}/v1/deals?api_key=${SECRET}'`,
      `  -H 'Authorization: Bearer ${SECRET}'`,
      ...more,
    ];
    const text = command.join(' \\\r');
    assert.ok(text.length > 900);
    const whole = `${PASTE_START}${text}\r${PASTE_END}`;
    const steps = [
      { expect: 'What do you have of it' },
      { send: 'none.yaml\r' },
      { expect: 'there is no file none.yaml' },
      { send: `${CLEAR_LINE}${whole}` },
      { expect: ' characters in 14 lines' },
      { send: '\u007f' },
      { expect: ' characters in 14 lines' },
      { send: `${CLEAR_LINE}${whole}` },
      { expect: ' characters in 14 lines' },
      { send: '\r' },
      ...answer('What is the connector called', ''),
      ...choose('Shall it be made like this', 'Yes'),
    ];
    const played = await play(['api'], cwd, steps, 60);
    assert.deepEqual([played.exitCode, played.failed], [0, undefined], played.text);
    assert.ok(!played.text.includes(SECRET), played.text);
    assert.ok(!played.text.includes('X-Header-Of-A-Browser-3: '), played.text);
    assert.equal(textsIn(cwd).filter(file => file.includes(SECRET)).length, 0);
    assert.ok(textsIn(cwd).some(file => file.includes('X-Header-Of-A-Browser-11')));
  });

  it('and stopped keeps its answers, with which a run goes on', async () => {
    const cwd = openFolder();
    const stopped = await play(['api'], cwd, [...pasted(), { expect: 'Shall it be made like this' }, { send: CTRL_C }]);
    assert.equal(stopped.exitCode, 130, stopped.text);
    assert.match(stopped.text, /answers\.yaml has the answers so far: --answers answers\.yaml goes on with them/);
    const { text } = await play(['--answers', 'answers.yaml'], cwd, []);
    assert.match(text, /Local is ready in sources\/local/);
    assert.deepEqual(
      textsIn(cwd).filter(file => file.includes(SECRET)),
      [],
    );
  });

  it('and stopped before anything is shown keeps the answers without the command, which is asked for again', async () => {
    const cwd = openFolder();
    const other = { expect: 'What is the connector called' };
    const steps = [
      ...pasted().slice(0, 4),
      other,
      { send: ESC },
      { expect: 'What do you have of it' },
      { send: CTRL_C },
    ];
    const nothing = await play(['api'], cwd, steps);
    assert.match(nothing.text, /Stopped: nothing was written/);
    assert.deepEqual(readdirSync(cwd), []);
    const slow = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const address = `curl 'http://127.0.0.1:${(slow.address() as AddressInfo).port}/v1/deals' -H 'Authorization: Bearer ${SECRET}'\r`;
    const first = [{ expect: 'What do you have of it' }, { send: address }];
    const named = answer('What is the connector called', `${CLEAR_LINE}Mine`);
    const stopped = await play(['api'], cwd, [
      ...first,
      ...named,
      { expect: 'called Mine' },
      { wait: 2 },
      { send: CTRL_C },
    ]);
    slow.closeAllConnections();
    slow.close();
    assert.match(
      stopped.text.slice(-800),
      /The same command with --resume answers-so-far\.yaml goes on after your answers/,
    );
    assert.equal(stopped.exitCode, 130);
    const kept = readFileSync(join(cwd, 'answers-so-far.yaml'), 'utf8');
    assert.match(kept, /- question: from\n- question: name\n {2}answer: Mine\n$/);
    const resumed = [...pasted().slice(0, 4), ...choose('Shall it be made like this', 'Yes')];
    const { text } = await play(['api', '--resume', 'answers-so-far.yaml'], cwd, [...resumed]);
    assert.match(text, /Mine is ready in sources\/mine/);
  });
});

describe('what is not known of an API, in a terminal', function () {
  this.timeout(90_000);
  needsPython('demo');
  let server: TestServer;
  before(async () => {
    server = await servePage(SECRET);
  });
  after(() => server.close());

  it('is asked for: a response that is pasted with its lines, of which 60 columns show one', async () => {
    const cwd = openFolder();
    const response = JSON.stringify(
      {
        data: [
          { id: 1, mail: 'ada@a.test' },
          { id: 2, mail: 'bob@a.test' },
        ],
      },
      undefined,
      2,
    );
    const steps = [
      { expect: 'What do you have of it' },
      { send: `curl 'https://a.test/v1/deals' -H 'Authorization: Bearer ${SECRET}'\r` },
      ...answer('What is the connector called', ''),
      { expect: 'What does the API answer for deals' },
      { send: `${PASTE_START}${response.replaceAll('\n', '\r')}${PASTE_END}` },
      { expect: ' characters in 12 lines' },
      { send: '\r' },
      ...choose('into pages', 'Page numbers'),
      ...choose('Shall it be made like this', 'Yes'),
    ];
    const { exitCode, text, failed } = await play(['api', '--offline'], cwd, steps, 60);
    assert.deepEqual([exitCode, failed], [0, undefined], text);
    for (const hidden of [SECRET, 'ada@a.test']) assert.ok(!text.includes(hidden), text);
    assert.ok(
      text.split(/\r?\n/).some(line => /^ {2}deals .*~data .*~id/.test(line)),
      text,
    );
    assert.match(readFileSync(join(cwd, 'sources/a/streams/deals.py'), 'utf8'), /RECORDS_PATH = \('data',\)/);
  });

  it('is asked of the API with a token that is typed, and shown nowhere', async () => {
    const cwd = openFolder();
    const schema = { type: 'object', properties: { data: { type: 'array', items: { type: 'object' } } } };
    const get = { responses: { 200: { description: '', content: { 'application/json': { schema } } } } };
    const description = {
      ...{ openapi: '3.0.0', info: { title: 'Acme', version: '1' }, servers: [{ url: server.url }] },
      ...{ security: [{ token: [] }], components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } } },
      paths: { '/deals': { get } },
    };
    writeFileSync(join(cwd, 'api.json'), JSON.stringify(description));
    const steps = [
      ...answer('What is the connector called', ''),
      ...answer('What is your access_token', SECRET),
      ...choose('Shall it be made like this', 'Yes'),
    ];
    const { exitCode, text, failed } = await play(['api', '--from', 'api.json'], cwd, steps);
    assert.deepEqual([exitCode, failed], [0, undefined], text);
    assert.match(text, /\d requests? (?:was|were) sent to 127\.0\.0\.1/);
    for (const shown of [text, ...textsIn(cwd)]) assert.ok(!shown.includes(SECRET), shown);
  });
});

describe('a description of many streams in a terminal', function () {
  this.timeout(90_000);
  needsPython('demo');
  const name = (index: number) => `collection_of_things_with_a_long_name_${String(index).padStart(3, '0')}`;
  const response = { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } };
  const operation = {
    summary: 'Lists what is described in many words, so that no terminal is as wide as this line',
    responses: { 200: { description: 'Done', content: { 'application/json': { schema: response } } } },
  };
  const paths = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`/${name(index)}`, { get: operation }]));
  const info = { title: 'Many', version: '1' };
  const description = JSON.stringify({ openapi: '3.0.0', info, servers: [{ url: 'https://a.test' }], paths });
  const listed = (cwd: string) =>
    readdirSync(join(cwd, 'sources/many/schemas'))
      .map(file => Number(/\d+/.exec(file)?.[0]))
      .sort((one, other) => one - other);

  for (const columns of [80, 60])
    it(`is searched and ticked at ${columns} columns, and no line is wider`, async () => {
      const cwd = openFolder();
      writeFileSync(join(cwd, 'api.json'), description);
      const { exitCode, text, failed } = await play(
        ['api', '--from', 'api.json', '--offline'],
        cwd,
        [
          ...answer('What is the connector called', ''),
          { expect: '900 of 900 found, 0 ticked' },
          { send: '\r' },
          { expect: 'Nothing is ticked' },
          { send: '_01' },
          { expect: '10 of 900 found, 0 ticked' },
          { send: CTRL_A },
          { expect: '10 of 900 found, 10 ticked' },
          { send: ' ' },
          { expect: '9 ticked' },
          { send: `${CLEAR_LINE}_899x` },
          { expect: 'nothing has this' },
          { send: '\u007f' },
          { expect: '1 of 900 found' },
          { send: ' ' },
          { expect: '10 ticked' },
          { send: '\r' },
          { expect: 'Shall it be made like this' },
          { send: ESC },
          { expect: '900 of 900 found, 10 ticked' },
          { send: '\r' },
          ...choose('Shall it be made like this', 'Yes'),
        ],
        columns,
      );
      assert.deepEqual([exitCode, failed], [0, undefined], text);
      const wanted = [...Array.from({ length: 9 }, (_, index) => index + 11), 899];
      assert.deepEqual(listed(cwd), wanted);
      const shown = text.slice(text.indexOf('Which streams'), text.indexOf('Shall it be made'));
      // Each time it is drawn anew it begins with its question.
      const lines = shown.split(/\r?\n|\r|[?\u2714] (?=Which streams)/);
      assert.ok(lines.length > 100);
      const wide = lines.filter(line => line.length > columns);
      assert.deepEqual(wide, []);
    });
});
