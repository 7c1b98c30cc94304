import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { UserError } from '../common/problems.ts';
import { parseJsonLine } from '../common/schema/json-lines.ts';
import { ExactNumber } from '../common/schema/numbers.ts';
import { failureOf } from './python-failure.ts';

export interface SampleRun {
  /** The connector's folder, absolute. */
  readonly connector: string;
  readonly stream: string;
  /** The configuration file, absolute; none for a connector that needs no configuration. */
  readonly config?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const TIME_LIMIT = 5 * 60_000;

/**
 * Runs the connector as Mage does for a sample, and gives the records. What Python needs to import is found as the user's
 * PYTHONPATH says, and in the checkout or project that the connector stands in.
 * Throws a UserError with the connector's own message, in which configured values are masked.
 */
export async function sampleRecords(run: SampleRun): Promise<object[]> {
  if (run.config !== undefined && !existsSync(run.config))
    throw new UserError({ where: '--config', message: `there is no file ${run.config}` });
  const config = run.config === undefined ? ['--config_json', '{}'] : ['--config', run.config];
  const selected = ['--selected_streams_json', JSON.stringify([run.stream])];
  const args = [join(run.connector, '__init__.py'), ...config, '--load_sample_data', ...selected];
  const { stdout, stderr, code } = await python(args, environment(run));
  if (code !== 0) throw failureOf(stderr, code, run.config === undefined ? '' : readFileSync(run.config, 'utf8'));
  return stdout.split('\n').flatMap((line, index) => recordsIn(line, run.stream, index + 1));
}

/** The folder above the package that the connector is in: its own modules are imported from there. */
function environment({ connector, env = process.env }: SampleRun): NodeJS.ProcessEnv {
  const [sources, home] = [dirname(resolve(connector)), dirname(dirname(resolve(connector)))];
  const isPackage =
    basename(sources) === 'sources' && ['mage_integrations', 'data_integrations'].includes(basename(home));
  const path = [env.PYTHONPATH, ...(isPackage ? [dirname(home)] : [])].filter(Boolean).join(delimiter);
  return { ...env, PYTHONPATH: path };
}

interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

async function python(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  for (const command of ['python3', 'python']) {
    const finished = await start(command, args, env);
    if (finished) return finished;
  }
  throw new UserError({ where: '--run', message: 'there is no Python in the PATH' });
}

/** Undefined where there is no such command. */
function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished | undefined> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: TIME_LIMIT });
    const output: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
    child.stdout.on('data', chunk => output.stdout.push(chunk));
    child.stderr.on('data', chunk => output.stderr.push(chunk));
    child.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? done(undefined) : fail(error)));
    child.on('close', code => {
      const [stdout = '', stderr = ''] = [output.stdout, output.stderr].map(chunks =>
        Buffer.concat(chunks).toString('utf8'),
      );
      done({ stdout, stderr, code });
    });
  });
}

/** Mage writes a sample as a data frame: {"column": {"0": value, …}, …}, as text in a line of its own. */
function recordsIn(line: string, stream: string, number: number): object[] {
  if (!line.includes('sample_data')) return [];
  const { stream_id: id, sample_data: data } = parseJsonLine(line, 'the sample', number) as Record<string, unknown>;
  if (id !== stream || typeof data !== 'string') return [];
  const frame = parseJsonLine(data, 'the sample', number) as Record<string, Record<string, unknown>>;
  const rows = new Map<string, [string, unknown][]>();
  for (const [column, values] of Object.entries(frame)) {
    const read = wholeNumbers(Object.values(values));
    for (const [row, value] of Object.entries(values)) rows.set(row, [...(rows.get(row) ?? []), [column, read(value)]]);
  }
  return [...rows.values()].map(entries => Object.fromEntries(entries));
}

/** pandas makes 1.0 of 1 where a column has nulls: if none of its numbers has a fraction, they were integers. */
function wholeNumbers(values: readonly unknown[]): (value: unknown) => unknown {
  const isWhole = (value: unknown) => value instanceof ExactNumber && /^-?\d+\.0$/.test(value.text);
  const isWidened = values.includes(null) && values.every(value => value === null || isWhole(value));
  return value => (isWidened && value instanceof ExactNumber ? Number(value.text) : value);
}
