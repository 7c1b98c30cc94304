import { Stopped } from '../answers/stopped.ts';
import { UserError } from '../base/problems.ts';

/** Keeps what there is of answers, and says how to go on with them; undefined where there are none. */
export type Keep = () => string | undefined;

/**
 * Runs what asks questions, and throws Stopped where the answer is to stop. `keep` is called before: Yeoman ends the run with
 * that error as soon as it knows of it.
 */
export async function stoppable<Result>(run: () => Promise<Result>, keep: Keep = () => undefined): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw wantsToStop(error) ? stoppedWith(keep, { cause: error }) : error;
  }
}

/** The end of a run by its user, with what has become of the answers. */
function stoppedWith(keep: Keep, options?: ErrorOptions): Stopped {
  const stopped = new Stopped(options);
  const kept = outcome(keep);
  if (kept !== undefined) stopped.message = `Stopped: nothing was made.\n${kept}`;
  return stopped;
}

/** Runs what may fail after questions were answered, and has the error say where the answers are: nothing of them is lost. */
export async function keepingAtFailure<Result>(keep: Keep, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const end = error instanceof UserError ? outcome(keep) : undefined;
    throw end === undefined ? error : new UserError((error as UserError).problems, { cause: error, end });
  }
}

/** What has become of the answers: a disk may be full. */
function outcome(keep: Keep): string | undefined {
  try {
    return keep();
  } catch (error) {
    return `The answers could not be kept: ${(error as Error).message}`;
  }
}

/**
 * Runs what asks questions and does other work between them, where Ctrl-C isn't for a question: it ends the process, after
 * `keep` has kept what there is.
 */
export async function stoppableBetween(keep: Keep, run: () => Promise<void>): Promise<void> {
  const end = () => {
    const stopped = stoppedWith(keep);
    process.stderr.write(`\n${stopped.message}\n`);
    process.exit(stopped.code);
  };
  process.once('SIGINT', end);
  try {
    await run();
  } finally {
    process.off('SIGINT', end);
  }
}

/** Inquirer's error for Ctrl-C, and the one of Yeoman's conflict resolution for "abort". */
function wantsToStop(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ExitPromptError' || error.message === 'Process aborted by user');
}
