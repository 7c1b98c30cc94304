import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** A program whose time is taken. */
export interface Subject {
  readonly name: string;
  /** Node's arguments. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Makes what a run starts from, and gives the folder it runs in; its time isn't taken. */
  readonly prepare: () => string;
}

export interface Times {
  readonly name: string;
  /** Milliseconds of the whole process, from its start to its end. */
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Those of each round, in their order. */
  readonly rounds: readonly number[];
}

/** Takes the times of all subjects in turn, so that what else the machine does falls on each alike. */
export async function interleaved(subjects: readonly Subject[], runs: number): Promise<Times[]> {
  const times = subjects.map((): number[] => []);
  for (let round = 0; round <= runs; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const time = await timeOf(subject);
      // The first round fills the disk's cache.
      if (round > 0) times[index]?.push(time);
    }
  }
  return subjects.map(({ name }, index) => summary(name, times[index] ?? []));
}

async function timeOf(subject: Subject): Promise<number> {
  const cwd = subject.prepare();
  const start = performance.now();
  await finish(subject, cwd, subject.args);
  return performance.now() - start;
}

/** Times of several rounds. */
export function summary(name: string, rounds: readonly number[]): Times {
  return { name, median: median(rounds), min: Math.min(...rounds), max: Math.max(...rounds), rounds };
}

/** How many times as long one takes as another: the median of the rounds' own ratios, since a round is short enough to be fair. */
export function ratio(times: Times, to: Times): number {
  return median(times.rounds.map((time, round) => time / (to.rounds[round] ?? Number.NaN)));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

const TELL_MEMORY = `
import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));
`;

/** The most memory that a run had, in megabytes. */
export async function peakMemory(subject: Subject): Promise<number> {
  const module = `data:text/javascript,${encodeURIComponent(TELL_MEMORY)}`;
  const told = await finish(subject, subject.prepare(), ['--import', module, ...subject.args]);
  return Number(told) / 1024;
}

/** Runs to the end and gives what was written to the fourth stream. Rejects if the run fails. */
function finish({ name, env }: Subject, cwd: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    const output = child.stdio.map(() => '');
    child.stdio.forEach((stream, index) => {
      stream?.on('data', chunk => {
        output[index] += chunk;
      });
    });
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) resolve(output[3] ?? '');
      else reject(new Error(`${name} ended with ${code}:\n${output[1]}\n${output[2]}`));
    });
  });
}
