import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { realCheckouts } from './checkout.ts';
import { type Finished, run } from './process.ts';
import { pythonFor, withPythonPath } from './python.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TESTS = join(ROOT, 'test/python-runtime');
const DOUBLE = join(ROOT, 'test/double');

/** The unit tests of the Python that connectors are made of, relative to their folder. */
export function runtimeTests(): string[] {
  return readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter(path =>
    /(?:^|[\\/])test_\w+\.py$/.test(path),
  );
}

/** Runs such tests, against the double or the framework that the tests were given. */
export async function runRuntimeTests(tests: readonly string[]): Promise<Finished> {
  const real = realCheckouts();
  const python = await pythonFor(real ? 'mage' : 'test');
  if ('missing' in python) throw new Error(python.missing);
  const { mage = join(DOUBLE, 'mage-ai'), singer = join(DOUBLE, 'singer-python') } = real ?? {};
  const env = withPythonPath(python.env, [join(ROOT, 'src'), singer, join(mage, 'mage_integrations')]);
  return run(python.command, ['-m', 'unittest', ...tests], { env, cwd: TESTS });
}
