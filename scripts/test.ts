/** Runs tests: `node --import tsx/esm scripts/test.ts [NAME…] [-- mocha's options]`; see scripts/test/files.ts for the names. */
import { UserError } from '../src/base/problems.ts';
import { runTests } from './test/run.ts';

const args = process.argv.slice(2);
const end = args.indexOf('--');
const [names, forMocha] = end < 0 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
try {
  runTests(names, forMocha);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
