import { yellow } from 'yoctocolors';
import type { Log } from './environment.ts';

/**
 * Tells of a file that is there and gets another text, in a line as Yeoman's log has them. Yeoman says "force", or "conflict" in a
 * dry run, which sounds like losing what stands there.
 */
export function logUpdate(log: Pick<Log, 'write'>, name: string): void {
  const status = '   update';
  log.write(`${process.stderr.isTTY ? yellow(status) : status} ${name}\n`);
}
