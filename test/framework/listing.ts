import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Checkout } from './checkout.ts';
import { pythonFor, withPythonPath } from './python.ts';
import { runPython } from './run-python.ts';

/** A source as Mage's list shows it. */
export interface Listed {
  readonly name: string;
  readonly uuid: string;
  /** README.md, which the UI shows beside the form; in its absence '<uuid> documentation'. */
  readonly docs: string;
  /** The content of each file in templates/, by its name without `.json`. */
  readonly templates: Readonly<Record<string, unknown>>;
  /** Whether the class was found by its name, with no process started to ask the source. */
  readonly fast: boolean;
  /** Whether it counts its records and is cut into batches. Only told for the core layout. */
  readonly sql?: boolean;
}

const SCRIPT = fileURLToPath(new URL('./listing.py', import.meta.url));

/**
 * How Mage lists a source; undefined if it isn't registered, or its module can't be loaded.
 * With a project, its metadata.yaml is read; otherwise Mage's own `build_integration_module_info` is asked.
 * Throws with Python's output if that fails.
 */
export async function listing(checkout: Checkout, uuid: string, project?: string): Promise<Listed | undefined> {
  const python = await pythonFor(checkout.packages);
  if ('missing' in python) throw new Error(python.missing);
  const path = [
    checkout.singer,
    join(checkout.root, 'mage_integrations'),
    checkout.root,
    ...(project ? [project] : []),
  ];
  const env = withPythonPath(python.env, path);
  const args = [SCRIPT, uuid, ...(project ? [project] : [])];
  const { exitCode, stdout, stderr } = await runPython(python, args, { env, cwd: project ?? checkout.root });
  if (exitCode !== 0) throw new Error(`${uuid} can't be listed: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') ?? undefined;
}
