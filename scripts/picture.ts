/** Draws docs/terminal.svg, a real run of the built command in a pseudo-terminal: `npm run picture`. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { answer, choose } from '../test/doors/terminal.ts';
import { run } from '../test/framework/process.ts';
import { pythonFor } from '../test/framework/python.ts';
import { Screen } from './picture/screen.ts';
import { terminalSvg } from './picture/svg.ts';

const ROOT = resolve(import.meta.dirname, '..');
const COLUMNS = 100;

/** What the user of the picture types. */
const STEPS = [
  ...choose('What shall be made', 'REST API'),
  ...answer('What do you have of it', ''),
  ...answer('What is the connector called', 'Acme CRM'),
  ...answer('What does it read', 'Contacts and deals from Acme CRM.'),
  ...answer('begin with', 'https://api.acme.test/v2'),
  ...choose('How are requests authenticated', 'Bearer'),
  ...choose('into pages', 'cursor'),
  ...answer('next cursor', 'meta.next'),
  ...answer('takes it', ''),
  ...answer('asks for a page size', 'limit'),
  ...answer('How many records at once', '100'),
  ...answer('What is the stream called', 'deals'),
  ...answer('What is its path', '/deals'),
  ...answer('sample records', 'deals.json'),
  ...answer('Where are the records', 'data'),
  ...answer('Which columns identify', 'id'),
  ...answer('Read only what is new', 'y'),
  ...answer('Which column tells', 'updated_at'),
  ...answer('Which request parameter filters', 'updated_since'),
  ...choose('write a moment', '2024-01-31T12:00:00Z'),
  ...answer('Add another stream', 'n'),
  ...answer('Shall it be made like this', ''),
];

/** The picture of such a run; throws an Error if a question isn't asked. */
export async function picture(): Promise<string> {
  const python = await pythonFor('demo');
  if ('missing' in python) throw new Error(python.missing);
  const folder = mkdtempSync(join(tmpdir(), 'acme-'));
  try {
    copyFileSync(join(ROOT, 'examples/samples/deals.json'), join(folder, 'deals.json'));
    const command = [process.execPath, join(ROOT, 'dist/bin/mage-connector.js')];
    const script = join(import.meta.dirname, 'picture/record.py');
    const { NO_COLOR: _, ...env } = python.env;
    const recorded = await run(python.command, [script, String(COLUMNS), ...command], {
      cwd: folder,
      env: { ...env, TERM: 'xterm-256color', FORCE_COLOR: '1' },
      input: JSON.stringify(STEPS),
      timeLimit: 120_000,
    });
    if (recorded.exitCode !== 0) throw new Error(recorded.stderr);
    return drawn(`\x1b[32m$\x1b[39m mage-connector\r\n${recorded.stdout}`, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder of the run is a new one each time, so that it gets the name that a user's could have. */
function drawn(output: string, folder: string): string {
  const { rows } = new Screen(COLUMNS).write(output.replaceAll(folder, '~/work'));
  while (rows.at(-1)?.every(({ text }) => text.trim() === '')) rows.pop();
  return terminalSvg(rows, COLUMNS, 'mage-connector writes a connector of a REST API');
}

if (import.meta.filename === process.argv[1]) writeFileSync(join(ROOT, 'docs/terminal.svg'), await picture());
