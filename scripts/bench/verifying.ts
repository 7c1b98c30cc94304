import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectAll } from '../../test/framework/catalog.ts';
import { type Checkout, workspaceCheckout } from '../../test/framework/checkout.ts';
import { Connector } from '../../test/framework/connector.ts';
import { createDatabase } from '../../test/framework/databases.ts';
import { run } from '../../test/framework/process.ts';
import { pythonFor, withPythonPath } from '../../test/framework/python.ts';
import { generate, type KindName } from '../../test/support/generate.ts';
import { tableLines } from '../demo/terminal.ts';
import { API, stream } from './answers.ts';
import { ratio, summary, type Times } from './measure.ts';
import { type Target, target } from './report.ts';
import { serve } from './throughput.ts';

const PAGE_SIZE = 100;
const LIMIT = 60 * 60_000;

/** Runs commands one after the other, their output read and thrown away, and tells seconds, those of the processor, and megabytes. */
const MEASURE = `
import json, resource, subprocess, sys, time
start = time.monotonic()
for command in json.loads(sys.argv[1]):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    while process.stdout.read(1 << 16):
        pass
    if process.wait() != 0:
        sys.exit(f'{command}: {process.returncode}')
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
`;

/** What one connector took, in seconds and megabytes. */
interface Taken {
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
}

/** What it took in all rounds. */
type Rounds = Readonly<Record<keyof Taken, Times>>;

/** The steps of a connector by themselves, and by verify in turn; and by verify with a tenth of the records. */
export interface Verifying {
  readonly kind: string;
  readonly records: number;
  readonly bare: Rounds;
  readonly verify: Rounds;
  readonly tenth: Taken;
}

/** A connector of a kind, and its configuration for so many records. */
interface Subject {
  readonly folder: string;
  readonly stream: string;
  readonly config: (records: number) => Record<string, unknown>;
}

/** Reads so many records of an API, a CSV file and a table, by verify and without it. */
export async function measureVerifying(root: string, records: number, rounds: number): Promise<Verifying[]> {
  const home = mkdtempSync(join(tmpdir(), 'bench-'));
  const checkout = workspaceCheckout(join(home, 'mage-ai'));
  const [server, database] = [await serve(), await createDatabase()];
  try {
    const kinds: [string, () => Promise<Subject>][] = [
      ['API', () => apiSubject(checkout, (server.address() as AddressInfo).port)],
      ['CSV', () => fileSubject(checkout, home, records)],
    ];
    if (!('missing' in database)) kinds.push(['PostgreSQL', () => sqlSubject(checkout, database, records)]);
    const measured: Verifying[] = [];
    for (const [kind, make] of kinds) {
      const subject = await make();
      const tenth = await taken(checkout, [await verifyCommand(root, checkout, subject, records / 10, home)]);
      const [bares, verifies]: Taken[][] = [[], []];
      for (let round = 0; round < rounds; round += 1) {
        bares?.push(await taken(checkout, await bareCommands(checkout, subject, records, home, kind === 'PostgreSQL')));
        verifies?.push(await taken(checkout, [await verifyCommand(root, checkout, subject, records, home)]));
      }
      measured.push({ kind, records, bare: inAll(bares ?? []), verify: inAll(verifies ?? []), tenth });
    }
    return measured;
  } finally {
    server.close().closeAllConnections();
    if (!('missing' in database)) await database.drop();
    rmSync(home, { recursive: true, force: true });
  }
}

function inAll(rounds: readonly Taken[]): Rounds {
  const of = (what: keyof Taken) =>
    summary(
      what,
      rounds.map(round => round[what]),
    );
  return { seconds: of('seconds'), processor: of('processor'), megabytes: of('megabytes') };
}

async function apiSubject(checkout: Checkout, port: number): Promise<Subject> {
  const { replication_key: _, bookmark_param: __, ...whole } = stream(1) as Record<string, unknown>;
  const folder = await written(checkout, 'api', {
    ...API,
    base_url: 'http://127.0.0.1:{port}/{pages}',
    streams: [whole],
  });
  const config = (records: number) => ({ port, pages: records / PAGE_SIZE, access_token: 'a-token-of-some-length' });
  return { folder, stream: 'items_1', config };
}

async function fileSubject(checkout: Checkout, home: string, records: number): Promise<Subject> {
  for (const count of [records, records / 10]) {
    const rows = Array.from({ length: count }, (_, index) => `${index},Item ${index},${index * 1.5}`);
    mkdirSync(join(home, String(count)));
    writeFileSync(join(home, String(count), 'items.csv'), `id,name,amount\n${rows.join('\n')}\n`);
  }
  const schema = { properties: { id: 'integer', name: 'string', amount: 'number' } };
  const items = { name: 'items', path: 'items.csv', key_properties: ['id'], schema };
  const folder = await written(checkout, 'file', { name: 'Some Files', format: 'csv', streams: [items] });
  return { folder, stream: 'items', config: count => ({ base_path: join(home, String(count)) }) };
}

