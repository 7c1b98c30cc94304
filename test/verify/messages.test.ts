import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { type PackagedPython, packagedPython, verifyUnder } from './verified.ts';

const TAP = resolve(import.meta.dirname, '../fixtures/verify/tap');
const SECRET = 'kX92-hunter-7716';
/** Two orders share each moment, so that a run that goes on after it would lose one. */
const ROWS = [1, 2, 3, 4, 5, 6].map(id => ({
  id,
  note: `Grüße ${id}`,
  updated_at: `2024-01-0${Math.ceil(id / 2)}T10:00:00Z`,
}));
const SIZE = 4;
const LAST = "                last = row['updated_at']\n";
const STATE = "{'updated_at': last}";
const RECORD = '{column: row.get(column) for column in columns}';
const TEST = '        next(self.rows())\n';

/** A place of the sound tap that is broken, and what is found. */
interface Broken {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly found: RegExp;
  readonly file?: string;
}

const BROKEN: readonly Broken[] = [
  {
    title: 'a stream that is read though it isn’t selected',
    from: 'catalog.get_selected_streams(self.state or {})',
    to: 'catalog.streams',
    found: /^fault orders, selection: gave records though it wasn’t selected$/m,
  },
  {
    title: 'os._exit in a sync of its own',
    from: LAST,
    to: `${LAST}                if row['id'] == 4:\n                    __import__('os')._exit(0)\n`,
    found: /^fault first run: ended before the connector’s own end, with the exit code 0$/m,
  },
  {
    title: 'a record before the schema',
    from: "            self.write(type='SCHEMA'",
    to: "            self.write(type='RECORD', stream=name, record={'id': 9, 'updated_at': '2024-01-01T10:00:00Z'})\n            self.write(type='SCHEMA'",
    found: /^fault orders, first run: wrote records before its SCHEMA message$/m,
  },
  {
    title: 'a schema that lacks a column',
    from: "schema={'properties': columns}",
    to: "schema={'properties': {'id': columns['id'], 'updated_at': columns['updated_at']}}",
    found: /^fault orders, first run: its SCHEMA message lacks note, which discovery gives and which is selected$/m,
  },
  {
    title: 'an ACTIVATE_VERSION of another stream',
    from: '            last = None\n',
    to: "            last = None\n            self.write(type='ACTIVATE_VERSION', stream='wines', version=1)\n",
    found: /^fault wines, first run: wrote messages of this stream, which wasn’t selected$/m,
  },
  {
    title: 'a state in another zone',
    from: STATE,
    to: "{'updated_at': last.replace('T10', 'T12')}",
    found:
      /^fault orders, first run: its state is the text "2024-01-03T12:00:00Z", which is later than any record’s: the greatest is the text "2024-01-03T10:00:00Z"$/m,
  },
  {
    title: 'a state that is the text null',
    from: STATE,
    to: "{'updated_at': 'null'}",
    found: /^fault orders, first run: its state is the text "null", which is later than any record’s/m,
  },
  {
    title: 'a state of the moment of the run',
    from: STATE,
    to: "{'updated_at': '2025-05-05T05:05:05Z'}",
    found: /^note orders, first run: its state is the text "2025-05-05T05:05:05Z", which is later than any record’s/m,
  },
  {
    title: 'a state of the first record',
    from: LAST,
    to: "                last = last or row['updated_at']\n",
    found: /^fault orders, first run: its state is the text "2024-01-01T10:00:00Z" though a record has/m,
  },
  {
    title: 'a state that goes back in the second run',
    from: STATE,
    to: "{'updated_at': '2023-12-31T10:00:00Z' if since else last}",
    found:
      /^fault orders, second run: its state went back from the text "2024-01-03T10:00:00Z" to the text "2023-12-31T10:00:00Z"$/m,
  },
  {
    title: 'a second run that leaves out what shares the border',
    from: 'for row in self.rows(since):',
    to: "for row in (row for row in self.rows(since) if not since or row['updated_at'] > since):",
    found:
      /^fault orders, second run: read nothing from .* on, not even the record that has it, and records share one$/m,
  },
  {
    title: 'a second run that reads a record twice',
    from: 'for row in self.rows(since):',
    to: 'for row in [*self.rows(since), *(self.rows(since) if since else [])]:',
    found: /^fault orders, second run: wrote the key id more than once/m,
  },
  {
    title: 'NaN, which is no JSON',
    from: RECORD,
    to: "{**{column: row.get(column) for column in columns}, 'note': float('nan')}",
    found: /^fault first run: wrote a line that is no message: \{"type": "RECORD"/m,
  },
  {
    title: 'a bar of progress on standard output',
    from: LAST,
    to: `${LAST}                sys.stdout.write('\\r50 %')\n`,
    found: /^fault first run: wrote a line that is no message: \r?50 %/m,
  },
  {
    title: 'a secret in a record that is none of the first',
    from: RECORD,
    to: "{**{column: row.get(column) for column in columns}, 'note': self.config['api_token'] if row['id'] == 6 else ''}",
    found: /^fault first run: a record or a state has the value of api_token$/m,
  },
  {
    title: 'text that was read in another encoding',
    from: RECORD,
    to: "{**{column: row.get(column) for column in columns}, 'note': row['note'].encode().decode('cp1252', 'replace')}",
    found:
      /^fault orders, first run: note has the text "Gr.*" \(6 of 6 records\), which was read in another encoding than it was written in$/m,
  },
  {
    title: 'text that is Python’s',
    from: RECORD,
    to: "{**{column: row.get(column) for column in columns}, 'note': str({'id': row['id'], 'x': 'y'})}",
    found:
      /^fault orders, first run: note has the text "\{'id': 1, 'x': 'y'\}" \(6 of 6 records\), which is how Python shows a value$/m,
  },
  {
    title: 'None as a text',
    from: RECORD,
    to: "{**{column: row.get(column) for column in columns}, 'note': str(row.get('remark'))}",
    found:
      /^note orders, first run: note has the text "None" \(6 of 6 records\): is that a missing value that was made text\?$/m,
  },
  {
    title: 'a page that is asked for again and again',
    from: '            page += 1\n',
    to: '            page += 0\n',
    found: /^fault sample: reads the same again and again: 100 responses to GET \/orders\?page=1 had the same rows$/m,
  },
  {
    title: 'a run that reads a page again and again',
    from: '            page += 1\n',
    to: "            page += '--load_sample_data' in sys.argv or self.should_test_connection\n",
    found:
      /^fault first run: reads the same again and again: 100 responses to GET \/orders\?page=1 had the same rows$/m,
  },
  {
    title: 'a thread that doesn’t end',
    from: '            last = None\n',
    to: "            last = None\n            __import__('threading').Thread(target=__import__('time').sleep, args=(60,)).start()\n",
    found: /^fault first run: still ran 10 seconds after its end: Mage waits for it$/m,
  },
  {
    title: 'a list that isn’t there and is taken for an empty one',
    from: '            for row in self.rows(since):\n',
    to: "            requests.get(self.config['url'] + '/lines', headers={'Authorization': self.config['api_token']}, timeout=5)\n            for row in []:\n",
    found: /^fault orders, first run: GET \/orders\/lines answered 404, and the run went on$/m,
  },
  {
    title: 'a connection test that passes over 401',
    from: TEST,
    to: `        try:\n    ${TEST}        except Exception:\n            pass\n`,
    found:
      /^fault connection test: the connection test succeeds with a wrong api_token, though GET \/orders\?page=1 answered 401$/m,
  },
  {
    title: 'a connection test that does nothing',
    from: TEST,
    to: '        pass\n',
    found: /^fault connection test: asks for nothing: it succeeds with a wrong api_token$/m,
  },
  {
    title: 'a sample without rows',
    from: '        yield list(self.rows())',
    to: '        yield []',
    found: /^note orders, sample: its sample has no rows, and a run gave 6 records$/m,
  },
  {
    title: 'an empty README',
    file: 'README.md',
    from: readFileSync(join(TAP, 'README.md'), 'utf8'),
    to: '\n',
    found: /^fault templates: README\.md is empty, and so is Mage’s form$/m,
  },
  {
    title: 'a README with a key that there isn’t',
    file: 'README.md',
    from: '| `api_token` | A token |\n',
    to: '| `api_token` | A token |\n| `region` | A region |\n',
    found: /^note templates: README\.md has region among the keys of the configuration/m,
  },
  {
    title: 'a README that has a key as a part of another word alone',
    file: 'README.md',
    from: '`api_token`',
    to: '`my_api_token`',
    found: /^fault templates: README\.md doesn’t tell of api_token/m,
  },
  {
    title: 'a secret in the template',
    file: 'templates/config.json',
    from: '"api_token": ""',
    to: '"api_token": "sk_live_51Hx92kLmQ8vT7"',
    found: /^fault templates: api_token of templates\/config\.json has what looks like a real secret$/m,
  },
];

describe('verify of a connector that writes its messages itself', function () {
  this.timeout(120_000);
  needsPython();
  let checkout: Checkout;
  let python: PackagedPython;
  let server: TestServer;

  before(async () => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage'));
    python = await packagedPython(checkout);
    server = await serve(({ pathname, searchParams }, { headers }) => {
      if (headers.authorization !== SECRET) return { status: 401 };
      if (pathname !== '/orders') return { status: 404 };
      const rows = ROWS.filter(row => row.updated_at >= (searchParams.get('since') ?? ''));
      const page = Number(searchParams.get('page'));
      return {
        body: { rows: rows.slice((page - 1) * SIZE, page * SIZE), total_pages: Math.ceil(rows.length / SIZE) },
      };
    });
  });
  after(() => server.close());

  async function verify(folder: string) {
    const config = join(temporaryFolder(), 'config.json');
    const configText = JSON.stringify({ url: `${server.url}/orders`, api_token: SECRET });
    writeFileSync(config, configText);
    return verifyUnder(checkout, python, folder, { config, configText });
  }

  it('finds nothing wrong where all is well', async () => {
    const [{ findings, streams }] = await verify(TAP);
    assert.deepEqual(findings, []);
    assert.deepEqual([streams[0]?.records, streams[0]?.again], [6, 2]);
  });

  for (const { title, file = '__init__.py', from, to, found } of BROKEN)
    it(`finds ${title}`, async () => {
      const folder = join(temporaryFolder(), 'tap');
      cpSync(TAP, folder, { recursive: true });
      const path = join(folder, file);
      const text = readFileSync(path, 'utf8');
      assert.ok(text.includes(from), `${file} has no ${from}`);
      writeFileSync(
        path,
        text.replace(from, () => to),
      );
      const [, report] = await verify(folder);
      assert.match(report, found);
      assert.doesNotMatch(report, /Traceback|kX92-hunter-7716/);
    });

  it('finds a schema that no stream stands for', async () => {
    const folder = join(temporaryFolder(), 'tap');
    cpSync(TAP, folder, { recursive: true });
    cpSync(join(folder, 'schemas/orders.json'), join(folder, 'schemas/refunds.json'));
    const main = join(folder, '__init__.py');
    const discover =
      '    def discover(self, streams=None):\n        return super().discover(streams=streams or ["orders"])\n\n    def write(';
    writeFileSync(main, readFileSync(main, 'utf8').replace('    def write(', discover));
    const [, report] = await verify(folder);
    assert.match(
      report,
      /^fault refunds, discovery: discovery lacks this stream, which schemas\/refunds\.json stands for$/m,
    );
    rmSync(folder, { recursive: true });
  });
});
