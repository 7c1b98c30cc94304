import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Finished, RunOptions } from './process.ts';

/** What a process imports, with these folders first in Python's path, before others are forked from it. */
export interface Preparation {
  readonly path: readonly string[];
  readonly imports: readonly string[];
}

/** What fork-server.py tells of a run. */
interface Answer {
  readonly id: number;
  readonly pid?: number;
  readonly status?: number;
  readonly refused?: true;
  readonly lost?: true;
}

/** A run that has not ended. */
interface Running {
  pid?: number;
  timedOut: boolean;
  end(answer: Answer): void;
  fail(error: Error): void;
}

const SCRIPT = fileURLToPath(new URL('fork-server.py', import.meta.url));

/** Python programs, run in forks of a process that has imported what they need: see fork-server.py. */
export class ForkServer {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #running = new Map<number, Running>();
  #count = 0;
  #ended = false;

  constructor(command: string, env: NodeJS.ProcessEnv) {
    this.#process = spawn(command, [SCRIPT], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process.on('error', error => this.#end(error));
    this.#process.on('exit', (code, signal) => this.#end(new Error(`fork-server.py has ended: ${signal ?? code}`)));
    this.#process.stdin.on('error', () => {});
    createInterface(this.#process.stdout).on('line', line => this.#answered(JSON.parse(line)));
    this.#hold(false);
  }

  /** Whether it can run nothing more. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Runs a program as Python would with these arguments. Undefined if it needs a process of its own, since a module beside
   * it would come before another that is imported already. Rejects if the server or one of its processes has died.
   */
  async run(
    args: readonly string[],
    stages: readonly Preparation[],
    options: RunOptions & { readonly env: NodeJS.ProcessEnv },
  ): Promise<Finished | undefined> {
    const { env, cwd = process.cwd(), timeLimit = 60_000, input } = options;
    const scratch = mkdtempSync(join(tmpdir(), 'fork-'));
    try {
      const [stdin, stdout, stderr] = ['stdin', 'stdout', 'stderr'].map(name => join(scratch, name));
      for (const file of [stdin, stdout, stderr]) writeFileSync(file as string, file === stdin ? (input ?? '') : '');
      const files = { stdin: input === undefined ? devNull : stdin, stdout, stderr };
      const { status, refused, timedOut } = await this.#ask({ stages, argv: args, env, cwd, ...files }, timeLimit);
      if (refused) return undefined;
      const [out, err] = [stdout, stderr].map(file => readFileSync(file as string, 'utf8')) as [string, string];
      return { exitCode: status !== undefined && status >= 0 ? status : null, stdout: out, stderr: err, timedOut };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }

  #ask(request: object, timeLimit: number): Promise<Answer & { timedOut: boolean }> {
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#kill(id), timeLimit);
      const settle = (action: () => void) => {
        clearTimeout(timer);
        this.#running.delete(id);
        if (this.#running.size === 0) this.#hold(false);
        action();
      };
      const running: Running = {
        timedOut: false,
        end: answer => settle(() => resolve({ ...answer, timedOut: running.timedOut })),
        fail: error => settle(() => reject(error)),
      };
      this.#running.set(id, running);
      this.#hold(true);
      if (this.#ended) running.fail(new Error('fork-server.py has ended'));
      else this.#process.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  #kill(id: number): void {
    const running = this.#running.get(id);
    if (!running) return;
    running.timedOut = true;
    if (running.pid !== undefined) process.kill(running.pid, 'SIGKILL');
  }

  #answered(answer: Answer): void {
    const running = this.#running.get(answer.id);
    if (!running) return;
    if (answer.lost) running.fail(new Error(`a process of fork-server.py has died while it prepared or ran a program`));
    else if (answer.pid === undefined) running.end(answer);
    else {
      running.pid = answer.pid;
      if (running.timedOut) this.#kill(answer.id);
    }
  }

  #end(error: Error): void {
    this.#ended = true;
    for (const running of this.#running.values()) running.fail(error);
  }

  /** Keeps this process alive while something runs, and only then. */
  #hold(held: boolean): void {
    const { stdin, stdout } = this.#process;
    for (const part of [this.#process, stdin, stdout] as unknown as { ref(): void; unref(): void }[])
      held ? part.ref() : part.unref();
  }
}
