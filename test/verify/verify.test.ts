import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Verified, VerifyJob } from '../../src/verify/verified.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { type PackagedPython, packagedPython, verifyUnder } from './verified.ts';

const BREWERY = resolve(import.meta.dirname, '../fixtures/verify/brewery');
const MAIN = '__init__.py';
const SCHEMA = 'schemas/beers.json';
const CONFIG = { api_token: 'kX92-hunter-7716' };

/** One place of the sound connector that is broken, and what is to be found. */
interface Broken {
  readonly title: string;
  readonly file?: string;
  readonly from: string;
  readonly to: string;
  readonly found: RegExp;
  readonly config?: object;
}

const BROKEN: readonly Broken[] = [
  {
    title: 'a type that a record doesn’t have',
    from: "'name': f'Beer {number}'",
    to: "'name': number",
    found: /^fault beers, first run: name is to be null or string and was the number 1 \(6 of 6 records\)/m,
  },
  {
    title: 'a moment that is none',
    from: "f'2024-01-0{number}T00:00:00Z'",
    to: "f'{number} January'",
    found: /^fault beers, first run: updated_at is to be date-time and was the text "1 January"/m,
  },
  {
    title: 'a column that the schema says and no record can have, by its form inside',
    file: SCHEMA,
    from: '"type": ["null", "boolean"]',
    to: '"type": ["null", "object"], "properties": {"degree": {"type": "number"}}',
    found: /strong is to be null or object and was the boolean false/,
  },
  {
    title: 'a null key',
    from: "'id': number,",
    to: "'id': None if number == 3 else number,",
    found: /^fault beers, first run: has a null key \(id\) in 1 of 6 records/m,
  },
  {
    title: 'a key that repeats',
    from: "'id': number,",
    to: "'id': number // 2,",
    found: /^fault beers, first run: wrote the key id more than once: id 1 and 1 more/m,
  },
  {
    title: 'a page that is read twice',
    from: '        yield [beer',
    to: '        yield [beer for beer in BEERS if beer["id"] == 6]\n        yield [beer',
    found: /wrote the key id more than once: id 6 and 0 more/,
  },
  {
    title: 'a bookmark that is null now and then',
    from: "f'2024-01-0{number}T00:00:00Z'",
    to: "None if number == 6 else f'2024-01-0{number}T00:00:00Z'",
    found:
      /updated_at, its bookmark, is null in 1 of 6 records|'>=' not supported between|not supported between instances/,
  },
  {
    title: 'a bookmark that no record has',
    from: "entry.bookmark_properties = ['updated_at']",
    to: "entry.bookmark_properties = ['changed_at']",
    found: /^fault beers, discovery: its bookmark changed_at is no column/m,
  },
  {
    title: 'a bookmark in two forms',
    from: "f'2024-01-0{number}T00:00:00Z'",
    to: "f'2024-01-0{number}T00:00:00Z' if number < 4 else f'2024-01-0{number} 00:00:00'",
    found:
      /updated_at, its bookmark, comes in several forms: the text "2024-01-01T00:00:00Z" and the text "2024-01-04 00:00:00"/,
  },
  {
    title: 'records that are not sorted, in a source that says so',
    from: 'for number in range(1, 7)',
    to: 'for number in (2, 6, 1)',
    found: /its state is the text "2024-01-01T00:00:00Z" though a record has the text "2024-01-06T00:00:00Z"/,
  },
  {
    title: 'a stream that is incremental and has no bookmark',
    from: "entry.bookmark_properties = ['updated_at']",
    to: 'entry.bookmark_properties = None',
    found: /^fault beers, discovery: is incremental without a bookmark/m,
  },
  {
    title: 'a second run that reads all again',
    from: " if beer['updated_at'] >= since",
    to: '',
    found: /^fault beers, second run: read all 6 records again, though its state was the text "2024-01-06T00:00:00Z"/m,
  },
  {
    title: 'a second run that loses the border',
    from: "beer['updated_at'] >= since",
    to: "beer['updated_at'] > since",
    found: /^note beers, second run: read nothing from the text "2024-01-06T00:00:00Z" on/m,
  },
  {
    title: 'no key',
    from: "key_properties=['id'], **kwargs)\n        entry.unique_constraints = ['id']",
    to: '**kwargs)\n        entry.unique_constraints = []',
    found: /^note beers, discovery: has no key/m,
  },
  {
    title: 'a key that is no column',
    from: "entry.unique_constraints = ['id']",
    to: "entry.unique_constraints = ['number']",
    found: /^fault beers, discovery: its key number is no column/m,
  },
  {
    title: 'a stray line in a run',
    from: "        since = (bookmarks or {}).get('updated_at') or ''",
    to: "        since = (bookmarks or {}).get('updated_at') or ''\n        print('loading', stream.tap_stream_id)",
    found: /^fault first run: wrote a line that is no message: loading beers/m,
  },
  {
    title: 'a list on standard output, at which destinations fail',
    from: "        since = (bookmarks or {}).get('updated_at') or ''",
    to: "        since = (bookmarks or {}).get('updated_at') or ''\n        print('[1, 2]')",
    found: /^fault first run: wrote a line that is no message: \[1, 2\]/m,
  },
  {
    title: 'a print in discovery',
    from: '        entry = super()',
    to: "        print('hello')\n        entry = super()",
    found: /^fault discovery: prints something else than JSON: hello/m,
  },
  {
    title: 'an error that is logged, though the run goes on',
    from: "        since = (bookmarks or {}).get('updated_at') or ''",
    to: "        since = (bookmarks or {}).get('updated_at') or ''\n        self.logger.error('page 3 was skipped')",
    found: /^fault first run: logged an error and went on: page 3 was skipped/m,
  },
  {
    title: 'records of a stream that wasn’t selected',
    from: "        since = (bookmarks or {}).get('updated_at') or ''",
    to: '        since = (bookmarks or {}).get(\'updated_at\') or \'\'\n        if \'sample_data\' not in kwargs:\n            print(\'{"type": "RECORD", "stream": "wines", "record": {}}\')',
    found: /^fault wines, first run: wrote messages of this stream, which wasn’t selected/m,
  },
  {
    title: 'a secret in what is logged',
    from: "        since = (bookmarks or {}).get('updated_at') or ''",
    to: "        since = (bookmarks or {}).get('updated_at') or ''\n        self.logger.info(f'asking with {self.config[\"api_token\"]}')",
    found: /^fault first run: a message has the value of api_token/m,
  },
  {
    title: 'a failing connection',
    config: { api_token: '' },
    from: 'Brewery(Source)',
    to: 'Brewery(Source)',
    found: /^fault connection test: failed: .*there is no api_token/m,
  },
  {
    title: 'an error in a run',
    from: '        yield [beer',
    to: "        if 'sample_data' not in kwargs:\n            raise ValueError('page 2 is broken')\n        yield [beer",
    found: /^fault first run: failed: .*page 2 is broken/m,
  },
  {
    title: 'a generator that yields nothing',
    from: '        yield [beer',
    to: "        if since == '':\n            return\n        yield [beer",
    found: /^fault sample: failed/m,
  },
  {
    title: 'a type that no destination takes',
    file: SCHEMA,
    from: '{"type": ["null", "string"]}',
    to: '{"enum": ["Pils", "Bock"]}',
    found: /^fault beers, discovery: name has (enum and )?no type/m,
  },
  {
    title: 'two types',
    file: SCHEMA,
    from: '["null", "integer"]',
    to: '["null", "integer", "string"]',
    found: /^fault beers, discovery: id has the types integer and string: destinations take the first alone/m,
  },
  {
    title: 'an array of arrays',
    file: SCHEMA,
    from: '{"type": ["null", "boolean"]}',
    to: '{"type": ["null", "array"], "items": {"type": "array", "items": {"type": "string"}}}',
    found: /^fault beers, discovery: strong is an array of arrays/m,
  },
  {
    title: 'a schema without columns',
    file: SCHEMA,
    from: readFileSync(join(BREWERY, SCHEMA), 'utf8'),
    to: '{"type": "object", "properties": {}}',
    found: /^fault beers, discovery: has no columns/m,
  },
  {
    title: 'a schema that is no JSON',
    file: SCHEMA,
    from: '"type": "object",',
    to: '"type": "object"',
    found: /^fault discovery: failed: /m,
  },
  {
    title: 'a README that lacks a key of the template',
    file: 'templates/config.json',
    from: '"api_token": ""',
    to: '"api_token": "", "region": ""',
    found: /^fault templates: README.md doesn’t tell of region/m,
  },
  {
    title: 'a nested template',
    file: 'templates/config.json',
    from: '"api_token": ""',
    to: '"api_token": {"value": ""}',
    found: /^fault templates: api_token of templates\/config.json is nested/m,
  },
  {
    title: 'a mistyped key of the configuration',
    config: { ...CONFIG, api_tokne: 'x' },
    from: 'Brewery(Source)',
    to: 'Brewery(Source)',
    found: /^note templates: the configuration has api_tokne.*\n {6}did you mean api_token\?/m,
  },
  {
    title: 'a syntax error',
    from: 'class Brewery(Source):',
    to: 'class Brewery(Source:',
    found: /^fault templates: failed: .*(SyntaxError|never closed|invalid syntax)/m,
  },
];

