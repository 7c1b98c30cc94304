import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { UserError } from '../base/problems.ts';
import type { Framework } from './framework.ts';
import { eachLine, eachPipedLine } from './lines.ts';
import { namedPipe } from './named-pipe.ts';

/** What an action was stopped for: its time was over, it had given enough, or it didn't end by itself. */
export type Stopped = 'time' | 'enough' | 'lingers';

/** Milliseconds that a process may take to end when its work is done. */
export const LINGERS = 10_000;

/** How one of Mage's actions ended. */
export interface Ended {
  /** Null where it was stopped. */
  readonly code: number | null;
  /** Why it was stopped, if it was. */
  readonly stopped?: Stopped;
  /** Whether the connector came to its end, rather than to an os._exit(). */
  readonly isDone: boolean;
  readonly seconds: number;
  readonly stderr: string;
}

export interface ActionOptions {
  /** Milliseconds after which it is stopped, as Mage does with a connection test. */
  readonly timeLimit?: number;
  /** Gets each line of standard output; false says that there were enough. */
  readonly line: (text: string) => boolean;
  /** Gets what the observer beside the connector tells; false says that there was enough. */
  readonly observed?: (text: string) => boolean;
}

/** What begins a line of the observer's on standard error. */
const OBSERVED = '\u001e';

/** What the observer tells when the connector's work is done. */
const DONE = '{"done": true}';

/** The last of what a connector says on standard error is all that messages need. */
const STDERR_LENGTH = 200_000;

/**
 * Runs a connector with arguments as Mage gives them; its standard output is read line by line, so that it needs no memory.
 * It ends with this process. Throws a UserError where there is no such Python.
 */
export function act(
  { command, args, env, files }: Framework,
  actionArgs: readonly string[],
  options: ActionOptions,
): Promise<Ended> {
  const start = performance.now();
  const pipe = namedPipe();
  const child = spawn(command, [...args, ...actionArgs], { env, stdio: ['ignore', pipe?.to ?? 'pipe', 'pipe'] });
  if (pipe) closeSync(pipe.to);
  const end = () => child.kill();
  process.once('exit', end);
  let stopped: Stopped | undefined;
  const stop = (why: Stopped) => {
    stopped ??= why;
    files?.stop();
    child.kill();
  };
  const timer = options.timeLimit === undefined ? undefined : setTimeout(() => stop('time'), options.timeLimit);
  let stderr = '';
  let lingering: NodeJS.Timeout | undefined;
  // It is there, since it is asked for above.
  const errors = eachLine(child.stderr as Readable, line => {
    const [text = '', observed] = line.split(OBSERVED, 2);
    if (observed === DONE) lingering = setTimeout(() => stop('lingers'), LINGERS);
    else if (observed !== undefined && options.observed?.(observed) === false) stop('enough');
    if (observed === undefined || text !== '') stderr = `${stderr}${text}\n`.slice(-STDERR_LENGTH);
  });
  const line = (text: string) => {
    if (!stopped && !options.line(text)) stop('enough');
  };
  const lines = pipe ? eachPipedLine(pipe.from, line) : eachLine(child.stdout as Readable, line);
  const read = Promise.all([lines, errors]);
  return new Promise((done, fail) => {
    const settle = () => {
      clearTimeout(timer);
      clearTimeout(lingering);
      process.removeListener('exit', end);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      settle();
      fail(notStarted(command, error));
    });
    child.once('close', async code => {
      await read;
      settle();
      const seconds = (performance.now() - start) / 1000;
      const isDone = lingering !== undefined;
      done({ code: stopped ? null : code, ...(stopped && { stopped }), isDone, seconds, stderr });
    });
  });
}

/** Why a command didn't start: it isn't there, or this user may not run it. */
export function notStarted(command: string, { code, message }: NodeJS.ErrnoException): UserError {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: `there is no ${command} in the PATH`,
    EACCES: `${command} is nothing that this user may run`,
  };
  return new UserError({ where: '--python', message: reasons[code ?? ''] ?? `${command} can’t be run: ${message}` });
}
