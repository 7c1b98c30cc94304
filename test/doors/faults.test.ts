import assert from 'node:assert/strict';
import { rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../framework/process.ts';
import { openFolder, ROOT } from './doors.ts';

const COMMAND = join(ROOT, 'dist/bin/mage-connector.js');
const STREAM = {
  name: 'tags',
  path: '/tags',
  key_properties: ['id'],
  schema: { properties: { id: 'integer' } },
};
const ANSWERS = { kind: 'api', name: 'Acme', base_url: 'https://a.test', streams: [STREAM] };

/** Each says what is wrong, where, and what to do. */
describe('messages of the command', function () {
  this.timeout(60_000);
  const mage = (cwd: string, args: readonly string[], input?: string) =>
    run(process.execPath, [COMMAND, ...args], { cwd, input });
  const fault = async (cwd: string, args: readonly string[], input?: string) => {
    const { exitCode, stderr } = await mage(cwd, args, input);
    assert.equal(exitCode, 1, stderr);
    return stderr.replace(/^mage-connector: /, '').trimEnd();
  };
  const connector = async () => {
    const cwd = openFolder();
    writeFileSync(join(cwd, 'a.json'), JSON.stringify(ANSWERS));
    const { exitCode, stderr } = await mage(cwd, ['--answers', 'a.json']);
    assert.equal(exitCode, 0, stderr);
    return join(cwd, 'sources/acme');
  };

  it('tell of a current folder that is gone', async () => {
    const cwd = openFolder();
    const script = 'rmdir "$PWD" && exec "$0" "$1" check';
    const { exitCode, stderr } = await run('sh', ['-c', script, process.execPath, COMMAND], { cwd });
    assert.equal(exitCode, 1);
    assert.equal(stderr, 'mage-connector: the current folder is no longer there: go to one that is\n');
    assert.throws(() => rmdirSync(cwd));
  });

  it('tell of a file that is no Parquet, or no more', async () => {
    const folder = await connector();
    for (const [content, message] of [
      ['id\n1\n', 'is no Parquet file (name it by what it is: .csv, .json, .jsonl)'],
      ['PAR1', 'begins as Parquet does, and does not end so: it is damaged or cut off (copy it again)'],
      [
        'PAR1\0\0\0\xff\0\0\0PAR1',
        'begins as Parquet does, and does not end so: it is damaged or cut off (copy it again)',
      ],
    ] as const) {
      writeFileSync(join(folder, 'a.parquet'), content, 'latin1');
      assert.equal(await fault(folder, ['schema', 'tags', '--from', 'a.parquet']), `a.parquet: ${message}`);
    }
  });

  it('tell of standard input that is to be read twice', async () => {
    const message = 'standard input has the answers already (it can be read once: give one of them as a file)';
    const folder = await connector();
    const refresh = await fault(folder, ['schema', '--answers', '-'], "{stream: tags, sample: '-'}");
    assert.equal(refresh, message);
    const schema = { ...STREAM, schema: { sample: '-' } };
    const made = await fault(openFolder(), ['--answers', '-'], JSON.stringify({ ...ANSWERS, streams: [schema] }));
    assert.ok(made.endsWith(message), made);
  });

  it('tell of a name in braces that is none', async () => {
    const cwd = openFolder();
    for (const [path, odd, meant] of [
      ['/people/{userId}/posts', '{userId}', ', such as {user_id}'],
      ['/people/{}', '{}', '; braces that stand for themselves are doubled'],
    ] as const) {
      writeFileSync(join(cwd, 'a.json'), JSON.stringify({ ...ANSWERS, streams: [{ ...STREAM, path }] }));
      assert.equal(
        await fault(cwd, ['--answers', 'a.json']),
        `a.json, streams[0].path, line 1: has ${odd}: a name in braces is of lower-case letters, digits and _${meant}`,
      );
    }
  });
});
