import { basename, join } from 'node:path';
import { type Checkout, isAsItCame } from './checkout.ts';
import { pythonFor, withPythonPath } from './python.ts';
import { runPython } from './run-python.ts';

export interface TestRun {
  readonly passed: boolean;
  /** The names of the tests that failed. */
  readonly failed: readonly string[];
  /** How many tests ran. */
  readonly count: number;
  /** What the runner says. */
  readonly report: string;
}

/** Runs Python test modules in one process, as Mage's CI runs its own. `path` has what Python imports from besides the framework. */
export async function unittest(
  checkout: Checkout,
  modules: readonly string[],
  path: readonly string[] = [],
): Promise<TestRun> {
  const python = await pythonFor(checkout.packages);
  if ('missing' in python) throw new Error(python.missing);
  const cwd = join(checkout.root, 'mage_integrations');
  const env = withPythonPath(python.env, [checkout.singer, cwd, ...path]);
  const isFixed = (module: string) => isAsItCame(checkout, module);
  const options = { env, cwd, imports: ['requests', 'mage_integrations.sources.base'], isFixed };
  const { exitCode, stderr: report } = await runPython(python, ['-m', 'unittest', ...modules], options);
  const count = Number(/^Ran (\d+) tests?/m.exec(report)?.[1] ?? 0);
  const failed = [...report.matchAll(/^(?:FAIL|ERROR): (\w+)/gm)].map(([, name]) => name as string);
  return { passed: exitCode === 0 && count > 0, failed: [...new Set(failed)], count, report };
}

/** The folder of a connector's tests in a checkout of mage-ai. */
export function testFolder({ root }: Checkout, folder: string): string {
  return join(root, 'mage_integrations/mage_integrations/tests/sources', basename(folder));
}

/** The module of those tests. */
export function testModule(folder: string): string {
  const uuid = basename(folder);
  return `mage_integrations.tests.sources.${uuid}.test_${uuid}`;
}
