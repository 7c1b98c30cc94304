import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { type PackagedPython, packagedPython, verifyUnder } from './verified.ts';

const FIXTURES = resolve(import.meta.dirname, '../fixtures/verify');
const SECRET = 'kX92-hunter-7716';
const SCHEMA = 'schemas/beers.json';
const START = "        since = (bookmarks or {}).get('updated_at') or ''\n";
const NAME = "'name': f'Beer {number}'";
const MOMENT = "f'2024-01-0{number}T00:00:00Z'";
const ENTRY = '        return entry';

/** One place of the sound connector without HTTP that is broken, and what is to be found. */
interface Broken {
  readonly title: string;
  readonly file?: string;
  readonly from: string;
  readonly to: string;
  /** What is changed in the Python besides. */
  readonly also?: readonly [from: string, to: string];
  readonly found: RegExp;
}

/** Code at the start of a run that isn't the sample. */
const atStart = (code: string) => ({
  from: START,
  to: `${START}        if 'sample_data' not in kwargs:\n            ${code}\n`,
});

const BROKEN: readonly Broken[] = [
  {
    title: 'two streams of one name',
    from: '    def load_data(',
    to: '    def discover(self, streams=None):\n        catalog = super().discover(streams=streams)\n        catalog.streams.append(catalog.streams[0])\n        return catalog\n\n    def load_data(',
    found: /^fault beers, discovery: is there more than once in the catalog/m,
  },
  {
    title: 'columns that a destination makes one of',
    file: SCHEMA,
    from: '"name": {"type": ["null", "string"]},',
    to: '"name": {"type": ["null", "string"]}, "Name": {"type": ["null", "string"]},',
    found: /^fault beers, discovery: name and Name are one column at SQL destinations, name$/m,
  },
  {
    title: 'a primary key that is no column, beside constraints that are',
    from: "key_properties=['id']",
    to: "key_properties=['beer_id']",
    found: /^fault beers, discovery: its key beer_id is no column/m,
  },
  {
    title: 'a replication method that there isn’t',
    from: ENTRY,
    to: `        entry.replication_method = 'INCREMENTEL'\n${ENTRY}`,
    found: /^fault beers, discovery: has the replication method INCREMENTEL, which Mage doesn’t know/m,
  },
  {
    title: 'a bookmark without an order',
    from: "bookmark_properties = ['updated_at']",
    to: "bookmark_properties = ['strong']",
    found: /^fault beers, discovery: its bookmark strong is of the type boolean, which has no order/m,
  },
  {
    title: 'a column that no record has',
    file: SCHEMA,
    from: '"name": {"type": ["null", "string"]},',
    to: '"name": {"type": ["null", "string"]}, "label": {"type": ["null", "string"]},',
    found: /^note beers, first run: no record has a value in label$/m,
  },
  {
    title: 'an integer of more than 64 bits',
    from: "'id': number,",
    to: "'id': number * 10**19,",
    found: /^fault beers, first run: id has an integer of more than 64 bits: 10000000000000000000$/m,
  },
  {
    title: 'moments without an offset',
    from: MOMENT,
    to: "f'2024-01-0{number}T00:00:00'",
    found: /^note beers, first run: updated_at has moments without an offset, such as 2024-01-01T00:00:00$/m,
  },
  {
    title: 'a page that is left out of a list without HTTP',
    from: '        yield [beer for beer in BEERS if',
    to: '        yield [beer for beer in BEERS if beer["id"] not in (3, 4) and',
    found: /^note beers, first run: its keys go on without a gap but for 3 to 4$/m,
  },
  {
    title: 'a bookmark that is to come',
    from: MOMENT,
    to: "f'2024-01-0{number}T00:00:00Z' if number < 6 else '9999-12-31T00:00:00Z'",
    found: /^note beers, first run: its bookmark goes up to 9999-12-31T00:00:00Z, which is to come$/m,
  },
  {
    title: 'sys.exit in the middle of a run, by which Mage takes it for done',
    from: '        yield [beer',
    to: "        if 'sample_data' not in kwargs:\n            yield BEERS[:2]\n            raise SystemExit(0)\n        yield [beer",
    found: /^fault beers, first run: the run ended in the middle of it, with the exit code 0$/m,
  },
  {
    title: 'os._exit in the middle of a run',
    from: '        yield [beer',
    to: "        if 'sample_data' not in kwargs:\n            yield BEERS[:2]\n            __import__('os')._exit(0)\n        yield [beer",
    found: /^fault beers, first run: the run ended in the middle of it, with the exit code 0$/m,
  },
  {
    title: 'a state by another name than the bookmark',
    ...atStart(
      'print(\'{"type": "STATE", "value": {"bookmarks": {"beers": {"changed_at": "2024-01-01T00:00:00Z"}}}}\')',
    ),
    found: /^fault beers, first run: its state is kept of changed_at, and its bookmark is updated_at$/m,
  },
  {
    title: 'a state that is written before the records',
    ...atStart(
      'print(\'{"type": "STATE", "value": {"bookmarks": {"beers": {"updated_at": "2024-01-06T00:00:00Z"}}}}\')',
    ),
    found:
      /^fault beers, first run: wrote the state the text "2024-01-06T00:00:00Z" before a record that has the text "2024-01-01T00:00:00Z"$/m,
  },
  {
    title: 'the state of another stream',
    ...atStart('print(\'{"type": "STATE", "value": {"bookmarks": {"wines": {"id": 7}}}}\')'),
    found: /^fault wines, first run: wrote messages of this stream, which wasn’t selected$/m,
  },
  {
    title: 'a state that is no JSON',
    ...atStart("print(\"{'type': 'STATE', 'value': {}}\")"),
    found: /^fault first run: wrote a line that is no message: \{'type': 'STATE'/m,
  },
  {
    title: 'bytes on standard output that aren’t UTF-8',
    ...atStart("__import__('sys').stdout.buffer.write(b'caf\\xe9\\n')"),
    found: /^fault first run: wrote a line that is no message: caf/m,
  },
  {
    title: 'logs on standard output',
    ...atStart("__import__('sys').stdout.write('INFO reading beers\\n')"),
    found: /^fault first run: wrote a line that is no message: INFO reading beers/m,
  },
  {
    title: 'a print while the source is made',
    from: '    def load_data(',
    to: "    def __init__(self, **kwargs):\n        print('starting')\n        super().__init__(**kwargs)\n\n    def load_data(",
    found: /^fault templates: prints something else than JSON: starting/m,
  },
  {
    title: 'a secret in the message of an error',
    ...atStart("raise ValueError('no beer for ' + self.config['api_token'])"),
    found: /^fault first run: a message has the value of api_token/m,
  },
  {
    title: 'a secret in what is printed',
    ...atStart("print(self.config['api_token'])"),
    found: /^fault first run: wrote a line that is no message: \*{8}$/m,
  },
  {
    title: 'a secret in a record',
    from: '        yield [beer for beer in BEERS',
    to: "        yield [{**beer, 'name': self.config['api_token']} for beer in BEERS",
    found: /^fault first run: a record or a state has the value of api_token$/m,
  },
  {
    title: 'a null inside of an object that has to be there',
    file: SCHEMA,
    from: '"strong": {"type": ["null", "boolean"]}',
    to: '"strong": {"type": ["null", "object"], "properties": {"degree": {"type": "number"}}}',
    also: ["'strong': number % 2 == 0", "'strong': {'degree': None if number == 4 else 5.2}"],
    found: /^fault beers, first run: strong\.degree is to be number and was null \(1 of 6 records\)/m,
  },
  {
    title: 'a type that is wrong in one record alone',
    from: NAME,
    to: "'name': f'Beer {number}' if number != 5 else ['Beer']",
    found: /^fault beers, first run: name is to be null or string and was the array \["Beer"\] \(1 of 6 records\)/m,
  },
  {
    title: 'a key of the template that nothing reads',
    file: 'templates/config.json',
    from: '"api_token": ""',
    to: '"api_token": "", "region": ""',
    found: /^note templates: nothing reads region, which templates\/config\.json has$/m,
  },
  {
    title: 'a key that the Python reads and the template lacks',
    from: "self.config.get('api_token'):",
    to: "self.config.get('api_token') and not self.config.get('region'):",
    found: /^note templates: the Python reads region, which templates\/config\.json lacks$/m,
  },
  {
    title: 'a stream without a schema',
    from: ENTRY,
    to: `        entry.schema.properties = {}\n${ENTRY}`,
    found: /^fault beers, discovery: has no columns/m,
  },
  {
    title: 'everything in one batch',
    from: '        yield [beer',
    to: "        if 'sample_data' not in kwargs and not since:\n            yield [{**BEERS[0], 'id': number} for number in range(10, 50_020)]\n        yield [beer",
    found: /^note beers, first run: yielded 50,010 records at once$/m,
  },
  {
    title: 'an incremental run that fails',
    from: START,
    to: `${START}        if since:\n            raise ValueError('no since')\n`,
    found: /^fault second run: failed: .*no since/m,
  },
];

/** What of a connector that reads pages is broken. */
const OVER_HTTP: readonly Broken[] = [
  {
    title: 'a column by another name than the responses have',
    file: 'schemas/orders.json',
    from: '"note"',
    to: '"Note"',
    found: /^fault orders, first run: Note is null in every record, and responses have note$/m,
  },
  {
    title: 'a request that fails, which is taken for the end',
    from: '        while number <= 3:\n            response',
    to: '        while number <= 4:\n            response',
    found: /^fault orders, first run: GET \/pages\?page=4 answered 500, and the run went on$/m,
  },
  {
    title: 'no records of responses that have some',
    from: 'yield response.json()\n            number',
    to: 'yield []\n            number',
    found: /^note orders, first run: gave no records, though responses had 6 rows$/m,
  },
];

describe('verify of connectors with other faults', function () {
  this.timeout(120_000);
  needsPython();
  let checkout: Checkout;
  let python: PackagedPython;
  let server: TestServer;

  before(async () => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage'));
    python = await packagedPython(checkout);
    server = await serve(url => {
      const page = Number(url.searchParams.get('page'));
      const rows = [1, 2].map(index => ({ id: 2 * page + index, note: 'x' }));
      return page > 3 ? { status: 500 } : { body: rows };
    });
  });
  after(() => server.close());

  async function reportOf(
    name: string,
    { file = '__init__.py', from, to, also }: Broken,
    config: object,
    read?: string,
  ) {
    const folder = join(temporaryFolder(), name);
    cpSync(join(FIXTURES, name), folder, { recursive: true });
    if (read) replace(folder, '__init__.py', / {4}def pages\(self\):\n[\s\S]*?(?=\n {4}def )/, read);
    replace(folder, file, from, to);
    if (also) replace(folder, '__init__.py', ...also);
    const configText = JSON.stringify(config);
    const path = join(temporaryFolder(), 'config.json');
    writeFileSync(path, configText);
    const [, report] = await verifyUnder(checkout, python, folder, { config: path, configText });
    return report;
  }

  function replace(folder: string, file: string, from: string | RegExp, to: string): void {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const after = text.replace(from, () => to);
    assert.notEqual(after, text, `${file} has no ${from}`);
    writeFileSync(path, after);
  }

  for (const broken of BROKEN)
    it(`finds ${broken.title}`, async () => {
      const report = await reportOf('brewery', broken, { api_token: SECRET });
      assert.match(report, broken.found);
      assert.doesNotMatch(report.split('\nfault')[1] ?? '', new RegExp(SECRET));
      assert.doesNotMatch(report, /Traceback/);
    });

  const PAGES = `    def pages(self):
        number = 1
        while number <= 3:
            response = self.get(page=number)
            if response.status_code == 500:
                return
            yield response.json()
            number += 1
`;
  for (const broken of OVER_HTTP)
    it(`finds ${broken.title}`, async () => {
      assert.match(await reportOf('orders', broken, { url: `${server.url}/pages` }, PAGES), broken.found);
    });
});
