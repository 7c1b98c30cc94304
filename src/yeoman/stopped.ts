import { Stopped } from '../answers/stopped.ts';

/**
 * Runs what asks questions, and throws Stopped where the answer is to stop. `onStop` is called before: Yeoman ends the run with
 * that error as soon as it knows of it.
 */
export async function stoppable<Result>(
  run: () => Promise<Result>,
  onStop?: (stopped: Stopped) => void,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!wantsToStop(error)) throw error;
    const stopped = new Stopped({ cause: error });
    onStop?.(stopped);
    throw stopped;
  }
}

/**
 * Runs what asks questions and does other work between them, where Ctrl-C isn't for a question: it ends the process, after
 * `keep` has kept what there is.
 */
export async function stoppableBetween(keep: (stopped: Stopped) => void, run: () => Promise<void>): Promise<void> {
  const end = () => {
    const stopped = new Stopped();
    keep(stopped);
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
