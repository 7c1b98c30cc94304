import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notStarted } from '../../src/verify/action.ts';

/** What is said of a command that doesn't start. */
async function said(command: string): Promise<string> {
  const [error] = await once(spawn(command), 'error').catch(reason => [reason]);
  return notStarted(command, error as NodeJS.ErrnoException).message;
}

describe('a Python that doesn’t start', () => {
  it('isn’t there, or may not be run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'python-'));
    const file = join(folder, 'python');
    writeFileSync(file, '');
    assert.equal(await said(join(folder, 'none')), `--python: there is no ${folder}/none in the PATH`);
    assert.equal(await said(file), `--python: ${file} is nothing that this user may run`);
    rmSync(folder, { recursive: true });
  });
});
