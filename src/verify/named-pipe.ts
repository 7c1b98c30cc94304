import { spawnSync } from 'node:child_process';
import { constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The two ends of a pipe, as file descriptors: reading doesn't block. */
export interface NamedPipe {
  readonly from: number;
  readonly to: number;
}

/**
 * A pipe for what a child writes. Short writes are put together in it until it has 64 KB; in the sockets that Node gives a
 * child, some fifty fill it up, so that the child waits for a reader that wakes for each. Undefined where there is no mkfifo.
 */
export function namedPipe(): NamedPipe | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'mage-connector-pipe-'));
  try {
    const path = join(folder, 'pipe');
    if (spawnSync('mkfifo', ['-m', '600', path], { stdio: 'ignore' }).status !== 0) return undefined;
    // In this order: a pipe can't be opened for writing before somebody reads.
    const from = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return { from, to: openSync(path, 'w') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
