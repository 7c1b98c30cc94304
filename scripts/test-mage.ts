/** Runs the whole test suite under Mage's real framework: `npm run test:mage -- --mage DIR --singer DIR [-- mocha's options]`. */
import { UserError } from '../src/base/problems.ts';
import { readCheckouts } from './test/checkouts.ts';
import { runTests } from './test/run.ts';

try {
  const { mage, singer, forMocha } = readCheckouts(process.argv.slice(2));
  const isFile = (argument: string) => argument.endsWith('.test.ts');
  const env = { ...process.env, MAGE_CHECKOUT: mage, SINGER_CHECKOUT: singer };
  runTests(
    forMocha.filter(isFile),
    forMocha.filter(argument => !isFile(argument)),
    env,
  );
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
