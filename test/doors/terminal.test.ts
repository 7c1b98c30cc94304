import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { needsPython } from '../framework/needs.ts';
import { run } from '../framework/process.ts';
import { pythonFor } from '../framework/python.ts';
import { filesOf, openFolder, treeOf } from './doors.ts';
import { answer, CLEAR_LINE, CTRL_C, choose, ESC, type Played, play, SAMPLES, type Step } from './terminal.ts';

const EMPTY = ['', 'Please give an answer.'] as const;
const TAGS = { name: 'tags', path: '/tags', key_properties: ['id'], schema: { properties: { id: 'integer' } } };
const columnRefused = ['idd', "must be a column of the stream, and idd isn't: "] as const;

const NAME = answer('What is the connector called', 'Acme', EMPTY, [
  'x'.repeat(81),
  'has 81 characters, 80 are the most',
]);
/** The answers are shown, and are right. */
const RIGHT = answer('Shall it be made like this', '');
const API_STREAM = [
  ...answer('What is the stream called', 'deals', ['my deals!', 'such as my_deals']),
  ...answer('What is its path', '/deals', ['/deals?open=1', 'without a query']),
  ...answer('sample records', 'deals.json', ['none.json', 'there is no file none.json']),
  ...answer('Where are the records', 'data', ['items', 'arrays of objects are at: "data"']),
  ...answer('Which columns identify', 'id', columnRefused),
  ...answer('Read only what is new', 'y'),
  ...answer('Which column tells', 'updated_at', columnRefused),
  ...answer('Which request parameter filters', 'since'),
  ...choose('write a moment', '2024-01-31T12:00:00Z'),
];
const API = [
  ...answer('What do you have of it', ''),
  ...NAME,
  ...answer('What does it read', 'Deals.'),
  ...answer('begin with', 'https://api.acme.test', ['api.acme.test', 'must be an address such as https://']),
  ...choose('How are requests authenticated', 'API key'),
  ...choose('Where does the key go', 'header'),
  ...answer('What is the header called', ''),
  ...choose('into pages', 'Page numbers'),
  ...answer('takes the page number', ''),
  ...answer('asks for a page size', 'limit'),
  ...answer('How many records at once', '50', ['many', 'must be a whole number from 1']),
  ...API_STREAM,
  ...answer('Add another stream', 'n'),
  ...RIGHT,
];
const SQL = [
  ...answer('What is the connector called', '数据', EMPTY),
  ...answer(
    'What is its folder called',
    'acme_data',
    ['2 data', 'must be lower-case letters'],
    ['class', 'is a Python keyword'],
  ),
  ...answer('What does it read', ''),
  ...choose('Which database', 'SQLite'),
  ...answer('Add a query', 'y'),
  ...answer('What is the stream called', 'top', ['a b', 'such as a_b']),
  ...answer(
    'Which file has its query',
    'top.sql',
    ['none.sql', 'there is no such file'],
    ['deals.json', 'must be a query'],
  ),
  ...answer('Which columns identify', 'id'),
  ...answer('Which column tells', 'updated_at'),
  ...answer('Add another query', 'n'),
  ...RIGHT,
];
const FILE = [
  ...NAME,
  ...answer('What does it read', ''),
  ...choose('What is in the files', 'CSV'),
  ...choose('What separates', 'Another character'),
  ...answer('Which character', ',', ['ab', 'must be one character']),
  ...answer('encoded', 'utf-8', ['utf-9', 'must be an encoding that Python knows']),
  ...answer('What is the stream called', 'orders', ['a/b', 'such as a_b']),
  ...answer('Which files', 'orders-*.csv', ['https://a.test/x.csv', 'must be a path of local files']),
  ...answer('sample records', 'orders.csv', ['none.csv', 'there is no file none.csv']),
  ...answer('Which columns identify', 'order_id', columnRefused),
  ...answer('Read only what is new', 'y'),
  ...answer('Which column tells', 'updated_at', columnRefused),
  ...answer('Add another stream', 'n'),
  ...RIGHT,
];
const KEPT = 'answers-so-far.yaml';
const SHORT = [
  answer('What do you have of it', ''),
  answer('What is the connector called', 'Acme'),
  answer('What does it read', 'Deals.'),
  answer('begin with', 'https://api.acme.test'),
  choose('How are requests authenticated', 'Bearer'),
  choose('into pages', 'Not at all'),
  answer('What is the stream called', 'deals'),
  answer('What is its path', ''),
  answer('sample records', 'deals.json'),
  answer('Where are the records', ''),
  answer('Which columns identify', ''),
  answer('Read only what is new', 'n'),
  answer('Add another stream', 'n'),
  RIGHT,
];
const SCHEMA = [
  ...choose("Which stream's schema", 'deals'),
  ...answer('Where are sample records', 'deals.json', EMPTY, ['none.json', 'names no file that exists']),
];

