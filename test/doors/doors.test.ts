import assert from 'node:assert/strict';
import { chmodSync, cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceCheckout } from '../framework/checkout.ts';
import { skipFor } from '../framework/needs.ts';
import type { Finished } from '../framework/process.ts';
import { commandDoor, type Door, EXAMPLES, filesOf, openFolder, ROOT, treeOf, yoDoor } from './doors.ts';
import { installGlobally, pack, type Tarball } from './package.ts';

const NAMES = ['yo', 'mage-connector'] as const;
const GENERATORS = ['mage-connector', 'api', 'check', 'file', 'schema', 'sql', 'stream', 'verify'];
const API = join(EXAMPLES, 'api.yaml');
const examples = readdirSync(EXAMPLES).filter(name => name.endsWith('.yaml'));

describe('the package and its two doors', function () {
  this.timeout(120_000);
  const doors = {} as Record<(typeof NAMES)[number], Door> & { yo: ReturnType<typeof yoDoor> };
  let tarball: Tarball;

  before('pack and install', async () => {
    tarball = await pack(ROOT);
    const { modules, bin } = await installGlobally(tarball);
    doors.yo = yoDoor(modules);
    doors['mage-connector'] = commandDoor(bin);
  });

  /** A finished run that has to have gone well. */
  const succeed = async (running: Promise<Finished>) => {
    const finished = await running;
    assert.equal(finished.exitCode, 0, finished.stderr);
    return finished;
  };

  /** The text of the one error that a run ended with, without what the door puts before it. */
  const failure = async (door: Door, generator: string, args: readonly string[], cwd: string) => {
    const { exitCode, stdout, stderr } = await door.run(generator, args, cwd);
    assert.equal(exitCode, 1, stdout + stderr);
    const start = door.errorStart(generator, args);
    assert(stderr.startsWith(start), stderr);
    assert.doesNotMatch(stderr, /^\s+at |node:internal/m);
    return stderr.slice(start.length).trimEnd();
  };

  it('holds what runs and nothing else, and no path of the machine that built it', () => {
    const wanted = [
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|answers\.schema\.json)$/,
      /^dist\/(bin\/mage-connector\.js|chunks\/[\w-]+\.js|THIRD-PARTY-LICENSES\.txt)$/,
      /^dist\/generators\/(app|api|check|sql|file|stream|schema|verify)\/(index\.js|USAGE)$/,
      /^dist\/assets\/(kinds|connector|verify|mage)\/([\w/-]+\.(py|py\.json|md\.ejs)|image\/Dockerfile)$/,
      /^dist\/assets\/names\.json$/,
    ];
    assert.deepEqual(
      tarball.files.filter(file => !wanted.some(pattern => pattern.test(file))),
      [],
    );
    assert.deepEqual(
      tarball.files.filter(file => readFileSync(join(ROOT, file), 'utf8').includes(ROOT)),
      [],
    );
  });

  it('shows yo all generators when it is installed', async () => {
    const { stdout } = await succeed(doors.yo.list());
    assert.deepEqual(linesOf(stdout).slice(1), GENERATORS);
  });

  it('shows yo all generators when it is a linked checkout, and they run', async () => {
    const modules = openFolder();
    symlinkSync(ROOT, join(modules, 'generator-mage-connector'));
    const linked = yoDoor(modules);
    const { stdout } = await succeed(linked.list());
    assert.deepEqual(linesOf(stdout).slice(1), GENERATORS);
    const cwd = openFolder();
    await succeed(linked.run('app', ['--answers', join(EXAMPLES, 'sql-sqlite.yaml')], cwd));
    assert.deepEqual(filesOf(cwd), [
      'sources/acme_shop/.yo-rc.json',
      'sources/acme_shop/README.md',
      'sources/acme_shop/__init__.py',
      'sources/acme_shop/templates/config.json',
    ]);
  });

  for (const name of examples) {
    it(`writes the same bytes through both for ${name}, and again from the answers that it saved`, async () => {
      const [byYo, byCommand, again] = [openFolder(), openFolder(), openFolder()];
      const [answers, saved] = [join(EXAMPLES, name), join(openFolder(), name)];
      await succeed(doors['mage-connector'].run('app', ['--answers', answers, '--save-answers', saved], byCommand));
      await succeed(doors.yo.run('app', ['--answers', answers], byYo));
      await succeed(doors['mage-connector'].run('app', ['--answers', saved], again));
      assert.equal(readdirSync(join(byCommand, 'sources')).length, 1);
      assert.deepEqual(treeOf(byYo), treeOf(byCommand));
      assert.deepEqual(treeOf(again), treeOf(byCommand));
    });
  }

  it('runs as root by the command, in a folder that is only root’s', async function () {
    if (process.getuid?.() !== 0) skipFor(this, 'the tests are not run by root');
    const cwd = openFolder();
    chmodSync(cwd, 0o700);
    await succeed(doors['mage-connector'].run('api', ['--answers', API], cwd));
    assert(filesOf(cwd).includes('sources/acme_crm/client.py'));
  });

  for (const name of NAMES) {
    describe(`through ${name}`, () => {
      const run = (generator: string, args: readonly string[], cwd: string, input?: string) =>
        doors[name].run(generator, args, cwd, input);
      const fail = (generator: string, args: readonly string[], cwd = openFolder()) =>
        failure(doors[name], generator, args, cwd);

      it('says in a dry run what the real one writes, as JSON, and leaves no trace', async () => {
        const cwd = openFolder();
        const json = ({ stdout }: Finished) => JSON.parse(stdout);
        const dry = json(await succeed(run('app', ['--answers', API, '--dry-run', '--json'], cwd)));
        assert.deepEqual(treeOf(cwd), {});
        const real = json(await succeed(run('app', ['--answers', API, '--json'], cwd)));
        assert.deepEqual(dry, { ...real, dryRun: true });
        assert.deepEqual(real.files.map(({ path }: { path: string }) => path).sort(), filesOf(cwd));
      });

      it('reads answers from standard input', async () => {
        const cwd = openFolder();
        cpSync(join(EXAMPLES, 'samples'), join(cwd, 'samples'), { recursive: true });
        await succeed(run('app', ['--answers', '-', '--layout', 'standalone'], cwd, readFileSync(API, 'utf8')));
        assert(filesOf(cwd).includes('sources/acme_crm/schemas/deals.json'));
      });

      it('finds the layout from the current folder upwards, and keeps to the one that is asked for', async () => {
        const checkout = workspaceCheckout(join(openFolder(), 'mage-ai'));
        const cwd = join(checkout.root, 'docs');
        const layoutOf = async (...args: string[]) => {
          const finished = await succeed(run('api', ['--answers', API, '--json', '--dry-run', ...args], cwd));
          return JSON.parse(finished.stdout).layout;
        };
        openAll(checkout.root);
        const before = treeOf(checkout.root);
        assert.deepEqual(await layoutOf(), { kind: 'core', root: checkout.root });
        assert.deepEqual(await layoutOf('--layout', 'standalone'), { kind: 'standalone', root: cwd });
        assert.deepEqual(treeOf(checkout.root), before);
        assert.match(
          await fail('api', ['--answers', API, '--layout', 'project'], cwd),
          /^--layout: neither .* is a Mage project.*\(change to a folder inside it, or choose --layout standalone\)$/,
        );
      });

      it('adds a stream to the connector of --connector, and to the one around the current folder', async () => {
        const cwd = openFolder();
        await succeed(run('app', ['--answers', API], cwd));
        writeFileSync(join(cwd, 'notes.json'), '[{"id": 1}]');
        const one = ['notes', '--path', '/notes', '--key', 'id', '--sample', 'notes.json', '--pagination', 'none'];
        await succeed(run('stream', [...one, '--connector', 'sources/acme_crm'], cwd));
        const folder = join(cwd, 'sources/acme_crm/streams');
        writeFileSync(
          join(folder, 'tags.yaml'),
          'streams: [{name: tags, path: /tags, records_path: data, schema: {properties: {id: integer}}}]',
        );
        await succeed(run('app', ['--answers', 'tags.yaml'], folder));
        const registry = readFileSync(join(folder, '__init__.py'), 'utf8');
        assert.match(registry, /Notes\.TABLE: Notes,\n {4}Tags\.TABLE: Tags,/);
      });

      it('leaves a changed file where nobody can be asked, takes the new text by --force, and checks', async () => {
        const cwd = openFolder();
        const sqlite = ['--answers', join(EXAMPLES, 'sql-sqlite.yaml')];
        await succeed(run('app', sqlite, cwd));
        const written = treeOf(cwd);
        const check = (...args: string[]) => run('check', ['--connector', 'sources/acme_shop', ...args], cwd);
        const list = await succeed(run('stream', ['--list', '--connector', 'sources/acme_shop'], cwd));
        assert.match(list.stdout, /^\n0 streams in /);
        const onto = ['--save-answers', 'sources/acme_shop/README.md'];
        assert.equal(
          await fail('app', [...sqlite, '--force', ...onto], cwd),
          '--save-answers: sources/acme_shop/README.md is a file that this run writes (name another one)',
        );
        assert.match((await succeed(check())).stdout, /Acme Shop in .* is what its answers give\./);
        writeFileSync(join(cwd, 'sources/acme_shop/README.md'), 'mine');
        writeFileSync(join(cwd, 'other.yaml'), 'description: Another.');
        const changed = treeOf(cwd);
        const other = ['--answers', 'other.yaml', '--connector', 'sources/acme_shop'];
        const { exitCode, stderr } = await run('app', other, cwd);
        assert.equal(exitCode, 1);
        assert.match(
          stderr,
          /2 problems:\n {2}- sources\/acme_shop\/README\.md: differs from what would be written\n {2}- there is no terminal/,
        );
        await succeed(run('app', sqlite, cwd));
        assert.equal(await fail('app', [...sqlite, '--bail'], cwd), 'sources/acme_shop/README.md: would be changed');
        const checked = await check('--json');
        assert.equal(checked.exitCode, 1);
        assert.deepEqual(JSON.parse(checked.stdout).files, [
          { path: 'sources/acme_shop/README.md', difference: 'changed' },
        ]);
        assert.deepEqual(treeOf(cwd), changed);
        await succeed(run('app', [...other, '--force'], cwd));
        assert.match(treeOf(cwd)['sources/acme_shop/README.md'] ?? '', /^# Acme Shop\n\nAnother\.\n/);
        await succeed(run('app', sqlite, cwd));
        const { 'other.yaml': _, ...files } = treeOf(cwd);
        assert.deepEqual(files, written);
        await succeed(run('app', [...sqlite, '--bail'], cwd));
        assert.match(await fail('check', [], cwd), /and the folders above it are no connector of this generator/);
      });

      it('writes nothing where one file cannot be written', async () => {
        const cwd = openFolder();
        writeFileSync(join(cwd, 'sources'), '');
        assert.match(await fail('app', ['--answers', API], cwd), /sources: is a file where a folder is needed$/);
        assert.deepEqual(filesOf(cwd), ['sources']);
      });

      it('refuses what is mistyped, and says what is meant', async () => {
        assert.equal(
          await fail('api', ['--ansers', API, '--record-path', 'x', '--dry-run']),
          [
            '2 problems:',
            '  - --ansers: is no option (did you mean --answers?)',
            '  - --record-path: is no option (did you mean --records-path?)',
          ].join('\n'),
        );
        assert.equal(
          await fail('schema', ['--path', 'x', '--layout']),
          ['2 problems:', '  - --path: is no option (--help lists them)', '  - --layout: needs a value'].join('\n'),
        );
        assert.equal(
          await fail('api', ['Acme', 'CRM']),
          '2 arguments are given, one is the most: Acme, CRM (quote a name with spaces)',
        );
        assert.equal(
          await fail('api', ['--layout', 'core', '--layout', 'project']),
          '--layout: is given more than once',
        );
        assert.match(await fail('api', ['--layout', 'kore']), /^--layout: kore is no layout \(auto, core/);
        assert.match(await fail('api', ['--answers', API, '--path', '/x']), /^--path: is for one stream that is added/);
      });

      it('tells every problem of the answers with its line, and the way out where there is no terminal', async () => {
        const cwd = openFolder();
        writeFileSync(join(cwd, 'a.yaml'), 'kind: api\nname: A\nbase_ulr: https://a.test\nstreams: []\n');
        assert.equal(
          await fail('app', ['--answers', 'a.yaml'], cwd),
          [
            '3 problems:',
            '  - a.yaml, base_url, line 1: is missing',
            '  - a.yaml, streams, line 4: must have at least one stream',
            '  - a.yaml, base_ulr, line 3: is unknown: did you mean base_url?',
          ].join('\n'),
        );
        assert.match(await fail('app', []), /^there is no terminal to ask in \(give the answers with --answers FILE/);
        assert.match(await fail('api', ['Acme']), /base_url: is missing\n.*streams: is missing\n.*no terminal/);
        assert.equal(await fail('app', ['--answers', 'none.yaml'], cwd), '--answers: there is no file none.yaml');
        assert.deepEqual(filesOf(cwd), ['a.yaml']);
      });

      it('shows its version, and helps with every option', async () => {
        const cwd = openFolder();
        assert.equal((await succeed(run('app', ['--version'], cwd))).stdout, `${tarball.version}\n`);
        const { stdout } = await succeed(run('stream', ['--help'], cwd));
        const options = ['answers', 'save-answers', 'layout', 'connector', 'dry-run', 'force', 'bail', 'json', 'help'];
        for (const option of [
          ...options,
          'path',
          'records-path',
          'key',
          'replication-key',
          'bookmark-param',
          'pagination',
          'sample',
        ])
          assert.match(stdout, new RegExp(`--${option}\\b`));
        assert.match(stdout, /Examples:\n {2}mage-connector stream/);
      });
    });
  }
});

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}

/** Lets everyone write below a folder. */
function openAll(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // Behind a link stands the real checkout, which is nobody's to change.
    if (entry.isSymbolicLink()) continue;
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o777 : 0o666);
  }
}
