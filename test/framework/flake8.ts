import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realCheckouts } from './checkout.ts';
import { pythonFor } from './python.ts';
import { runPython } from './run-python.ts';

const DOUBLE = fileURLToPath(new URL('../double/mage-ai/', import.meta.url));

/** What flake8 imports, of itself and of what it calls. */
const IMPORTS = ['flake8.main.cli', 'flake8.plugins.pycodestyle', 'flake8.plugins.pyflakes', 'mccabe'];

/** What flake8 finds in folders or files under Mage's settings, a line for each problem. */
export async function flake8(...paths: readonly string[]): Promise<readonly string[]> {
  const python = await pythonFor('test');
  if ('missing' in python) throw new Error(python.missing);
  const settings = join(realCheckouts()?.mage ?? DOUBLE, '.flake8');
  const command = ['-m', 'flake8', '--jobs', '1', '--config', settings, ...paths];
  const finished = await runPython(python, command, { imports: IMPORTS });
  if (finished.stderr) throw new Error(`flake8 failed: ${finished.stderr}`);
  return finished.stdout.split('\n').filter(Boolean);
}
