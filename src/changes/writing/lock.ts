import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../../base/problems.ts';

/** It is there while a run writes; a name that neither Python nor Mage looks for. */
export const LOCK_FILE = '.mage-connector.lock';

const TRIES = 200;
const PAUSE = 50;
const WRITTEN = 1000;

/**
 * Runs what writes into a connector's folder while no other run does. A run that was killed has left its lock, which doesn't
 * count. Throws a UserError where another run is not done with it.
 */
export async function locked(folder: string, write: () => void): Promise<void> {
  const path = join(folder, LOCK_FILE);
  const isNew = !existsSync(folder);
  mkdirSync(folder, { recursive: true });
  await take(path, folder);
  try {
    write();
  } finally {
    rmSync(path, { force: true });
    if (isNew && readdirSync(folder).length === 0) rmdirSync(folder);
  }
}

async function take(path: string, folder: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (isTaken(path)) return;
    if (isLeft(path)) rmSync(path, { force: true });
    else await setTimeout(PAUSE);
  }
  throw new UserError({
    where: folder,
    message: 'another run is writing there',
    hint: `run it again when that is done; where there is none, delete ${LOCK_FILE}`,
  });
}

function isTaken(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Is the run gone that has taken the lock? */
function isLeft(path: string): boolean {
  try {
    const text = readFileSync(path, 'utf8');
    // It is written for a moment only.
    if (!text.endsWith('\n')) return Date.now() - statSync(path).mtimeMs > WRITTEN;
    process.kill(Number(text), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
