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