describe('the questions in a terminal', function () {
  this.timeout(90_000);
  needsPython('demo');

  /** A folder with samples to give. */
  const workplace = () => {
    const cwd = openFolder();
    copyFileSync(join(SAMPLES, 'deals.json'), join(cwd, 'deals.json'));
    copyFileSync(join(SAMPLES, 'orders-2024-01.csv'), join(cwd, 'orders.csv'));
    writeFileSync(join(cwd, 'top.sql'), 'SELECT id, updated_at FROM orders;\n');
    return cwd;
  };

  const finished = ({ exitCode, text, failed }: Played) => {
    assert.equal(failed, undefined, text);
    assert.equal(exitCode, 0, text);
    return text;
  };

  const compile = async (folder: string) => {
    const python = await pythonFor('demo');
    assert('command' in python);
    const { stderr } = await run(python.command, ['-m', 'compileall', '-q', folder], { env: python.env });
    assert.equal(stderr, '');
  };

  const kinds: [string, string[], Step[], RegExp][] = [
    ['api', [], [...choose('What shall be made', 'REST API'), ...API], /Acme is ready in sources\/acme /],
    ['sql', [], [...choose('What shall be made', 'SQL'), ...SQL], /数据 is ready in sources\/acme_data /],
    ['file', ['file'], FILE, /Acme is ready in sources\/acme /],
  ];
  for (const [kind, args, steps, ready] of kinds) {
    it(`${kind}: refuse each wrong answer at once, and end with a connector and what to do next`, async () => {
      const cwd = workplace();
      const text = finished(await play(args, cwd, steps));
      assert.match(text, ready);
      assert.match(text, /^ {2}cp .*\r?\n {2}mage-connector verify --connector \S+ --config \S+\r?$/m);
      await compile(cwd);
    });

    it(`${kind}: Ctrl-C at the first, a middle and the last question writes nothing but the answers`, async () => {
      const questions = steps.flatMap((step, index) => ('expect' in step ? [index] : []));
      for (const part of [0, 0.5, 0.999]) {
        const cwd = workplace();
        const before = treeOf(cwd);
        const last = questions[Math.floor(questions.length * part)] ?? 0;
        const { exitCode, text, failed } = await play(args, cwd, [...steps.slice(0, last + 1), { send: CTRL_C }]);
        assert.deepEqual([exitCode, failed], [130, undefined], text);
        const { [KEPT]: kept, ...after } = treeOf(cwd);
        assert.deepEqual(after, before);
        if (part === 0) assert.match(text, /\r?\nStopped: nothing was written\.\s*$/);
        assert.equal(kept !== undefined, part > 0, text);
        if (part > 0) assert.match(text, /with --resume answers-so-far\.yaml goes on after your answers\.\s*$/);
      }
    });
  }

  const answersOf = (cwd: string) =>
    JSON.parse(readFileSync(join(cwd, 'sources/acme/.yo-rc.json'), 'utf8'))['generator-mage-connector'].answers;

  it('Esc goes back question by question, and what was answered stands there again', async () => {
    const cwd = workplace();
    const text = finished(
      await play(['api'], cwd, [
        ...SHORT.slice(0, 5).flat(),
        { expect: 'into pages' },
        { send: ESC },
        { expect: 'How are requests authenticated' },
        { send: ESC },
        { expect: 'begin with' },
        { send: ESC },
        ...answer('What does it read', `${CLEAR_LINE}All deals.`),
        ...answer('begin with', ''),
        ...choose('How are requests authenticated', 'Bearer'),
        ...SHORT.slice(5).flat(),
      ]),
    );
    const { description, base_url, auth } = answersOf(cwd);
    assert.deepEqual([description, base_url, auth.type], ['All deals.', 'https://api.acme.test', 'bearer'], text);
  });

  it('Esc at the first question asks it again', async () => {
    const cwd = workplace();
    const [first = [], ...others] = SHORT;
    finished(
      await play(['api'], cwd, [{ expect: 'What do you have of it' }, { send: ESC }, ...first, ...others.flat()]),
    );
  });

  it('--resume goes on after the answers that Ctrl-C has kept, to the same connector', async () => {
    const [whole, stopped] = [workplace(), workplace()];
    finished(await play(['api'], whole, SHORT.flat()));
    const at = 9;
    const [next] = SHORT[at] ?? [];
    const { exitCode } = await play(['api'], stopped, [...SHORT.slice(0, at).flat(), next as Step, { send: CTRL_C }]);
    assert.equal(exitCode, 130);
    finished(await play(['api', '--resume', KEPT], stopped, SHORT.slice(at).flat()));
    assert.deepEqual(answersOf(stopped), answersOf(whole));
  });

  it('--resume asks again what no longer fits, and refuses what are no such answers', async () => {
    const cwd = workplace();
    const answers = [
      { question: 'from', answer: '' },
      { question: 'name', answer: 'x'.repeat(81) },
      { question: 'description', answer: 'Deals.' },
      { question: 'base_url', answer: 'https://api.acme.test' },
      { question: 'auth', answer: 'nothing' },
      { question: 'other', answer: 'What is asked no more.' },
    ];
    writeFileSync(join(cwd, KEPT), JSON.stringify(answers));
    const steps = [SHORT[1], ...SHORT.slice(4)].flatMap(group => group ?? []);
    finished(await play(['api', '--resume', KEPT], cwd, steps));
    assert.equal(answersOf(cwd).description, 'Deals.');
    writeFileSync(join(cwd, KEPT), 'kind: api');
    const refused = await play(['api', '--resume', KEPT], cwd, []);
    assert.match(refused.text, /--resume: answers-so-far\.yaml has no answers of a run that was stopped/);
    assert.equal(refused.exitCode, 1);
    const missing = await play(['api', '--resume', 'none.yaml'], cwd, []);
    assert.match(missing.text, /--resume: there is no file none\.yaml/);
  });

  it('a fault that is found after all questions leaves the answers in a file, with which a run goes on', async () => {
    const cwd = workplace();
    writeFileSync(join(cwd, 'sources'), 'not a folder');
    const failed = await play(['api'], cwd, SHORT.flat());
    assert.deepEqual([failed.exitCode, failed.failed], [1, undefined], failed.text);
    assert.match(failed.text, /sources/);
    assert.match(failed.text, /\nThe same command with --resume answers-so-far\.yaml goes on after your answers\.\s*$/);
    assert.deepEqual(filesOf(cwd), [KEPT, 'deals.json', 'orders.csv', 'sources', 'top.sql']);
    const again = await play(['api', '--resume', KEPT], cwd, []);
    assert.match(again.text, /\nanswers-so-far\.yaml has your answers still, for --resume\.\s*$/);
    assert.equal(filesOf(cwd).length, 5);
    rmSync(join(cwd, 'sources'));
    assert.match(finished(await play(['api', '--resume', KEPT], cwd, [])), /Acme is ready in sources\/acme /);
  });

  it('Ctrl-C at a conflict after questions leaves the answers in a file as well', async () => {
    const cwd = workplace();
    finished(await play(['api'], cwd, SHORT.flat()));
    const readme = join(cwd, 'sources/acme/README.md');
    writeFileSync(readme, 'mine');
    const steps = [
      ...choose('What shall be done with Acme', 'Change its answers'),
      ...choose('What shall change', 'What it reads'),
      ...answer('What does it read', `${CLEAR_LINE}All deals.`),
      ...choose('What shall change', 'Nothing more'),
      { expect: 'Overwrite ' },
      { send: CTRL_C },
    ];
    const { exitCode, text } = await play(['api'], join(cwd, 'sources/acme'), steps);
    assert.equal(exitCode, 130, text);
    assert.match(text, /Stopped: nothing was made\.\r?\nThe same command with --resume answers-so-far\.yaml/);
    assert.equal(readFileSync(readme, 'utf8'), 'mine');
  });

  it('Esc goes back in the time of a key', async () => {
    const steps = [...SHORT.slice(0, 2).flat(), { expect: 'What does it read' }, { send: ESC }];
    const cwd = workplace();
    // Within the half second that Node waits by itself, the question before is there.
    const back = [{ wait: 0.3 }, { send: 'Other\r' }, { expect: 'What does it read' }, { send: CTRL_C }];
    assert.match((await play(['api'], cwd, [...steps, ...back])).text, /What is the connector called AcmeOther/);
  });

  it('stream and schema: ask in a connector for what is missing, and no more', async () => {
    const cwd = workplace();
    finished(await play(['api'], cwd, API));
    const stream = API_STREAM.slice(3);
    const taken = answer('What is the stream called', 'tasks', [
      'deals',
      'is the name of a stream that is there already',
    ]);
    const text = finished(await play(['stream', '--connector', 'sources/acme'], cwd, [...taken, ...stream]));
    assert.match(text, /Acme is ready/);
    assert(filesOf(cwd).includes('sources/acme/streams/tasks.py'));
    writeFileSync(join(cwd, 'deals.json'), '[{"id": 1, "new": true}]');
    const steps = [...SCHEMA, { expect: 'Overwrite sources/acme/schemas/deals.json?' }, { send: 'y\r' }];
    assert.match(
      finished(await play(['schema', '--connector', 'sources/acme', '--replace'], cwd, steps)),
      /\(2 columns\) is updated/,
    );
    const stopped = await play(['schema', '--connector', 'sources/acme'], cwd, [
      { expect: 'Which stream' },
      { send: CTRL_C },
    ]);
    assert.equal(stopped.exitCode, 130);
    await compile(cwd);
  });

  it('change the answers of the connector around, with those that it has as defaults', async () => {
    const cwd = workplace();
    finished(await play(['api'], cwd, API));
    const folder = join(cwd, 'sources/acme');
    const answers = () =>
      JSON.parse(readFileSync(join(folder, '.yo-rc.json'), 'utf8'))['generator-mage-connector'].answers;
    const before = answers();
    const change = [
      ...choose('What shall change', 'What it reads'),
      ...answer('What does it read', 'All deals.'),
      ...choose('What shall change', 'How long lists are cut'),
      ...choose('into pages', 'Page numbers'),
      ...answer('takes the page number', ''),
      ...answer('asks for a page size', ''),
      ...answer('How many records at once', '25'),
      ...choose('What shall change', 'A configuration key'),
      ...answer('What is the key called', 'region', ['Re gion', 'must be lower-case letters']),
      ...answer('What is it for', 'The data centre'),
      ...answer('Is it a secret', 'n'),
      ...answer('What is its default', 'eu'),
      ...choose('What shall change', 'Nothing more'),
    ];
    const text = finished(
      await play([], folder, [...choose('What shall be made', 'Other answers for Acme'), ...change]),
    );
    assert.match(text, /Acme is ready/);
    const config = [{ name: 'region', description: 'The data centre', default: 'eu' }];
    assert.deepEqual(answers(), {
      ...before,
      description: 'All deals.',
      pagination: { ...before.pagination, page_size: 25 },
      config,
    });
    assert.match(readFileSync(join(folder, '__init__.py'), 'utf8'), /^"""Acme: All deals\."""/);
    finished(
      await play(['api'], folder, [
        ...choose('What shall be done with Acme', 'Change its answers'),
        ...choose('What shall change', 'How requests are'),
        ...choose('How are requests', 'Not at all'),
        ...choose('What shall change', 'Nothing more'),
      ]),
    );
    assert.deepEqual(answers().auth, { type: 'none' });
    await compile(cwd);
  });

  describe('at a conflict', () => {
    const README = 'sources/acme_data/README.md';
    const MODULE = 'sources/acme_data/__init__.py';
    const conflict = async (keys: string, more: readonly Step[] = []) => {
      const cwd = openFolder();
      writeFileSync(join(cwd, 'a.yaml'), '{kind: sql, name: Acme data, dialect: sqlite}');
      finished(await play(['--answers', 'a.yaml'], cwd, []));
      writeFileSync(join(cwd, 'a.yaml'), '{kind: sql, name: Acme data, dialect: sqlite, description: Other.}');
      writeFileSync(join(cwd, README), 'mine\r\n');
      const before = treeOf(cwd);
      const played = await play(['--answers', 'a.yaml'], cwd, [
        { expect: `Overwrite ${README}?` },
        { send: keys },
        ...more,
      ]);
      assert.equal(played.failed, undefined, played.text);
      return { ...played, cwd, before, after: treeOf(cwd) };
    };

    it('"n" leaves the user’s file byte for byte, says so, and writes the others', async () => {
      const { exitCode, text, before, after } = await conflict('n\r');
      assert.equal(exitCode, 0, text);
      assert.match(text, /is not complete in .*: 0 created, 2 updated, 1 left as they were:/);
      assert.match(text, /README\.md lacks \d+ lines of what the answers give/);
      assert.doesNotMatch(text, /is ready/);
      assert.equal(after[README], before[README]);
      assert.match(after[MODULE] ?? '', /^"""Acme data: Other\."""/);
    });

    it('"n" is asked again by the same run, and --force overwrites', async () => {
      const { cwd, before } = await conflict('n\r');
      const again = await play(['--answers', 'a.yaml'], cwd, [{ expect: `Overwrite ${README}?` }, { send: 'n\r' }]);
      assert.equal(again.failed, undefined, again.text);
      assert.equal(treeOf(cwd)[README], before[README]);
      finished(await play(['--answers', 'a.yaml', '--force'], cwd, []));
      assert.match(readFileSync(join(cwd, README), 'utf8'), /^# Acme data\r\n/);
      const done = await play(['--answers', 'a.yaml'], cwd, []);
      assert.match(done.text, /is up to date/);
    });

    it('"n" for a file of JSON is asked again as well, where Git has not what was written', async () => {
      const cwd = openFolder();
      const answers = (region: string) => ({
        ...{ kind: 'api', name: 'Acme data', base_url: 'https://{region}.a.test', streams: [TAGS] },
        config: [{ name: 'region', default: region }],
      });
      const write = (region: string) => writeFileSync(join(cwd, 'a.json'), JSON.stringify(answers(region)));
      write('eu');
      finished(await play(['--answers', 'a.json'], cwd, []));
      const template = 'sources/acme_data/templates/config.json';
      writeFileSync(join(cwd, template), '{"region": "mine", "own": 1}\n');
      write('us');
      for (const key of ['n', 'n', 'y']) {
        const played = await play(['--answers', 'a.json'], cwd, [
          { expect: `Overwrite ${template}?` },
          { send: `${key}\r` },
        ]);
        assert.equal(played.failed, undefined, played.text);
        const { region, own } = JSON.parse(readFileSync(join(cwd, template), 'utf8'));
        assert.deepEqual([region, own], [key === 'y' ? 'us' : 'mine', 1]);
      }
      assert.match((await play(['--answers', 'a.json'], cwd, [])).text, /is up to date/);
    });

    it('"n" for a module says which definitions it lacks', async () => {
      const cwd = openFolder();
      const answers = { kind: 'api', name: 'Acme data', base_url: 'https://a.test', streams: [TAGS] };
      writeFileSync(join(cwd, 'a.json'), JSON.stringify(answers));
      finished(await play(['--answers', 'a.json'], cwd, []));
      const client = 'sources/acme_data/client.py';
      writeFileSync(join(cwd, client), '# Mine.\n');
      writeFileSync(join(cwd, 'a.json'), JSON.stringify({ ...answers, auth: { type: 'bearer' } }));
      const keys = [{ expect: `Overwrite ${client}?` }, { send: 'n\r' }];
      const { text } = await play(['--answers', 'a.json'], cwd, keys);
      assert.match(text, /client\.py lacks REQUIRED_KEYS, .*AcmeDataClient, .*authenticate/);
    });

    it('"e" opens the editor, and writes what it has left', async () => {
      const cwd = openFolder();
      const editor = join(cwd, 'editor.sh');
      writeFileSync(editor, '#!/bin/sh\necho edited >> "$2"\n', { mode: 0o755 });
      process.env.VISUAL = `${editor} --wait`;
      try {
        const {
          exitCode,
          text,
          cwd: place,
        } = await conflict('e\r', [
          { expect: 'launch your preferred editor' },
          { send: '\r' },
          { expect: `Overwrite ${README}?` },
          { send: 'y\r' },
        ]);
        assert.equal(exitCode, 0, text);
        assert.match(readFileSync(join(place, README), 'utf8'), /^# Acme data\r\n[\s\S]*\nedited\n$/);
        assert.match(text, /is ready in .*: 0 created, 3 updated/);
      } finally {
        delete process.env.VISUAL;
      }
    });

    it('"y" overwrites, after one question', async () => {
      const { exitCode, text, cwd } = await conflict('y\r');
      assert.equal(exitCode, 0, text);
      assert.match(readFileSync(join(cwd, README), 'utf8'), /^# Acme data\r\n\r\nOther\.\r\n/);
      assert.equal(text.split(`conflict ${README}`).length, 2, text);
    });

    for (const [name, keys] of [
      ['Ctrl-C', CTRL_C],
      ['"x"', 'x\r'],
    ] as const) {
      it(`${name} writes nothing at all`, async () => {
        const { exitCode, text, before, after } = await conflict(keys);
        assert.equal(exitCode, 130, text);
        assert.match(text, /Stopped: nothing was written\.\s*$/);
        assert.deepEqual(after, before);
      });
    }
  });
});
