import { spawn } from 'node:child_process';

/** What a finished process left behind. */
export interface Finished {
  /** The exit code; null if a signal ended it, as the time limit does. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Milliseconds after which the process is killed. */
  readonly timeLimit?: number;
  readonly input?: string;
}

/** Runs a program without blocking, so that this process can serve HTTP to it. Rejects only if it can't be started. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { env = process.env, cwd, timeLimit = 60_000, input } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: 'pipe' });
    const output: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeLimit);
    child.stdout.on('data', chunk => output.stdout.push(chunk));
    child.stderr.on('data', chunk => output.stderr.push(chunk));
    // A program that ends before it has read its input isn't an error here: its exit code tells.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', error => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', exitCode => {
      clearTimeout(timer);
      const [stdout, stderr] = [output.stdout, output.stderr].map(chunks => Buffer.concat(chunks).toString('utf8'));
      resolve({ exitCode, stdout: stdout ?? '', stderr: stderr ?? '', timedOut });
    });
  });
}