async function sqlSubject(
  checkout: Checkout,
  database: Exclude<Awaited<ReturnType<typeof createDatabase>>, { missing: string }>,
  records: number,
): Promise<Subject> {
  for (const [schema, count] of [
    ['whole', records],
    ['tenth', records / 10],
  ] as const)
    await database.execute(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.items AS
      SELECT i AS id, 'Item ' || i AS name, i * 1.5 AS amount FROM generate_series(1, ${count}) AS i;
      ALTER TABLE ${schema}.items ADD PRIMARY KEY (id); ANALYZE ${schema}.items;`);
  const folder = await written(checkout, 'sql', { name: 'Some Tables', dialect: 'postgresql' });
  const config = (count: number) => ({ ...database.config, schema: count === records ? 'whole' : 'tenth' });
  return { folder, stream: 'items', config };
}

async function written(checkout: Checkout, kind: KindName, answers: object): Promise<string> {
  return (await generate(kind, { ...answers, layout: 'core' }, { cwd: checkout.root })).folder;
}

/** The commands of Mage's that verify runs, too. */
async function bareCommands(
  checkout: Checkout,
  { folder, stream: name, config }: Subject,
  records: number,
  home: string,
  isSql: boolean,
): Promise<string[][]> {
  const python = await found(checkout);
  const catalog = await new Connector({ checkout, folder, config: config(records) }).catalog([name]);
  const settings = join(home, 'settings.json');
  writeFileSync(settings, JSON.stringify({ catalog: selectAll(catalog, {}, [name]) }));
  const start = [python.command, join(folder, '__init__.py')];
  const configured = [...start, '--config_json', JSON.stringify(config(records))];
  const chosen = [...configured, '--settings', settings, '--selected_streams_json', JSON.stringify([name])];
  return [
    [...start, '--config_json', '{}', '--show_templates'],
    [...configured, '--discover'],
    [...configured, '--test_connection'],
    [...chosen, '--load_sample_data'],
    [...chosen, '--log_to_stdout', '1', '--query_json', '{}'],
    ...(isSql ? [[...chosen, '--count_records']] : []),
  ];
}

async function verifyCommand(
  root: string,
  checkout: Checkout,
  { folder, stream: name, config }: Subject,
  records: number,
  home: string,
): Promise<string[]> {
  const file = join(home, 'config.json');
  writeFileSync(file, JSON.stringify(config(records)));
  const command = [process.execPath, join(root, 'dist/bin/mage-connector.js'), 'verify', '--connector', folder];
  const framework = ['--mage', checkout.root, '--singer', checkout.singer, '--python', (await found(checkout)).command];
  return [...command, '--config', file, '--streams', name, ...framework, '--json'];
}

async function taken(checkout: Checkout, commands: readonly string[][]): Promise<Taken> {
  const python = await found(checkout);
  const env = withPythonPath(python.env, [checkout.singer, join(checkout.root, 'mage_integrations')]);
  const args = ['-c', MEASURE, JSON.stringify(commands)];
  const { stdout, stderr } = await run(python.command, args, { env, cwd: checkout.root, timeLimit: LIMIT });
  if (stdout.trim() === '') throw new Error(stderr);
  const [seconds, processor, megabytes] = JSON.parse(stdout) as [number, number, number];
  return { seconds, processor, megabytes };
}

async function found({ packages }: Checkout) {
  const python = await pythonFor(packages);
  if ('missing' in python) throw new Error(python.missing);
  return python;
}

export function verifyingTargets(measured: readonly Verifying[]): Target[] {
  return measured.flatMap(({ kind, bare, verify, tenth }) => [
    target(
      `verify of ${kind}: the processor's time, in times of the runs alone`,
      ratio(verify.processor, bare.processor),
      1.15,
    ),
    target(`verify of ${kind}: seconds, in times of the runs alone`, ratio(verify.seconds, bare.seconds), 1.15),
    target(`verify of ${kind}: memory, in times of that for a tenth`, verify.megabytes.median / tenth.megabytes, 1.15),
  ]);
}

/** The report for people. */
export function verifyingLines(measured: readonly Verifying[]): string[] {
  const rows = measured.map(({ kind, bare, verify, tenth }) => [
    kind,
    ...[bare.seconds, verify.seconds, bare.processor, verify.processor].map(({ median }) => median.toFixed(1)),
    ...[bare.megabytes.median, verify.megabytes.median, tenth.megabytes].map(value => value.toFixed(0)),
  ]);
  const header = [
    '',
    'alone: s',
    'verify: s',
    'alone: CPU',
    'verify: CPU',
    'alone: MB',
    'verify: MB',
    'of a tenth: MB',
  ];
  return [
    `${measured[0]?.records.toLocaleString('en')} records, by verify and without it: medians of ${measured[0]?.bare.seconds.rounds.length} rounds in turn`,
    '',
    ...tableLines(header, rows),
  ];
}
