import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf } from '../../src/changes/fingerprint.ts';
import { gitTexts } from '../../src/changes/git-texts.ts';
import { temporaryFolder } from '../support/generate.ts';
import { git, repository } from '../support/git.ts';

const TEXT = 'one\ntwo\n';
const PRINT = fingerprintOf(TEXT);

describe('the fingerprint of a text', () => {
  it('is the beginning of the id that Git gives to a file of that text, whatever the line ends', () => {
    for (const text of ['', 'x', TEXT, 'é\u{1f600}\n']) {
      const id = execFileSync('git', ['hash-object', '--stdin'], { input: text, encoding: 'utf8' });
      assert.equal(fingerprintOf(text), id.slice(0, 12));
    }
    assert.equal(fingerprintOf(TEXT.replaceAll('\n', '\r\n')), PRINT);
    assert.notEqual(fingerprintOf('one\r\ntwo\n'), PRINT);
  });
});

describe('texts out of Git', () => {
  let folder: string;
  beforeEach(() => {
    folder = repository();
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub/a.txt'), TEXT);
  });

  it('are found as soon as they were staged, also once they are packed or gone', () => {
    const sub = join(folder, 'sub');
    assert.deepEqual(gitTexts(sub, [PRINT]), new Map());
    git(folder, 'add', '.');
    assert.deepEqual(gitTexts(sub, [PRINT]), new Map([[PRINT, TEXT]]));
    git(folder, 'commit', '-qm', 'x');
    writeFileSync(join(folder, 'sub/a.txt'), 'three\n');
    writeFileSync(join(folder, 'sub/b.txt'), '');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'y');
    git(folder, 'gc', '-q');
    const prints = [PRINT, fingerprintOf('nowhere'), fingerprintOf(''), fingerprintOf('three\n')];
    assert.deepEqual(
      gitTexts(sub, prints),
      new Map([
        [PRINT, TEXT],
        [prints[2], ''],
        [prints[3], 'three\n'],
      ]),
    );
  });

  it('are none without a repository, or where only something else has the name', () => {
    assert.deepEqual(gitTexts(temporaryFolder(), [PRINT]), new Map());
    assert.deepEqual(gitTexts(join(folder, 'nowhere'), [PRINT]), new Map());
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'x');
    const commit = git(folder, 'rev-parse', 'HEAD').slice(0, 12);
    for (const name of ['HEAD', 'HEAD:sub/a.txt', '--all', '', `${PRINT}\nHEAD`, commit, PRINT.slice(0, 6)])
      assert.deepEqual(gitTexts(folder, [name]), new Map(), name);
  });

  it('are none where there is no Git, or one that does not answer as Git does', () => {
    const { PATH } = process.env;
    git(folder, 'add', '.');
    try {
      process.env.PATH = temporaryFolder();
      assert.deepEqual(gitTexts(folder, [PRINT]), new Map());
      for (const answer of ['echo x blob', 'echo x blob 9999', 'echo x blob y', 'exit 1', 'yes | head -c 99999', '']) {
        const fake = join(process.env.PATH, 'git');
        writeFileSync(fake, `#!/bin/sh\nPATH=/usr/bin:/bin\n${answer}\n`);
        chmodSync(fake, 0o755);
        assert.deepEqual(gitTexts(folder, [PRINT]), new Map(), answer);
      }
    } finally {
      process.env.PATH = PATH;
    }
  });

  it('come from the repository around the folder, in a hook of another one too', () => {
    git(folder, 'add', '.');
    try {
      process.env.GIT_DIR = join(repository(), '.git');
      assert.deepEqual(gitTexts(folder, [PRINT]), new Map([[PRINT, TEXT]]));
    } finally {
      delete process.env.GIT_DIR;
    }
  });

  it('are read without running what the configuration of the repository names', () => {
    const marker = join(folder, 'was-run');
    const script = join(folder, 'evil.sh');
    writeFileSync(script, `#!/bin/sh\necho "$@" >> '${marker}'\ncat\n`);
    chmodSync(script, 0o755);
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'x');
    appendFileSync(join(folder, '.gitattributes'), '* filter=evil diff=evil\n');
    appendFileSync(
      join(folder, '.git/config'),
      `[core]
        pager = ${script}
        fsmonitor = ${script}
        sshCommand = ${script}
        hooksPath = ${folder}
        gitProxy = ${script}
      [alias]
        cat-file = !${script}
      [pager]
        cat-file = ${script}
      [filter "evil"]
        smudge = ${script}
        clean = ${script}
      [diff "evil"]
        textconv = ${script}
      [protocol "ext"]
        allow = always
      [credential]
        helper = ${script}
      [extensions]
        partialClone = away
      [remote "away"]
        url = ext::${script} %S
        promisor = true
        partialclonefilter = blob:none
`,
    );
    assert.deepEqual(gitTexts(folder, [PRINT]), new Map([[PRINT, TEXT]]));
    // By its whole id it would be fetched.
    const id = git(folder, 'rev-parse', 'HEAD:sub/a.txt');
    rmSync(join(folder, '.git/objects', id.slice(0, 2)), { recursive: true });
    assert.deepEqual(gitTexts(folder, [PRINT]), new Map());
    assert.equal(existsSync(marker), false);
  });

  it('are asked for with all protocols forbidden by which a partial clone could fetch', () => {
    const { PATH } = process.env;
    const bin = temporaryFolder();
    const said = join(bin, 'said');
    writeFileSync(join(bin, 'git'), `#!/bin/sh\necho "$GIT_ALLOW_PROTOCOL $GIT_NO_LAZY_FETCH $*" > ${said}\n`);
    chmodSync(join(bin, 'git'), 0o755);
    try {
      process.env.PATH = bin;
      gitTexts(folder, [PRINT]);
    } finally {
      process.env.PATH = PATH;
    }
    assert.equal(readFileSync(said, 'utf8'), `none 1 --no-replace-objects -C ${folder} cat-file --batch\n`);
  });
});
