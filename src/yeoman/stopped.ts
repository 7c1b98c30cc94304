import type { Environment } from './environment.ts';

/**
 * The user's own end of a run, by Ctrl-C or by "abort" at a conflict; both come before anything is written.
 * `code` is the exit code of a process that Ctrl-C ended, and `yo` takes it from here too.
 */
export class Stopped extends Error {
  readonly code = 130;

  constructor(options?: ErrorOptions) {
    super('Stopped: nothing was written.', options);
    this.name = 'Stopped';
  }
}

/** Runs what asks questions, and throws Stopped where the answer is to stop. */
export async function stoppable<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw wantsToStop(error) ? new Stopped({ cause: error }) : error;
  }
}

/** Has Ctrl-C at a question throw Stopped: the adapter ends the whole run with what its prompts throw. */
export function stopCalmly({ adapter }: Pick<Environment, 'adapter'>): void {
  const terminal = adapter.actualAdapter ?? adapter;
  const { promptModule } = terminal;
  if (!promptModule) return;
  const calm = (...args: unknown[]) => stoppable(() => promptModule(...args));
  terminal.promptModule = Object.assign(calm, promptModule);
}

/** Inquirer's error for Ctrl-C, and the one of Yeoman's conflict resolution for "abort". */
function wantsToStop(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ExitPromptError' || error.message === 'Process aborted by user');
}