describe('verify', function () {
  this.timeout(120_000);
  needsPython();
  let checkout: Checkout;
  let python: PackagedPython;

  before(async () => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage'));
    python = await packagedPython(checkout);
  });

  async function verify(folder: string, config: object, job: Partial<VerifyJob> = {}): Promise<[Verified, string]> {
    const file = join(temporaryFolder(), 'config.json');
    writeFileSync(file, JSON.stringify(config));
    return verifyUnder(checkout, python, folder, { config: file, configText: JSON.stringify(config), ...job });
  }

  function brewery({ file = MAIN, from, to }: Pick<Broken, 'file' | 'from' | 'to'>): string {
    const folder = join(temporaryFolder(), 'brewery');
    cpSync(BREWERY, folder, { recursive: true });
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    assert.ok(text.includes(from), `${file} has no ${from}`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    return folder;
  }

  it('finds nothing wrong with a sound connector, and shows what it gave', async () => {
    const [{ steps, streams, findings }, text] = await verify(BREWERY, CONFIG);
    assert.deepEqual(findings, []);
    assert.deepEqual(
      steps.map(({ step, ok }) => `${step} ${ok}`),
      ['templates', 'discovery', 'connection test', 'wrong configuration', 'sample', 'first run', 'second run'].map(
        step => `${step} true`,
      ),
    );
    assert.deepEqual(
      streams.map(({ name, records, again, rows }) => ({ name, records, again, rows: rows.length })),
      [{ name: 'beers', records: 6, again: 1, rows: 3 }],
    );
    assert.match(text, /beers {3}INCREMENTAL {2}6 {8}1\n/);
    assert.match(text, /^ {2}1 {3}Beer 1 {2}false {3}2024-01-01T00:00:00Z$/m);
    assert.match(text, /\nbrewery works\.\n$/);
  });

  for (const broken of BROKEN)
    it(`finds ${broken.title}`, async () => {
      const [, text] = await verify(brewery(broken), broken.config ?? CONFIG);
      assert.match(text, broken.found);
      assert.doesNotMatch(text, /Traceback|kX92-hunter-7716/);
    });

  it('ends a connection test after Mage’s ten seconds', async function () {
    this.slow(15_000);
    const waiting = brewery({
      from: "        if not self.config.get('api_token'):",
      to: "        __import__('time').sleep(60)\n        if not self.config.get('api_token'):",
    });
    const [, text] = await verify(waiting, CONFIG);
    assert.match(text, /^fault connection test: took longer than 10 seconds: Mage ends it/m);
  });

  it('reads no more than the limit of each stream, and says so', async () => {
    const [{ streams, steps }, text] = await verify(BREWERY, CONFIG, { limit: 2 });
    assert.deepEqual(
      streams.map(({ records, again }) => [records, again]),
      [[2, undefined]],
    );
    assert.equal(steps.at(-1)?.step, 'first run');
    assert.match(text, /brewery works, as far as 2 records of each stream tell/);
  });

  it('says that there is no configuration, and which keys it has', async () => {
    const [, text] = await verify(BREWERY, {}, { config: undefined });
    assert.match(
      text,
      /^fault connection test: failed: .*\n {6}give its configuration with --config FILE: it has the keys api_token$/m,
    );
  });

  it('says what there is where a stream isn’t', async () => {
    await assert.rejects(
      verify(BREWERY, CONFIG, { streams: ['beer'] }),
      /--streams: there is no stream beer.*did you mean beers/s,
    );
  });

  it('says which module Python lacks, and what to do', async () => {
    const lacking = brewery({ from: 'from typing', to: 'import no_such_driver\nfrom typing' });
    await assert.rejects(
      verify(lacking, CONFIG),
      /Python has no module no_such_driver.*lacks the module no_such_driver/s,
    );
  });

  it('leaves the connector as it was', async () => {
    const folder = brewery({ from: 'Brewery(Source)', to: 'Brewery(Source)' });
    const before = readFileSync(join(folder, MAIN), 'utf8');
    await verify(folder, CONFIG);
    assert.equal(readFileSync(join(folder, MAIN), 'utf8'), before);
    rmSync(folder, { recursive: true });
  });
});
