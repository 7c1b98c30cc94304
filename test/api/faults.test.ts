import assert from 'node:assert/strict';
import { needsPython } from '../framework/needs.ts';
import type { Outcome } from '../framework/output.ts';
import { CREDENTIALS } from './strict-auth.ts';
import { type Fault, type Reply, send } from './strict-server.ts';
import { ids, lastState, type Session, session } from './support.ts';

const reply =
  (answer: Reply): Fault =>
  response =>
    send(response, answer);
const soon = () => new Date(Date.now() + 1000).toUTCString();

const KEY = { type: 'api_key', in: 'query', name: 'api_key' };

/** Faults that may pass: the run has to come through them. */
const PASSING: readonly [string, Fault, RegExp][] = [
  ['status 500', reply({ status: 500, body: 'oops' }), /status 500, next try in 0\.0 seconds/],
  [
    'status 503 with the header of a rate limit',
    reply({ status: 503, headers: { 'X-RateLimit-Reset': '900' } }),
    /status 503, next try in 0/,
  ],
  [
    'Retry-After in seconds',
    reply({ status: 429, headers: { 'Retry-After': '1' } }),
    /status 429, next try in 1\.0 seconds/,
  ],
  ['status 425', reply({ status: 425 }), /status 425, next try in 0\.0 seconds/],
  ['a status of a proxy', reply({ status: 522 }), /status 522, next try in 0\.0 seconds/],
  [
    'a rate limit that is told by 403',
    reply({ status: 403, headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1' } }),
    /status 403, next try in 1\.0 seconds/,
  ],
  [
    'Retry-After as a date',
    response => send(response, { status: 429, headers: { 'Retry-After': soon() } }),
    /status 429, next try in [01]\./,
  ],
  [
    'Retry-After that means nothing',
    reply({ status: 429, headers: { 'Retry-After': 'later' } }),
    /next try in 0\.0 seconds/,
  ],
  [
    'a reset in seconds',
    reply({ status: 429, headers: { 'RateLimit-Reset': '1' } }),
    /status 429, next try in 1\.0 seconds/,
  ],
  [
    'a reset as a moment',
    response => send(response, { status: 429, headers: { 'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000)) } }),
    /status 429, next try in [01]\./,
  ],
  ['a lost connection', response => response.socket?.resetAndDestroy(), /ConnectionError, next try in/],
  [
    'a body cut off',
    response => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '900' });
      response.write('[{"id": 1');
      setTimeout(() => response.socket?.destroy(), 20);
    },
    /(ChunkedEncoding|Connection)Error, next try in/,
  ],
  [
    'a chunked body cut off',
    response => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('[{"id": 1');
      setTimeout(() => response.socket?.destroy(), 20);
    },
    /ChunkedEncodingError, next try in/,
  ],
];

/** What no further try would heal, and what is to be said of it. */
const LASTING: readonly [string, Reply, RegExp][] = [
  ['404', { status: 404, body: { message: 'No such list' } }, /\/items answered 404: No such list$/],
  [
    'an error in an object',
    { status: 400, body: { error: { code: 7, message: 'Bad cursor' } } },
    /answered 400: Bad cursor$/,
  ],
  [
    'a list of errors',
    { status: 422, body: { errors: [{ title: 'Wrong', detail: 'page is too great' }, { detail: 'b' }] } },
    /answered 422: Wrong: page is too great; b$/,
  ],
  [
    'an error with its description',
    { status: 403, body: { error: 'forbidden', error_description: 'no scope' } },
    /answered 403: forbidden: no scope$/,
  ],
  ['an unknown shape', { status: 409, body: { reason: { x: 1 } } }, /answered 409: \{'reason': \{'x': 1\}\}$/],
  ['a list', { status: 400, body: ['a', 'b'] }, /answered 400: a; b$/],
  ['text', { status: 400, body: 'Not so' }, /answered 400: Not so$/],
  ['a page', { status: 404, body: '<html><h1>Gone</h1>\n<p>away</p></html>' }, /answered 404: Gone away$/],
  [
    'a page with status 200',
    { body: '<html><title>Log in</title></html>' },
    /\/items answered with text\/html, not JSON: Log in$/,
  ],
  [
    'a wait of a day',
    { status: 429, headers: { 'Retry-After': '86400' } },
    /\/items: status 429, and a wait of 86400 seconds is asked for; MAX_WAIT of the client is 3600$/,
  ],
  ['nothing with status 200', { body: '' }, /answered with text\/html, not JSON: $/],
  [
    'the key itself',
    { status: 401, body: { message: `bad key ${CREDENTIALS.api_key}` } },
    /answered 401: bad key \*\*\*$/,
  ],
];

describe('what goes wrong with an API', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session;

  before(async () => {
    opened = await session(
      { auth: KEY, pagination: { type: 'page' } },
      { replication_key: 'updated_at', params: { q: 'a' } },
    );
  });
  beforeEach(() => {
    opened.api.faults.length = 0;
  });
  after(() => opened?.api.close());

  const noSecret = ({ stdout, stderr }: Outcome) => assert.ok(!`${stdout}${stderr}`.includes(CREDENTIALS.api_key));

  const assertPassed = (outcome: Outcome, logged: RegExp) => {
    assert.equal(outcome.exitCode, 0, outcome.error);
    assert.deepEqual(ids(outcome), [1, 2, 3, 4, 5, 6, 7]);
    assert.ok(
      outcome.logs.some(({ level, message }) => level === 'INFO' && logged.test(message)),
      outcome.stdout,
    );
    assert.deepEqual(
      outcome.logs.filter(({ level }) => level === 'ERROR' || level === 'EXCEPTION'),
      [],
    );
    assert.doesNotMatch(outcome.stderr, /ERROR|WARNING/);
    noSecret(outcome);
  };

  for (const [name, fault, logged] of PASSING) {
    it(`comes through ${name} with all records and no line of level ERROR`, async () => {
      opened.api.faults.push(undefined, fault);
      assertPassed(await opened.run(), logged);
    });
  }

  it('comes through no answer in time, too', async () => {
    // A limit of its own: the other faults must not be taken for slow answers where the machine is slow.
    const hasty = await session({ auth: KEY, pagination: { type: 'page' } }, {}, {}, { timeout: '(5, 1)' });
    hasty.api.faults.push(undefined, () => {});
    assertPassed(await hasty.run(), /ReadTimeout, next try in/);
    await hasty.api.close();
  });

  for (const [name, answer, said] of LASTING) {
    it(`says what the API says: ${name}`, async () => {
      opened.api.faults.push(undefined, reply(answer));
      const outcome = await opened.run();
      assert.equal(outcome.exitCode, 1);
      assert.match(outcome.error ?? '', said);
      assert.equal(lastState(outcome), undefined, 'a state would lose records');
      assert.equal(opened.api.faults.length, 0);
      noSecret(outcome);
    });
  }

  it("ends a connection test within Mage's ten seconds, whatever the API does", async () => {
    opened.api.faults.push(() => {});
    const outcome = await opened.over().testConnection();
    assert.equal(outcome.timedOut, false);
    assert.match(outcome.error ?? '', /gave no answer: ReadTimeout after 1 tries$/);
  });

  it('gives up after six tries', async () => {
    for (let tries = 0; tries < 6; tries += 1)
      opened.api.faults.push(reply({ status: 502, body: { message: 'down' } }));
    const outcome = await opened.run();
    assert.match(outcome.error ?? '', /answered 502: down$/);
    assert.equal(opened.api.faults.length, 0);
  });

  it('waits as long as the answers allow', async () => {
    const hasty = await session({ max_wait_seconds: 5 });
    hasty.api.faults.push(reply({ status: 429, headers: { 'Retry-After': '6' } }));
    assert.match((await hasty.run()).error ?? '', /a wait of 6 seconds is asked for; MAX_WAIT of the client is 5$/);
    await hasty.api.close();
  });

  it('tells of a token that no header can hold without showing it', async () => {
    const bearer = await session({ auth: { type: 'bearer' } });
    const outcome = await bearer.run({ config: { access_token: 'a-secret-with-a-line-break\n' } });
    assert.match(
      outcome.error ?? '',
      /\/items: the header Authorization has a line break, .*; check the keys and tokens$/,
    );
    assert.ok(!`${outcome.stdout}${outcome.stderr}`.includes('a-secret-with'));
    await bearer.api.close();
  });
});
