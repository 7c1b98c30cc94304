import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { items } from '../api/support.ts';
import { openFolder } from '../doors/doors.ts';
import { answer, CTRL_C, choose, play } from '../doors/terminal.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';

const SECRET = 'hunter2hunter2hunter2';

describe('a command that is pasted into a terminal', function () {
  this.timeout(90_000);
  needsPython('demo');
  let server: TestServer;
  before(async () => {
    server = await serve(({ searchParams }, { headers }) =>
      headers.authorization === `Bearer ${SECRET}`
        ? { body: { data: searchParams.get('page') === '2' ? [] : items(3) } }
        : { status: 401 },
    );
  });
  after(() => server.close());

  const textsIn = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
  const pasted = () => [
    { expect: 'What do you have of it' },
    { send: `curl '${server.url}/v1/deals' \\\r` },
    { expect: 'How does it go on' },
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
    const shown = text.slice(text.indexOf('What is the connector called'));
    assert.ok(!shown.includes(SECRET), shown);
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
});
