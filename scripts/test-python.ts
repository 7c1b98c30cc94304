/** Runs the unit tests of the Python that connectors are made of: `npm run test:python`, or with files of test/python-runtime. */
import { runRuntimeTests, runtimeTests } from '../test/framework/runtime.ts';

const named = process.argv.slice(2);
const { exitCode, stderr } = await runRuntimeTests(named.length > 0 ? named : runtimeTests());
console.error(stderr);
process.exitCode = exitCode ?? 1;
