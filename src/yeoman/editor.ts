import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What Yeoman edits a file with at a conflict: the user's editor. It stands in the bundle for `@inquirer/external-editor`, which
 * loads the tables of all encodings to read a file back that it has written in UTF-8.
 */
export async function editAsync(text: string, { postfix = '' }: { readonly postfix?: string } = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mage-connector-'));
  const file = join(folder, `edit${postfix}`);
  try {
    writeFileSync(file, text, { mode: 0o600 });
    await opened(file);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a file, and waits until the editor ends. `VISUAL` and `EDITOR` may have options, as `code --wait`. */
function opened(file: string): Promise<void> {
  const editor = process.env.VISUAL || process.env.EDITOR || (process.platform === 'win32' ? 'notepad' : 'vi');
  const hint = 'VISUAL or EDITOR in the environment names the editor';
  return new Promise((resolve, reject) => {
    const process = spawn(`${editor} "${file}"`, { shell: true, stdio: 'inherit' });
    process.once('error', error => reject(new Error(`${editor} can't be started: ${error.message}; ${hint}`)));
    process.once('exit', code => {
      if (code === 0) resolve();
      else reject(new Error(`${editor} ended with ${code}; ${hint}`));
    });
  });
}
