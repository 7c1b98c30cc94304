import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { UserError } from '../base/problems.ts';
import { parseJsonLine } from '../schema/read/json-lines.ts';
import { type DecimalSchema, frameRecords } from './data-frame.ts';
import { failureOf } from './python-failure.ts';

export interface SampleRun {
  /** The connector's folder, absolute. */
  readonly connector: string;
  readonly stream: string;
  /** The configuration file, absolute; none for a connector that needs no configuration. */
  readonly config?: string;
  /** The stream's schema, where the connector reads numbers as decimals. */
  readonly decimals?: DecimalSchema;
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
  return stdout.split('\n').flatMap((line, index) => recordsIn(line, run, index + 1));
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
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    // The option of spawn keeps this process waiting where the command doesn't exist.
    const timer = setTimeout(() => child.kill(), TIME_LIMIT);
    const output: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
    child.stdout.on('data', chunk => output.stdout.push(chunk));
    child.stderr.on('data', chunk => output.stderr.push(chunk));
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      return error.code === 'ENOENT' ? done(undefined) : fail(error);
    });
    child.on('close', code => {
      clearTimeout(timer);
      const [stdout = '', stderr = ''] = [output.stdout, output.stderr].map(chunks =>
        Buffer.concat(chunks).toString('utf8'),
      );
      done({ stdout, stderr, code });
    });
  });
}

/** A sample is a line of its own among what a connector may print. */
function recordsIn(line: string, { stream, decimals }: SampleRun, number: number): object[] {
  if (!line.includes('sample_data')) return [];
  const { stream_id: id, sample_data: data } = parseJsonLine(line, 'the sample', number) as Record<string, unknown>;
  return id === stream && typeof data === 'string' ? frameRecords(data, decimals) : [];
}
